import Dispatch

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A program run on a terminal of its own, for tests of built programs.
///
/// The program leads a new session whose terminal is the slave side of a pseudo-terminal; a thread
/// reads what it writes into a `Screen`. Waits return as soon as what they wait for has happened,
/// and fail after `patience` seconds with the screen as it is then. When the object goes, so does
/// the program.
public final class PseudoTerminal: Sendable {
  /// How a program ended.
  public enum Ending: Sendable, Hashable {
    /// It exited with a status.
    case exited(Int32)
    /// A signal killed it.
    case killed(by: Int32)
  }

  /// What went wrong in a test.
  public enum Failure: Error, CustomStringConvertible {
    /// The program or its terminal could not be had; `reason` is the system's text.
    case cannotStart(program: String, reason: String)
    /// It did not happen in time; `screen` is what the program showed.
    case tooLate(awaited: String, screen: String, ending: Ending?)

    public var description: String {
      switch self {
      case .cannotStart(let program, let reason): "\(program) cannot be started: \(reason)"
      case .tooLate(let awaited, let screen, let ending):
        "no \(awaited) in time; \(ending.map { "program \($0)" } ?? "program running"), screen:\n"
          + screen
      }
    }
  }

  /// How the terminal treats what is typed.
  public struct Modes: Sendable, Hashable {
    /// Typed characters are shown by the terminal.
    public let echo: Bool
    /// Typed characters arrive line by line.
    public let canonical: Bool
    /// Ctrl-C and its like send signals.
    public let signals: Bool

    /// As a shell leaves it to programs.
    public static let sane = Modes(echo: true, canonical: true, signals: true)

    /// Any combination.
    public init(echo: Bool, canonical: Bool, signals: Bool) {
      self.echo = echo
      self.canonical = canonical
      self.signals = signals
    }
  }

  private let line: TerminalLine
  private let patience: Int

  /// Starts a program.
  ///
  /// - Parameters:
  ///   - program: A path.
  ///   - environment: All of the program's environment; `TERM` is xterm if not given.
  ///   - patience: In seconds, for every wait.
  public init(
    _ program: String, _ arguments: [String] = [], environment: [String: String] = [:],
    rows: Int = 24, columns: Int = 80, patience: Int = 60
  ) throws(Failure) {
    self.patience = patience
    let environment = ["TERM": "xterm"].merging(environment) { _, given in given }
    line = try TerminalLine(
      program, arguments, environment, Screen(rows: rows, columns: columns), rows)
  }

  deinit {
    line.send(signal: SIGKILL)
    line.hangUp()
  }

  // MARK: What the person does

  /// Types text; "\r" is Enter, "\u{3}" Ctrl-C.
  public func send(_ text: String) {
    line.type(Array(text.utf8))
  }

  /// Pastes text as a terminal with bracketed paste does.
  public func paste(_ text: String) {
    let returns = text.map { $0 == "\n" ? "\r" : String($0) }.joined()
    send("\u{1b}[200~\(returns)\u{1b}[201~")
  }

  /// Changes the window's size.
  public func resize(rows: Int, columns: Int) {
    line.resize(rows: rows, columns: columns)
  }

  /// Sends a signal to the program (not to its group).
  public func signal(_ number: Int32) {
    line.send(signal: number)
  }

  /// Closes the terminal, as when its window is closed.
  public func hangUp() {
    line.hangUp()
  }

  // MARK: What the program does

  /// How many bytes the program has written.
  public var written: Int { line.written }

  /// The screen as it is now.
  public var screen: Screen { line.screen }

  /// Everything the program has written.
  public var output: String { line.output }

  /// How the terminal is set now, or was when it was closed.
  public var modes: Modes { line.modes }

  /// Whether every setting of the terminal is as it was before the program, speeds and control
  /// characters included.
  public var isAsBefore: Bool { line.isAsBefore }

  /// The program's process.
  public var process: Int32 { line.process }

  /// Waits until the screen, or what scrolled off it, contains `text`.
  public func wait(for text: String) async throws(Failure) {
    try await wait(for: "\"\(text)\" on the screen") { $0.wholeText.contains(text) }
  }

  /// Waits until the screen is exactly `text`: rows without spaces at their ends, no empty rows at
  /// its end.
  public func wait(forScreen text: String) async throws(Failure) {
    try await wait(for: "such screen:\n\(text)\n--- in time") { $0.text == text }
  }

  /// Waits until the screen fulfils a condition.
  public func wait(
    for awaited: String, _ condition: @escaping @Sendable (Screen) -> Bool
  ) async throws(Failure) {
    try await wait(for: awaited) { (line: TerminalLine.State) in condition(line.screen) }
  }

  /// Waits until the program has written `text`, escape sequences included, so many times.
  public func wait(forOutput text: String, times: Int = 1) async throws(Failure) {
    let awaited = "\(text.debugDescription) in the output, \(times) times"
    try await wait(for: awaited) { (line: TerminalLine.State) in
      line.output.split(separator: Array(text.utf8), omittingEmptySubsequences: false).count > times
    }
  }

  /// Waits until the program has written so many bytes.
  public func wait(forBytes count: Int) async throws(Failure) {
    try await wait(for: "\(count) bytes") { (line: TerminalLine.State) in
      line.output.count >= count
    }
  }

  /// Waits until the program has ended; all that it wrote has been read then.
  public func waitForEnd() async throws(Failure) -> Ending {
    try await wait(for: "end") { (line: TerminalLine.State) in line.ending != nil }
    return line.ending ?? .exited(-1)
  }

  private func wait(
    for awaited: String, _ condition: @escaping @Sendable (TerminalLine.State) -> Bool
  ) async throws(Failure) {
    guard await line.wait(until: condition, seconds: patience) else {
      throw .tooLate(awaited: awaited, screen: screen.wholeText, ending: line.ending)
    }
  }
}

/// The path of a program that was built together with the tests that run now.
public func builtProgram(_ name: String) -> String {
  var folder = CommandLine.arguments[0][...]
  while let slash = folder.lastIndex(of: "/") {
    folder = folder[..<slash]
    let path = "\(folder)/\(name)"
    if access(path, X_OK) == 0 { return path }
  }
  return name
}

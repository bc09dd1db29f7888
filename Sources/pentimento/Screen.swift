import Synchronization
import Typeset

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The one way out for text: answers on stdout, everything else on stderr.
///
/// On a terminal it keeps one line that says what the program is doing and for how long; that line
/// is taken away before anything else is printed, so that what stands is never drawn over.
final class Screen: Sendable {
  /// Whether stdout is a terminal.
  let isTerminal: Bool
  private let isSaidToTerminal: Bool
  private let showsStatus: Bool
  private let choice: Ink.Choice
  private let environment: [String: String]

  private struct State {
    /// What is being done; `nil` while nothing is, or while `live` text is shown.
    var status: String?
    var began = ContinuousClock.now
    var ticker: Task<Void, Never>?
    /// Columns of the line that is drawn over; 0 if none is drawn.
    var drawn = 0
    /// Whether the last thing printed ended a line.
    var isAtLineStart = true
  }
  private let state = Mutex(State())

  /// - Parameter choice: What the person said of colours.
  init(_ choice: Ink.Choice = .auto, environment: [String: String] = Environment.variables()) {
    self.choice = choice
    self.environment = environment
    isTerminal = isatty(STDOUT_FILENO) == 1
    isSaidToTerminal = isatty(STDERR_FILENO) == 1
    showsStatus = isSaidToTerminal && environment["TERM"] != "dumb"
  }

  /// What stdout can show now; the width may have changed since.
  var ink: Ink {
    Ink(columns: columns, terminal: isTerminal, choice: choice, environment: environment)
  }

  /// A text of one line, words and bare LaTeX mixed, as it is read.
  func set(_ text: String) -> String {
    guard text.contains("\\") else { return text }
    return render(delimited(text), ink: Ink(width: 1000, unicode: ink.unicode))
      .joined(separator: " ")
  }

  /// Prints safe text on stdout, as it is.
  func write(_ text: String) {
    guard !text.isEmpty else { return }
    state.withLock { state in
      erase(&state)
      writeOutput(text)
      state.isAtLineStart = text.hasSuffix("\n")
    }
  }

  /// Prints lines that are set already.
  func lines(_ lines: [String]) {
    guard !lines.isEmpty else { return }
    write(lines.joined(separator: "\n") + "\n")
  }

  /// Prints a text on lines of its own, wrapped to the terminal's width.
  func line(_ text: StyledText = "", indent: Int = 0) {
    let ink = ink
    lines(isTerminal ? text.wrapped(ink, indent: indent) : [text.rendered(ink)])
  }

  /// Prints lines about the program on stderr, wrapped if that is a terminal.
  func say(_ text: String) {
    let lines = isSaidToTerminal ? fitted(text) : [Gate.safe(text)]
    state.withLock { state in
      erase(&state)
      let ends = isTerminal && !state.isAtLineStart
      writeAll(((ends ? "\n" : "") + lines.joined(separator: "\n") + "\n").utf8, to: STDERR_FILENO)
      state.isAtLineStart = true
    }
  }

  /// Asks the person on stderr, without a line end; the answer is typed behind it.
  func ask(_ text: String) {
    state.withLock { state in
      erase(&state)
      writeAll(Gate.safe(text).utf8, to: STDERR_FILENO)
      state.isAtLineStart = true
    }
  }

  /// Hands the terminal a control sequence of ours; in a pipe nothing is written.
  func control(_ sequence: String) {
    guard isTerminal, environment["TERM"] != "dumb" else { return }
    state.withLock { state in
      erase(&state)
      writeOutput(sequence)
    }
  }

  /// A variable of the environment.
  func variable(_ name: String) -> String? { environment[name] }

  /// The lines of a foreign text, those that are too long for the terminal wrapped.
  ///
  /// - Parameter indent: For all lines but the first that one is broken into.
  func fitted(_ text: String, indent: Int = 0) -> [String] {
    let ink = Ink(width: ink.width, unicode: ink.unicode)
    return Gate.safe(text).split(separator: "\n", omittingEmptySubsequences: false).flatMap {
      let line = StyledText(String($0))
      // A path that is broken by the terminal can still be copied in one piece.
      let isBreakable = $0.split(separator: " ").allSatisfy { $0.count < ink.width }
      return line.width < ink.width || !isBreakable
        ? [line.plain] : line.wrapped(ink, indent: indent)
    }
  }

  /// Says what the program is doing, with the seconds it has taken, until the next `status`.
  func status(_ text: String?) {
    state.withLock { state in
      erase(&state)
      state.ticker?.cancel()
      state.ticker = nil
      state.status = text
      state.began = .now
      guard showsStatus, text != nil else { return }
      draw(&state)
      state.ticker = Task { [weak self] in
        while (try? await Task.sleep(for: .seconds(1))) != nil { self?.tick() }
      }
    }
  }

  /// Shows the end of a text that is still arriving, on the line that is drawn over.
  func live(_ text: String) {
    guard showsStatus, isTerminal else { return }
    state.withLock { state in
      erase(&state)
      state.ticker?.cancel()
      state.ticker = nil
      state.status = nil
      draw(Gate.safe(text).tail(columns: ink.width - 1), &state)
    }
  }

  /// Whether `over` shows anything.
  var canDrawOver: Bool { showsStatus }

  /// Columns of the terminal behind stderr; 80 if it is none.
  var columnsSaid: Int {
    var size = winsize()
    let isKnown = ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
    return isKnown ? Int(size.ws_col) : 80
  }

  /// Shows a line on stderr that whatever is printed next takes the place of.
  func over(_ text: String) {
    state.withLock { state in
      erase(&state)
      draw(String(Gate.safe(text).prefix(max(0, columnsSaid - 1))), &state)
    }
  }

  private func tick() {
    state.withLock { state in
      guard state.status != nil, state.isAtLineStart else { return }
      draw(&state)
    }
  }

  private func draw(_ state: inout State) {
    guard let status = state.status else { return }
    let seconds = Int((ContinuousClock.now - state.began).components.seconds)
    let end = seconds > 0 ? " … \(seconds) s" : " …"
    draw(status.prefix(max(0, ink.width - 1 - end.count)) + end, &state)
  }

  private func draw(_ text: String, _ state: inout State) {
    guard showsStatus, state.isAtLineStart else { return }
    erase(&state)
    writeAll(("\r\u{1B}[K" + StyledText(text, .dim).rendered(ink)).utf8, to: STDERR_FILENO)
    state.drawn = max(1, StyledText(text).width)
  }

  private func erase(_ state: inout State) {
    guard state.drawn > 0 else { return }
    // A window that has become narrower since has broken the line into rows.
    let rows = joinsRows ? (state.drawn - 1) / max(columns ?? .max, 1) : 0
    writeAll((rows > 0 ? "\r\u{1B}[\(rows)A\u{1B}[J" : "\r\u{1B}[K").utf8, to: STDERR_FILENO)
    state.drawn = 0
  }

  /// Whether the terminal breaks lines anew when its window changes, as all do but these.
  private var joinsRows: Bool {
    environment["XTERM_VERSION"] == nil && environment["TERM"]?.hasPrefix("st") != true
  }

  /// Columns of the terminal that stdout is now, or `nil` if it is none or does not tell.
  private var columns: Int? {
    var size = winsize()
    let isKnown = ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
    return isKnown ? Int(size.ws_col) : nil
  }
}

extension String {
  /// The longest end of a safe text that fits into so many columns.
  fileprivate func tail(columns: Int) -> String {
    var tail = suffix(max(0, columns))
    while StyledText(String(tail)).width > columns { tail = tail.dropFirst() }
    return String(tail)
  }
}

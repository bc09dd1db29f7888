import Dispatch
import FoundationEssentials
import LoopbackServer
import PseudoTerminal
import Synchronization
import Testing

@testable import pentimento

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The built program with a home of its own, at a terminal or in a pipe.
final class Program {
  /// What a run in a pipe left.
  struct Outcome: Sendable {
    var status: Int32
    var output: String
    var complaints: String

    var lines: [String] { output.split(separator: "\n").map(String.init) }
  }

  let home: TemporaryFolder
  private(set) var environment: [String: String]

  /// - Parameter variables: Added to an environment that has nothing of the person's who tests.
  init(_ variables: [String: String] = [:]) throws {
    home = try TemporaryFolder()
    environment = [
      "HOME": home.path, "LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin",
      "SWIFT_BACKTRACE": "enable=no", "XDG_DATA_HOME": "\(home.path)/data",
    ]
    environment.merge(variables) { $1 }
  }

  var transcriptFolder: String { "\(home.path)/data/pentimento/transcripts" }

  /// The texts of all transcripts, whole.
  var transcripts: [String] {
    SavedTranscript.names(in: transcriptFolder).map {
      text(of: "\(transcriptFolder)/\($0).jsonl")
    }
  }

  /// The only transcript's path.
  var transcriptPath: String {
    get throws {
      let names = SavedTranscript.names(in: transcriptFolder)
      return "\(transcriptFolder)/\(try #require(names.count == 1 ? names.first : nil)).jsonl"
    }
  }

  func text(of path: String) -> String {
    String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
  }

  /// The program's words for a server: where it is, and what it is called.
  static func flags(_ server: LoopbackServer) -> [String] {
    ["--base-url", server.url, "--model", "m"]
  }

  // MARK: - At a terminal

  /// Opens the REPL and waits for its first prompt.
  func dialogue(
    _ server: LoopbackServer, _ flags: [String] = [], rows: Int = 30, columns: Int = 80
  ) async throws -> PseudoTerminal {
    let terminal = try PseudoTerminal(
      builtProgram("pentimento"), Self.flags(server) + flags, environment: environment,
      rows: rows, columns: columns)
    try await terminal.waitForPrompt()
    return terminal
  }

  // MARK: - In a pipe

  /// Runs the program to its end; after `patience` seconds it is killed.
  func run(
    _ arguments: [String], input: String = "", patience: Int = 120
  ) async throws -> Outcome {
    try await start(arguments, input: input, patience: patience).outcome()
  }

  /// Starts the program with its input in a file.
  ///
  /// - Parameters:
  ///   - input: `nil` if the file `input` is there already.
  ///   - launcher: The words of a command that runs the words behind it.
  func start(
    _ arguments: [String], input: String? = "", output: Int32? = nil,
    through launcher: [String] = [], patience: Int = 120
  ) throws -> RunningProgram {
    if let input { try home.write(input, to: "input") }
    return try RunningProgram(
      launcher + [builtProgram("pentimento")] + arguments, environment, folder: home.path,
      output: output, patience: patience)
  }
}

/// A program that runs in a pipe.
final class RunningProgram: Sendable {
  let process: pid_t
  private let folder: String
  private let ending = Mutex<(status: Int32?, waiter: CheckedContinuation<Int32, Never>?)>(
    (nil, nil))

  /// - Parameter patience: Seconds after which it is killed, because it hangs.
  init(
    _ words: [String], _ environment: [String: String], folder: String, output: Int32?,
    patience: Int
  ) throws {
    self.folder = folder
    let program = words[0]
    let words = words.map { strdup($0) } + [nil]
    let settings = environment.map { strdup("\($0)=\($1)") } + [nil]
    defer { for word in words + settings { free(word) } }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    let created = O_WRONLY | O_CREAT | O_TRUNC
    posix_spawn_file_actions_addopen(&actions, 0, "\(folder)/input", O_RDONLY, 0)
    if let output {
      posix_spawn_file_actions_adddup2(&actions, output, 1)
    } else {
      posix_spawn_file_actions_addopen(&actions, 1, "\(folder)/output", created, 0o600)
    }
    posix_spawn_file_actions_addopen(&actions, 2, "\(folder)/complaints", created, 0o600)
    var started = pid_t()
    let status = posix_spawn(&started, program, &actions, nil, words, settings)
    try #require(status == 0, "\(program) cannot be started: \(String(cString: strerror(status)))")
    process = started
    DispatchQueue(label: "end of \(started)").async { [self] in awaitEnd() }
    DispatchQueue.global().asyncAfter(deadline: .now() + .seconds(patience)) { [weak self] in
      self?.signal(SIGKILL)
    }
  }

  deinit { signal(SIGKILL) }

  func signal(_ number: Int32) {
    if ending.withLock({ $0.status == nil }) { kill(process, number) }
  }

  /// What it left, when it has ended; a signal that killed it is a status below 0.
  func outcome() async -> Program.Outcome {
    let status = await withCheckedContinuation { waiter in
      let status = ending.withLock { ending in
        if ending.status == nil { ending.waiter = waiter }
        return ending.status
      }
      if let status { waiter.resume(returning: status) }
    }
    return Program.Outcome(
      status: status, output: text("output"), complaints: text("complaints"))
  }

  private func text(_ name: String) -> String {
    let contents = FileManager.default.contents(atPath: "\(folder)/\(name)")
    return String(decoding: contents ?? Data(), as: UTF8.self)
  }

  private func awaitEnd() {
    var raw: Int32 = 0
    while waitpid(process, &raw, 0) < 0, errno == EINTR {}
    let status = raw & 0x7f == 0 ? (raw >> 8) & 0xff : -(raw & 0x7f)
    let waiter = ending.withLock { ending in
      ending.status = status
      return ending.waiter
    }
    waiter?.resume(returning: status)
  }
}

extension PseudoTerminal {
  /// Types a line and Enter.
  func enter(_ line: String) { send(line + "\r") }

  /// Waits until the cursor stands after a prompt on the last line.
  func waitForPrompt() async throws {
    try await wait(for: "an empty prompt") { screen in
      let rows = screen.text.split(separator: "\n", omittingEmptySubsequences: false)
      return rows.last == "›" && screen.cursor.row == rows.count - 1
    }
  }

  /// Enters a line and waits for the prompt after what comes of it.
  func enterAndWait(_ line: String, for text: String) async throws {
    enter(line)
    try await wait(for: text)
    try await waitForPrompt()
  }
}

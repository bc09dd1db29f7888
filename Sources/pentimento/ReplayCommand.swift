import ArgumentParser
import Tutoring
import Typeset

/// `pentimento replay`: shows a saved session again, or verifies it without a model.
struct ReplayCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay", abstract: "Show a saved session again, or verify it.",
    discussion: """
      --verify computes everything but the exchanges again and compares. Other words in a prompt \
      or better evidence for the same verdict are drift, which is reported; another verdict fails.
      """)

  @Argument(help: "A transcript's file, its name, or the beginning of its id.")
  var transcript: String

  @Flag(help: "Compute everything again and compare.")
  var verify = false

  @Option(help: "Take as long as it took, divided by this.")
  var speed: Double?

  @Flag(help: "Wait for Enter after each event; the end of input ends it.")
  var step = false

  @Option(help: "Take the prompts from this folder.")
  var prompts: String?

  @Option(help: "Use colours: always, never or auto.")
  var color: Ink.Choice = .auto

  func validate() throws {
    if let speed, speed <= 0 { throw ValidationError("--speed wants a number above 0") }
  }

  func run() async throws {
    let folders = Folders(environment: Environment.variables())
    let saved = try Ending.orExit { () throws(Failure) in
      try SavedTranscript.read(transcript, folders: folders)
    }
    for remark in saved.remarks { complain(remark) }
    if verify {
      try await compare(saved)
    } else {
      await show(saved, on: Screen(color))
    }
  }

  private func show(_ saved: Transcript, on screen: Screen) async {
    let view = TurnView(screen: screen, showsWork: true, isReplay: true)
    var at = 0
    if step { screen.say("(Enter shows what came next)") }
    for line in saved.lines {
      if let speed {
        let wait = Double(max(0, line.at - at)) / speed
        try? await Task.sleep(for: .milliseconds(Int64(wait)))
      }
      at = line.at
      view.show(.event(line.event))
      if step, line.event.isShown, readLine() == nil { break }
    }
    view.finish()
  }

  private func compare(_ saved: Transcript) async throws {
    var options = try ConfigurationOptions.parse([])
    options.prompts = prompts
    let studio = try Ending.orExit { () throws(Failure) in try Studio(options) }
    let report = await saved.verify(prompts: studio.prompts)
    for difference in report.differences {
      let kind = difference.isFailure ? "differs" : "drift"
      print("problem \(difference.problem + 1): \(kind) in \(difference.what)")
      print("  recorded: \(Gate.safe(difference.recorded, keeping: []))")
      print("  computed: \(Gate.safe(difference.computed, keeping: []))")
    }
    let drift = report.differences.count { !$0.isFailure }
    let failures = report.differences.count - drift
    let problems = "\(report.problems) problem\(report.problems == 1 ? "" : "s")"
    print("\(problems) verified, \(failures) differ, \(drift) drifts")
    if !report.holds { throw ExitCode(ExitStatus.otherVerdict.rawValue) }
  }
}

/// `pentimento resume`: goes on with a saved session.
struct ResumeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resume", abstract: "Go on with a saved session.")

  @Argument(help: "A transcript's file, its name, or the beginning of its id.")
  var transcript: String

  @OptionGroup var settings: ConfigurationOptions

  @Option(help: "Use colours: always, never or auto.")
  var color: Ink.Choice = .auto

  func run() async throws {
    let folders = Folders(environment: Environment.variables())
    let (path, saved) = try Ending.orExit { () throws(Failure) in
      let path = try SavedTranscript.find(transcript, folders: folders)
      return (path, try SavedTranscript.read(path, folders: folders))
    }
    let screen = Screen(color)
    for remark in saved.remarks { screen.say("pentimento: \(remark); it is cut off now") }
    if let last = saved.problems.last {
      let view = TurnView(screen: screen, showsWork: true, isReplay: true)
      for line in last { view.show(.event(line.event)) }
      view.finish()
      screen.line()
    }
    var chat = try ChatCommand.parse([])
    chat.settings = settings
    chat.shown.transcript = path
    chat.shown.color = color
    try await chat.run()
  }
}

/// Finds and reads saved transcripts.
enum SavedTranscript {
  /// The file that a path, a name or the beginning of one stands for.
  static func find(_ name: String, folders: Folders) throws(Failure) -> String {
    if Path.isFile(name) { return name }
    let folder = folders.transcripts
    let exact = Path.joined(folder, name + ".jsonl")
    if !name.contains("/"), Path.isFile(exact) { return exact }
    let matches = names(in: folder).filter { $0.hasPrefix(name) && !name.isEmpty }
    switch matches.count {
    case 1: return Path.joined(folder, matches[0] + ".jsonl")
    case 0:
      throw Failure(.files, "no transcript is called \(name): no such file, and none in \(folder)")
    default:
      throw Failure(
        .usage, "\(name) begins several transcripts: \(matches.prefix(8).joined(separator: ", "))")
    }
  }

  static func read(_ name: String, folders: Folders) throws(Failure) -> Transcript {
    let path = try find(name, folders: folders)
    do {
      return try Transcript(file: path)
    } catch {
      throw Failure(error.status, "\(error)")
    }
  }

  /// Names of the transcripts in a folder, sorted.
  static func names(in folder: String) -> [String] {
    Directory.entries(of: folder).filter { $0.hasSuffix(".jsonl") }.map { String($0.dropLast(6)) }
      .sorted()
  }
}

extension TranscriptError {
  var status: ExitStatus {
    switch self {
    case .unreadable, .unwritable, .inUse: .files
    case .damaged, .newer, .empty: .unreadable
    }
  }
}

extension Event {
  /// Whether a replay prints something for it.
  fileprivate var isShown: Bool {
    switch self {
    case .session(let header): header.provenance != nil
    case .resumed: false
    case .decided(.revise): true
    case .decided: false
    case .exchange(let exchange): exchange.phase == .propose || exchange.phase == .revise
    case .problem, .checked, .critiqued, .verdict, .failed, .note: true
    }
  }
}

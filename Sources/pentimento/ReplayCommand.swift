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
      try SavedTranscript.reader(of: transcript, folders: folders)
    }
    do {
      if verify {
        try await compare(saved)
      } else {
        try await show(saved, on: Screen(color))
      }
    } catch let failure as Failure {
      complain(failure.description)
      throw ExitCode(failure.status.rawValue)
    }
    for remark in saved.remarks { complain(remark) }
  }

  private func show(_ saved: TranscriptReader, on screen: Screen) async throws {
    let view = TurnView(screen: screen, showsWork: true, isReplay: true)
    var at = 0
    if step { screen.say("(Enter shows what came next)") }
    defer { view.finish() }
    while let line = try saved.line() {
      if let speed {
        // A file may give any moment: none is waited for longer than a day.
        let wait = min(max(0, Double(line.at) - Double(at)) / speed, 86_400_000)
        try? await Task.sleep(for: .milliseconds(Int64(wait)))
      }
      at = line.at
      view.show(.event(line.event))
      if step, line.event.isShown, readLine() == nil { break }
    }
  }

  /// Verifies problem by problem, so that no more than one is kept.
  private func compare(_ saved: TranscriptReader) async throws {
    var options = try ConfigurationOptions.parse([])
    options.prompts = prompts
    let studio = try Ending.orExit { () throws(Failure) in try Studio(options) }
    var report = ReplayReport()
    var lines: [Line] = []
    func settle() async {
      let part = await Transcript(header: saved.header, lines: lines, remarks: []).verify(
        prompts: studio.prompts)
      for var difference in part.differences {
        difference.problem += report.problems
        report.differences.append(difference)
        tell(difference)
      }
      report.problems += part.problems
      lines = []
    }
    while let line = try saved.line() {
      if case .problem = line.event, !lines.isEmpty { await settle() }
      lines.append(line)
    }
    await settle()
    let drift = report.differences.count { !$0.isFailure }
    let failures = report.differences.count - drift
    let problems = "\(report.problems) problem\(report.problems == 1 ? "" : "s")"
    printLine("\(problems) verified, \(failures) differ, \(drift) drifts")
    if !report.holds {
      for remark in saved.remarks { complain(remark) }
      throw ExitCode(ExitStatus.otherVerdict.rawValue)
    }
  }

  private func tell(_ difference: ReplayReport.Difference) {
    let kind = difference.isFailure ? "differs" : "drift"
    printLine("problem \(difference.problem + 1): \(kind) in \(difference.what)")
    printLine("  recorded: \(Gate.safe(difference.recorded, keeping: []))")
    printLine("  computed: \(Gate.safe(difference.computed, keeping: []))")
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

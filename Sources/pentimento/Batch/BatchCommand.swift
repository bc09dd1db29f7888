import ArgumentParser
import Endpoint
import Tutoring
import Typeset

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// `pentimento batch`: a file of problems, a file of verdicts.
struct BatchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "batch", abstract: "Solve many problems, several at a time.",
    discussion: """
      Each line of the file is a JSON object with `problem` (or `question`) and, optionally, `id`; \
      everything else in it is kept. Each problem gives one JSON line: its id, the verdict, its \
      cost and what is needed to compute it again. With --out what is done is not asked again; \
      without it the lines go to stdout as they are done, and without a file the problems come \
      from stdin.
      """)

  @OptionGroup var settings: ConfigurationOptions

  @Argument(help: "The problems, JSON lines; `-` or nothing reads them from stdin.")
  var problems: String?

  @Option(help: "Append the lines to this file, and leave out what is done there.")
  var out: String?

  @Option(
    parsing: .unconditional, help: "Problems in flight; default 8, with the embedded model 1.")
  var jobs: Int?

  @Option(
    parsing: .unconditional,
    help: "Look at so many rows only, the first of the file or of the shard.")
  var limit: Int?

  @Option(help: ArgumentHelp("Solve only part i of n, from 1/n to n/n.", valueName: "i/n"))
  var shard: String?

  @Flag(help: "Take no further problem after the first error.")
  var bail = false

  @Flag(inversion: .prefixedNo, help: "Ask again what ended in an error.")
  var retryErrors = true

  @Flag(help: "Leave the requests and replies out of the lines.")
  var brief = false

  @Option(help: "Ask no server: write the requests that need an answer to this file.")
  var plan: String?

  @Option(
    help: "Ask no server: take answers from this file of responses; may be given several times.")
  var absorb: [String] = []

  @Option(help: "Judge the solution in this member of a row instead of asking for one.")
  var working: String?

  func validate() throws {
    if let shard, Shard(reading: shard) == nil {
      throw ValidationError("--shard takes i/n with i from 1 to n, such as 2/8")
    }
    if let jobs, !(1...4096).contains(jobs) {
      throw ValidationError("--jobs takes a number from 1 to 4096")
    }
    if plan != nil, out == nil { throw ValidationError("--plan needs --out") }
    if let limit, limit < 1 { throw ValidationError("--limit takes a number above 0") }
    let file = readsStandardInput ? nil : problems
    try FilesApart.check(
      reads: [("the file of problems", file)] + absorb.map { ("--absorb", $0) },
      writes: [("--out", out), ("--plan", plan)])
  }

  func run() async throws {
    let studio = try Ending.orExit { () throws(Failure) in try Studio(settings) }
    let prepared = try Ending.orExit { () throws(Failure) in try prepare(studio) }
    let screen = prepared.batch.screen
    screen.begin()
    var status = await Signals.cancelling {
      await prepared.batch.run(prepared.lines, prepared.rows)
    }
    screen.finish()
    if prepared.failedBefore > 0 {
      let count = prepared.failedBefore
      screen.complain(
        "\(count) problem\(count == 1 ? "" : "s") that ended in an error before \(count == 1 ? "is" : "are") left so"
      )
      status = status.joined(with: .unreachable)
    }
    if let desk = prepared.desk {
      if status.severity >= ExitStatus.interrupted.severity {
        desk.discard()
      } else {
        status = status.joined(with: close(desk, screen))
      }
    }
    studio.embedded.stop()
    Ending.exit(status)
  }

  private struct Prepared: Sendable {
    var batch: Batch
    var lines: LineSource
    var rows: BatchRows
    var desk: OfflineDesk?
    /// Problems whose error stands, because it is not to be tried again.
    var failedBefore: Int
  }

  private var readsStandardInput: Bool { problems == nil || problems == "-" }

  private func prepare(_ studio: Studio) throws(Failure) -> Prepared {
    let jobs = jobs ?? (studio.usesEmbedded ? 1 : 8)
    Self.allowDescriptors(jobs + 64)
    let screen = Screen()
    let output = if let out { try BatchOutput(file: out) } else { BatchOutput() }
    let before = if let out { try BatchOutput.before(out) } else { BatchOutput.Before() }
    var done = before.done
    if !retryErrors { done.merge(before.failed.mapValues { _ in nil }) { done, _ in done } }
    let rows = BatchRows(shard: shard.flatMap { Shard(reading: $0) }, limit: limit, done: done)
    let descriptor = try open()
    var tally = BatchTally()
    if !readsStandardInput { (tally.total, tally.before) = Self.count(descriptor, rows) }
    let desk = try openDesk()
    let tutor = try Self.tutor(studio, desk)
    let talk: BatchScreen.Talk = screen.canDrawOver ? .bar : out == nil ? .faults : .lines
    let batchScreen = BatchScreen(
      screen, talk: talk, file: readsStandardInput ? "stdin" : problems ?? "", tally: tally)
    for remark in before.remarks { batchScreen.complain(remark) }
    if let posed = before.posed, !posed.isSolved(by: tutor) {
      batchScreen.complain(
        "what is done in \(out ?? "") was solved under other settings, and stays as it is")
    }
    return Prepared(
      batch: Batch(
        tutor: tutor, output: output, screen: batchScreen, jobs: jobs, bails: bail,
        keepsEvents: !brief, working: working, failed: before.failed),
      lines: LineSource(LineReader(descriptor)), rows: rows, desk: desk,
      failedBefore: retryErrors ? 0 : before.failed.count)
  }

  private static func tutor(_ studio: Studio, _ desk: OfflineDesk?) throws(Failure) -> Tutor {
    let configuration = studio.configuration
    let voice = { (model: ModelSettings) throws(Failure) -> Voice in
      if let desk { return try studio.voice(model, at: desk) }
      var voice = try studio.voice(model)
      voice.model = UnwatchedModel(voice.model)
      return voice
    }
    return Tutor(
      solver: try voice(configuration.solver),
      critic: configuration.loop.critic ? try voice(configuration.critic) : nil,
      prompts: studio.prompts, policy: configuration.loop)
  }

  /// Where requests are left and answers lie, if no server is to be asked.
  private func openDesk() throws(Failure) -> OfflineDesk? {
    guard plan != nil || !absorb.isEmpty else { return nil }
    do throws(OfflineError) {
      return try OfflineDesk(responses: absorb, plan: plan)
    } catch {
      throw Failure(.files, "\(error)")
    }
  }

  /// Puts the plan in its place and says what is in it.
  private func close(_ desk: OfflineDesk, _ screen: BatchScreen) -> ExitStatus {
    for remark in desk.remarks { screen.complain(remark) }
    do throws(OfflineError) {
      let count = try desk.close()
      if let plan { screen.complain("\(count) request\(count == 1 ? "" : "s") in \(plan)") }
    } catch {
      screen.complain("\(error)")
      return .files
    }
    let open = screen.tally.open
    if plan == nil, open > 0 {
      screen.complain(
        "\(open) problem\(open == 1 ? " waits" : "s wait") for answers; --plan FILE writes the requests"
      )
    }
    let waiting: ExitStatus = plan == nil && open > 0 ? .unreachable : .fine
    return desk.remarks.isEmpty ? waiting : waiting.joined(with: .unreadable)
  }

  private func open() throws(Failure) -> Int32 {
    guard let problems, !readsStandardInput else { return STDIN_FILENO }
    let descriptor = systemOpen(problems)
    if descriptor < 0 {
      throw Failure(.files, "cannot read \(problems): \(String(cString: strerror(errno)))")
    }
    if Path.isFolder(problems) { throw Failure(.files, "cannot read \(problems): it is a folder") }
    return descriptor
  }

  /// Rows to be solved, and rows that are done; `nil` if the file can be read only once.
  private static func count(_ descriptor: Int32, _ rows: BatchRows) -> (total: Int?, before: Int) {
    guard lseek(descriptor, 0, SEEK_SET) == 0 else { return (nil, 0) }
    var (rows, reader, total) = (rows, LineReader(descriptor), 0)
    while !rows.isFull, let line = reader.next() {
      if case .entry = rows.take(line) { total += 1 }
    }
    lseek(descriptor, 0, SEEK_SET)
    return (total, rows.skipped)
  }

  /// Every problem in flight has a connection; the usual limit is 1024.
  private static func allowDescriptors(_ count: Int) {
    var limit = rlimit()
    guard getrlimit(openFiles, &limit) == 0, limit.rlim_cur < rlim_t(count) else { return }
    limit.rlim_cur = min(rlim_t(count), limit.rlim_max)
    setrlimit(openFiles, &limit)
  }
}

#if canImport(Glibc)
  private let openFiles = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
#else
  private let openFiles = RLIMIT_NOFILE
#endif

private func systemOpen(_ path: String) -> Int32 { open(path, O_RDONLY | O_CLOEXEC) }

extension PosedProblem {
  /// Whether a tutor has the settings that this was solved under.
  fileprivate func isSolved(by tutor: Tutor) -> Bool {
    policy == tutor.policy && solver == tutor.solver.settings && critic == tutor.critic?.settings
  }
}

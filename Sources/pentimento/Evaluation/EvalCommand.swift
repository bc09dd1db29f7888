import Algebra
import ArgumentParser
import FoundationEssentials
import Tutoring
import Typeset

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// `pentimento eval`: a policy, a critic or the checker, held against problems with known answers.
struct EvalCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "eval",
    abstract: "Measure the loop, a critic or the checker on problems with known answers.",
    discussion: """
      SET is a data set as it is published (GSM8K, MATH-500, AMC23, ProcessBench, RealCritic and \
      others; any JSON lines with named fields). --from computes from replies that were recorded \
      by `pentimento sample`, `eval --record` or `batch`, and asks no model; --record keeps what a \
      model says, and asks only for what the file does not hold yet.
      """)

  enum Mode: String, ExpressibleByArgument, CaseIterable {
    case direct, vote, loop, critic, checker
  }

  @OptionGroup var settings: ConfigurationOptions
  @OptionGroup var fields: FieldOptions

  @Argument(help: "The set; with --from it may be left out, but for a critic or the checker.")
  var set: String?

  @Option(help: "What is measured: direct, vote, loop, critic or checker.")
  var mode: Mode = .loop

  @Option(help: "Compute from this file of recorded replies, and ask no model.")
  var from: String?

  @Option(help: "Keep the replies in this file, and do not ask again for what it holds.")
  var record: String?

  @Flag(help: "The loop in stages: direct, vote, with the checker, with the critic, with revision.")
  var ablation = false

  @Flag(
    help:
      "Critic mode: ask about every beginning of a solution, so that a probability names a step.")
  var perStep = false

  @Flag(help: "Critic and checker mode: as many right as wrong solutions, taken in turn.")
  var balanced = false

  @Flag(
    help:
      "Count answers as the published scores of Critique Fine-Tuning do, which lets 25 pass for 2500."
  )
  var cftGrader = false

  @Option(help: "Problems (in critic and checker mode: solutions) at most.")
  var limit: Int?

  @Option(help: "Problems left out at the beginning.")
  var skip = 0

  @Option(help: "Problems in flight.")
  var jobs = 2

  @Option(help: "Write everything to this JSON file.")
  var json: String?

  @Option(help: "Write the tables to this Markdown file.")
  var markdown: String?

  @Option(help: "Write the chart to this SVG file.")
  var svg: String?

  func validate() throws {
    if from != nil, record != nil {
      throw ValidationError("--from and --record exclude each other")
    }
    if set == nil, from == nil || mode == .critic || mode == .checker {
      throw ValidationError("name the set to measure on")
    }
    _ = try fields.format()
    try FilesApart.check(
      reads: [("the set", set), ("--from", from)],
      writes: [
        ("--record", record), ("--json", json), ("--markdown", markdown), ("--svg", svg),
      ])
    for path in [json, markdown, svg].compactMap({ $0 })
    where !Path.isFolder(Path.parent(of: path)) {
      throw ValidationError("there is no folder \(Path.parent(of: path)) for \(path)")
    }
    if jobs < 1 { throw ValidationError("--jobs takes a number above 0") }
    if ablation, mode != .loop { throw ValidationError("--ablation belongs to --mode loop") }
    if cftGrader, mode == .critic || mode == .checker {
      throw ValidationError("--cft-grader belongs to --mode direct, vote and loop")
    }
    if perStep, mode != .critic { throw ValidationError("--per-step belongs to --mode critic") }
    if balanced, mode != .critic, mode != .checker {
      throw ValidationError("--balanced belongs to --mode critic and --mode checker")
    }
  }

  func run() async throws {
    let evaluator = try Ending.orExit { () throws(Failure) in
      try Evaluator(
        studio: Studio(settings), store: RecordingStore(from: from, record: record), jobs: jobs,
        grader: cftGrader ? .published : .exact)
    }
    let command = self
    let status = await Signals.cancelling {
      do throws(Failure) {
        try await command.measure(with: evaluator)
        return Task.isCancelled ? .interrupted : .fine
      } catch {
        complain(error.description)
        return error.status
      }
    }
    evaluator.studio.embedded.stop()
    Ending.exit(status)
  }

  private func measure(with evaluator: Evaluator) async throws(Failure) {
    try checkVoices(evaluator.studio.configuration)
    switch mode {
    case .direct, .vote, .loop: try await measureLoop(evaluator)
    case .critic, .checker: try await measureCritic(evaluator)
    }
  }

  private func checkVoices(_ configuration: Configuration) throws(Failure) {
    if mode == .critic, !configuration.loop.critic {
      throw Failure(.usage, "--mode critic needs a critic; leave out --no-critic")
    }
    if mode == .checker, !configuration.loop.checker {
      throw Failure(.usage, "--mode checker needs the checker; leave out --no-checker")
    }
    if perStep, from == nil, !configuration.critic.voice.givesLogprobs {
      throw Failure(
        .usage,
        "--per-step asks for probabilities, and \(configuration.critic.name) is not said to give logprobs; "
          + "set logprobs = true in its table if its server does")
    }
  }

  // MARK: - Loop

  private func measureLoop(_ evaluator: Evaluator) async throws(Failure) {
    let recordings = try recordings(evaluator.store)
    var evaluations: [LoopEvaluation] = []
    let stages = stages(of: evaluator.studio.configuration.loop)
    for (index, (name, policy)) in stages.enumerated() {
      evaluations.append(
        try await evaluator.loop(
          name, policy, recordings, drawsVotes: mode == .loop && index == stages.count - 1))
    }
    let common = evaluations.onCommonProblems
    guard let last = common.last else { return }
    var tables = [evaluations.table(title(recordings.count))]
    if !last.outcomes.isEmpty { tables.append(last.verdictTable) }
    try publish(tables, evaluations, chart: chart(common))
    if last.outcomes.isEmpty { throw uncovered }
  }

  private var uncovered: Failure {
    Failure(
      .unreadable,
      "no problem has all the replies that this policy needs; \(RecordingStore.whatToCheck)")
  }

  /// What is measured, without its folder; critic and checker mode always name a set.
  private var name: String { (set ?? from ?? "").split(separator: "/").last.map(String.init) ?? "" }

  private func title(_ count: Int) -> String {
    let grading = cftGrader ? ", counted by the lenient published grader" : ""
    return "\(name), \(count == 1 ? "1 problem" : "\(count) problems")\(grading)"
  }

  /// The problems to measure on: those of the set, or those of the recordings.
  private func recordings(_ store: RecordingStore) throws(Failure) -> [Recording] {
    guard set != nil else {
      let all = store.all.filter { !$0.reference.isEmpty }
      let left = store.all.count - all.count
      if left > 0 {
        complain("\(left) recorded problems have no reference answer and are left out")
      }
      if all.isEmpty { throw nothing("no recorded problem with a reference answer") }
      return Array(all.dropFirst(skip).prefix(limit ?? .max))
    }
    var recordings: [Recording] = []
    for item in try items().dropFirst(skip).prefix(limit ?? .max) {
      guard let reference = item.reference else { continue }
      recordings.append(
        Recording(
          problem: item.problem, reference: reference, replies: store.replies(to: item.problem)))
    }
    if recordings.isEmpty {
      throw nothing(
        "no reference answers; --mode critic and --mode checker judge the solutions it gives")
    }
    return recordings
  }

  private func nothing(_ reason: String) -> Failure {
    Failure(.unreadable, "nothing to measure in \(set ?? from ?? ""): \(reason)")
  }

  private func stages(of policy: Policy) -> [(String, Policy)] {
    var direct = policy
    (direct.samples, direct.critic, direct.checker, direct.rounds) = (1, false, false, 0)
    direct.calculations = 0
    var vote = direct
    vote.samples = policy.samples
    switch mode {
    case .direct: return [("direct", direct)]
    case .vote: return [("vote of \(policy.samples)", vote)]
    default: break
    }
    guard ablation else { return [("direct", direct), ("loop", policy)] }
    var calculated = vote
    calculated.calculations = policy.calculations
    var checked = calculated
    checked.checker = policy.checker
    var weighed = checked
    weighed.critic = policy.critic
    weighed.rounds = 0
    var stages = [("direct", direct), ("vote of \(policy.samples)", vote)]
    if policy.calculations > 0 {
      stages.append(("+ \(policy.calculations) calculations", calculated))
    }
    return stages + [
      ("+ checker filter", checked), ("+ critic weight", weighed),
      ("+ revision = the loop", policy),
    ]
  }

  private func chart(_ evaluations: [LoopEvaluation]) -> BarChart? {
    guard let last = evaluations.last else { return nil }
    var bars = evaluations.map { ($0.name, $0.accuracy(\.loop.isRight)) }
    let isCapped = last.outcomes.contains { $0.recorded < $0.loop.calls }
    bars.append(
      (
        isCapped ? "vote of all recorded" : "vote at equal calls",
        last.accuracy(\.voteAtCalls.isRight)
      ))
    bars.append(("any candidate right", last.accuracy(\.isReachable)))
    return BarChart(title(last.outcomes.count), bars)
  }

  // MARK: - Critic and checker

  private func measureCritic(_ evaluator: Evaluator) async throws(Failure) {
    let all = try items()
    var cases = all.flatMap { item in
      item.solutions.indices.filter { item.solutions[$0].isJudged }.map { (item, $0) }
    }
    if perStep { cases = cases.filter { !$0.0.solutions[$0.1].steps.isEmpty } }
    if balanced {
      let right = cases.filter { $0.0.solutions[$0.1].isRightByTheSet }
      let wrong = cases.filter { !$0.0.solutions[$0.1].isRightByTheSet }
      cases = zip(right, wrong).flatMap { [$0, $1] }
    }
    let some = Array(cases.dropFirst(skip).prefix(limit ?? .max))
    if some.isEmpty {
      throw nothing(
        cases.isEmpty
          ? "no solutions that are known to be right or wrong; --mode loop solves problems"
          : "--skip leaves none of its \(cases.count) solutions")
    }
    let title = "\(mode.rawValue) on \(name), \(some.count) solutions"
    let evaluation =
      mode == .checker
      ? evaluator.checker(title, some) : try await evaluator.critic(title, some, perStep: perStep)
    let bars = [
      ("wrong objected to", evaluation.wrongFlagged),
      ("right objected to", evaluation.rightFlagged),
    ]
    try publish([evaluation.table], evaluation, chart: BarChart(title, bars))
    if evaluation.outcomes.isEmpty { throw uncovered }
  }

  private func items() throws(Failure) -> [EvaluationItem] {
    // What is wrong with the fields was said by `validate`.
    try ProblemSet.items(path: set ?? "", format: try? fields.format())
  }

  // MARK: - Output

  private struct Published<Value: Encodable>: Encodable {
    var tables: [EvaluationTable]
    var measured: Value
  }

  private func publish(
    _ tables: [EvaluationTable], _ measured: some Encodable, chart: BarChart?
  ) throws(Failure) {
    let text = tables.map(\.text).joined(separator: "\n\n")
    printLine(Gate.safe(text))
    if let json { try save(Published(tables: tables, measured: measured).json, json) }
    if let markdown {
      try save(Array((tables.map(\.markdown).joined(separator: "\n\n") + "\n").utf8), markdown)
    }
    if let svg, let chart { try save(Array(chart.svg.utf8), svg) }
  }

  /// Tables hold no words of a learner's, so they are as open as the person's other files.
  private func save(_ bytes: [UInt8], _ path: String) throws(Failure) {
    let file = ExportFile(path: path, replaces: true, isPrivate: false)
    try file.write(String(decoding: bytes, as: UTF8.self))
    try file.finish()
  }
}

extension GivenSolution {
  /// Whether the set says if it is right.
  var isJudged: Bool { isRight != nil || hasRightAnswer != nil }

  var isRightByTheSet: Bool { isRight ?? hasRightAnswer ?? false }
}

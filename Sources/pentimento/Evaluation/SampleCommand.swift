import ArgumentParser
import Endpoint
import FoundationEssentials
import Synchronization
import Tutoring

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// `pentimento sample`: records the replies that an evaluation needs, once.
struct SampleCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sample",
    abstract: "Record a model's replies to a set of problems, to judge policies on them later.",
    discussion: """
      Each problem gets its candidates, the critic's word on each and one revision for each that \
      has evidence against it. What the file already holds is not asked again.
      """)

  @OptionGroup var settings: ConfigurationOptions

  @Argument(help: "The problems with their reference answers, as published.")
  var set: String

  @Option(help: "The file of recordings; it is appended to.")
  var out: String

  @Option(help: "Problems at most.")
  var limit: Int?

  @Option(help: "Problems left out at the beginning.")
  var skip = 0

  @Option(help: "Candidates a problem, the greedy one among them.")
  var candidates = 4

  @Option(help: "Candidates that are judged and revised; the others are for votes.")
  var judged: Int?

  @Option(help: "Candidates asked for as a calculation, on top.")
  var calculations = 0

  @Option(help: "Problems in flight.")
  var jobs = 1

  func validate() throws {
    try FilesApart.check(reads: [("the set", set)], writes: [("--out", out)])
  }

  func run() async throws {
    let studio = try Ending.orExit { () throws(Failure) in try Studio(settings) }
    let items = try Ending.orExit { () throws(Failure) in try problems() }
    let recorder = try Ending.orExit { () throws(Failure) in
      try Recorder(studio: studio, plan: plan, path: out, count: items.count)
    }
    let jobs = jobs
    let status = await Signals.cancelling {
      await withTaskGroup(of: Void.self) { group in
        var next = 0
        for _ in 0..<max(jobs, 1) where next < items.count {
          let item = items[next]
          group.addTask { await recorder.record(item) }
          next += 1
        }
        while await group.next() != nil {
          guard next < items.count, !Task.isCancelled, recorder.status == .fine else { continue }
          let item = items[next]
          group.addTask { await recorder.record(item) }
          next += 1
        }
      }
      return recorder.status
    }
    studio.embedded.stop()
    Ending.exit(status)
  }

  private var plan: SamplingPlan {
    SamplingPlan(candidates: candidates, judged: judged ?? candidates, calculations: calculations)
  }

  private func problems() throws(Failure) -> [Recording] {
    try ProblemSet.items(path: set).dropFirst(skip).prefix(limit ?? .max)
      .map { Recording(problem: $0.problem, reference: $0.reference ?? "") }
  }
}

/// Records problem after problem.
private final class Recorder: Sendable {
  private let tutor: Tutor
  private let plan: SamplingPlan
  private let store: RecordingStore
  private let count: Int

  private struct State {
    var done = 0
    var status = ExitStatus.fine
  }
  private let state = Mutex(State())

  init(studio: Studio, plan: SamplingPlan, path: String, count: Int) throws(Failure) {
    var policy = studio.configuration.loop
    policy.budgetCalls = .max
    policy.budgetTokens = .max
    tutor = Tutor(
      solver: try studio.voice(studio.configuration.solver),
      critic: policy.critic ? try studio.voice(studio.configuration.critic) : nil,
      prompts: studio.prompts, policy: policy)
    self.plan = plan
    self.count = count
    store = try RecordingStore(record: path)
  }

  var status: ExitStatus { state.withLock { $0.status } }

  func record(_ item: Recording) async {
    var recording = item
    do throws(ModelError) {
      recording.replies = try await tutor.sample(
        item.problem, plan: plan, replies: store.replies(to: item.problem)
      ) { replies in
        // A problem takes minutes; what it has got is not thrown away.
        var begun = item
        begun.replies = replies
        if !replies.isEmpty { store.keep(begun) }
      }
    } catch {
      complain("\(item.problem.id): \(error.description)")
      state.withLock { $0.status = $0.status.joined(with: error.status) }
      return
    }
    store.keep(recording)
    if let failure = store.failure {
      let isFirst = state.withLock { state in
        defer { state.status = state.status.joined(with: failure.status) }
        return state.status == .fine
      }
      if isFirst { complain(failure.description) }
      return
    }
    if Task.isCancelled { return }
    let done = state.withLock { state in
      state.done += 1
      return state.done
    }
    complain("\(item.problem.id): \(recording.replies.count) replies, \(done) of \(count) problems")
  }
}

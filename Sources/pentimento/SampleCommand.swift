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

  @Option(help: "Problems in flight.")
  var jobs = 1

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
    SamplingPlan(candidates: candidates, judged: judged ?? candidates)
  }

  private func problems() throws(Failure) -> [Recording] {
    guard let contents = FileManager.default.contents(atPath: set) else {
      throw Failure(.files, "cannot read \(set): no such file, or no permission")
    }
    struct Row: Decodable {
      var question: String
      var answer: String
    }
    let stem = set.split(separator: "/").last?.split(separator: ".").first.map(String.init) ?? set
    var items: [Recording] = []
    for (index, line) in contents.split(separator: UInt8(ascii: "\n")).enumerated() {
      guard let row = try? JSONDecoder().decode(Row.self, from: line),
        let mark = row.answer.firstRange(of: "####")
      else { throw Failure(.unreadable, "\(set):\(index + 1): not a problem with its answer") }
      let number = "\(index)"
      let id = stem + "-" + String(repeating: "0", count: max(4 - number.count, 0)) + number
      let reference = row.answer[mark.upperBound...].filter { $0 != "," }.trimmed()
      items.append(
        Recording(problem: Problem(id: id, statement: row.question), reference: reference))
    }
    return Array(items.dropFirst(skip).prefix(limit ?? .max))
  }
}

/// Records problem after problem into one file.
private final class Recorder: Sendable {
  private let tutor: Tutor
  private let plan: SamplingPlan
  private let known: [String: Recording]
  private let file: Int32
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
    do throws(TranscriptError) {
      let recordings = Path.isFile(path) ? try RecordingFile.read(path) : []
      known = Dictionary(recordings.map { ($0.problem.id, $0) }) { $1 }
    } catch {
      throw Failure(.files, error.description)
    }
    file = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o644)
    guard file >= 0 else {
      throw Failure(.files, "cannot write \(path): \(String(cString: strerror(errno)))")
    }
  }

  var status: ExitStatus { state.withLock { $0.status } }

  func record(_ item: Recording) async {
    let known = known[item.problem.id]?.replies ?? []
    let tutor = tutor
    let solver = RecordedModel(known, asking: tutor.solver.model)
    let recorded = Tutor(
      solver: Voice(model: solver, settings: tutor.solver.settings),
      critic: tutor.critic.map { Voice(model: solver, settings: $0.settings) },
      prompts: tutor.prompts, policy: tutor.policy)
    do throws(ModelError) {
      _ = try await recorded.sample(item.problem, plan: plan) { solver.observe($0) }
    } catch {
      complain("\(item.problem.id): \(error.description)")
      state.withLock { $0.status = $0.status.joined(with: error.status) }
    }
    let replies = solver.replies
    guard replies.count > known.count, !Task.isCancelled else { return }
    let line = Recording(problem: item.problem, reference: item.reference, replies: replies)
    state.withLock { state in
      writeLine(String(decoding: line.encoded().dropLast(), as: UTF8.self), to: file)
      state.done += 1
      complain("\(item.problem.id): \(replies.count) replies, \(state.done) of \(count) problems")
    }
  }
}

import Algebra
import Endpoint
import FoundationEssentials
import Synchronization
import Tutoring

/// Runs problems under a policy, several at a time, on recorded replies or on those of a model.
struct Evaluator: Sendable {
  let studio: Studio
  let store: RecordingStore
  let jobs: Int
  var grader = AnswerGrader.exact

  /// One policy over a set.
  func loop(
    _ name: String, _ policy: Policy, _ recordings: [Recording], drawsVotes: Bool
  ) async throws(Failure) -> LoopEvaluation {
    let tutor = try tutor(policy)
    let base = store.isClosed ? nil : tutor.solver.model
    let progress = Progress(name, recordings.count, isShown: !store.isClosed)
    let results = try await each(recordings) { recording throws(ModelError) in
      var recording = recording
      recording.replies = store.replies(to: recording.problem)
      let result = try await tutor.evaluate(
        recording, asking: base, critic: store.isClosed ? nil : tutor.critic?.model,
        drawsVotes: drawsVotes, grader: grader)
      store.keep(result.recording)
      progress.step(recording.problem.id)
      return result
    }
    var evaluation = LoopEvaluation(name: name)
    for (recording, result) in zip(recordings, results) {
      guard let result else { continue }
      evaluation.drift += result.drift
      if let outcome = result.outcome {
        evaluation.outcomes.append(outcome)
      } else {
        evaluation.uncovered.append(recording.problem.id)
      }
    }
    return evaluation
  }

  /// The critic, with the checker unless it is off, over given solutions or over each beginning of
  /// them.
  func critic(
    _ name: String, _ cases: [(EvaluationItem, Int)], perStep: Bool
  ) async throws(Failure) -> CriticEvaluation {
    let tutor = try tutor(studio.configuration.loop)
    let critic = store.isClosed ? nil : tutor.critic?.model
    let base = store.isClosed ? nil : tutor.solver.model
    let progress = Progress(name, cases.count, isShown: !store.isClosed)
    let results = try await each(cases) { (item, number) throws(ModelError) in
      let problem = Problem(id: "\(item.id)#\(number)", statement: item.statement)
      let replies = store.replies(toID: problem.id)
      let solution = item.solutions[number]
      let result =
        perStep
        ? try await tutor.judgeSteps(
          solution, number: number, of: item, replies: replies, asking: critic ?? base)
        : try await tutor.judge(
          solution, number: number, of: item, replies: replies, asking: base, critic: critic)
      store.keep(
        Recording(problem: problem, reference: item.reference ?? "", replies: result.replies))
      progress.step(problem.id)
      return result
    }
    var evaluation = CriticEvaluation(name: name)
    for (index, result) in results.enumerated() {
      guard let result else { continue }
      evaluation.drift += result.drift
      if let outcome = result.outcome {
        evaluation.outcomes.append(outcome)
      } else {
        evaluation.uncovered.append("\(cases[index].0.id)#\(cases[index].1)")
      }
    }
    return evaluation
  }

  /// The checker alone.
  func checker(_ name: String, _ cases: [(EvaluationItem, Int)]) -> CriticEvaluation {
    var evaluation = CriticEvaluation(name: name)
    let checker = Checker()
    evaluation.outcomes = cases.compactMap { item, number in
      checker.judge(item.solutions[number], number: number, of: item)
    }
    return evaluation
  }

  private func tutor(_ policy: Policy) throws(Failure) -> Tutor {
    let configuration = studio.configuration
    return Tutor(
      solver: try studio.voice(configuration.solver),
      critic: policy.critic ? try studio.voice(configuration.critic) : nil,
      prompts: studio.prompts, policy: policy)
  }

  /// Does the work on each item, `jobs` at a time; the first error ends it, and what is kept stays.
  private func each<Item: Sendable, Value: Sendable>(
    _ items: [Item],
    _ work: @escaping @Sendable (Item) async throws(ModelError) -> Value
  ) async throws(Failure) -> [Value?] {
    var values = [Value?](repeating: nil, count: items.count)
    var fault: ModelError?
    await withTaskGroup(of: (Int, Result<Value, ModelError>).self) { group in
      var next = 0
      func add() {
        let index = next
        let item = items[index]
        next += 1
        group.addTask {
          do throws(ModelError) {
            return (index, .success(try await work(item)))
          } catch {
            return (index, .failure(error))
          }
        }
      }
      while next < min(jobs, items.count) { add() }
      while let (index, result) = await group.next() {
        switch result {
        case .success(let value): values[index] = value
        case .failure(let error): fault = fault ?? error
        }
        if next < items.count, fault == nil, store.failure == nil, !Task.isCancelled { add() }
      }
    }
    if Task.isCancelled {
      let done = values.count { $0 != nil }
      throw Failure(
        .interrupted,
        "stopped after \(done) of \(items.count); with --record FILE what was said is kept, and the same command goes on"
      )
    }
    if let fault { throw Failure(fault.status, fault.description) }
    if let failure = store.failure { throw failure }
    return values
  }
}

/// Says on stderr how far a measurement that asks a model has come.
private final class Progress: Sendable {
  private let name: String
  private let count: Int
  private let isShown: Bool
  private let done = Mutex(0)

  init(_ name: String, _ count: Int, isShown: Bool) {
    self.name = name
    self.count = count
    self.isShown = isShown
  }

  func step(_ id: String) {
    let number = done.withLock { done in
      done += 1
      return done
    }
    if isShown { complain("\(name): \(number) of \(count) (\(id))") }
  }
}

extension Encodable {
  /// Sorted and indented, for a file that a person may read.
  var json: [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    guard let bytes = try? encoder.encode(self) else { return [] }
    return Array(bytes) + [UInt8(ascii: "\n")]
  }
}

import Algebra

// A critic that is asked about every beginning of a solution, so that a probability names a step.

extension Tutor {
  /// Asks how probable it is that a given solution is right as far as each of its steps, and names
  /// the first step from which it is less probable than the policy's threshold. With the checker on,
  /// a refuted claim in an earlier step is named instead.
  ///
  /// - Parameters:
  ///   - solution: The `number`th of the item, from 0; one that the set divides into steps.
  ///   - replies: What is recorded of earlier runs on it.
  /// - Returns: `nil` if the set gives no steps or a reply was missing, and all replies. The outcome's
  ///   probability is the smallest of all steps.
  public func judgeSteps(
    _ solution: GivenSolution, number: Int, of item: EvaluationItem, replies: [RecordedReply] = [],
    asking base: (any ChatModel)? = nil
  ) async throws(ModelError) -> (outcome: CriticOutcome?, drift: Int, replies: [RecordedReply]) {
    let model = RecordedModel(replies, asking: base)
    do throws(ModelError) {
      let run = try await probed(solution, item.problem, model)
      let isWhole = !solution.steps.isEmpty && run.rounds.count == solution.steps.count
      return (
        isWhole ? outcome(ofBeginnings: run, solution, "\(item.id)#\(number)") : nil, model.drift,
        model.replies
      )
    } catch {
      if base == nil { return (nil, 0, replies) }
      throw error
    }
  }

  /// One round for each beginning of the solution, with the critic's probability.
  private func probed(
    _ solution: GivenSolution, _ problem: Problem, _ model: RecordedModel
  ) async throws(ModelError) -> Run {
    var tutor = replaying(model)
    tutor.policy.written = false
    tutor.policy.probability = true
    tutor.policy.factored = 0
    (tutor.policy.budgetCalls, tutor.policy.budgetTokens) = (.max, .max)
    var run = Run(problem: problem) { model.observe($0) }
    run.record(.problem(tutor.posed(problem)))
    for round in solution.steps.indices {
      let text = solution.steps[...round].joined(separator: GivenSolution.stepSeparator)
      tutor.check(Candidate(origin: .greedy, text: text), in: &run)
      try await tutor.critique(round, in: &run)
      if model.hasBrokenOff {
        run.rounds.removeLast()
        break
      }
    }
    return run
  }

  private func outcome(
    ofBeginnings run: Run, _ solution: GivenSolution, _ id: String
  ) -> CriticOutcome? {
    guard let isRight = solution.isRight ?? solution.hasRightAnswer else { return nil }
    let doubted = run.rounds.firstIndex { ($0.probability ?? 1) < policy.threshold }
    let refuted = run.rounds.firstIndex { $0.refutation != nil }
    let named = [doubted, refuted].compactMap(\.self).min()
    return CriticOutcome(
      id: id, isRight: isRight, fault: solution.firstFault,
      hasSteps: isRight || solution.firstFault != nil, isFlagged: named != nil, named: named,
      written: nil, probability: run.rounds.compactMap(\.probability).min(), flip: nil,
      cost: run.cost)
  }
}

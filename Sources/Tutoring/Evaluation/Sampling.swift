import Algebra

/// What is asked about each problem when replies are recorded for later evaluation.
public struct SamplingPlan: Hashable, Sendable {
  /// Candidates, the greedy one among them.
  public var candidates = 4
  /// Candidates, counted from the first, that are judged and revised. Those beyond are for votes.
  public var judged = 4

  /// Candidates asked for as a calculation, on top.
  public var calculations = 0

  public init(candidates: Int = 4, judged: Int = 4, calculations: Int = 0) {
    self.candidates = candidates
    self.judged = judged
    self.calculations = calculations
  }
}

extension Tutor {
  /// Asks everything that a policy might want to know about a problem: all candidates, the critic's
  /// word on each, and one revision for each that has evidence against it, judged in turn.
  ///
  /// The requests are those of `solve`, so that a run of any policy finds its replies among them.
  ///
  /// - Parameters:
  ///   - replies: What is recorded already, and not asked again.
  ///   - rescue: Gets what was recorded before an error.
  /// - Returns: All replies.
  public func sample(
    _ problem: Problem, plan: SamplingPlan, replies: [RecordedReply] = [],
    rescue: ([RecordedReply]) -> Void = { _ in }
  ) async throws(ModelError) -> [RecordedReply] {
    let model = RecordedModel(replies, asking: solver.model, critic: critic?.model)
    do throws(ModelError) {
      try await replaying(model).ask(problem, plan) { model.observe($0) }
    } catch {
      rescue(model.replies)
      throw error
    }
    return model.replies
  }

  private func ask(
    _ problem: Problem, _ plan: SamplingPlan, observe: @escaping @Sendable (Progress) -> Void
  ) async throws(ModelError) {
    var run = Run(problem: problem, observe: observe)
    let referee = Referee(policy: policy)
    run.record(.problem(posed(problem)))
    for sample in 0..<plan.candidates {
      run.record(.decided(.propose(sample: sample)))
      check(try await propose(sample, in: &run), in: &run)
    }
    for sample in 0..<plan.calculations {
      run.record(.decided(.calculate(sample: sample)))
      check(try await calculate(sample, in: &run), in: &run)
    }
    let judged = min(plan.judged, plan.candidates)
    let eligible = Array(0..<judged) + (plan.candidates..<run.rounds.count)
    for round in judgeable(among: eligible, of: run.rounds, by: referee) {
      try await critique(round, in: &run)
    }
    for round in 0..<judged {
      guard let evidence = referee.evidence(against: run.rounds[round]) else { continue }
      run.record(.decided(.revise(round: round, evidence)))
      check(try await revise(round, evidence, in: &run), in: &run)
      let last = run.rounds.count - 1
      if run.rounds[last].answer != nil { try await critique(last, in: &run) }
    }
  }

  /// The rounds that the critic is asked about, of those that it may be asked about.
  private func judgeable(among rounds: [Int], of all: [Round], by referee: Referee) -> [Int] {
    switch policy.judge {
    case .best: rounds.filter { all[$0].answer != nil && !all[$0].isCalculated }
    case .answers: referee.firsts(rounds.map { all[$0] }).map { rounds[$0] }
    case .all: rounds.filter { all[$0].answer != nil }
    }
  }
}

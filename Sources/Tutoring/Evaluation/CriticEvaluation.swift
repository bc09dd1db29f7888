import Algebra

// A critic, or the checker alone, held against solutions whose truth is known.

/// One given solution as it was judged.
public struct CriticOutcome: Codable, Hashable, Sendable {
  public var id: String
  /// Whether the solution is right; of a solution whose steps are judged, whether all of them are.
  public var isRight: Bool
  /// The first faulty step by the set's word, from 0; `nil` if there is none or it names none.
  public var fault: Int?
  /// Whether the set divides the solution into steps and says which is the first faulty one.
  public var hasSteps: Bool
  /// Whether the solution was objected to.
  public var isFlagged: Bool
  /// The step that was named, from 0, in the set's division; `nil` if none was.
  public var named: Int?
  /// The written verdict; `nil` if none was asked for.
  public var written: Critique.Judgement?
  public var probability: Double?
  /// Whether the answer was right before and after the loop; `nil` without a reference.
  public var flip: Flip?
  public var cost: Cost

  public struct Flip: Codable, Hashable, Sendable {
    public var before: Bool
    public var after: Bool
  }
}

/// What a critic comes to on a set of given solutions.
public struct CriticEvaluation: Codable, Hashable, Sendable {
  public var name: String
  public var outcomes: [CriticOutcome] = []
  public var uncovered: [String] = []
  public var drift = 0

  public init(name: String) {
    self.name = name
  }

  public var coverage: Proportion {
    Proportion(outcomes.count, of: outcomes.count + uncovered.count)
  }
  /// First faulty steps, over the solutions whose steps are judged.
  public var faults: FaultScore {
    let some = outcomes.filter(\.hasSteps)
    // An objection that names no step is no silence, and it hits nothing.
    return FaultScore(
      truth: some.map(\.fault), named: some.map { $0.isFlagged ? $0.named ?? -1 : nil })
  }
  public var wrongFlagged: Proportion { flagged(isRight: false) }
  public var rightFlagged: Proportion { flagged(isRight: true) }

  /// Precision and recall of the objections, and their harmonic mean.
  public var objections: (precision: Proportion, recall: Proportion, f1: Double) {
    let all = outcomes.filter(\.isFlagged)
    let precision = Proportion(all.count { !$0.isRight }, of: all.count)
    let recall = wrongFlagged
    return (precision, recall, harmonicMean(precision.share ?? 0, recall.share ?? 0))
  }
  /// The area under the ROC curve of the probabilities; `nil` where there are none.
  public var area: Double? {
    let some = outcomes.compactMap { outcome in
      outcome.probability.map { ($0, outcome.isRight) }
    }
    return Discrimination.area(some.map(\.0), some.map(\.1))
  }
  /// Of the written verdicts, those that could not be read.
  public var unreadable: Proportion {
    let written = outcomes.compactMap(\.written)
    return Proportion(written.count { $0 == .unparsed }, of: written.count)
  }
  /// What revising on the critique made of right and wrong answers.
  public var flips: FlipCells {
    let flips = outcomes.compactMap(\.flip)
    return FlipCells(before: flips.map(\.before), after: flips.map(\.after))
  }

  private func flagged(isRight: Bool) -> Proportion {
    let some = outcomes.filter { $0.isRight == isRight }
    return Proportion(some.count(where: \.isFlagged), of: some.count)
  }
}

extension Tutor {
  /// Takes a given solution as the first candidate and runs the loop on it.
  ///
  /// - Parameters:
  ///   - solution: The `number`th of the item, from 0, with its truth.
  ///   - replies: What is recorded of earlier runs on it.
  ///   - base: Who is asked for what is not recorded; `nil` asks nobody.
  ///   - critic: Who is asked instead for a critic's words; `nil` for `base`.
  /// - Returns: `nil` if a reply was missing and there is no `base`, and all replies.
  public func judge(
    _ solution: GivenSolution, number: Int, of item: EvaluationItem, replies: [RecordedReply] = [],
    asking base: (any ChatModel)? = nil, critic: (any ChatModel)? = nil,
    checker: Checker = Checker()
  ) async throws(ModelError) -> (outcome: CriticOutcome?, drift: Int, replies: [RecordedReply]) {
    let given = RecordedReply(
      phase: .propose, subject: "sample 0", request: "", reply: Reply(text: solution.text))
    let model = RecordedModel(replies, asking: base, critic: critic, given: given)
    var tutor = replaying(model)
    tutor.policy.samples = 1
    let run: Run
    do throws(ModelError) {
      run = try await tutor.solve(item.problem) { model.observe($0) }
    } catch {
      if base == nil { return (nil, 0, replies) }
      throw error
    }
    if model.hasBrokenOff { return (nil, 0, model.replies) }
    return (outcome(of: run, solution, number, item, checker), model.drift, model.replies)
  }

  private func outcome(
    of run: Run, _ solution: GivenSolution, _ number: Int, _ item: EvaluationItem,
    _ checker: Checker
  ) -> CriticOutcome? {
    guard let first = run.rounds.first, let isRight = solution.isRight ?? solution.hasRightAnswer
    else { return nil }
    let referee = Referee(policy: policy)
    let step = referee.evidence(against: first)?.step ?? first.critiques.last?.remark?.step
    let offset = step.flatMap { step in
      first.report.steps.indices.contains(step) ? first.report.steps[step].start : nil
    }
    let isFlagged = first.refutation != nil || referee.stance(first) == .wrong
    func isRightAnswer(_ answer: String?) -> Bool? {
      item.reference.map { reference in
        answer.map { checker.compare($0, reference).equality == .equal } ?? false
      }
    }
    var flip: CriticOutcome.Flip?
    if let after = isRightAnswer(run.verdict?.answer) {
      // The set's own word counts for the answer before, where it gives one.
      let before = solution.hasRightAnswer ?? isRightAnswer(first.answer) ?? isRight
      flip = CriticOutcome.Flip(before: before, after: run.rounds.count == 1 ? before : after)
    }
    var cost = run.cost
    cost.calls -= 1  // The given solution was not asked for.
    return CriticOutcome(
      id: "\(item.id)#\(number)", isRight: isRight, fault: solution.firstFault,
      hasSteps: !solution.steps.isEmpty && (isRight || solution.firstFault != nil),
      isFlagged: isFlagged, named: isFlagged ? offset.flatMap { solution.step(at: $0) } : nil,
      written: first.critiques.first?.written, probability: first.probability, flip: flip,
      cost: cost)
  }
}

extension Checker {
  /// Judges a given solution by its claims alone.
  public func judge(
    _ solution: GivenSolution, number: Int, of item: EvaluationItem
  ) -> CriticOutcome? {
    guard let isRight = solution.isRight ?? solution.hasRightAnswer else { return nil }
    let report = check(solution: solution.text)
    let refuted = report.findings.first { $0.outcome == .refuted }
    let offset = refuted.map {
      report.steps.indices.contains($0.step) ? report.steps[$0.step].start : 0
    }
    return CriticOutcome(
      id: "\(item.id)#\(number)", isRight: isRight, fault: solution.firstFault,
      hasSteps: !solution.steps.isEmpty && (isRight || solution.firstFault != nil),
      isFlagged: refuted != nil, named: offset.flatMap { solution.step(at: $0) }, written: nil,
      probability: nil, flip: nil, cost: Cost())
  }
}

import Algebra

/// What came of checking a learner's own solution, fit to be told to the learner.
public struct Assessment: Codable, Hashable, Sendable {
  /// Steps of the solution.
  public var steps: Int
  /// The first faulty step; `nil` if nothing speaks against any.
  public var slip: Slip?
  /// A number that comes from nowhere, to ask about where no slip is shown; `nil` if there is none.
  public var untraced: Untraced?
  /// The answer that the solution states.
  public var answer: String?
  public var holds: Int
  public var refuted: Int
  public var undecided: Int
  /// Steps, from 0, in which nothing could be decided.
  public var unread: [Int]
  /// What the critic said; `nil` if none was asked.
  public var critic: Critique.Judgement?
  /// How probable the critic finds it that the solution is right; `nil` if it was not asked that.
  public var probability: Double?
  /// Whether the answer meets a condition that the problem itself states; `nil` if there is none.
  public var meetsCondition: Bool?
  /// Whether the checker was on.
  public var isChecked: Bool
  /// How the run ended.
  public var ending: Verdict.Ending

  /// Assesses the only candidate of a run.
  public init?(of run: Run, policy: Policy) {
    guard let round = run.rounds.first else { return nil }
    self.init(
      of: round, slip: Slip(firstOf: round, policy: policy), policy: policy,
      ending: run.verdict?.ending ?? .interrupted)
    guard policy.checker, slip == nil || slip?.certainty == .doubted else { return }
    untraced = Untraced.first(in: round.report, statement: run.problem.statement)
  }

  init(of round: Round, slip: Slip?, policy: Policy, ending: Verdict.Ending) {
    let findings = round.report.findings.filter { $0.role.states || $0.outcome != .undecided }
    steps = round.report.steps.count
    self.slip = slip
    answer = round.answer
    holds = findings.count { $0.outcome == .holds }
    refuted = findings.count { $0.outcome == .refuted }
    undecided = findings.count { $0.outcome == .undecided }
    unread = round.report.steps.indices.filter { step in
      !findings.contains { $0.step == step && $0.outcome != .undecided }
    }
    critic = round.critiques.last.map { $0.written ?? .unparsed }
    probability = round.probability
    meetsCondition = round.proof.flatMap { proof in
      switch proof.outcome {
      case .holds: true
      case .refuted: false
      case .undecided: nil
      }
    }
    isChecked = policy.checker
    self.ending = ending
  }

  /// The same without what should stand in the faulty step.
  public var withheld: Assessment {
    var told = self
    told.slip?.reason = ""
    told.slip?.correction = nil
    return told
  }
}

extension Role {
  /// Whether a claim in this role states something that may be true or false.
  fileprivate var states: Bool {
    switch self {
    case .hypothesis, .definition, .equation, .rejected: false
    case .asserted, .simplification, .conclusion, .note, .consistency: true
    }
  }
}

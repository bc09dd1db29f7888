import Algebra

// A transcript that somebody edited may say anything, and it is shown, exported, replayed and counted
// with. So a number in it that is added to must be one that a session can have: a step of 2^63 - 1
// would end the program when it is shown as the one after it. A line with any other is damaged.

extension Int {
  /// Far above anything that is counted, and far from overflowing when it is added to.
  private static let most = 1_000_000_000_000

  /// Whether it can be a place, a step, a count or a time in milliseconds.
  var isSound: Bool { (0...Self.most).contains(self) }
}

extension Event {
  /// Whether all numbers that are calculated with are ones that a session can have.
  var isSound: Bool {
    switch self {
    case .session, .resumed, .failed, .note: true
    case .problem(let posed): posed.policy.isSound
    case .exchange(let exchange): exchange.round.isSound
    case .checked(let checked):
      checked.round.isSound && checked.candidate.origin.isSound && checked.report.isSound
        && checked.proof?.isSound ?? true
    case .critiqued(let round, let critique): round.isSound && critique.isSound
    case .decided(let decision): decision.isSound
    case .verdict(let verdict, _): verdict.isSound
    }
  }
}

extension Policy {
  fileprivate var isSound: Bool {
    [
      rounds, samples, calculations, passes, factored, budgetCalls, budgetTokens, solutionTokens,
      critiqueTokens,
    ].allSatisfy(\.isSound)
  }
}

extension Candidate.Origin {
  fileprivate var isSound: Bool {
    switch self {
    case .greedy, .learner: true
    case .sampled(let number), .calculated(let number), .revised(let number): number.isSound
    }
  }
}

extension Report {
  fileprivate var isSound: Bool {
    steps.allSatisfy { $0.start.isSound && $0.end.isSound } && findings.allSatisfy(\.isSound)
      && answer.map { $0.start.isSound && $0.end.isSound } ?? true
  }
}

extension Finding {
  fileprivate var isSound: Bool { step.isSound && start.isSound && end.isSound }
}

extension Critique {
  fileprivate var isSound: Bool {
    remark?.step?.isSound ?? true && factored.allSatisfy(\.about.step.isSound)
  }
}

extension Decision {
  fileprivate var isSound: Bool {
    switch self {
    case .propose(let sample), .calculate(let sample): sample.isSound
    case .critique(let round): round.isSound
    case .revise(let round, let evidence): round.isSound && evidence.step.isSound
    case .stop(let verdict): verdict.isSound
    }
  }
}

extension Verdict {
  fileprivate var isSound: Bool { round?.isSound ?? true }
}

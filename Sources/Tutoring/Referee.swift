import Algebra

// Decides what happens next from the rounds so far, and nothing else: no model, no clock, no file.
// The rules and their reasons:
//
// - The checker is a veto, never an acceptance: a candidate with a refuted claim cannot win, and
//   one without is not thereby right.
// - A revision needs evidence: a refuted claim, or a cited step whose correction the checker
//   verified. A bare "wrong" revises nothing, since models asked again without evidence lose right
//   answers (arXiv 2310.01798).
// - The best candidate is kept, not the last.
// - What nobody vouches for is called unresolved or disputed, not accepted.

/// What the tutor does next.
public enum Decision: Codable, Hashable, Sendable {
  /// Propose one more candidate; `sample` 0 is the greedy one.
  case propose(sample: Int)
  /// Ask for one more calculation; `sample` 0 is the greedy one.
  case calculate(sample: Int)
  /// Ask the critic about the candidate of a round.
  case critique(round: Int)
  /// Revise the candidate of a round.
  case revise(round: Int, Evidence)
  case stop(Verdict)
}

extension Decision {
  /// How it stands in a transcript: `next` names it, the other keys say about what.
  private struct Stored: Codable {
    enum Next: String, Codable {
      case propose, calculate, critique, revise, stop
    }
    var next: Next
    var sample: Int?
    var round: Int?
    var evidence: Evidence?
    var verdict: Verdict?
  }

  public init(from decoder: any Decoder) throws {
    let stored = try Stored(from: decoder)
    switch (stored.next, stored.sample, stored.round, stored.evidence, stored.verdict) {
    case (.propose, let sample?, _, _, _): self = .propose(sample: sample)
    case (.calculate, let sample?, _, _, _): self = .calculate(sample: sample)
    case (.critique, _, let round?, _, _): self = .critique(round: round)
    case (.revise, _, let round?, let evidence?, _): self = .revise(round: round, evidence)
    case (.stop, _, _, _, let verdict?): self = .stop(verdict)
    default:
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "the decision lacks its object"))
    }
  }

  public func encode(to encoder: any Encoder) throws {
    switch self {
    case .propose(let sample): try Stored(next: .propose, sample: sample).encode(to: encoder)
    case .calculate(let sample): try Stored(next: .calculate, sample: sample).encode(to: encoder)
    case .critique(let round): try Stored(next: .critique, round: round).encode(to: encoder)
    case .revise(let round, let evidence):
      try Stored(next: .revise, round: round, evidence: evidence).encode(to: encoder)
    case .stop(let verdict): try Stored(next: .stop, verdict: verdict).encode(to: encoder)
    }
  }
}

/// What speaks against one step of a candidate.
public struct Evidence: Codable, Hashable, Sendable {
  public enum Source: String, Codable, Sendable {
    case checker, problem, critic, factored
  }
  public var source: Source
  /// The faulty step, counted from 0.
  public var step: Int
  public var quote: String
  /// Why it is wrong, in words.
  public var reason: String
  /// What should stand there; `nil` if that is not known.
  public var correction: String?
}

/// The policy as a pure function of the rounds.
public struct Referee: Sendable {
  public let policy: Policy
  private let checker = Checker()

  public init(policy: Policy) {
    self.policy = policy
  }

  /// The next step of a run; calling it again with the same rounds gives the same decision.
  public func decide(_ rounds: [Round], cost: Cost = Cost()) -> Decision {
    if rounds.contains(where: \.wasInterrupted) {
      return .stop(unjudged(rounds, .interrupted, "stopped before it was judged"))
    }
    if let proved = rounds.firstIndex(where: \.isProved) { return .stop(verdict(proved, rounds)) }
    let next = next(after: rounds)
    if let next, !policy.isSpent(cost) { return next }
    return .stop(verdict(of: rounds, isCutShort: next != nil))
  }

  /// What is still to be done, whatever it costs; `nil` at the policy's end.
  private func next(after rounds: [Round]) -> Decision? {
    let isGiven = rounds.first?.candidate.origin == .learner
    let calculated = rounds.count(where: \.isCalculated)
    let proposed = rounds.count { $0.candidate.parent == nil } - calculated
    if !isGiven, proposed < policy.samples { return .propose(sample: proposed) }
    if !isGiven, calculated < policy.calculations { return .calculate(sample: calculated) }
    if let round = judgeable(rounds) { return .critique(round: round) }
    guard !isGiven, let (round, evidence) = revisable(rounds) else { return nil }
    return .revise(round: round, evidence)
  }

  /// The round that the critic is asked about next.
  private func judgeable(_ rounds: [Round]) -> Int? {
    switch policy.judge {
    case .best where policy.calibrated != nil:
      // A request about what will not be kept is wasted.
      ranked(rounds).first.flatMap { needsCritique(rounds[$0]) ? $0 : nil }
    case .answers: firsts(rounds).first { needsCritique(rounds[$0]) }
    case .best, .all: rounds.indices.first { needsCritique(rounds[$0]) }
    }
  }

  // MARK: - Critic

  /// What the critic's words and numbers come to.
  enum Stance: Int, Comparable {
    case wrong, unknown, right

    static func < (left: Stance, right: Stance) -> Bool { left.rawValue < right.rawValue }
  }

  /// One critique: a written "wrong" stands, otherwise the probability decides where there is one.
  private func stance(_ critique: Critique) -> Stance {
    if critique.written == .wrong { return .wrong }
    if let p = critique.probability { return p >= policy.threshold ? .right : .wrong }
    return critique.written == .right ? .right : .unknown
  }

  /// All critiques of a candidate: one objection is enough, and acceptance takes `passes` clean
  /// ones with nothing else among them.
  func stance(_ round: Round) -> Stance {
    let stances = round.critiques.map(stance)
    if stances.contains(.wrong) || evidence(ofCritic: round) != nil { return .wrong }
    let isPassed = !stances.isEmpty && stances.count >= policy.passes
    return isPassed && stances.allSatisfy { $0 == .right } ? .right : .unknown
  }

  /// What all that is known of a candidate's answer comes to: with a calibration the confidence in
  /// it decides, evidence against it aside; without one the critic alone does.
  func stance(_ index: Int, in rounds: [Round]) -> Stance {
    let round = rounds[index]
    guard let confidence = confidence(in: index, of: rounds) else { return stance(round) }
    if evidence(ofCritic: round) != nil { return .wrong }
    if needsCritique(round) { return .unknown }
    return confidence >= policy.threshold ? .right : .wrong
  }

  private func needsCritique(_ round: Round) -> Bool {
    guard policy.critic, round.answer != nil, round.refutation == nil else { return false }
    // A calculation gives few reasons that could be judged; by default it just votes.
    if round.isCalculated, policy.judge == .best { return false }
    if round.critiques.isEmpty { return true }
    return round.critiques.count < policy.passes && evidence(ofCritic: round) == nil
      && round.critiques.allSatisfy { stance($0) == .right }
  }

  // MARK: - Revision

  /// The best round that may be revised, with the evidence against it.
  private func revisable(_ rounds: [Round]) -> (Int, Evidence)? {
    let revisions = rounds.count { $0.candidate.parent != nil }
    guard revisions < policy.rounds, !isSettled(rounds) else { return nil }
    let revised = Set(rounds.compactMap(\.candidate.parent))
    for round in ranked(rounds) where !revised.contains(round) {
      if let evidence = evidence(against: rounds[round]) { return (round, evidence) }
    }
    return nil
  }

  /// Whether another revision would lead nowhere: something is accepted, or the last revision came
  /// back to an answer that was there before.
  private func isSettled(_ rounds: [Round]) -> Bool {
    let isAccepted = rounds.indices.contains {
      rounds[$0].refutation == nil && stance($0, in: rounds) == .right
    }
    if isAccepted { return true }
    guard let last = rounds.last, last.candidate.parent != nil, let answer = last.answer else {
      return false
    }
    return rounds.dropLast().contains { $0.answer.map { isSame($0, answer) } ?? false }
  }

  /// The strongest evidence against a candidate, the exact kind first; `nil` if there is none.
  func evidence(against round: Round) -> Evidence? {
    guard round.candidate.finish.isComplete else { return nil }
    if let finding = round.report.findings.first(where: { $0.outcome == .refuted }) {
      return Evidence(
        source: .checker, step: finding.step, quote: finding.claim, reason: finding.evidence,
        correction: finding.correction)
    }
    if let proof = round.proof, proof.outcome == .refuted {
      return Evidence(
        source: .problem, step: max(round.report.steps.count - 1, 0), quote: round.answer ?? "",
        reason: "it does not meet the problem's own condition: \(proof.evidence)")
    }
    return evidence(ofCritic: round)
  }

  private func evidence(ofCritic round: Round) -> Evidence? {
    guard policy.checker else { return nil }
    for critique in round.critiques {
      if critique.written == .wrong, let remark = critique.remark, remark.dismissal == nil,
        remark.isVerified, let step = remark.step, !critique.contradicts(remark)
      {
        return Evidence(
          source: .critic, step: step, quote: remark.quote, reason: remark.reason,
          correction: remark.correction)
      }
      for answer in critique.factored {
        if let remark = answer.remark(threshold: policy.factoredThreshold, checker: checker) {
          return Evidence(
            source: .factored, step: answer.about.step, quote: remark.quote, reason: remark.reason,
            correction: remark.correction)
        }
      }
    }
    return nil
  }

  // MARK: - Ranking

  /// Rounds with an answer, best first: nothing refuted, then the confidence where there is a
  /// calibration, then the critic (a probability counts by its side of the threshold), then votes,
  /// then the probability itself, then the order in which they came.
  func ranked(_ rounds: [Round]) -> [Int] {
    let keys = rounds.indices.map { index in
      let round = rounds[index]
      // Without an answer it is left out below.
      let stance = round.answer == nil ? 0 : stance(index, in: rounds).rawValue
      let confidence = confidence(in: index, of: rounds)
      return (
        stands: round.refutation == nil ? 1 : 0, confidence: confidence ?? 0,
        stance: confidence == nil ? stance : 0, votes: votes(for: round, in: rounds),
        probability: round.probability ?? 0
      )
    }
    return rounds.indices.filter { rounds[$0].answer != nil }.sorted {
      let (a, b) = (keys[$0], keys[$1])
      let (left, right) = (
        (a.stands, a.confidence, a.stance, a.votes), (b.stands, b.confidence, b.stance, b.votes)
      )
      if left != right { return left > right }
      return a.probability == b.probability ? $0 < $1 : a.probability > b.probability
    }
  }

  func votes(for round: Round, in rounds: [Round]) -> Int {
    guard let answer = round.answer else { return 0 }
    return rounds.count { $0.refutation == nil && ($0.answer.map { isSame($0, answer) } ?? false) }
  }

  /// The first candidate of each answer that stands, in their order.
  func firsts(_ rounds: [Round]) -> [Int] {
    var answers: [String] = []
    return rounds.indices.filter { index in
      guard let answer = rounds[index].answer, rounds[index].refutation == nil,
        !answers.contains(where: { isSame($0, answer) })
      else { return false }
      answers.append(answer)
      return true
    }
  }

  func isSame(_ left: String, _ right: String) -> Bool {
    left == right || checker.compare(left, right).equality == .equal
  }
}

extension Round {
  /// Whether its values were computed from a calculation.
  var isCalculated: Bool {
    if case .calculated = candidate.origin { true } else { false }
  }

  /// Whether the person stopped a reply of this round.
  var wasInterrupted: Bool {
    candidate.finish == .interrupted || critiques.contains { $0.finish == .interrupted }
  }

  /// The last probability that the critic gave it.
  var probability: Double? { critiques.compactMap(\.probability).last }
}

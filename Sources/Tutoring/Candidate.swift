import Algebra

/// One worked solution, as a model or a learner wrote it.
public struct Candidate: Codable, Hashable, Sendable {
  /// Where a candidate comes from.
  public enum Origin: Codable, Hashable, Sendable {
    /// Proposed at temperature 0.
    case greedy
    /// Proposed at a higher temperature; `sample` counts from 1.
    case sampled(sample: Int)
    /// Written as a calculation, its values computed exactly; `sample` counts from 0, the greedy one.
    case calculated(sample: Int)
    /// Written by revising the candidate of an earlier round.
    case revised(round: Int)
    /// Typed by the learner.
    case learner
  }
  public var origin: Origin
  public var text: String
  /// How its reply ended; only a complete one is judged.
  public var finish: Finish

  public init(origin: Origin, text: String, finish: Finish = .stop) {
    self.origin = origin
    self.text = text
    self.finish = finish
  }

  /// The round it revises, or `nil` if it is no revision.
  public var parent: Int? {
    if case .revised(let round) = origin { round } else { nil }
  }
}

/// A candidate and everything learned about it so far.
public struct Round: Hashable, Sendable {
  public var candidate: Candidate
  /// The checker's reading; without findings if the checker is off.
  public var report: Report
  /// What putting the answer back into the problem statement gave; `nil` if it cannot be tested so.
  public var proof: Finding?
  /// In the order in which they were asked for.
  public var critiques: [Critique]

  public init(
    candidate: Candidate, report: Report, proof: Finding? = nil, critiques: [Critique] = []
  ) {
    self.candidate = candidate
    self.report = report
    self.proof = proof
    self.critiques = critiques
  }

  /// The answer of a complete candidate; a broken one has none.
  public var answer: String? {
    candidate.finish.isComplete ? report.answer?.text : nil
  }

  /// The first claim that is shown to be false, the condition of the problem included.
  public var refutation: Finding? {
    report.findings.first { $0.outcome == .refuted } ?? (proof?.outcome == .refuted ? proof : nil)
  }

  /// Whether the answer is settled by the problem statement itself.
  public var isProved: Bool {
    answer != nil && proof?.outcome == .holds
  }
}

extension Report {
  /// The same reading with nothing decided, for when the checker is off.
  func withoutFindings() -> Report {
    Report(steps: steps, findings: [], answer: answer)
  }
}

import Algebra

@testable import Tutoring

// Rounds, critiques and policies for the tables of the referee, written as short as they are read.

extension Round {
  /// A round whose candidate gives `answer`.
  ///
  /// - Parameters:
  ///   - refuted: What its second step should say, if the checker refutes that step.
  ///   - condition: What putting the answer into the problem's own condition gave.
  static func giving(
    _ answer: String?, from origin: Candidate.Origin = .greedy, finish: Finish = .stop,
    refuted: String? = nil, condition: Outcome? = nil, _ critiques: Critique...
  ) -> Round {
    let text = "First.\nSecond.\nThird."
    let steps = [
      Step(start: 0, end: 6, text: "First."), Step(start: 7, end: 14, text: "Second."),
      Step(start: 15, end: 21, text: "Third."),
    ]
    let findings = refuted.map {
      [
        Finding(
          step: 1, start: 7, end: 14, claim: "Second", outcome: .refuted, evidence: "it is \($0)",
          correction: $0)
      ]
    }
    let proof = condition.map {
      Finding(
        step: 0, start: 0, end: 0, claim: "x + 1 = 3", outcome: $0, evidence: "2 + 1 is 3")
    }
    return Round(
      candidate: Candidate(origin: origin, text: text, finish: finish),
      report: Report(
        steps: steps, findings: findings ?? [],
        answer: answer.map { Answer(text: $0, rule: .boxed, start: 0, end: 0) }),
      proof: proof, critiques: critiques)
  }
}

extension Critique {
  static let right = Critique(written: .right)
  static let wrong = Critique(written: .wrong)
  static let unparsed = Critique(written: .unparsed)
  static let silent = Critique()
  static let stopped = Critique(written: .unparsed, finish: .interrupted)

  static func likely(_ probability: Double, _ written: Judgement? = nil) -> Critique {
    Critique(written: written, probability: probability)
  }

  /// Wrong, with a correction of the second step that the checker found true.
  static func wrong(correcting correction: String, dismissed: String? = nil) -> Critique {
    Critique(
      written: .wrong,
      remark: Remark(
        step: 1, quote: "Second", correction: correction, reason: "the story says so",
        dismissal: dismissed, isVerified: dismissed == nil))
  }

  /// Right in words, but asked about the operation it takes the other one.
  static func adding(_ adds: Double, exceeds: Double?, written: Judgement? = .right) -> Critique {
    let combining = CombiningStep(
      step: 1, left: "25", operation: .subtract, right: "6", quote: "25 - 6 = 19")
    return Critique(
      written: written,
      factored: [FactoredAnswer(about: combining, adds: adds, exceeds: exceeds)])
  }
}

extension Policy {
  static func with(_ change: (inout Policy) -> Void) -> Policy {
    var policy = Policy()
    change(&policy)
    return policy
  }

  static let noCritic = Policy.with { $0.critic = false }
  static let noChecker = Policy.with { $0.checker = false }
}

extension Decision {
  /// The decision in a few characters, for tables.
  var short: String {
    switch self {
    case .propose(let sample): "propose \(sample)"
    case .calculate(let sample): "calculate \(sample)"
    case .critique(let round): "critique \(round)"
    case .revise(let round, let evidence): "revise \(round) by \(evidence.source.rawValue)"
    case .stop(let verdict): "stop \(verdict.short)"
    }
  }
}

extension Verdict {
  /// The word, the answers and what ended the run if that was no judgement.
  var short: String {
    let answers = ([answer ?? "-"] + others).joined(separator: " ")
    return "\(word.rawValue) \(answers)\(ending == .judged ? "" : " (\(ending.rawValue))")"
  }
}

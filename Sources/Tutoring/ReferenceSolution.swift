import Algebra

/// The tutor's own solution of a problem, for hints: its steps and the values that each one reaches.
public struct ReferenceSolution: Hashable, Sendable {
  /// A step, and what it works out.
  public struct Step: Hashable, Sendable {
    public var text: String
    /// Values that are new in it, as numbers or as formulas.
    public var values: [String]

    public init(text: String, values: [String]) {
      self.text = text
      self.values = values
    }
  }
  public var problem: Problem
  /// How sure the tutor is of it.
  public var verdict: Verdict
  public var steps: [Step]
  /// The whole text of the solution.
  public var solution: String

  public init(problem: Problem, verdict: Verdict, steps: [Step], solution: String) {
    self.solution = solution
    self.problem = problem
    self.verdict = verdict
    self.steps = steps
  }

  /// The kept solution of a run; `nil` for a run without verdict or solution.
  public init?(of run: Run) {
    guard let verdict = run.verdict, let round = verdict.round ?? run.rounds.indices.last,
      run.rounds.indices.contains(round)
    else { return nil }
    self.init(
      problem: run.problem, verdict: verdict,
      steps: Self.steps(of: run.rounds[round].report, statement: run.problem.statement),
      solution: run.rounds[round].candidate.text)
  }

  /// The solution of a variant, whose answer follows from this one exactly.
  public func varied(_ variation: Variation, as problem: Problem) -> ReferenceSolution {
    ReferenceSolution(
      problem: problem,
      verdict: Verdict(
        verdict.word, answer: variation.answer,
        voucher: "worked out exactly as in the problem before (\(verdict.voucher))"),
      steps: variation.steps,
      solution: (variation.steps.map(\.text) + ["#### \(variation.answer)"]).joined(separator: "\n")
    )
  }

  /// Whether the tutor vouches for it.
  public var isCertain: Bool { verdict.word == .accepted || verdict.word == .proved }

  /// Every answer that stands.
  public var answers: [String] { [verdict.answer].compactMap(\.self) + verdict.others }
}

extension ReferenceSolution {
  /// The steps of a solution with what each one works out.
  static func steps(of report: Report, statement: String) -> [Step] {
    let given = Set(TextToken.all(in: statement).flatMap(\.values))
    var seen: Set<String> = []
    return report.steps.indices.map { index in
      let claims = report.findings.filter { $0.step == index && $0.role != .rejected }
      var values = claims.flatMap { StepValues(claim: $0.claim).all }
      if claims.isEmpty {
        // A value that is only stated was worked out in the head.
        values = TextToken.all(in: report.steps[index].text).filter { $0.kind == .number }
          .compactMap(\.values.first).filter { !given.contains($0) }.map(\.description)
      }
      let new = values.filter { seen.insert($0).inserted }
      return Step(text: report.steps[index].text.trimmed(), values: new)
    }
  }

  /// The first step that works out something the learner does not have yet; `nil` if there is none.
  ///
  /// - Parameters:
  ///   - working: The learner's solution.
  ///   - slip: Its first faulty step; what comes from there on does not count.
  public func position(after working: Report?, slip: Slip?) -> Int? {
    var reached: Set<String> = []
    if let working {
      let steps = Self.steps(of: working, statement: problem.statement)
      for step in steps.prefix(slip?.step ?? steps.count) { reached.formUnion(step.values) }
    }
    return steps.firstIndex { step in
      !step.values.isEmpty && !step.values.allSatisfy(reached.contains)
    }
  }

  /// What must not be shown while the learner is to do the step at `position` and those after it.
  public func secrets(from position: Int) -> [HiddenValue] {
    let reached = Set(steps.prefix(position).flatMap(\.values))
    var secrets = steps.dropFirst(position).flatMap(\.values).filter { !reached.contains($0) }
      .map { HiddenValue($0, isFinal: false) }
    secrets += answers.map { HiddenValue($0, isFinal: true) }
    return secrets
  }

  /// Whether a step gives the answer.
  func isLast(_ position: Int) -> Bool {
    guard steps.indices.contains(position) else { return true }
    let ends = Set(answers.flatMap { SecretValues($0).all.map(\.description) } + answers)
    return steps[position].values.contains(where: ends.contains)
      || !steps.dropFirst(position + 1).contains { !$0.values.isEmpty }
  }
}

/// What a claim works out: its last side, and numbers that come up on the way there.
struct StepValues {
  private(set) var all: [String] = []

  init(claim: String) {
    let sides = TextToken.all(in: claim).split { $0.kind == .relation }.map(Array.init)
    guard let first = sides.first, let last = sides.last, sides.count > 1 else { return }
    let begun = Set(first.flatMap(\.values))
    for side in sides.dropFirst().dropLast() {
      let numbers = side.filter { $0.kind == .number }.compactMap(\.values.first)
      all += numbers.filter { !begun.contains($0) }.map(\.description)
    }
    let text = Self.lastSide(of: claim)
    let values = SecretValues(text).all
    if let value = values.first {
      all.append(value.description)
    } else if !text.isEmpty, last.contains(where: { $0.kind == .number || $0.text.count == 1 }) {
      all.append(text)
    }
  }

  private static func lastSide(of claim: String) -> String {
    (claim.lastIndex { "=≈<>≤≥".contains($0) }.map { claim[claim.index(after: $0)...] }
      ?? claim[...])
      .trimmed()
  }
}

import Algebra

// The first faulty step of a learner's own solution: where it is and what kind of slip it is, so that
// they can find the right value themselves. What should stand there is kept apart, for those who ask.
//
// A fault that the checker shows is certain; the factored questions and a critic's remark whose own
// correction is a true claim are taken as evidence, as the referee takes them. A remark without that
// is a doubt: it names a step to look at again, and says that nothing is shown.

/// What a learner is told about the first faulty step.
public struct Slip: Codable, Hashable, Sendable {
  /// What kind of mistake it is, as far as that can be told.
  public enum Kind: String, Codable, Sendable, CaseIterable {
    case arithmetic, place, operation, copied, sign, unit, contradiction, condition, algebra
    case solving, unclear
  }
  /// How sure it is that the step is faulty.
  public enum Certainty: String, Codable, Sendable {
    /// The checker shows it.
    case shown
    /// The critic gives a reason that holds.
    case argued
    /// The critic objects, and nothing shows that it is right.
    case doubted
  }
  /// The faulty step, counted from 0.
  public var step: Int
  /// The learner's own words.
  public var quote: String
  public var kind: Kind
  public var certainty: Certainty
  /// An earlier step that it contradicts, counted from 0.
  public var against: Int?
  /// Why, in words that may give the right value away.
  public var reason: String
  /// What should stand there, if that is known.
  public var correction: String?

  public init(
    step: Int, quote: String, kind: Kind, certainty: Certainty, against: Int? = nil,
    reason: String, correction: String? = nil
  ) {
    self.step = step
    self.quote = quote
    self.kind = kind
    self.certainty = certainty
    self.against = against
    self.reason = reason
    self.correction = correction
  }
}

extension Slip.Kind {
  /// The kind alone.
  public var name: String {
    switch self {
    case .arithmetic: "arithmetic"
    case .place: "place value"
    case .operation: "wrong operation"
    case .copied: "wrong number"
    case .sign: "sign"
    case .unit: "units"
    case .contradiction: "contradiction"
    case .condition: "the problem's condition"
    case .algebra: "rewriting"
    case .solving: "solving"
    case .unclear: "unclear"
    }
  }

  /// What it is, in words that give no value away.
  public var words: String {
    switch self {
    case .arithmetic: "a slip of arithmetic: work this out again"
    case .place: "a slip of place value: look at the zeros and the decimal point"
    case .operation: "the wrong operation: what should be done with these numbers?"
    case .copied: "a wrong number: compare it with where it comes from"
    case .sign: "a slip of sign: look at plus and minus"
    case .unit: "a slip of units: what is each number measured in?"
    case .contradiction: "it contradicts an earlier step: both cannot be right"
    case .condition: "the answer does not meet the problem's own condition: put it back in and see"
    case .algebra: "the two sides are not the same: redo this rewriting"
    case .solving: "this does not solve the equation before it: put it back in and see"
    case .unclear: "something is wrong here, but not what kind of slip it is"
    }
  }
}

extension Slip {
  /// The first faulty step of a judged solution; `nil` if nothing speaks against any step.
  public init?(firstOf round: Round, policy: Policy) {
    let refuted = round.report.findings.filter { $0.outcome == .refuted }
    if let first = refuted.min(by: { ($0.step, $0.start) < ($1.step, $1.start) }) {
      self.init(shownBy: first, in: round.report)
    } else if let proof = round.proof, proof.outcome == .refuted {
      self.init(
        step: round.answerStep, quote: round.answer ?? "", kind: .condition, certainty: .shown,
        reason: proof.evidence)
    } else if let evidence = Referee(policy: policy).evidence(against: round) {
      self.init(
        step: evidence.step, quote: evidence.quote,
        kind: evidence.source == .factored
          ? .operation : Kind(of: evidence.quote, corrected: evidence.correction ?? ""),
        certainty: .argued, reason: evidence.reason, correction: evidence.correction)
    } else if let remark = round.standingRemark, let step = remark.step,
      round.report.steps.indices.contains(step)
    {
      let quote = remark.quote.isEmpty ? round.report.steps[step].text : remark.quote
      self.init(
        step: step, quote: quote, kind: Kind(of: quote, corrected: remark.correction),
        certainty: .doubted, reason: remark.reason,
        correction: remark.correction.isEmpty ? nil : remark.correction)
    } else {
      return nil
    }
  }

  private init(shownBy finding: Finding, in report: Report) {
    self.init(
      step: finding.step, quote: finding.claim, kind: Kind(of: finding), certainty: .shown,
      reason: finding.evidence, correction: finding.correction)
    if kind == .contradiction {
      against =
        report.findings.last {
          $0.start < finding.start && $0.step < finding.step && finding.evidence.holds($0.claim)
        }?.step
    }
  }
}

extension Round {
  /// The step that states the answer, counted from 0.
  fileprivate var answerStep: Int {
    guard let answer = report.answer else { return max(report.steps.count - 1, 0) }
    return report.steps.lastIndex { $0.start <= answer.start } ?? max(report.steps.count - 1, 0)
  }

  /// An objection of the critic that nothing has dismissed.
  fileprivate var standingRemark: Remark? {
    critiques.lazy.filter { $0.written == .wrong }.compactMap(\.remark)
      .first { $0.dismissal == nil && $0.step != nil }
  }
}

// MARK: - Kinds

extension Slip.Kind {
  /// The kind of a claim that the checker refuted.
  init(of finding: Finding) {
    switch finding.role {
    case .consistency: self = .contradiction
    case .note: self = finding.evidence.hasPrefix("the note gives") ? .copied : .arithmetic
    case .conclusion, .equation: self = .solving
    default:
      let sides = Sides(finding.claim)
      if sides.hasVariables {
        self = .algebra
      } else {
        self = sides.kind(corrected: finding.correction) ?? .arithmetic
      }
    }
  }

  /// The kind of a step that should read otherwise: what differs tells it.
  init(of quote: String, corrected correction: String) {
    let (old, new) = (Sides(quote), Sides(correction))
    guard !old.left.isEmpty, !new.left.isEmpty else {
      self = .unclear
      return
    }
    let (oldNumbers, newNumbers) = (old.left.numbers, new.left.numbers)
    if old.left.signs == new.left.signs, oldNumbers == newNumbers {
      self = old.right.numbers == new.right.numbers ? .unclear : .arithmetic
    } else if oldNumbers.sorted(by: <) == newNumbers.sorted(by: <) {
      let isSign = Set(old.left.signs + new.left.signs).isSubset(of: [.plus, .minus])
      self = isSign && oldNumbers.count > 2 ? .sign : .operation
    } else if old.left.signs == new.left.signs, oldNumbers.count == newNumbers.count {
      self = .copied
    } else {
      self = .unclear
    }
  }
}

/// The sides of a written claim as tokens.
private struct Sides {
  var left: [TextToken] = []
  var right: [TextToken] = []

  init(_ claim: String) {
    let parts = TextToken.all(in: claim).split { $0.kind == .relation }
    guard parts.count > 1 else { return }
    left = Array(parts[parts.count - 2])
    right = Array(parts[parts.count - 1])
  }

  /// Whether a letter stands in for a number.
  var hasVariables: Bool {
    (left + right.dropLast()).contains { token in
      token.kind == .word && token.text.count == 1
    } && left.numbers.count + right.numbers.count > 0
  }

  /// What was probably done instead; `nil` for a plain slip of arithmetic.
  func kind(corrected: String?) -> Slip.Kind? {
    guard let wrong = LeakArithmetic.value(of: right) ?? right.numbers.last,
      let correct = corrected.flatMap({ SecretValues($0).all.first })
    else { return nil }
    if units(right) != units(left), !units(left).isEmpty, !units(right).isEmpty {
      let ratio = correct == .nothing ? .nothing : wrong / correct
      if Self.scales.contains(where: { ratio == $0 || ratio * $0 == Rational(1) }) { return .unit }
    }
    if wrong == -correct, wrong != .nothing { return .sign }
    if left.numbers.count == 2, left.signs.count == 1 {
      let (a, b) = (left.numbers[0], left.numbers[1])
      let others = Recipe.Operation.allCases.filter { $0.sign != left.signs[0] }
      // With 2 and 2, or with 1, two operations agree by chance.
      if min(a, b) > Rational(2), others.contains(where: { $0.value(a, b) == wrong }) {
        return .operation
      }
    }
    if correct != .nothing, wrong != .nothing {
      let ratio = wrong / correct
      let tens = (1...6).map { Rational.tenTo($0) }
      if tens.contains(where: { ratio == $0 || ratio * $0 == Rational(1) }) { return .place }
    }
    return nil
  }

  private static let scales = [12, 24, 60, 7, 100, 1000, 10, 3600, 365, 52, 16, 3, 36, 4].map {
    Rational($0)
  }

  private func units(_ tokens: [TextToken]) -> Set<String> {
    let units = [
      "cm", "mm", "m", "km", "inch", "inches", "foot", "feet", "yard", "yards", "mile", "miles",
      "second", "seconds", "minute", "minutes", "hour", "hours", "day", "days", "week", "weeks",
      "month", "months", "year", "years", "gram", "grams", "kg", "g", "pound", "pounds", "ounce",
      "ounces", "cent", "cents", "dollar", "dollars", "liter", "liters", "ml", "meter", "meters",
    ]
    return Set(tokens.filter { $0.kind == .word && units.contains($0.text) }.map(\.text))
  }
}

extension Recipe.Operation {
  fileprivate var sign: TextToken.Kind {
    switch self {
    case .add: .plus
    case .subtract: .minus
    case .multiply: .times
    case .divide: .divide
    }
  }
}

extension [TextToken] {
  /// Its numbers in order, by their likeliest reading.
  fileprivate var numbers: [Rational] { compactMap { $0.kind == .number ? $0.values.first : nil } }

  /// Its signs of operation in order.
  fileprivate var signs: [TextToken.Kind] {
    map(\.kind).filter { [.plus, .minus, .times, .divide, .power].contains($0) }
  }
}

import Algebra

/// The claims of a solution that lead to its answer, each an expression with its value.
struct VariationChain: Sendable {
  struct Link: Sendable {
    /// The expression, with a percentage as one number.
    var tokens: [TextToken]
    /// As written.
    var source: String
    var value: Rational
  }
  private(set) var links: [Link] = []
  /// The link that gives the answer.
  private(set) var answer = 0

  /// - Throws: `noChain` or `inexact`.
  init(solution: String, answer: String) throws(VariationError) {
    let claims = Self.notes(of: solution) ?? Self.claims(of: solution)
    for claim in claims {
      guard let link = try Self.link(claim), !links.contains(where: { $0.source == link.source })
      else { continue }
      links.append(link)
    }
    guard let wanted = SecretValues(answer).all.first,
      let last = links.lastIndex(where: { $0.value == wanted })
    else { throw .noChain }
    self.answer = last
  }

  /// The notes `<<3*4=12>>` of GSM8K; `nil` if there are none.
  private static func notes(of solution: String) -> [String]? {
    let parts = solution.split(separator: "<<", omittingEmptySubsequences: false).dropFirst()
    let notes = parts.compactMap { part in
      part.firstStart(of: ">>").map { String(part[..<$0]) }
    }
    return notes.isEmpty ? nil : notes
  }

  /// Claims that the checker found true.
  private static func claims(of solution: String) -> [String] {
    Checker().check(solution: solution).findings
      .filter { $0.outcome == .holds && $0.role != .rejected && $0.role != .hypothesis }.map(
        \.claim)
  }

  /// - Returns: `nil` for a claim that works nothing out, such as `12 = 12`.
  private static func link(_ claim: String) throws(VariationError) -> Link? {
    guard !claim.contains("≈"), !claim.contains("\\approx") else {
      throw .inexact(claim.collapsed())
    }
    let sides = TextToken.all(in: claim).split { $0.kind == .relation }.map(Array.init)
    guard sides.count > 1, let first = sides.first, let last = sides.last else { return nil }
    let tokens = first.joiningPercents()
    guard tokens.contains(where: \.isSign) else { return nil }
    guard let value = LeakArithmetic.value(of: tokens) else { return nil }
    guard LeakArithmetic.value(of: last.joiningPercents()) == value else {
      throw .inexact(claim.collapsed())
    }
    return Link(tokens: tokens, source: claim.collapsed(), value: value)
  }

  // MARK: - Tracing

  /// Makes sure that every number has a place it comes from.
  func trace(_ givens: [Given], _ constants: Constants, solution: String) throws(VariationError) {
    let given = Set(givens.flatMap(\.uses))
    var made: Set<Rational> = []
    var used: Set<Rational> = []
    for link in links[...answer] {
      for operand in link.operands {
        guard
          given.contains(operand) || made.contains(operand) || constants.values.contains(operand)
        else { throw .unexplained(operand.decimal ?? operand.description) }
        used.insert(operand)
      }
      made.insert(link.value)
    }
    for one in givens where !one.uses.contains(where: used.contains) { throw .untraced(one.text) }
    let prose = Self.prose(of: solution).withoutOrdinals
    for token in TextToken.all(in: prose) where token.kind == .number {
      guard !token.isSpelled, let value = token.values.first else { continue }
      let isKnown =
        given.contains(value) || made.contains(value) || constants.values.contains(value)
        || links.contains { $0.value == value }
      guard isKnown else { throw .unexplained(token.text) }
    }
  }

  /// The solution without its notes.
  private static func prose(of solution: String) -> String {
    solution.split(separator: "<<", omittingEmptySubsequences: false).enumerated().map {
      index, part in
      index == 0
        ? String(part) : part.firstStart(of: ">>").map { String(part[$0...].dropFirst(2)) } ?? ""
    }.joined(separator: " ")
  }

  // MARK: - Working out again

  /// The value of every link with other numbers, or `nil` if the story would not bear them.
  func values(_ draw: NumberDraw, _ constants: Constants) -> [Rational]? {
    var values: [Rational] = []
    for (index, link) in links.enumerated() {
      if index > answer { break }
      guard let tokens = substituted(index, draw, constants, values),
        let value = LeakArithmetic.value(of: tokens), value.isLike(link.value)
      else { return nil }
      values.append(value)
    }
    return values
  }

  /// A link's expression with the new numbers; `nil` if two places that one of its numbers may come
  /// from disagree.
  private func substituted(
    _ index: Int, _ draw: NumberDraw, _ constants: Constants, _ values: [Rational]
  ) -> [TextToken]? {
    var tokens = links[index].tokens
    for place in tokens.indices where tokens[place].kind == .number {
      guard let old = tokens[place].values.first else { return nil }
      var sources = Set(draw.values(of: old))
      if constants.values.contains(old) { sources.insert(old) }
      for (earlier, link) in links[..<index].enumerated() where link.value == old {
        sources.insert(values[earlier])
      }
      guard sources.count == 1, let new = sources.first else { return nil }
      tokens[place].values = [new]
    }
    return tokens
  }

  /// The chain with the new numbers, as steps of a solution.
  func steps(_ draw: NumberDraw, _ constants: Constants) -> [ReferenceSolution.Step] {
    guard let values = values(draw, constants) else { return [] }
    return values.indices.map { index in
      let tokens = substituted(index, draw, constants, values) ?? []
      let value = values[index].decimal ?? values[index].description
      return ReferenceSolution.Step(
        text: "\(tokens.written) = \(value)", values: [values[index].description])
    }
  }
}

extension VariationChain.Link {
  fileprivate var operands: [Rational] {
    tokens.compactMap { $0.kind == .number ? $0.values.first : nil }
  }
}

extension NumberDraw {
  /// What a number of the solution becomes, if it is one of the problem's.
  fileprivate func values(of old: Rational) -> [Rational] {
    substitutions.filter { $0.old == old }.map(\.new)
  }
}

extension LeakArithmetic {
  /// The value of tokens that are one formula as a whole; each number counts by its first reading.
  static func value(of tokens: [TextToken]) -> Rational? {
    let single = tokens.filter {
      $0.kind != .word && $0.kind != .joint && $0.kind != .stop && $0.kind != .other || $0.isSign
    }
    .map { token in
      var token = token
      token.values = Array(token.values.prefix(1))
      return token
    }
    if single.count == 1 { return single[0].values.first }
    return LeakArithmetic(single).all().first {
      $0.way == .formula && $0.tokens == 0..<single.count
    }?.value
  }
}

extension TextToken {
  fileprivate var isSign: Bool {
    switch kind {
    case .plus, .minus, .times, .divide, .power, .root: true
    case .word: ["plus", "minus", "times", "over", "of"].contains(text)
    default: false
    }
  }
}

extension [TextToken] {
  /// With each percentage as one number, and "of" behind a part as a sign.
  fileprivate func joiningPercents() -> [TextToken] {
    var joined: [TextToken] = []
    for token in self {
      if token.kind == .percent, let last = joined.last, last.kind == .number {
        joined[joined.count - 1].values = last.values.prefix(1).map { $0 / Rational(100) }
      } else if token.kind == .word, token.text == "of", joined.last?.kind == .number {
        var sign = token
        sign.kind = .times
        joined.append(sign)
      } else {
        joined.append(token)
      }
    }
    return joined
  }

  /// As a formula: numbers and signs, words left out.
  fileprivate var written: String {
    var text = ""
    for token in self {
      switch token.kind {
      case .number:
        let value = token.values.first ?? .nothing
        text += value.decimal ?? "(\(value.description))"
      case .plus: text += " + "
      case .minus: text += text.isEmpty ? "-" : " - "
      case .times: text += " * "
      case .divide: text += " / "
      case .power: text += "^"
      case .open: text += "("
      case .close: text += ")"
      default: break
      }
    }
    return text
  }
}

extension Rational {
  /// Whether it may stand in the place of another value: whole or with cents as that, above zero as that.
  fileprivate func isLike(_ other: Rational) -> Bool {
    let zero = Rational(0)
    guard (zero < self) == (zero < other), self != zero || other == zero else { return false }
    if other.word != nil { return word != nil }
    guard let places = other.decimal?.places else { return true }
    return (decimal?.places ?? .max) <= Swift.max(places, 2)
  }
}

extension String {
  /// Digits behind the point.
  fileprivate var places: Int {
    lastIndex(of: ".").map { distance(from: $0, to: endIndex) - 1 } ?? 0
  }
}

extension String {
  /// The text without the numbers that count its lines: `1.`, `2)`, `Step 3:`.
  fileprivate var withoutOrdinals: String {
    split(separator: "\n", omittingEmptySubsequences: false).map { line in
      let marks = line.drop { $0.isWhitespace || "*#-".contains($0) }
      let rest = marks.lowercased().hasPrefix("step ") ? marks.dropFirst(5) : marks
      let digits = rest.prefix { $0.isASCII && $0.isNumber }
      let after = rest.dropFirst(digits.count)
      guard (1...2).contains(digits.count), let end = after.first, ".):".contains(end),
        after.dropFirst().first.map({ $0.isWhitespace || $0 == "*" }) ?? true
      else { return String(line) }
      return String(after.dropFirst())
    }.joined(separator: "\n")
  }
}

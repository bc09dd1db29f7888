import Algebra

// The values that a text shows by arithmetic: of every stretch of tokens that reads as a sum, product,
// power or root, and of what a sentence says to do with its numbers ("add 25 and 6"). Units and other
// words between a number and a sign are stepped over. What is found may be more than the text means:
// `2 * 25 + 6` also shows 25 + 6.

/// A value that a text shows, and where.
struct ShownValue: Hashable, Sendable {
  enum Way: String, Hashable, Sendable {
    /// A number, in digits or in words.
    case number
    /// A formula with its value.
    case formula
    /// An operation and what it is done to, in words.
    case recipe
  }
  var value: Rational
  var way: Way
  /// Indices of tokens.
  var tokens: Range<Int>
}

struct LeakArithmetic {
  let tokens: [TextToken]

  /// Words that may stand between a number and a sign.
  private static let reach = 4
  /// Tokens of the longest stretch that is evaluated.
  private static let longest = 16

  init(_ tokens: [TextToken]) {
    self.tokens = tokens
  }

  /// Every value that is shown.
  func all() -> [ShownValue] {
    var shown: [ShownValue] = []
    for (index, token) in tokens.enumerated() where token.kind == .number {
      shown += token.values.map {
        ShownValue(value: $0, way: .number, tokens: index..<(index + 1))
      }
    }
    for segment in segments() { shown += formulas(in: segment) }
    for sentence in sentences() { shown += Recipe(tokens: tokens, range: sentence).values() }
    return shown
  }

  private func sentences() -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var start = 0
    for (index, token) in tokens.enumerated() where token.kind == .stop {
      ranges.append(start..<index)
      start = index + 1
    }
    return ranges + [start..<tokens.count]
  }

  // MARK: - Formulas

  /// A token of a formula, with the words before it.
  struct Piece {
    var kind: TextToken.Kind
    var values: [Rational]
    var multiplies = false
    /// Its place among the tokens of the text.
    var token: Int
    /// Words that were stepped over before it.
    var gap: Int
  }

  private static let operators: [String: TextToken.Kind] = [
    "plus": .plus, "minus": .minus, "times": .times, "over": .divide,
  ]

  /// Stretches in which signs and numbers may belong together.
  private func segments() -> [[Piece]] {
    var segments: [[Piece]] = []
    var pieces: [Piece] = []
    var gap = 0
    func close() {
      if pieces.count > 1 { segments.append(pieces) }
      pieces = []
      gap = 0
    }
    func add(_ kind: TextToken.Kind, _ values: [Rational], _ multiplies: Bool, _ index: Int) {
      if gap > Self.reach { close() }
      pieces.append(
        Piece(kind: kind, values: values, multiplies: multiplies, token: index, gap: gap))
      gap = 0
    }
    for (index, token) in tokens.enumerated() {
      switch token.kind {
      case .number: add(.number, token.values, token.multiplies, index)
      case .plus, .minus, .times, .divide, .power, .root, .bang, .percent, .open, .close:
        add(token.kind, [], false, index)
      case .colon where !token.isSpaced && pieces.last?.kind == .number:
        add(.divide, [], false, index)
      case .stop, .relation, .comma, .colon: close()
      case .joint, .other: break
      case .word:
        if let sign = Self.operators[token.text] {
          add(sign, [], false, index)
        } else if token.text == "by", let last = pieces.last, gap == 1, index > 0,
          ["multiplied", "divided"].contains(tokens[index - 1].text), last.kind != .plus
        {
          gap = 0
          add(tokens[index - 1].text == "divided" ? .divide : .times, [], false, index)
        } else if token.text == "squared" || token.text == "cubed", !pieces.isEmpty {
          add(.power, [], false, index)
          add(.number, [Rational(token.text == "squared" ? 2 : 3)], false, index)
        } else if token.text == "percent" || token.text == "per" && follows(index, "cent") {
          add(.percent, [], false, index)
        } else if token.text == "of", let last = pieces.last,
          last.kind == .percent || last.kind == .close || last.multiplies
            || last.values.contains(where: \.isPart)
            || pieces.dropLast().last?.kind == .divide
        {
          add(.times, [], false, index)
        } else {
          gap += 1
        }
      }
    }
    close()
    return segments
  }

  private func follows(_ index: Int, _ word: String) -> Bool {
    index + 1 < tokens.count && tokens[index + 1].text == word
  }

  private func formulas(in pieces: [Piece]) -> [ShownValue] {
    var shown: [ShownValue] = []
    for start in pieces.indices where pieces[start].opensFormula {
      for end in (start + 2)..<max(start + 3, min(start + Self.longest, pieces.count) + 1)
      where end <= pieces.count && pieces[end - 1].endsFormula {
        var evaluation = FormulaValues(pieces: pieces[start..<end])
        let range = pieces[start].token..<(pieces[end - 1].token + 1)
        shown += Set(evaluation.all()).map {
          ShownValue(value: $0, way: .formula, tokens: range)
        }
      }
    }
    return shown
  }
}

extension LeakArithmetic.Piece {
  fileprivate var opensFormula: Bool {
    [.number, .open, .root, .minus].contains(kind)
  }

  fileprivate var endsFormula: Bool {
    [.number, .close, .bang, .percent].contains(kind)
  }
}

extension Rational {
  /// Whether it lies between 0 and 1.
  fileprivate var isPart: Bool { Rational(0) < self && self < Rational(1) }
}

/// The values of a stretch that is a formula as a whole; numbers may have several readings.
private struct FormulaValues {
  let pieces: ArraySlice<LeakArithmetic.Piece>
  private var at: Int
  private var depth = 0

  /// Values that are followed at once.
  private static let most = 8

  init(pieces: ArraySlice<LeakArithmetic.Piece>) {
    self.pieces = pieces
    at = pieces.startIndex
  }

  mutating func all() -> [Rational] {
    let values = sum()
    return at == pieces.endIndex ? values : []
  }

  private var kind: TextToken.Kind? { at < pieces.endIndex ? pieces[at].kind : nil }

  private static func both(
    _ left: [Rational], _ right: [Rational], _ operation: (Rational, Rational) -> Rational?
  ) -> [Rational] {
    var values: [Rational] = []
    for a in left {
      for b in right where values.count < most {
        if let value = operation(a, b) { values.append(value) }
      }
    }
    return values
  }

  private mutating func sum() -> [Rational] {
    var total = product()
    while !total.isEmpty, let sign = kind, sign == .plus || sign == .minus {
      at += 1
      total = Self.both(total, product()) { sign == .plus ? $0 + $1 : $0 - $1 }
    }
    return total
  }

  private mutating func product() -> [Rational] {
    var total = factor()
    while !total.isEmpty {
      if kind == .times {
        at += 1
        total = Self.both(total, factor()) { $0 * $1 }
      } else if kind == .divide {
        at += 1
        total = Self.both(total, factor()) { $1 == .nothing ? nil : $0 / $1 }
      } else if kind == .open || kind == .root || isMultiplied {
        total = Self.both(total, factor()) { $0 * $1 }
      } else {
        break
      }
    }
    return total
  }

  /// Whether "twice" or a bracket stands before a number.
  private var isMultiplied: Bool {
    guard kind == .number, at > pieces.startIndex else { return false }
    return pieces[at - 1].multiplies || pieces[at - 1].kind == .close
  }

  private mutating func factor() -> [Rational] {
    if kind == .minus {
      at += 1
      return factor().map { -$0 }
    }
    var values = primary()
    while let sign = kind {
      if sign == .power {
        at += 1
        values = Self.both(values, factor()) { Self.power($0, $1) }
      } else if sign == .percent {
        at += 1
        values += values.map { $0 / Rational(100) }
      } else if sign == .bang {
        at += 1
        values = values.compactMap(Self.factorial)
      } else {
        break
      }
    }
    return values
  }

  private mutating func primary() -> [Rational] {
    guard at < pieces.endIndex, depth < 12 else { return [] }
    depth += 1
    defer { depth -= 1 }
    switch pieces[at].kind {
    case .number:
      let values = pieces[at].values
      at += 1
      return mixed(values)
    case .open:
      at += 1
      let values = sum()
      guard kind == .close else { return [] }
      at += 1
      return values
    case .root:
      at += 1
      return primary().compactMap(\.squareRoot)
    default: return []
    }
  }

  /// `2 1/2`: a whole number with a proper fraction behind it.
  private mutating func mixed(_ values: [Rational]) -> [Rational] {
    let end = at + 3
    guard values.count == 1, end <= pieces.endIndex, pieces[at].kind == .number,
      pieces[at].gap == 0, pieces[at + 1].kind == .divide, pieces[at + 2].kind == .number,
      let top = pieces[at].values.first, let bottom = pieces[at + 2].values.first, top < bottom
    else { return values }
    at = end
    return values.map { $0 + top / bottom }
  }

  private static func power(_ base: Rational, _ exponent: Rational) -> Rational? {
    guard let count = exponent.word, abs(count) <= 20, base != .nothing || count > 0 else {
      return nil
    }
    let value = (0..<abs(count)).reduce(Rational(1)) { product, _ in product * base }
    return count < 0 ? Rational(1) / value : value
  }

  private static func factorial(_ value: Rational) -> Rational? {
    guard let number = value.word, (0...20).contains(number) else { return nil }
    return (0..<number).reduce(Rational(1)) { $0 * Rational($1 + 1) }
  }
}

extension Rational {
  /// The root of a square of a whole number or a fraction of such; `nil` for any other.
  fileprivate var squareRoot: Rational? {
    func root(_ number: Int) -> Int? {
      guard number >= 0 else { return nil }
      let near = Int(Double(number).squareRoot())
      return (max(0, near - 1)...(near + 1)).first {
        $0.multipliedReportingOverflow(by: $0) == (number, false)
      }
    }
    if let word { return root(word).map { Rational($0) } }
    let parts = description.split(separator: "/")
    guard parts.count == 2, let top = Int(parts[0]), let bottom = Int(parts[1]),
      let a = root(top), let b = root(bottom)
    else { return nil }
    return Rational(a, over: b)
  }
}

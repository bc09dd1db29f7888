// Reads the value of an operand straight from the tokens: the fast path for plain numbers.
//
// Units, currency, notes and thin spaces are stepped over: `5 snakes/jaguar * 6 jaguars` is 30.
// `x` between numbers multiplies, `10% of 150` is 15, `2 1/2` and `2\frac12` are mixed numbers. What
// holds a letter, a root or a function is no business of this reader: it answers `nil`, and the
// formula parser gets its turn.
//
// Real text is not always read by the book. A `Reading` names the convention that is applied, so
// that a claim which fails by one can be tried by another before anybody calls it wrong.

/// A way to understand what the book leaves open.
struct ArithmeticReading: OptionSet, Hashable {
  let rawValue: UInt8

  /// `28 / 1/5`: a fraction written without spaces binds more tightly than spaced signs.
  static let tightFractions = ArithmeticReading(rawValue: 1)
  /// `100 - 50 = 50%`: the sign % says only what is counted.
  static let percentAsUnit = ArithmeticReading(rawValue: 2)
  /// `200 - 10% = 180`: a percentage that is added or taken off is one of what stands before it.
  static let percentOfTotal = ArithmeticReading(rawValue: 4)
  /// `2\frac12` is 1.
  static let mixedAsProduct = ArithmeticReading(rawValue: 8)
  /// `5 + 3 * 2 = 16`: as keyed into a pocket calculator.
  static let leftToRight = ArithmeticReading(rawValue: 16)
  /// `14 / 1 / 4`: a division by a fraction.
  static let fractionDivisor = ArithmeticReading(rawValue: 32)
  /// `3/3 - 2/3 = 1/3 of $150`: of what, not a product.
  static let ofAsWord = ArithmeticReading(rawValue: 64)
}

struct ProseArithmetic {
  let tokens: [SolutionToken]
  let bytes: [UInt8]
  let partner: [Int32]
  var reading: ArithmeticReading = []
  /// What was met on the way.
  var operations = 0
  private(set) var divides = false
  private(set) var multiplies = false
  private(set) var hasPercent = false
  private(set) var hasMixed = false
  /// By how much of itself a value may be off because decimals in it were rounded before: half a
  /// unit of the last digit of each that has two places or more and ends in neither 0 nor 5.
  private(set) var slack = Rational.zero
  /// The token that is read next, and the one behind the last.
  var at = 0
  private(set) var end = 0
  private var depth = 0

  init(tokens: [SolutionToken], bytes: [UInt8], partner: [Int32]) {
    self.tokens = tokens
    self.bytes = bytes
    self.partner = partner
  }

  /// The value of the tokens in `range`, all of them.
  mutating func value(of range: Range<Int>) -> Rational? {
    guard let value = prefix(of: range) else { return nil }
    skipUnits()
    return at == end ? value : nil
  }

  /// The value of the longest beginning of `range`; `at` is then the token behind it.
  mutating func prefix(of range: Range<Int>) -> Rational? {
    at = range.lowerBound
    end = range.upperBound
    depth = 0
    operations = 0
    divides = false
    multiplies = false
    hasPercent = false
    hasMixed = false
    slack = .zero
    return sum()
  }

  func kind(_ offset: Int = 0) -> SolutionToken.Kind? {
    at + offset < end ? tokens[at + offset].kind : nil
  }

  private mutating func sum() -> Rational? {
    guard var total = product() else { return nil }
    while true {
      let mark = at
      skipUnits()
      guard let sign = kind(), sign == .plus || sign == .minus else {
        at = mark
        return total
      }
      at += 1
      let percents = hasPercent
      hasPercent = false
      guard var term = product() else {
        at = mark
        return total
      }
      if hasPercent, reading.contains(.percentOfTotal) { term = term * total }
      hasPercent = hasPercent || percents
      operations += 1
      total = sign == .plus ? total + term : total - term
      guard total.bits < 4_000 else { return nil }
      if reading.contains(.leftToRight), let rest = factors(of: total) { total = rest }
    }
  }

  private mutating func product() -> Rational? {
    guard let first = factor() else { return nil }
    return factors(of: first)
  }

  /// Goes on multiplying and dividing `first`.
  private mutating func factors(of first: Rational) -> Rational? {
    var total = first
    while true {
      let mark = at
      let sign = multiplier()
      guard let sign else {
        at = mark
        return total
      }
      guard var next = factor() else {
        at = mark
        return total
      }
      operations += 1
      if sign == .divide, reading.contains(.fractionDivisor), kind() == .divide {
        at += 1
        guard let below = factor(), !below.isZero else { return nil }
        next = next / below
      }
      if sign == .divide {
        divides = true
        guard !next.isZero else { return nil }
        total = total / next
      } else {
        multiplies = true
        total = total * next
      }
      guard total.bits < 4_000 else { return nil }
    }
  }

  /// Steps over units and a sign of multiplication or division, written or implied.
  private mutating func multiplier() -> SolutionToken.Kind? {
    skipSilent()
    if let kind = kind(), kind == .open || kind == .command {
      // `2(3 + 4)`, `(1)(2)`, `3\frac12` read as a product.
      return tokens[at].inMath || !tokens[at].spaced || at == 0 || tokens[at - 1].kind == .close
        ? .times : nil
    }
    if isCross { return take(.times) }
    if isOf { return .times }
    skipUnits()
    if isCross { return take(.times) }
    guard let kind = kind(), kind == .times || kind == .divide else { return nil }
    return take(kind)
  }

  private mutating func take(_ kind: SolutionToken.Kind) -> SolutionToken.Kind {
    at += 1
    return kind
  }

  /// The letter x between two numbers.
  var isCross: Bool {
    guard kind() == .word, tokens[at].end - tokens[at].start == 1,
      bytes[Int(tokens[at].start)] | 32 == 120
    else { return false }
    switch kind(1) {
    case .number, .currency, .open, .noteOpen: return true
    case .command, .minus: return tokens[at].spaced
    default: return false
    }
  }

  /// `10% of 150`, `1/2 of the 60`: steps over the words.
  private var isOf: Bool {
    mutating get {
      guard kind() == .word, spells("of"), at > 0, !reading.contains(.ofAsWord) else {
        return false
      }
      let before = tokens[at - 1].kind
      guard before == .percent || before == .close || divides else { return false }
      let mark = at
      at += 1
      if kind() == .word,
        spells("the") || spells("his") || spells("her") || spells("their") || spells("those")
      {
        at += 1
      }
      if let kind = kind(), kind == .number || kind == .currency || kind == .open { return true }
      at = mark
      return false
    }
  }

  func spells(_ word: StaticString) -> Bool {
    let token = tokens[at]
    guard Int(token.end - token.start) == word.utf8CodeUnitCount else { return false }
    return word.withUTF8Buffer { buffer in
      for index in 0..<buffer.count where bytes[Int(token.start) + index] | 32 != buffer[index] {
        return false
      }
      return true
    }
  }

  private mutating func factor() -> Rational? {
    skipSilent()
    var negative = false
    while let kind = kind(), kind == .minus || kind == .plus {
      if kind == .minus { negative.toggle() }
      at += 1
      skipSilent()
    }
    guard var value = primary() else { return nil }
    value = negative ? -value : value
    if reading.contains(.tightFractions), kind() == .divide, !tokens[at].spaced, kind(1) == .number,
      !tokens[at + 1].spaced
    {
      at += 1
      guard let below = primary(), !below.isZero else { return nil }
      divides = true
      operations += 1
      value = value / below
    }
    return value
  }

  private mutating func primary() -> Rational? {
    guard depth < 64 else { return nil }
    skipSilent()
    guard let kind = kind() else { return nil }
    var value: Rational
    switch kind {
    case .currency:
      at += 1
      return kind == .currency && self.kind() != .currency ? primary() : nil
    case .number:
      guard let number = number(tokens[at]) else { return nil }
      value = number
      if !number.isInteger { noteSlack(of: number, tokens[at]) }
      at += 1
      guard mix(into: &value) else { return nil }
    case .open:
      guard let inner = group() else { return nil }
      value = inner
    case .command:
      guard let fraction = command() else { return nil }
      value = fraction
    default:
      return nil
    }
    return suffixes(of: value)
  }

  private mutating func noteSlack(of value: Rational, _ token: SolutionToken) {
    let last = bytes[Int(token.end) - 1]
    guard last != 48, last != 53, token.end - token.start >= 3, value.sign > 0 else { return }
    var places = 0
    while bytes[Int(token.end) - 1 - places].isDigit, places < 18 { places += 1 }
    guard places >= 2, let half = Rational(1, over: 2 * Self.powers[min(places, 17)]) else {
      return
    }
    // 0.01 is one in a hundred, not what was left of 0.0083.
    let share = half / value
    if share < Self.largestSlack { slack = slack + share }
  }

  /// A bracketed sum.
  private mutating func group() -> Rational? {
    let close = Int(partner[at])
    guard close > at, close < end, bytes[Int(tokens[at].start)] != 92 else { return nil }
    let outer = end
    depth += 1
    at += 1
    end = close
    let inner = sum()
    skipUnits()
    let whole = at == close
    end = outer
    depth -= 1
    guard let inner, whole else { return nil }
    at = close + 1
    return inner
  }

  /// `\frac{a}{b}`, `\frac12`, `\boxed{a}`.
  private mutating func command() -> Rational? {
    let name = bytes[Int(tokens[at].start) + 1..<Int(tokens[at].end)]
    if name.elementsEqual("boxed".utf8) || name.elementsEqual("fbox".utf8) {
      at += 1
      return kind() == .open ? group() : nil
    }
    guard name.count <= 5, name.suffix(4).elementsEqual("frac".utf8) else { return nil }
    at += 1
    if kind() == .number {
      let token = tokens[at]
      guard token.end - token.start == 2 else { return nil }
      let top = Int(bytes[Int(token.start)]) - 48
      let bottom = Int(bytes[Int(token.start) + 1]) - 48
      at += 1
      divides = true
      return Rational(top, over: bottom)
    }
    guard kind() == .open, let top = group(), kind() == .open, let bottom = group() else {
      return nil
    }
    guard !bottom.isZero else { return nil }
    divides = true
    operations += 1
    return top / bottom
  }

  /// `2 1/2`, `2\frac12`: adds the fraction to a whole number.
  ///
  /// - Returns: `false` if two numbers stand side by side for no known reason.
  private mutating func mix(into value: inout Rational) -> Bool {
    guard let next = kind() else { return true }
    if next == .command, !reading.contains(.mixedAsProduct), value.isInteger {
      let mark = at
      let wasDividing = divides
      let name = bytes[Int(tokens[at].start) + 1..<Int(tokens[at].end)]
      guard name.suffix(4).elementsEqual("frac".utf8) else { return true }
      guard let fraction = command(), fraction.sign > 0, fraction < .one else {
        at = mark
        divides = wasDividing
        return true
      }
      hasMixed = true
      value = value + fraction
      return true
    }
    guard next == .number else { return true }
    guard kind(1) == .divide, kind(2) == .number, value.isInteger, !tokens[at + 1].spaced,
      !tokens[at + 2].spaced, let top = number(tokens[at]), let bottom = number(tokens[at + 2]),
      top < bottom
    else { return false }
    at += 3
    hasMixed = true
    value = value + top / bottom
    return true
  }

  /// Powers, factorials, percent and degree signs behind a primary.
  private mutating func suffixes(of first: Rational) -> Rational? {
    var value = first
    while let kind = kind() {
      switch kind {
      case .percent:
        at += 1
        hasPercent = true
        if !reading.contains(.percentAsUnit) { value = value / Rational(100) }
      case .currency:
        // `5$`, but not the sign of the next sum of money.
        if self.kind(1) == .number || self.kind(1) == .noteOpen { return value }
        at += 1
      case .bang:
        guard let count = value.word, (0...20).contains(count) else { return nil }
        at += 1
        value = Rational((1...max(count, 1)).reduce(1, *))
      case .superscript:
        guard let exponent = superscript() else { return nil }
        value = value.power(exponent)
      case .power:
        guard let exponent = exponent(), !(value.isZero && exponent <= 0) else { return nil }
        guard value.bits * abs(exponent) < 2_000 else { return nil }
        value = value.power(exponent)
      case .degree, .prime, .underscore, .bar: return nil
      default: return value
      }
    }
    return value
  }

  private mutating func exponent() -> Int? {
    at += 1
    operations += 1
    var negative = false
    if kind() == .minus {
      negative = true
      at += 1
    }
    let power: Rational?
    if kind() == .number {
      // LaTeX reads one digit: `2^10` is 2¹·0 there, but nobody means it.
      power = number(tokens[at])
      at += 1
    } else if kind() == .open {
      power = group()
    } else {
      return nil
    }
    guard let word = power?.word, abs(word) < 1_000, kind() != .power else { return nil }
    return negative ? -word : word
  }

  private func number(_ token: SolutionToken) -> Rational? { Self.number(token, in: bytes) }

  private static let largestSlack = Rational(reducing: 3, 100)
}

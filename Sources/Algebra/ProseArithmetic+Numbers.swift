// Written numbers as exact ones.

extension ProseArithmetic {
  static let powers: [Int] = (0...18).map { (0..<$0).reduce(1) { power, _ in power * 10 } }

  /// A written number, exactly; `nil` for a time or a label such as `0730`.
  static func number(_ token: SolutionToken, in bytes: [UInt8]) -> Rational? {
    var value = 0
    var places = 0
    var pointed = false
    var digits = 0
    if token.end - token.start > 1, bytes[Int(token.start)] == 48,
      bytes[Int(token.start) + 1].isDigit
    {
      return nil
    }
    for index in token.range {
      let byte = bytes[index]
      if byte.isDigit {
        digits += 1
        guard digits <= 18 else { return longNumber(token, in: bytes) }
        value = value * 10 + Int(byte &- 48)
        if pointed { places += 1 }
      } else if byte == 46 {
        pointed = true
      }
    }
    guard places > 0 else { return Rational(value) }
    return Rational(value, over: powers[places])
  }

  private static func longNumber(_ token: SolutionToken, in bytes: [UInt8]) -> Rational? {
    guard token.end - token.start <= 600 else { return nil }
    var value = Rational.zero
    var scale = Rational.one
    var pointed = false
    for index in token.range {
      let byte = bytes[index]
      if byte == 46 { pointed = true }
      guard byte.isDigit else { continue }
      value = value * Rational(10) + Rational(Int(byte &- 48))
      if pointed { scale = scale * Rational(10) }
    }
    return value / scale
  }

  /// `²`, `³`, `¹⁰`.
  mutating func superscript() -> Int? {
    var exponent = 0
    while kind() == .superscript {
      let token = tokens[at]
      let last = bytes[Int(token.end) - 1]
      let digit: Int
      switch (token.end - token.start, last) {
      case (2, 0xB2): digit = 2
      case (2, 0xB3): digit = 3
      case (2, 0xB9): digit = 1
      case (3, 0xB0), (3, 0xB4...0xB9): digit = Int(last) - 0xB0
      default: return nil
      }
      exponent = exponent * 10 + digit
      guard exponent < 1_000 else { return nil }
      at += 1
    }
    operations += 1
    return exponent
  }
}

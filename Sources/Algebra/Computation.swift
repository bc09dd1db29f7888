/// A calculation written as assignments, one a line, with every value computed exactly.
///
///     pens_in_box = 3 * 4
///     answer = pens_in_box - 5
///
/// A model that translates a problem into such lines leaves the arithmetic to the program. Read are
/// numbers, names assigned before, `+ - * / // % **`, brackets, and `round`, `int`, `float`, `abs`,
/// `min`, `max` and `sum`; comments, `print(…)`, imports and empty lines are passed over. Values are
/// rational, so `0.1 + 0.2` is 3/10; the rest is as in Python.
public struct Computation: Hashable, Sendable {
  /// One assignment.
  public struct Line: Hashable, Sendable {
    public var name: String
    /// The expression with values in the place of names.
    public var expression: String
    public var value: String
    /// Whether the line computes anything, and does not just name a number.
    public var isCalculated: Bool
  }
  public private(set) var lines: [Line] = []
  /// The value of `answer`, or of the last line if nothing is called so.
  public var result: String { (lines.last { $0.name == "answer" } ?? lines.last)?.value ?? "" }

  /// Most lines that are read.
  private static let lineCap = 60

  /// Reads a program, alone or in a block between three backquotes.
  ///
  /// - Returns: `nil` if a line is anything else than said above, divides by 0, or is too large.
  public init?(reading text: String) {
    var values: [String: Rational] = [:]
    for row in Self.block(in: text) {
      let row = Self.trimmed(row.prefix { $0 != "#" })
      if row.isEmpty || ["print", "import ", "from "].contains(where: row.hasPrefix) { continue }
      guard let equals = row.firstIndex(of: "="), lines.count < Self.lineCap else { return nil }
      let name = Self.trimmed(row[..<equals])
      let expression = Self.trimmed(row[row.index(after: equals)...])
      var arithmetic = Arithmetic(expression, values)
      guard Self.isName(name), let value = arithmetic.value() else { return nil }
      values[name] = value
      lines.append(
        Line(
          name: name, expression: arithmetic.written, value: value.exact,
          isCalculated: arithmetic.isCalculated))
    }
    if lines.isEmpty { return nil }
  }

  /// The calculation as worked steps, with the result as the final answer.
  public var working: String {
    let steps = lines.enumerated().map { index, line in
      let name = line.name.replacing("_", with: " ")
      let text = line.isCalculated ? "\(line.expression) = \(line.value)" : line.value
      return "\(index + 1). \(name): \(text)"
    }
    return (steps + ["", "The answer is \\boxed{\(result)}."]).joined(separator: "\n")
  }

  /// The lines of the first block, or all if there is none.
  private static func block(in text: String) -> [Substring] {
    let rows = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard let fence = rows.firstIndex(where: { trimmed($0).hasPrefix("```") }) else { return rows }
    return Array(rows[(fence + 1)...].prefix { !trimmed($0).hasPrefix("```") })
  }

  private static func isName(_ text: String) -> Bool {
    guard let first = text.first, !first.isNumber else { return false }
    return text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
  }

  private static func trimmed(_ text: Substring) -> String {
    var text = text
    while text.first?.isWhitespace == true { text = text.dropFirst() }
    while text.last?.isWhitespace == true { text = text.dropLast() }
    return String(text)
  }
}

/// One expression, read by recursive descent and computed on the way.
private struct Arithmetic {
  private let characters: [Character]
  private let values: [String: Rational]
  private var at = 0
  private var depth = 0
  private(set) var isCalculated = false
  /// The expression with values in the place of names.
  private(set) var written = ""

  init(_ text: String, _ values: [String: Rational]) {
    characters = Array(text)
    self.values = values
  }

  mutating func value() -> Rational? {
    guard characters.count <= 500, let value = sum() else { return nil }
    skip()
    return at == characters.count && value.isModest ? value : nil
  }

  private mutating func skip() {
    while at < characters.count, characters[at] == " " { at += 1 }
  }

  private mutating func take(_ symbol: String) -> Bool {
    skip()
    guard characters[at...].starts(with: symbol) else { return false }
    at += symbol.count
    return true
  }

  private mutating func sum() -> Rational? {
    guard var value = product() else { return nil }
    while true {
      if take("+") {
        guard let right = operand(" + ", { $0.product() }) else { return nil }
        value = value + right
      } else if take("-") {
        guard let right = operand(" - ", { $0.product() }) else { return nil }
        value = value - right
      } else {
        return value
      }
      guard value.isModest else { return nil }
    }
  }

  private mutating func product() -> Rational? {
    guard var value = signed() else { return nil }
    while true {
      if peek("**") { return nil }
      if take("*") {
        guard let right = operand(" * ", { $0.signed() }) else { return nil }
        value = value * right
      } else if take("//") {
        guard let right = operand(" // ", { $0.signed() }), right.sign != 0 else { return nil }
        value = (value / right).wholePart
      } else if take("/") {
        guard let right = operand(" / ", { $0.signed() }), right.sign != 0 else { return nil }
        value = value / right
      } else if take("%") {
        guard let right = operand(" % ", { $0.signed() }), right.sign != 0 else { return nil }
        value = value - (value / right).wholePart * right
      } else {
        return value
      }
      guard value.isModest else { return nil }
    }
  }

  private func peek(_ symbol: String) -> Bool {
    var copy = self
    return copy.take(symbol)
  }

  private mutating func operand(
    _ sign: String, _ read: (inout Arithmetic) -> Rational?
  ) -> Rational? {
    isCalculated = true
    written += sign
    return read(&self)
  }

  private mutating func signed() -> Rational? {
    depth += 1
    defer { depth -= 1 }
    if depth > 50 { return nil }
    if take("-") {
      written += "-"
      return signed().map { -$0 }
    }
    guard let base = primary() else { return nil }
    guard take("**") else { return base }
    guard let exponent = operand("^", { $0.signed() }), exponent.isInteger,
      let power = exponent.word, abs(power) <= 64, base.sign != 0 || power >= 0
    else { return nil }
    return base.power(power)
  }

  private mutating func primary() -> Rational? {
    skip()
    guard at < characters.count else { return nil }
    if take("(") {
      written += "("
      guard let value = sum(), take(")") else { return nil }
      written += ")"
      return value
    }
    let first = characters[at]
    if first.isASCII, first.isNumber || first == "." { return number() }
    guard first.isASCII, first.isLetter || first == "_" else { return nil }
    let word = prefix { $0.isLetter || $0.isNumber || $0 == "_" }
    at += word.count
    if take("(") { return call(word) }
    guard let value = values[word] else { return nil }
    written += value.sign < 0 || !value.isBrief ? "(\(value.exact))" : value.exact
    return value
  }

  private mutating func number() -> Rational? {
    let digits = prefix { $0.isNumber || $0 == "." || $0 == "_" }
    at += digits.count
    let parts = digits.filter { $0 != "_" }
      .split(separator: ".", maxSplits: 2, omittingEmptySubsequences: false)
    guard digits.count <= 30, (1...2).contains(parts.count), let whole = parts.first else {
      return nil
    }
    var value = Rational(0)
    for digit in whole + (parts.count == 2 ? parts[1] : "") {
      guard let digit = digit.wholeNumberValue else { return nil }
      value = value * Rational(10) + Rational(digit)
    }
    if parts.count == 2 { value = value / Rational(10).power(parts[1].count) }
    written += digits.filter { $0 != "_" }
    return value
  }

  private mutating func call(_ name: String) -> Rational? {
    let before = written
    var arguments: [Rational] = []
    if name == "sum" { guard take("[") || take("(") else { return nil } }
    repeat {
      guard let argument = sum() else { return nil }
      arguments.append(argument)
    } while take(",")
    if name == "sum" { guard take("]") || take(")") else { return nil } }
    guard take(")"), let first = arguments.first else { return nil }
    let value: Rational
    switch (name, arguments.count) {
    case ("float", 1): value = first
    case ("abs", 1): value = first.sign < 0 ? -first : first
    case ("int", 1): value = first.sign < 0 ? -(-first).wholePart : first.wholePart
    // Python rounds a half to the even number.
    case ("round", 1): value = first.roundedHalfEven
    case ("min", 2...): value = arguments.min() ?? first
    case ("max", 2...): value = arguments.max() ?? first
    case ("sum", _): value = arguments.reduce(Rational(0), +)
    default: return nil
    }
    isCalculated = true
    // What such a call does is not plain arithmetic; its value stands for it.
    written = before + value.exact
    return value
  }

  private func prefix(_ belongs: (Character) -> Bool) -> String {
    String(characters[at...].prefix { $0.isASCII && belongs($0) })
  }
}

extension Rational {
  fileprivate var isModest: Bool { bits <= 512 }
  fileprivate var isBrief: Bool { decimalPlaces.map { $0 <= 10 } ?? false }
  fileprivate var wholePart: Rational { self - modulo(.one) }

  /// As it can be read again: a finite decimal, else a fraction.
  fileprivate var exact: String {
    if let places = decimalPlaces, places <= 10 { return decimal(places: places) }
    return description
  }

  fileprivate var roundedHalfEven: Rational {
    let below = wholePart
    let twice = (self - below) * Rational(2)
    if twice == .one { return below.modulo(Rational(2)).isZero ? below : below + .one }
    return twice < .one ? below : below + .one
  }
}

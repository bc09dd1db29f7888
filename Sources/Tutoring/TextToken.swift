import Algebra

/// A word, a number or a sign of a text in which numbers are looked for.
struct TextToken: Hashable, Sendable {
  enum Kind: Hashable, Sendable {
    case number, word
    case plus, minus, times, divide, power, root, bang, percent
    case open, close, relation, comma, colon, stop
    /// A dash inside a word, as in `thirty-one` and `3-page`.
    case joint
    case other
  }
  var kind: Kind
  /// As written but for what the fold made of it; words in lower case.
  var text: String
  /// What a number can be read as, the likeliest first; empty for anything else.
  var values: [Rational] = []
  /// Whether a number multiplies what comes after it, as "twice" and "half" do.
  var multiplies = false
  /// Whether it is written in words.
  var isSpelled = false
  /// Whether white space stands before it.
  var isSpaced: Bool
  /// Scalars of the text, from `start` up to but not including `end`.
  var start: Int
  var end: Int

  /// The tokens of a text, numbers in words among its numbers.
  static func all(in text: String) -> [TextToken] {
    var scanner = TokenScanner(TextFold(text).folded)
    scanner.scan()
    return SpelledNumbers.merged(scanner.tokens)
  }
}

/// Cuts a folded text into tokens.
private struct TokenScanner {
  let folded: [FoldedScalar]
  private var at = 0
  private var isSpaced = false
  private(set) var tokens: [TextToken] = []

  init(_ folded: [FoldedScalar]) {
    self.folded = folded
  }

  private func peek(_ offset: Int = 0) -> Unicode.Scalar? {
    folded.indices.contains(at + offset) ? folded[at + offset].scalar : nil
  }

  private mutating func add(_ kind: TextToken.Kind, _ count: Int, values: [Rational] = []) {
    let pieces = folded[at..<(at + count)]
    var text = String.UnicodeScalarView()
    text.append(contentsOf: pieces.map(\.scalar))
    tokens.append(
      TextToken(
        kind: kind, text: kind == .word ? String(text).lowercased() : String(text),
        values: values, isSpaced: isSpaced, start: pieces.first?.source ?? 0,
        end: (pieces.last?.source ?? 0) + 1))
    at += count
    isSpaced = false
  }

  mutating func scan() {
    while let scalar = peek() {
      if scalar.properties.isWhitespace {
        if scalar == "\n", peek(1) == "\n" { add(.stop, 1) } else { at += 1 }
        isSpaced = true
      } else if scalar.isASCIIDigit || (scalar == "." && startsDecimal) {
        number()
      } else if let fraction = NumberWords.vulgar[scalar] {
        part(fraction)
      } else if scalar.properties.isAlphabetic {
        word()
      } else {
        sign(scalar)
      }
    }
  }

  private var startsDecimal: Bool {
    (peek(1)?.isASCIIDigit ?? false) && !(at > 0 && folded[at - 1].scalar.isASCIIDigit)
  }

  private mutating func word() {
    var count = 0
    while let scalar = peek(count),
      scalar.properties.isAlphabetic || scalar == "'" && isLetter(count + 1)
    {
      count += 1
    }
    var spelling = String.UnicodeScalarView()
    spelling.append(contentsOf: folded[at..<(at + count)].map(\.scalar))
    let written = String(spelling)
    if let roman = NumberWords.roman(written) {
      add(.number, count, values: [Rational(roman)])
    } else if count == 1, ["x", "X"].contains(written), isBetweenNumbers {
      add(.times, 1)
    } else {
      add(.word, count)
    }
  }

  private func isLetter(_ offset: Int) -> Bool { peek(offset)?.properties.isAlphabetic ?? false }

  /// Whether a lone `x` stands between two numbers or brackets.
  private var isBetweenNumbers: Bool {
    guard let before = tokens.last?.kind, before == .number || before == .close else {
      return false
    }
    var next = 1
    while let scalar = peek(next), scalar.properties.isWhitespace { next += 1 }
    return peek(next).map { $0.isASCIIDigit || $0 == "(" } ?? false
  }

  private mutating func sign(_ scalar: Unicode.Scalar) {
    switch scalar {
    case "+": add(.plus, 1)
    case "-": isInsideWord ? add(.joint, 1) : add(.minus, 1)
    case "*": add(.times, 1)
    case "/": add(.divide, 1)
    case "^": add(.power, 1)
    case "√": add(.root, 1)
    case "%": add(.percent, 1)
    case "(", "[": add(.open, 1)
    case ")", "]": add(.close, 1)
    case "=", "≈", "≠", "<", ">", "≤", "≥", "≡": add(.relation, 1)
    case ",": add(.comma, 1)
    case ":": add(.colon, 1)
    case "!" where tokens.last?.kind == .number && !isSpaced: add(.bang, 1)
    case ".", "!", "?", ";": add(.stop, 1)
    default: add(.other, 1)
    }
  }

  /// Whether a dash has a letter on one side and no blank on either.
  private var isInsideWord: Bool {
    guard at > 0, !isSpaced, let next = peek(1), !next.properties.isWhitespace else { return false }
    return folded[at - 1].scalar.properties.isAlphabetic || next.properties.isAlphabetic
  }

  // MARK: - Numbers

  /// A fraction of one sign; right behind a whole number it belongs to that.
  private mutating func part(_ fraction: Rational) {
    let isMixed = !isSpaced && tokens.last?.kind == .number
    add(.number, 1, values: [fraction])
    let last = tokens.count - 1
    tokens[last].multiplies = true
    guard isMixed else { return }
    let sign = tokens.removeLast()
    tokens[last - 1].values = tokens[last - 1].values.map { $0 + fraction }
    tokens[last - 1].text += sign.text
    tokens[last - 1].end = sign.end
  }

  private mutating func number() {
    if peek() == "0", let base = radix(peek(1)) {
      var count = 2
      var value = 0
      while let digit = peek(count)?.digit(below: base), count < 12 {
        value = value * base + digit
        count += 1
      }
      if count > 2 { return add(.number, count, values: [Rational(value)]) }
    }
    let numeral = Numeral(reading: folded[at...].prefix(60).map(\.scalar))
    var (count, values) = (numeral.count, numeral.values)
    if let (length, power) = exponent(count) {
      count += length
      values = values.map { $0 * .tenTo(power) }
    } else if let letter = peek(count), letter == "k" || letter == "K", !isLetter(count + 1) {
      values += values.map { $0 * Rational(1000) }
      count += 1
    } else if ["st", "nd", "rd", "th"].contains(letters(count)) {
      count += 2
    }
    add(.number, count, values: values)
  }

  private func letters(_ offset: Int) -> String {
    var letters = String.UnicodeScalarView()
    var offset = offset
    while let scalar = peek(offset), scalar.properties.isAlphabetic, letters.count < 4 {
      letters.append(scalar)
      offset += 1
    }
    return String(letters).lowercased()
  }

  private func radix(_ letter: Unicode.Scalar?) -> Int? {
    switch letter {
    case "x": 16
    case "b": 2
    default: nil
    }
  }

  /// `e3`, `E-2` behind a number: its length and the power of ten.
  private func exponent(_ offset: Int) -> (Int, Int)? {
    guard let letter = peek(offset), letter == "e" || letter == "E" else { return nil }
    var count = 1
    let sign = peek(offset + 1)
    if sign == "-" || sign == "+" { count += 1 }
    var power = 0
    let start = count
    while let digit = peek(offset + count)?.digit(below: 10), count - start < 3 {
      power = power * 10 + digit
      count += 1
    }
    guard count > start, power <= 30, !isLetter(offset + count) else { return nil }
    return (count, sign == "-" ? -power : power)
  }
}

/// Digits with the signs that group them or part off decimals, by every custom that fits.
struct Numeral {
  /// Scalars read.
  private(set) var count = 0
  private(set) var values: [Rational] = []

  init(reading scalars: [Unicode.Scalar]) {
    var groups: [[Unicode.Scalar]] = [[]]
    var separators: [Unicode.Scalar] = []
    var ends: [Int] = []
    var at = 0
    while at < scalars.count {
      if scalars[at].isASCIIDigit {
        groups[groups.count - 1].append(scalars[at])
        at += 1
      } else if ".,'\u{2009}".unicodeScalars.contains(scalars[at]), at + 1 < scalars.count,
        scalars[at + 1].isASCIIDigit
      {
        ends.append(at)
        separators.append(scalars[at])
        groups.append([])
        at += 1
      } else {
        break
      }
    }
    count = at
    values = Self.readings(groups.map { String(String.UnicodeScalarView($0)) }, separators)
    if values.isEmpty, let first = groups.first, let end = ends.first {
      // No custom fits all of it: the first group stands alone.
      values = [.digits(String(String.UnicodeScalarView(first)))]
      count = end
    }
  }

  private static func readings(_ groups: [String], _ separators: [Unicode.Scalar]) -> [Rational] {
    guard let last = groups.last else { return [] }
    if separators.isEmpty { return [.digits(last)] }
    var readings: [Rational] = []
    let isGrouped = (1...3) ~= groups[0].count && groups[0] != "0"
    let areThousands = isGrouped && groups.dropFirst().allSatisfy { $0.count == 3 }
    let areSame = Set(separators).count == 1
    if areThousands, areSame, separators != ["."] { readings.append(.digits(groups.joined())) }
    let isPoint = separators.last == "." || separators.last == ","
    let whole = groups.dropLast()
    let isWhole =
      whole.count == 1
      || isGrouped && whole.dropFirst().allSatisfy { $0.count == 3 }
        && Set(separators.dropLast()).count == 1 && separators.last != separators.first
    if isPoint, isWhole {
      readings.append(.digits(whole.joined() + last) * .tenTo(-last.count))
    }
    if areThousands, separators == ["."] { readings.append(.digits(groups.joined())) }
    // A list without blanks.
    if separators == [","], !areThousands { readings += groups.map(Rational.digits) }
    return readings
  }
}

extension Rational {
  /// The number that a string of ASCII digits writes.
  static func digits(_ text: String) -> Rational {
    text.unicodeScalars.reduce(Rational(0)) { sum, digit in
      sum * Rational(10) + Rational(digit.digit(below: 10) ?? 0)
    }
  }

  /// 10 to a power from -60 to 60.
  static func tenTo(_ power: Int) -> Rational {
    let value = (0..<min(abs(power), 60)).reduce(Rational(1)) { product, _ in
      product * Rational(10)
    }
    return power < 0 ? Rational(1) / value : value
  }
}

extension Unicode.Scalar {
  fileprivate func digit(below base: Int) -> Int? {
    guard isASCII, let digit = Int(String(self), radix: base) else { return nil }
    return digit
  }
}

import Algebra

// English words for numbers. What is no sure number is left out: "second" is a time, "point" a place.

enum NumberWords {
  static let units: [String: Int] = [
    "zero": 0, "nought": 0, "naught": 0, "nil": 0, "one": 1, "two": 2, "three": 3, "four": 4,
    "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
    "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18,
    "nineteen": 19,
  ]
  static let tens: [String: Int] = [
    "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90,
  ]
  static let scales: [String: Int] = [
    "hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000,
    "hundreds": 100, "thousands": 1_000, "millions": 1_000_000,
  ]
  /// Counted in: "3 dozen", "a dozen", "two pairs".
  static let bundles: [String: Int] = [
    "dozen": 12, "dozens": 12, "score": 20, "gross": 144, "pair": 2, "pairs": 2, "couple": 2,
  ]
  /// Places in a row, which are also parts: "twelfth", "two fifths".
  static let ordinals: [String: Int] = [
    "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14,
    "fifteenth": 15, "sixteenth": 16, "seventeenth": 17, "eighteenth": 18, "nineteenth": 19,
    "twentieth": 20, "thirtieth": 30, "fortieth": 40, "fiftieth": 50, "sixtieth": 60,
    "seventieth": 70, "eightieth": 80, "ninetieth": 90, "hundredth": 100, "thousandth": 1_000,
    "first": 1, "second": 2,
  ]
  /// What multiplies what it stands before.
  static let multiples: [String: Rational] = [
    "twice": Rational(2), "double": Rational(2), "doubled": Rational(2), "doubling": Rational(2),
    "thrice": Rational(3), "triple": Rational(3), "tripled": Rational(3), "quadruple": Rational(4),
    "half": Rational(1, over: 2) ?? .nothing, "halve": Rational(1, over: 2) ?? .nothing,
    "halved": Rational(1, over: 2) ?? .nothing, "quarter": Rational(1, over: 4) ?? .nothing,
  ]
  /// Fractions of one sign.
  static let vulgar: [Unicode.Scalar: Rational] = {
    let fractions: [(Unicode.Scalar, Int, Int)] = [
      ("½", 1, 2), ("⅓", 1, 3), ("⅔", 2, 3), ("¼", 1, 4), ("¾", 3, 4), ("⅕", 1, 5), ("⅖", 2, 5),
      ("⅗", 3, 5), ("⅘", 4, 5), ("⅙", 1, 6), ("⅚", 5, 6), ("⅐", 1, 7), ("⅛", 1, 8), ("⅜", 3, 8),
      ("⅝", 5, 8), ("⅞", 7, 8), ("⅑", 1, 9), ("⅒", 1, 10),
    ]
    return Dictionary(
      uniqueKeysWithValues: fractions.map { ($0, Rational($1) / Rational($2)) })
  }()
  /// Parts: "half", "two thirds", "a quarter".
  static func part(_ word: String) -> Int? {
    switch word {
    case "half", "halves": return 2
    case "quarter", "quarters": return 4
    case "first", "second", "seconds": return nil
    default: break
    }
    if let place = ordinals[word] { return place }
    return word.hasSuffix("s") ? ordinals[String(word.dropLast())] : nil
  }

  /// 20…99 in one word, "thirtyone".
  static func joined(_ word: String) -> Int? {
    for (ten, value) in tens where word.hasPrefix(ten) && word.count > ten.count {
      if let unit = units[String(word.dropFirst(ten.count))], unit > 0, unit < 10 {
        return value + unit
      }
    }
    return nil
  }

  /// A Roman numeral of two letters or more, in capitals and in its usual form.
  static func roman(_ word: String) -> Int? {
    let values: [Character: Int] = [
      "I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000,
    ]
    guard word.count >= 2, word.count <= 15 else { return nil }
    var digits: [Int] = []
    for letter in word {
      guard let value = values[letter] else { return nil }
      digits.append(value)
    }
    var total = 0
    for (index, digit) in digits.enumerated() {
      let isBefore = index + 1 < digits.count && digits[index + 1] > digit
      total += isBefore ? -digit : digit
    }
    return total > 0 && romanText(total) == word ? total : nil
  }

  private static func romanText(_ number: Int) -> String {
    let signs = [
      (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
      (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
    ]
    var (text, rest) = ("", number)
    for (value, sign) in signs {
      while rest >= value {
        text += sign
        rest -= value
      }
    }
    return text
  }

  /// `number` in words, 0…999,999.
  static func text(of number: Int) -> String? {
    guard (0..<1_000_000).contains(number) else { return nil }
    if number >= 1_000 {
      let rest = number % 1_000
      guard let head = text(of: number / 1_000) else { return nil }
      return "\(head) thousand" + (rest == 0 ? "" : " " + (text(of: rest) ?? ""))
    }
    if number >= 100 {
      let rest = number % 100
      guard let head = text(of: number / 100) else { return nil }
      return "\(head) hundred" + (rest == 0 ? "" : " and " + (text(of: rest) ?? ""))
    }
    if number < 20 { return units.first { $0.value == number && !rare.contains($0.key) }?.key }
    guard let ten = tens.first(where: { $0.value == number / 10 * 10 && $0.key != "fourty" }) else {
      return nil
    }
    return number % 10 == 0 ? ten.key : text(of: number % 10).map { "\(ten.key)-\($0)" }
  }

  private static let rare: Set<String> = ["nought", "naught", "nil"]
}

extension Rational {
  static let nothing = Rational(0)
}

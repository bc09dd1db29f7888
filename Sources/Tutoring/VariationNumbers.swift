import Algebra

/// A number of a problem, where it stands and whether it may be changed.
struct Given: Hashable, Sendable {
  var value: Rational
  var text: String
  /// Scalars of the statement.
  var range: Range<Int>
  /// Whether a percent sign stands behind it.
  var isPercent: Bool
  /// Whether it must stay: a place in a row, part of a fraction or a time, a year.
  var isFixed: Bool
  /// Whether "a" or "an" stands before it, which hangs on how it is spoken.
  var article: String?

  /// The values by which a solution may use it.
  var uses: [Rational] { isPercent ? [value, value / Rational(100)] : [value] }

  /// Digits behind the point.
  var places: Int {
    text.lastIndex(of: ".").map { text.distance(from: $0, to: text.endIndex) - 1 } ?? 0
  }

  static func all(in statement: String) -> [Given] {
    let tokens = TextToken.all(in: statement)
    return tokens.indices.compactMap { index in
      let token = tokens[index]
      guard token.kind == .number, !token.isSpelled, let value = token.values.first else {
        return nil
      }
      let before = index > 0 ? tokens[index - 1] : nil
      let after = index + 1 < tokens.count ? tokens[index + 1] : nil
      let isBound = [before, after].contains { neighbour in
        guard let neighbour else { return false }
        return [.divide, .colon, .power, .times, .plus, .minus].contains(neighbour.kind)
          && !(neighbour.kind == .colon && neighbour.start > token.start
            && isSpaced(after: index + 1, tokens))
      }
      let isPlain = token.text.allSatisfy { ("0"..."9").contains($0) || $0 == "," || $0 == "." }
      // What is said in brackets is often a fact, such as (a gallon has 128 ounces).
      let isAside = (tokens[..<index].last { $0.kind == .open || $0.kind == .close })?.kind == .open
      let isYear = token.text.count == 4 && Rational(1700) < value && value < Rational(2100)
      return Given(
        value: value, text: token.text, range: token.start..<token.end,
        isPercent: after?.kind == .percent || after?.text == "percent",
        isFixed: isBound || !isPlain || isYear || isAside || value < Rational(2),
        article: before.flatMap { ["a", "an"].contains($0.text) ? $0.text : nil })
    }
  }

  private static func isSpaced(after index: Int, _ tokens: [TextToken]) -> Bool {
    index + 1 >= tokens.count || tokens[index + 1].isSpaced
  }
}

/// Numbers that a solution may use without the problem giving them in digits.
struct Constants: Hashable, Sendable {
  private(set) var values: Set<Rational> = []

  private static let byWord: [(words: Set<String>, values: [Int])] = [
    (["minute", "minutes", "second", "seconds", "hour", "hours"], [60]),
    (["hour", "hours", "day", "days"], [24]), (["week", "weeks", "weekly", "day", "days"], [7]),
    (["year", "years", "month", "months", "monthly", "annual", "yearly"], [12]),
    (["year", "years", "weekly", "annual", "yearly"], [52, 365]), (["dozen", "dozens"], [12]),
    (["month", "months", "monthly"], [4, 30]),
    (["percent", "percentage", "cent", "cents", "meter", "meters", "centimeters", "cm"], [100]),
    (["foot", "feet", "inch", "inches"], [12]), (["yard", "yards"], [3]),
    (["pound", "pounds", "ounce", "ounces"], [16]),
    (
      [
        "kilometer", "kilometers", "km", "kilogram", "kilograms", "kg", "gram", "grams", "liter",
        "liters", "ml",
      ], [1000]
    ),
    (
      [
        "twice", "double", "doubled", "doubles", "both", "pair", "pairs", "half", "couple", "twins",
      ], [2]
    ),
    (["triple", "tripled", "thrice", "third"], [3]), (["quarter", "quarters", "fourth"], [4]),
    (["rectangle", "rectangular", "perimeter"], [2]), (["square", "quadruple"], [4]),
    (["half"], [2]), (["first", "another", "himself", "herself", "extra"], [1]),
  ]

  init(statement: String, solution: String, givens: [Given]) {
    let told = TextToken.all(in: statement)
    for token in told where token.kind == .number && token.isSpelled {
      for value in token.values {
        values.insert(value)
        // "Two thirds" may be used as 2/3, and as 2 and 3.
        for part in value.description.split(separator: "/") where value.word == nil {
          values.insert(.digits(String(part)))
        }
      }
    }
    for given in givens where given.isFixed { values.formUnion(given.uses) }
    // Parts of a fraction in digits stand for the fraction too.
    for (index, token) in told.enumerated() where token.kind == .divide {
      guard index > 0, index + 1 < told.count, let top = told[index - 1].values.first,
        let bottom = told[index + 1].values.first, bottom != .nothing
      else { continue }
      values.formUnion([top / bottom, Rational(1)])
    }
    if told.contains(where: { $0.kind == .percent }) {
      values.formUnion([Rational(1), Rational(100)])
    }
    let words = Set(
      (told + TextToken.all(in: solution)).flatMap { $0.text.split(separator: " ") }.map(
        String.init))
    for (names, numbers) in Self.byWord where !words.isDisjoint(with: names) {
      values.formUnion(numbers.map { Rational($0) })
    }
    if words.contains("percent") { values.insert(Rational(1)) }
  }

  /// Whether a number of the problem has to stay what it is because a constant looks like it.
  func holds(_ given: Given) -> Bool {
    given.isFixed || given.uses.contains(where: values.contains)
  }
}

/// New numbers for the problem's; equal ones stay equal.
struct NumberDraw: Sendable {
  private let givens: [Given]
  /// By the problem's number; those that stay are not in it.
  private let changed: [Given: Rational]

  init(_ givens: [Given], _ constants: Constants, _ dice: inout Draw, isPartial: Bool) {
    self.givens = givens
    var changed: [Given: Rational] = [:]
    var byValue: [Rational: Rational] = [:]
    for given in givens where !constants.holds(given) {
      if byValue[given.value] == nil {
        byValue[given.value] =
          isPartial && dice.isOne(in: 2) ? given.value : Self.number(like: given, &dice)
      }
      changed[given] = byValue[given.value]
    }
    self.changed = changed
  }

  func value(of given: Given) -> Rational { changed[given] ?? given.value }

  /// What the numbers of the problem, in every way that a solution may use them, become.
  var substitutions: [(old: Rational, new: Rational)] {
    givens.flatMap { given in
      let new = value(of: given)
      return zip(given.uses, given.isPercent ? [new, new / Rational(100)] : [new]).map { ($0, $1) }
    }
  }

  /// Whether something changes, no two numbers become one, and what was larger stays larger.
  var isOrderly: Bool {
    guard givens.contains(where: { value(of: $0) != $0.value }) else { return false }
    for a in givens {
      if let article = a.article, Self.article(of: value(of: a)) != article { return false }
      for b in givens where a.value < b.value && !(value(of: a) < value(of: b)) { return false }
    }
    return true
  }

  /// "an" before 8, 11, 18, 80…
  private static func article(of value: Rational) -> String {
    let digits = value.description
    return digits.hasPrefix("8") || digits == "11" || digits == "18" ? "an" : "a"
  }

  /// A number of the same kind and size: as many places, as many zeros at its end.
  private static func number(like given: Given, _ dice: inout Draw) -> Rational {
    let scale = Rational.tenTo(given.places)
    guard var units = (given.value * scale).word, units > 0 else { return given.value }
    var grain = 1
    while units % 10 == 0 {
      units /= 10
      grain *= 10
    }
    if units % 5 == 0, units > 5 {
      units /= 5
      grain *= 5
    }
    let low = max(units <= 3 && grain > 1 ? 1 : 2, units / 2)
    let high = max(units * 2, grain == 1 ? 12 : 8)
    var new = Rational((low + Int.random(in: 0...(high - low), using: &dice)) * grain) / scale
    if given.isPercent, given.value < Rational(100), !(new < Rational(100)) { new = given.value }
    return new
  }

  /// The statement with the new numbers in place of the old.
  func applied(to statement: String) -> String {
    let scalars = Array(statement.unicodeScalars)
    var text = String.UnicodeScalarView()
    var at = 0
    for given in givens.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
      text.append(contentsOf: scalars[at..<given.range.lowerBound])
      let new = value(of: given)
      let written = new == given.value ? given.text : Self.written(new, like: given)
      text.append(contentsOf: written.unicodeScalars)
      at = given.range.upperBound
    }
    text.append(contentsOf: scalars[at...])
    return String(text)
  }

  private static func written(_ value: Rational, like given: Given) -> String {
    var digits = value.decimal ?? value.description
    let have =
      digits.firstIndex(of: ".").map { digits.distance(from: $0, to: digits.endIndex) - 1 } ?? 0
    if given.places > 0 {
      if have == 0 { digits += "." }
      digits += String(repeating: "0", count: max(0, given.places - have))
    }
    guard given.text.contains(",") else { return digits }
    let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
    var whole = String(parts[0])
    var groups: [String] = []
    while whole.count > 3 {
      groups.insert(String(whole.suffix(3)), at: 0)
      whole = String(whole.dropLast(3))
    }
    let grouped = ([whole] + groups).joined(separator: ",")
    return parts.count > 1 ? "\(grouped).\(parts[1])" : grouped
  }
}

import Algebra

// Puts numbers in words among the numbers: "thirty-one", "one hundred and five", "3 dozen", "two and a
// half", "three quarters", "thirty-first", "three point one four", "3 1".

struct SpelledNumbers {
  private let tokens: [TextToken]
  private var at = 0
  private var merged: [TextToken] = []

  static func merged(_ tokens: [TextToken]) -> [TextToken] {
    var merger = SpelledNumbers(tokens: tokens)
    merger.run()
    return merger.joiningDigits()
  }

  private init(tokens: [TextToken]) {
    self.tokens = tokens
  }

  private mutating func run() {
    while at < tokens.count {
      let start = at
      if let (values, multiplies) = number() {
        var token = tokens[start]
        token.kind = .number
        token.values = values
        token.multiplies = multiplies
        token.isSpelled = tokens[start].kind == .word
        token.text = tokens[start..<at].map(\.text).joined(separator: " ")
        token.end = tokens[at - 1].end
        merged.append(token)
      } else {
        merged.append(tokens[start])
        at = start + 1
      }
    }
  }

  /// The word at a place, a joint before it stepped over; `nil` if there is none.
  private func word(at place: Int) -> (text: String, next: Int)? {
    guard tokens.indices.contains(place) else { return nil }
    if tokens[place].kind == .word { return (tokens[place].text, place + 1) }
    guard tokens[place].kind == .joint, place > 0, tokens.indices.contains(place + 1),
      tokens[place + 1].kind == .word
    else { return nil }
    return (tokens[place + 1].text, place + 2)
  }

  /// The number that begins at `at`; `at` is then behind it.
  private mutating func number() -> ([Rational], Bool)? {
    let token = tokens[at]
    if token.kind == .number {
      at += 1
      if let (text, next) = self.word(at: at), text.hasSuffix("s"),
        let part = NumberWords.part(text), let share = Rational(1, over: part)
      {
        at = next
        return (token.values.map { $0 * share } + token.values, true)
      }
      return (counted(token.values), token.multiplies)
    }
    guard token.kind == .word else { return nil }
    let word = token.text
    if word == "none" || word == "nothing" {
      at += 1
      return ([.nothing], false)
    }
    if word == "one", isPronoun { return nil }
    if let cardinal = cardinal() { return (cardinal, false) }
    if word == "a" || word == "an", let next = self.word(at: at + 1) {
      if let bundle = NumberWords.bundles[next.text], next.text != "score", next.text != "gross" {
        at = next.next
        return ([Rational(bundle)], false)
      }
      guard let part = NumberWords.part(next.text), let share = Rational(1, over: part) else {
        return nil
      }
      at = next.next
      let place = next.text == "half" || next.text == "quarter" ? [] : [Rational(part)]
      return (dozens([share]) + place, true)
    }
    if let bundle = NumberWords.bundles[word], word == "dozen" || word == "dozens" {
      at += 1
      return ([Rational(bundle)], false)
    }
    if let multiple = NumberWords.multiples[word] {
      at += 1
      return (dozens([multiple]), true)
    }
    if word != "first", word != "second", let place = NumberWords.ordinals[word],
      let share = Rational(1, over: place)
    {
      at += 1
      let isPart = self.word(at: at)?.text == "of"
      return (isPart ? [Rational(place), share] : [Rational(place)], isPart)
    }
    return nil
  }

  /// "half a dozen".
  private mutating func dozens(_ values: [Rational]) -> [Rational] {
    guard let article = word(at: at), article.text == "a", let dozen = word(at: article.next),
      dozen.text == "dozen"
    else { return values }
    at = dozen.next
    return values.map { $0 * Rational(12) }
  }

  /// "one of them", "each one": no number.
  private var isPronoun: Bool {
    let after = word(at: at + 1)?.text ?? ""
    let before = at > 0 ? tokens[at - 1].text : ""
    let tails = [
      "of", "way", "another", "by", "can", "could", "should", "might", "who", "that", "thing",
    ]
    let heads = ["each", "every", "which", "this", "that", "no", "any", "some", "the", "another"]
    return tails.contains(after) || heads.contains(before)
  }

  // MARK: - Cardinals

  private mutating func cardinal() -> [Rational]? {
    var (total, current) = (0, 0)
    var isBegun = false
    var mayTakeAnd = false
    var place = at
    reading: while let (text, next) = word(at: place) {
      if let unit = NumberWords.units[text] {
        let tail = current % 100
        guard
          !isBegun || (tail == 0 && current > 0) || (tail == 0 && mayTakeAnd)
            || (tail >= 20 && tail % 10 == 0 && (1...9) ~= unit)
        else { break reading }
        current += unit
      } else if let ten = NumberWords.tens[text] ?? NumberWords.joined(text) {
        guard !isBegun || (current % 100 == 0 && mayTakeAnd) else { break reading }
        current += ten
      } else if let scale = NumberWords.scales[text], isBegun {
        if scale == 100 {
          guard (1...99) ~= current else { break reading }
          current *= 100
        } else {
          guard total < 1_000_000_000, (1...999) ~= current else { break reading }
          total += current * scale
          current = 0
        }
        mayTakeAnd = true
        place = next
        continue
      } else if !isBegun, text == "a" || text == "an", let (scale, behind) = word(at: next),
        let value = NumberWords.scales[scale]
      {
        if value == 100 { current = 100 } else { total = value }
        isBegun = true
        mayTakeAnd = true
        place = behind
        continue
      } else if text == "and", mayTakeAnd, let (after, _) = word(at: next),
        NumberWords.units[after] != nil || NumberWords.tens[after] != nil
      {
        place = next
        continue
      } else if let ordinal = NumberWords.ordinals[text], isBegun,
        current % 10 == 0 && current % 100 >= 20 && ordinal < 10 || current % 100 == 0 && mayTakeAnd
      {
        at = next
        return [Rational(total + current + ordinal)]
      } else {
        break reading
      }
      isBegun = true
      mayTakeAnd = false
      place = next
    }
    guard isBegun else { return nil }
    at = place
    return counted(behind(Rational(total + current)))
  }

  /// What may come behind a cardinal: decimals, a part, a mixed part.
  private mutating func behind(_ whole: Rational) -> [Rational] {
    guard let (text, next) = word(at: at) else { return [whole] }
    if text == "point" {
      var (value, share, place) = (whole, Rational(1), next)
      while let (digit, behind) = word(at: place), let unit = NumberWords.units[digit], unit < 10 {
        share = share / Rational(10)
        value = value + Rational(unit) * share
        place = behind
      }
      if place > next { at = place }
      return [value]
    }
    if let part = NumberWords.part(text), let share = Rational(1, over: part) {
      at = next
      return [whole * share]
    }
    return [whole]
  }

  /// Counted in thousands, dozens or pairs, with a mixed part behind; the bare number stays a
  /// reading.
  private mutating func counted(_ values: [Rational]) -> [Rational] {
    var values = values
    let bare = values.count
    if let (text, next) = word(at: at),
      let size = NumberWords.scales[text] ?? NumberWords.bundles[text]
    {
      at = next
      values = values.map { $0 * Rational(size) } + values
    }
    guard let (and, first) = word(at: at), and == "and", let (text, next) = word(at: first) else {
      return values
    }
    let count = text == "a" || text == "an" ? 1 : NumberWords.units[text]
    if values.count > bare, let count = NumberWords.tens[text] ?? count,
      word(at: next).flatMap({ NumberWords.part($0.text) }) == nil
    {
      at = next
      return values.map { $0 + Rational(count) } + values
    }
    guard let count, let (name, behind) = word(at: next), let part = NumberWords.part(name),
      let share = Rational(count, over: part)
    else { return values }
    at = behind
    return values.map { $0 + share } + values
  }

  // MARK: - Digits apart

  /// Numbers parted only by blanks: `1 234` may be 1234, and `3 1` may be 31.
  private func joiningDigits() -> [TextToken] {
    var tokens = merged
    for start in tokens.indices where tokens[start].kind == .number {
      var text = digits(tokens[start])
      guard !text.isEmpty, text.count <= 3 else { continue }
      var next = start + 1
      while next < tokens.count, tokens[next].kind == .number, next - start < 6 {
        let more = digits(tokens[next])
        let isGroup = more.count == 3 || more.count == 1 && text.count == next - start
        guard isGroup, !more.isEmpty else { break }
        text += more
        tokens[start].values.append(.digits(text))
        next += 1
      }
    }
    return tokens
  }

  /// The digits of a number that is written with digits or is one digit in words.
  private func digits(_ token: TextToken) -> String {
    if token.text.unicodeScalars.allSatisfy(\.isASCIIDigit) { return token.text }
    return NumberWords.units[token.text].map { $0 < 10 ? "\($0)" : "" } ?? ""
  }
}

// What a claim is for, judged by the words around it and by its letters.
struct ClaimRole {
  let reader: OperandReader

  private static let supposing = Vocabulary.set(
    "if suppose supposing assume assuming let unless whether when would where imagine consider given"
      + " define denote set call")

  private static let simplifying = Vocabulary.set(
    "simplifies simplify simplifying expands expand expanding factors factor factoring factorise"
      + " simplified expanded factored expansion distribute distributing distributive combine"
      + " combining multiply multiplying numerator denominator square")

  private static let substituting = Vocabulary.set(
    "since because substitute substituting substituted given using plug plugging where know known"
      + " replace replacing modulo mod equation roots root condition relation identity satisfies")

  private static let denying = Vocabulary.set(
    "contradiction contradicts contradict contradictory false impossible untrue incorrect invalid"
      + " absurd fails never wrong mistake extraneous inconsistent")

  private static let negating = Vocabulary.set(
    "not isn't doesn't cannot can't no neither nor don't didn't won't wouldn't aren't"
      + " isn’t doesn’t can’t don’t")

  /// Words read before a claim and after it.
  private static let reach = 12

  func isSupposed(before start: Int) -> Bool { finds(Self.supposing, before: start, words: 6) }

  func isSimplified(before start: Int) -> Bool {
    finds(Self.simplifying, before: start, words: 25)
  }

  /// Whether something that was said before is used: "since x + y = 7".
  func substitutes(before start: Int) -> Bool {
    finds(Self.substituting, before: start, words: 25)
  }

  /// Whether the words around the claim deny it: "which is not true", "a contradiction".
  ///
  /// What follows counts to the end of the next sentence, unless that one supposes something: "if you
  /// find this wrong" denies nothing.
  func isDenied(_ range: Range<Int>) -> Bool {
    if finds(Self.negating, before: range.lowerBound, words: 4) { return true }
    var number = range.upperBound
    var words = 0
    var sentences = 0
    var isBeginning = false
    while number < reader.tokens.count, words < Self.reach {
      let token = reader.tokens[number]
      if token.kind == .question, words == 0 { return true }
      if token.kind == .paragraph, words > 0 || number > range.upperBound + 3 { return false }
      if token.isRelation { break }
      if (token.kind == .period || token.kind == .newline) && !token.inMath {
        sentences += isBeginning ? 0 : 1
        isBeginning = true
        if sentences > 1 { return false }
      }
      if token.kind == .word || token.kind == .text {
        words += 1
        let word = reader.bytes[token.range]
        if isBeginning, Vocabulary.contains(Self.supposing, word) { return false }
        isBeginning = false
        if Vocabulary.contains(Self.denying, word) { return true }
        if words < 6, Vocabulary.contains(Self.negating, word) { return true }
      }
      number += 1
    }
    return false
  }

  private func finds(_ words: Set<UInt64>, before start: Int, words limit: Int) -> Bool {
    var number = start - 1
    var count = 0
    var depth = 0
    while number >= 0, count < limit {
      let token = reader.tokens[number]
      switch token.kind {
      case .word where !token.inMath:
        count += 1
        if Vocabulary.contains(words, reader.bytes[token.range]) { return true }
      case .period, .question, .semicolon: return false
      case .paragraph: return false
      case .newline where number > 0 && reader.tokens[number - 1].kind != .colon && !token.inMath:
        return false
      default: depth += 1
      }
      if depth > 200 { return false }
      number -= 1
    }
    return false
  }
}

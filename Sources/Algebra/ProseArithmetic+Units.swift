// What stands between the numbers of a calculation without being part of it.

extension ProseArithmetic {
  /// Steps over delimiters, column marks and machine notes.
  mutating func skipSilent() {
    while at < end {
      switch tokens[at].kind {
      case .mathOpen, .mathClose, .align, .row, .newline, .quote: at += 1
      case .noteOpen:
        guard partner[at] > 0 else { return }
        at = Int(partner[at]) + 1
      default: return
      }
    }
  }

  /// A single letter that stands for a number, as in `3x` or `5 - y`; `a day` has none.
  private var isLetter: Bool {
    let token = tokens[at]
    if token.inMath { return true }
    guard token.end - token.start == 1 else { return false }
    let isArticle = token.spaced && bytes[Int(token.start)] | 32 == 97
    return !isArticle || kind(1) != .word
  }

  /// Steps over unit words: `snakes/jaguar`, `miles per hour`, `\text{ cm}^2`.
  mutating func skipUnits() {
    skipSilent()
    var words = 0
    while at < end, words < 6 {
      switch tokens[at].kind {
      case .word:
        if words > 0, spells("of"), kind(1) == .word, tokens[at - 1].kind == .word {
          at += 1
          continue
        }
        guard !isLetter, UnitWords.isUnit(bytes[tokens[at].range]), !isCross else { return }
        at += 1
        words += 1
        if kind() == .power, kind(1) == .number, tokens[at - 1].inMath { at += 2 }
        if kind() == .superscript { at += 1 }
      case .text:
        at += 1
        if kind() == .power {
          at += kind(1) == .open && partner[at + 1] > 0 ? Int(partner[at + 1]) - at + 1 : 2
        }
      case .divide:
        // `$18/hour`: a slash before a word.
        guard kind(1) == .word || kind(1) == .text else { return }
        at += 1
      case .period:
        guard words > 0, at + 1 < end else { return }
        at += 1
      case .mathOpen, .mathClose, .align, .newline, .noteOpen:
        let mark = at
        skipSilent()
        if at == mark { return }
      case .open:
        // `5 (apples) * 2`: a bracket that holds only words.
        let close = Int(partner[at])
        guard close > at, close < end, close - at < 8, tokens[at].spaced,
          tokens[at + 1..<close].allSatisfy({ $0.kind == .word || $0.kind == .divide })
        else { return }
        at = close + 1
      default: return
      }
    }
  }
}

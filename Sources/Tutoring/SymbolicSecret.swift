import Algebra

/// A secret that is no rational number: a formula with letters or roots, a point, or words.
struct SymbolicSecret: Sendable {
  let secret: HiddenValue
  /// Its words, if it is nothing else.
  private let words: [String]
  private let checker = Checker(effort: 20_000)

  init?(_ secret: HiddenValue) {
    let tokens = TextToken.all(in: secret.text)
    guard tokens.contains(where: { $0.kind != .stop }) else { return nil }
    self.secret = secret
    let isWords = tokens.allSatisfy { $0.kind == .word || $0.kind == .joint || $0.kind == .stop }
    words = isWords ? tokens.filter { $0.kind == .word }.map(\.text) : []
  }

  /// What shows it in a text, or `nil`.
  func quote(in text: String, _ tokens: [TextToken]) -> String? {
    if !words.isEmpty { return quote(ofWordsIn: tokens) }
    for span in Self.spans(in: text) {
      if checker.compare(span, secret.text).equality == .equal { return span }
    }
    return nil
  }

  /// One letter is an answer only where it is named as one; longer words wherever they stand.
  private func quote(ofWordsIn tokens: [TextToken]) -> String? {
    let said = tokens.filter { $0.kind == .word || $0.kind == .open }
    for start in said.indices where start + words.count <= said.count {
      guard said[start..<(start + words.count)].map(\.text) == words else { continue }
      if words == [words[0]], words[0].count == 1 {
        let before = start > 0 ? said[start - 1].text : ""
        let naming = ["(", "[", "answer", "option", "choice", "is", "choose", "pick"]
        guard naming.contains(before) else { continue }
      }
      return words.joined(separator: " ")
    }
    return nil
  }

  /// Formulas of a text, and the sides of its equations: what stands between math delimiters, and
  /// stretches without plain words.
  static func spans(in text: String) -> [String] {
    var stretches: [String] = []
    var stretch: [Substring] = []
    func close() {
      if !stretch.isEmpty { stretches.append(stretch.joined(separator: " ")) }
      stretch = []
    }
    let marks = ["\\(", "\\)", "\\[", "\\]", "$", "\n"]
    let plain = marks.reduce(text) {
      $0.split(separator: $1, omittingEmptySubsequences: false).joined(separator: " ; ")
    }
    for word in plain.split(whereSeparator: \.isWhitespace) {
      if word == ";" || isPlain(word) {
        close()
      } else {
        stretch.append(word)
      }
    }
    close()
    var spans: [String] = []
    for stretch in stretches {
      spans.append(stretch)
      spans += stretch.split { "=≈".contains($0) }.map(String.init)
    }
    return spans.prefix(200).map { span in
      var span = span.trimmed()
      while let last = span.last, ".,;:!?*".contains(last) { span.removeLast() }
      while let first = span.first, ".,;:*".contains(first) { span.removeFirst() }
      return span
    }.filter { !$0.isEmpty && $0.utf8.count < 400 }
  }

  private static let functions: Set<String> = ["sin", "cos", "tan", "log", "ln", "sqrt", "pi"]

  /// Whether a word is prose: two letters or more that are no function and no LaTeX command.
  private static func isPlain(_ word: Substring) -> Bool {
    if word.contains("\\") || word.contains("{") { return false }
    let letters = word.split { !$0.isLetter }
    return letters.contains { $0.count > 1 && !functions.contains($0.lowercased()) }
  }
}

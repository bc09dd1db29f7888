/// What a critic said of one candidate, by whichever ways it was asked.
public struct Critique: Codable, Hashable, Sendable {
  public enum Judgement: String, Codable, Sendable {
    case right, wrong
    /// The critique names no verdict that can be read, or it broke off.
    case unparsed
  }
  /// The written verdict; `nil` if no critique was asked for in writing.
  public var written: Judgement?
  /// The written critique; empty if none was asked for.
  public var text: String
  /// The fault the critique names, if it names one.
  public var remark: Remark?
  /// The probability that the solution is right, 0...1; `nil` if not asked for or not given.
  public var probability: Double?
  /// Answers to the factored questions.
  public var factored: [FactoredAnswer]
  /// How the worst of the critic's replies ended.
  public var finish: Finish

  public init(
    written: Judgement? = nil, text: String = "", remark: Remark? = nil, probability: Double? = nil,
    factored: [FactoredAnswer] = [], finish: Finish = .stop
  ) {
    self.written = written
    self.text = text
    self.remark = remark
    self.probability = probability
    self.factored = factored
    self.finish = finish
  }
}

/// One fault that a critique names: a step, its words, and what should stand there.
public struct Remark: Codable, Hashable, Sendable {
  /// The step it cites, counted from 0; `nil` if it cites none.
  public var step: Int?
  /// Words of the solution; empty if none are quoted.
  public var quote: String
  /// What should stand there instead, as the critic wrote it; empty if it does not say.
  public var correction: String
  public var reason: String
  /// Why the remark counts for nothing, or `nil` if it stands.
  public var dismissal: String?
  /// Whether the correction is a claim that the checker found true.
  public var isVerified: Bool

  public init(
    step: Int? = nil, quote: String = "", correction: String = "", reason: String = "",
    dismissal: String? = nil, isVerified: Bool = false
  ) {
    self.step = step
    self.quote = quote
    self.correction = correction
    self.reason = reason
    self.dismissal = dismissal
    self.isVerified = isVerified
  }
}

extension Critique {
  /// Reads a critique in the format of Critique Fine-Tuning (arXiv 2501.17703).
  ///
  /// The verdict stands after the last "Conclusion". Real files hold `Conclusion: wrong [END]`, the
  /// same in bold, the verdict on a line of its own, and critiques without any. Two marked verdicts
  /// that contradict each other are none: one of them may be the solution's, repeated.
  public init(reading reply: String, finish: Finish = .stop) {
    self.init(
      written: finish.isComplete ? Self.judgement(in: reply) : .unparsed, text: reply,
      remark: Remark(reading: reply), finish: finish)
    if written == .right { remark = nil }
  }

  static func judgement(in reply: String) -> Judgement {
    let lowered = reply.lowercased()
    guard !contradictsItself(lowered), let start = lowered.lastStart(of: "conclusion") else {
      return .unparsed
    }
    // A model that misses its stop goes on with something else after the mark.
    let after = lowered[start...].dropFirst("conclusion".count).prefix(400)
    let ending = unmarked(after) ?? after
    // So it does without a mark: a line that is just a verdict stands for itself.
    for line in ending.split(whereSeparator: \.isNewline) {
      let words = Self.words(of: line)
      if words.isEmpty { continue }
      if words.count <= 3, let judgement = Self.judgement(of: words) { return judgement }
      break
    }
    return Self.judgement(of: Self.words(of: ending)) ?? .unparsed
  }

  /// The text before an end mark; `nil` if it has none.
  private static func unmarked(_ text: Substring) -> Substring? {
    ["[end", "\\[end", "(end)"].compactMap { text.firstStart(of: $0) }.min().map { text[..<$0] }
  }

  /// Whether there are marked conclusions for both verdicts, outside of lines that quote.
  private static func contradictsItself(_ lowered: String) -> Bool {
    let lines = lowered.utf8.split(separator: UInt8(ascii: "\n")).map(Substring.init)
    let marked = lines.compactMap { line -> Judgement? in
      guard let start = line.lastStart(of: "conclusion"),
        let ending = unmarked(line[start...].dropFirst("conclusion".count).prefix(400)),
        !line.drop(while: { "*#-> ".contains($0) }).hasPrefix("quote")
      else { return nil }
      return judgement(of: words(of: ending))
    }
    return marked.contains(.right) && marked.contains(.wrong)
  }

  /// *Wrong* is looked for before *right*: "the right answer is 31, so this is wrong".
  private static func judgement(of words: [Substring]) -> Judgement? {
    var isRight = false
    for (index, word) in words.enumerated() {
      let before = words[..<index].suffix(2)
      let isDenied = before.contains { ["not", "isn't", "isn’t", "never"].contains($0) }
      let isWrongWord = ["wrong", "incorrect", "false"].contains(word)
      let isRightWord = ["right", "correct", "true"].contains(word)
      if isWrongWord || isRightWord,
        before.contains(where: { ["neither", "whether"].contains($0) })
      {
        return .unparsed
      }
      // The format repeated instead of filled in: "right/wrong", "right or wrong".
      if isWrongWord, let other = before.last(where: { $0 != "or" }), other == "right" {
        return .unparsed
      }
      if isWrongWord && !isDenied || isRightWord && isDenied { return .wrong }
      if isRightWord { isRight = true }
    }
    return isRight ? .right : nil
  }

  private static func words(of text: Substring) -> [Substring] {
    text.split { !$0.isLetter && $0 != "'" && $0 != "’" }
  }
}

extension Remark {
  /// Finds the fault that a critique names; `nil` if it names no step, quote or correction.
  ///
  /// The format asked for is one line each of `Wrong step: N`, `Quote:`, `Reason:`, `Correct:`; the
  /// first of each counts. Without `Wrong step:` a free critique is read for its first "step N" on
  /// a line that objects to something.
  init?(reading critique: String) {
    self.init()
    var loose: (step: Int, quote: String)?
    for line in critique.split(whereSeparator: \.isNewline) {
      let line = line.drop { "*#-> ".contains($0) }
      let name = line.prefix(24).prefix { $0 != ":" }.lowercased().filter { $0 != "*" }.trimmed()
      let value = line.drop { $0 != ":" }.dropFirst().drop { $0 == "*" }.prefix(2_000).trimmed()
        .unquoted()
      if name.hasPrefix("conclusion") { break }
      switch name {
      case "wrong step", "first wrong step", "faulty step":
        if step == nil { step = Self.leadingNumber(in: value.lowercased()[...]) }
      case "quote": if quote.isEmpty { quote = value }
      case "reason": if reason.isEmpty { reason = value }
      case "correct", "correction", "corrected", "correct step", "corrected step":
        if correction.isEmpty { correction = value }
      default: if loose == nil { loose = Self.objection(in: line) }
      }
    }
    if step == nil, let loose {
      step = loose.step
      if quote.isEmpty { quote = loose.quote }
    }
    if reason.isEmpty { reason = critique.firstSentence(limit: 300) }
    if step == nil && quote.isEmpty && correction.isEmpty { return nil }
  }

  /// The step, from 0, that a line finds fault with, and what it quotes.
  private static func objection(in line: Substring) -> (step: Int, quote: String)? {
    let lowered = line.lowercased()
    guard let step = stepNumber(in: lowered), objects(lowered) else { return nil }
    return (step, quoted(in: line))
  }

  /// Whether a lower-case line finds fault.
  private static func objects(_ lowered: String) -> Bool {
    if ["wrong", "incorrect", "mistaken"].contains(where: lowered.holds) {
      return !["not wrong", "not incorrect", "nothing wrong"].contains(where: lowered.holds)
    }
    let praise = ["no error", "no mistake", "without error", "is correct", "is right"]
    if praise.contains(where: lowered.holds) { return false }
    return ["error", "mistake", "should", "not ", "fault"].contains(where: lowered.holds)
  }

  /// The N of the first "step N" or "step: N" in a lower-case line, 1 or more, less 1.
  private static func stepNumber(in lowered: String) -> Int? {
    lowered.firstStart(of: "step").flatMap { leadingNumber(in: lowered[$0...]) }
  }

  private static func leadingNumber(in lowered: Substring) -> Int? {
    let digits = lowered.drop { "step #*:".contains($0) }.prefix { $0.isASCII && $0.isNumber }
    guard let number = Int(digits), number > 0 else { return nil }
    return number - 1
  }

  /// The first passage of a line between quotation marks, backticks or dollar signs.
  private static func quoted(in line: Substring) -> String {
    let marks: [(Character, Character)] = [("\"", "\""), ("“", "”"), ("`", "`"), ("$", "$")]
    for (open, close) in marks {
      guard let start = line.firstIndex(of: open) else { continue }
      let inside = line[line.index(after: start)...]
      if let end = inside.firstIndex(of: close), end > inside.startIndex {
        return String(inside[..<end])
      }
    }
    return ""
  }
}

extension Critique {
  /// A GBNF grammar for the critique format, for servers that take one: small models seldom end
  /// with a verdict that can be read unless they must.
  static let grammar = #"""
    root ::= fine{0,24} ( right | fault )
    fine ::= "Step " num ": " [^\n]{1,200} "\n"
    right ::= "Conclusion: right [END]"
    fault ::= "Wrong step: " num "\nQuote: " [^\n]{1,200} "\nReason: " [^\n]{1,300} "\nCorrect: " [^\n]{1,200} "\nConclusion: wrong [END]"
    num ::= [1-9] [0-9]?
    """#
}

// People wrote remarks on students' mistakes: some say in a sentence what went wrong, some are a word,
// a question to the student or a doubt about the label. Only the first kind can stand in a critique.

/// Which of the remarks that people wrote can be quoted in a critique.
enum HumanRemark {
  /// The remark as a sentence; `nil` if it is none, doubts its own label, speaks to somebody or names
  /// numbers that neither the problem nor the solutions have.
  static func sentence(_ remark: String, knowing texts: [String]) -> String? {
    // Further sentences speak of the student or the question.
    let text = remark.collapsed().firstSentence(limit: 300)
    let words = text.lowercased().split { !$0.isLetter && $0 != "'" && $0 != "’" }.map(String.init)
    guard (4...40).contains(words.count), !text.contains("?"), !text.contains("\""),
      text.count(where: { $0 == "(" }) == text.count(where: { $0 == ")" }),
      !words.contains(where: doubts.contains), words.contains(where: verbs.contains),
      openings.contains(words[0]) || verbs.contains(words[0]),
      !vague.contains(where: text.lowercased().holds)
    else { return nil }
    let known = Set(texts.flatMap { PlainNumeral.all(in: $0) })
    guard PlainNumeral.all(in: text).allSatisfy(known.contains) else { return nil }
    var sentence = text
    if let student = words.firstIndex(of: "student"), student < 2 {
      let verb = words[student + 1]
      guard verbs.contains(verb) || verb.hasSuffix("ed") || verb.hasSuffix("s") else { return nil }
    }
    if words[0] == "student" { sentence = "The \(sentence.lowercasingFirst())" }
    sentence = sentence.uppercasingFirst()
    return ".!".contains(sentence.last ?? ".") ? sentence : sentence + "."
  }

  /// Whether a remark says that there is nothing wrong after all.
  static func acquits(_ remark: String) -> Bool {
    let text = remark.lowercased()
    return [
      "no error", "no mistake", "correct solution", "is correct", "was correct", "are correct",
      "answered correct", "correct answer", "nothing wrong", "not wrong", "right answer",
    ].contains(where: text.holds)
  }

  /// Words of remarks on the question or on the labelling, not on the step.
  private static let doubts = words(
    """
    algebra assume can't correct correctly equation equations format hi i impossible maybe model
    nearly needed none nothing probably question's right solution teacher tr unclear you your
    """)

  /// What says of any mistake that it is one.
  private static let vague = [
    "known facts", "wrong calculation", "incorrect calculation", "calculation error",
    "the wrong approach", "wrong strategy", "understand the question", "misunderstood the question",
    "misunderstood question", "misread the question", "the last step", "explain",
    "incorrectly solved",
  ]

  private static func words(_ text: String) -> Set<String> {
    Set(text.split(whereSeparator: \.isWhitespace).map(String.init))
  }

  /// How remarks that read as a sentence begin: with who did it, or with what was done.
  private static let openings = words("he it she student the there they")

  private static let verbs = words(
    """
    added adds answered applied are aren't assumed assumes bought calculated calculates combined
    confused confuses considered converted counted counts did didn't divided divides does doesn't
    don't doubled failed fails finds forgets forgot found gave gets gives got had halved has
    hasn't haven't ignored ignores included includes incorrectly is isn't made misinterpreted
    misread missed misses mistaken mistook misunderstands misunderstood mixed multiplied
    multiplies must need needs omitted overlooked realised realized respond responded reversed
    sells should sold spent started subtracted subtracts swapped switched takes thinks thought
    took treated used uses wants was wasn't were worked wrongly
    """)
}

extension String {
  fileprivate func lowercasingFirst() -> String { prefix(1).lowercased() + dropFirst() }
  fileprivate func uppercasingFirst() -> String { prefix(1).uppercased() + dropFirst() }
}

import Testing

@testable import Tutoring

/// What counts as showing an answer, and what does not.
struct LeakGuardTests {
  static let pentagon = """
    A square is constructed on the hypotenuse of a right triangle whose legs have lengths 3 units \
    and 4 units. What is the area of the pentagon ABCDE, in square units?
    """
  static let secrets = [
    HiddenValue("5", isFinal: false), HiddenValue("25", isFinal: false),
    HiddenValue("6", isFinal: false),
    HiddenValue("31", isFinal: true),
  ]
  static let guarding = LeakGuard(statement: pentagon, secrets: secrets)

  @Test(arguments: [
    "31", "The answer is 31.", "It is 31.0", "31.00 square units", "031", "(31)", "31%", "31 %",
    "$31", "31st", "3.1e1", "0x1F", "0b11111", "three one", "3 1",
    "thirty-one", "Thirty one", "thirty—one", "THIRTY-ONE", "thirtyone", "the thirty-first",
    "thirty-one point zero", "XXXI", "３１", "𝟑𝟏", "٣١", "३१", "³¹", "㉛", "3\u{200B}1", "3\u{AD}1",
    "\\boxed{31}", "$31$", "\\(31\\)", "\\text{thirty-one}", "\\mathbf{31}", "**31**", "`31`",
    "_31_",
    "62/2", "62 / 2", "62÷2", "62⁄2", "\\frac{62}{2}", "\\dfrac{62}2", "\\frac{31}{1}", "124:4",
    "62 over 2", "62 divided by 2", "half of 62", "half 62", "a quarter of 124", "¼ of 124",
    "15½ + 15½", "15 1/2 * 2", "twice 15.5", "double 15.5", "two dozen and seven", "62 halves",
    "25 + 6", "25+6", "25 plus 6", "25 cm² + 6 cm²", "25 square units plus 6 square units",
    "6 + 25", "25 + 6 = ?", "37 - 6", "37 minus 6", "2^5 - 1", "2⁵ − 1", "2**5 - 1", "\\sqrt{961}",
    "√961", "(20 + 11)", "(5 + 5^2) + 1", "0.31 * 100", "10% of 310", "10 percent of 310",
    "\\left(25 + 6\\right)", "25 {+} 6", "25 \\text{ and then } + 6",
    "Add 25 and 6.", "Add the 25 from the square and the 6 from the triangle.",
    "the sum of 25 and 6", "6 more than 25", "25 and 6 together", "subtract 6 from 37",
    "6 less than 37", "take 6 away from 37", "multiply 15.5 by 2", "the product of 15.5 and 2",
    "divide 62 by 2", "Add 20, 5 and 6.", "two fifths of 77.5", "3 dozen minus 5",
    "Is it 31? Check!", "1. The area is 31.", "the triangle has 6, so",
    "five squared", "5^2", "3 times 4, halved", "1/2 * 3 * 4", "legs squared: 9 + 16",
    "The hypotenuse is 5.", "the hypotenuse is √25", "√(3² + 4²)",
  ])
  func `a hint that shows a value in any form is caught`(hint: String) {
    #expect(!Self.guarding.leaks(in: hint).isEmpty)
  }

  @Test(arguments: [
    "What do you know about a right triangle with legs 3 and 4?", "Look for a right angle.",
    "Which theorem links the legs and the hypotenuse?", "The legs are 3 units and 4 units long.",
    "Is the square inside or outside of the triangle?", "1. Draw it.\n2. Mark the legs.",
    "Step 5: put both areas together.", "Think of the pentagon as two pieces: add their areas.",
    "Square both legs, then add.", "Which one of them is larger?", "Each one has an area.",
    "There are 2 shapes: a triangle and a square.", "First, draw it. Second, name the corners.",
    "Use $a^2 + b^2 = c^2$ with $a = 3$ and $b = 4$.", "\\(c = \\sqrt{a^2 + b^2}\\)",
    "The area of a triangle is half of base times height.", "How far is 7 from 3?", "", "…",
    "3/4 is not what is asked for.", "Room 310 or 3.1 or 301?", "13", "0.31",
  ])
  func `a hint that shows nothing is let through`(hint: String) {
    #expect(Self.guarding.leaks(in: hint).map(\.quote) == [])
  }

  /// Answers of all kinds, a text that shows each and one that does not.
  @Test(arguments: [
    ("3\\sqrt{13}", "it is $3\\sqrt{13}$", "what is under the root of \\(\\sqrt{x}\\)?"),
    ("\\frac{\\pi}{2}", "so \\(\\theta = \\pi/2\\)", "think of π"),
    ("2x + 6", "expand to 2(x + 3)", "expand 2x"), ("x^2 - 1", "(x-1)(x+1) = ?", "factor it"),
    ("(3, 4)", "the point (3,4)", "the point (4, 3)"),
    ("Tuesday", "It was a Tuesday", "Which day?"),
    ("B", "The answer is B", "A or b, that is the question: be careful"), ("B", "choose (B)", "B"),
    ("1/3", "a third of it", "the third day? no: 5"), ("1/3", "2/6", "one sixth"),
    ("-5", "5 below zero", "below zero"), ("-5", "3 - 8", "8 + 3"), ("50%", "half", "a tenth"),
    ("50%", "0.5", "0.05"), ("12,500", "12 500", "12 and 501"), ("12500", "12.5 thousand", "12.5"),
    ("12500", "12.5k", "125"), ("1.5", "one and a half", "one"), ("1.5", "3/2", "3"),
    ("36", "3 dozen", "3"), ("36", "3 dozens of them", "dozens of them"), ("0", "none", "some"),
    ("1000000", "a million", "a lot"), ("1", "only one is left", "each one of them"),
    ("x = 7", "x is seven", "x is what?"), ("2 and 3", "it is 3", "it is 4"), ("2.5", "2½", "½"),
    ("18 cm", "18", "cm"), ("\\$18.50", "18.5", "18"), ("7:30", "7:30", "7:40"),
    ("100000000000000000000000", "100,000,000,000,000,000,000,000", "100,000"),
  ])
  func `answers of every kind are guarded`(answer: String, leaking: String, fine: String) {
    let guarding = LeakGuard(statement: "", secrets: [HiddenValue(answer, isFinal: true)])
    #expect(!guarding.leaks(in: leaking).isEmpty)
    #expect(guarding.leaks(in: fine).map(\.quote) == [])
  }

  static let tom = """
    Tom has 12 apples in a basket on the table. He gives 5 apples to each of his 2 friends and then \
    picks ten more. How many apples does he have now?
    """

  /// 2, 10 and 12 are given in the problem, and 10 and 2 are on the way to the answer 12.
  @Test(arguments: [
    ("He has 12 apples at first.", false), ("12", false),
    ("12 apples in a basket on the table", true),
    ("Tom has 12 apples in a basket", true), ("He gives 5 apples to each of 2 friends.", true),
    ("He gives away 5 + 5.", false), ("He gives away 10.", true), ("That gives 10.", false),
    ("That is = 10", false), ("5 * 2", false), ("What happens to the ten he picks?", true),
    ("Multiply 5 by 2.", false), ("5 apples for each friend", true),
  ])
  func `what the problem says may be said again`(hint: String, isFine: Bool) {
    let guarding = LeakGuard(
      statement: Self.tom,
      secrets: [
        HiddenValue("10", isFinal: false), HiddenValue("2", isFinal: false),
        HiddenValue("12", isFinal: true),
      ])
    #expect(guarding.leaks(in: hint).isEmpty == isFine)
  }

  @Test func `a masked text keeps its operands and loses its outcomes`() {
    #expect(
      Self.guarding.masked("The area is 25 + 6 = 31, so **31**; legs 3 and 4.")
        == "The area is […] + […] = […], so **[…]**; legs 3 and 4.")
  }

  @Test func `a thousand constructed leaks are all caught`() {
    var dice = Draw(seed: 7, for: "leaks")
    var missed: [String] = []
    for _ in 0..<1_000 {
      let leak = ConstructedLeak(&dice)
      let guarding = LeakGuard(
        statement: "Ann has some pens.", secrets: [HiddenValue(leak.answer, isFinal: true)])
      if guarding.leaks(in: leak.text).isEmpty { missed.append("\(leak.answer): \(leak.text)") }
    }
    #expect(missed == [])
  }

  @Test func `few harmless hints about the same numbers are taken for leaks`() {
    var dice = Draw(seed: 11, for: "hints")
    var alarms: [String] = []
    for _ in 0..<1_000 {
      let hint = HarmlessHint(&dice)
      let guarding = LeakGuard(statement: hint.statement, secrets: hint.secrets)
      for leak in guarding.leaks(in: hint.text).prefix(1) {
        alarms.append("\(hint.secrets.map(\.text)): \(hint.text): \(leak.quote)")
      }
    }
    #expect(alarms == [])
  }
}

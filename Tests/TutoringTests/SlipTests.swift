import Algebra
import Testing

@testable import Tutoring

/// What a learner is told about the first faulty step.
struct SlipTests {
  static func round(_ solution: String, _ critiques: [Critique] = [], problem: String = "") -> Round
  {
    let checker = Checker()
    let report = checker.check(solution: solution)
    let proof = report.answer.flatMap { checker.test(answer: $0.text, against: problem) }
    return Round(
      candidate: Candidate(origin: .learner, text: solution), report: report, proof: proof,
      critiques: critiques)
  }

  @Test(arguments: [
    ("There are 3 * 4 = 13 pens.", 0, Slip.Kind.arithmetic),
    ("There are 3 * 4 = 12 pens.\nThen 12 - 5 = 8.", 1, .arithmetic),
    ("There are 5 * 4 = 9 pens.", 0, .operation), ("12 - 5 = 17", 0, .operation),
    ("5 - 12 = 7", 0, .sign), ("25 * 40 = 100", 0, .place), ("0.5 * 0.5 = 2.5", 0, .place),
    ("Expanding, $(x+3)^2 = (x+3)(x+3) = x^2 + 9$.", 0, .algebra),
    ("2x + 1 = 5\n2x = 6", 1, .solving),
  ])
  func `the first refuted step is named with its kind`(
    solution: String, step: Int, kind: Slip.Kind
  ) throws {
    let slip = try #require(Slip(firstOf: Self.round(solution), policy: Policy()))
    #expect(slip.step == step)
    #expect(slip.kind == kind)
    #expect(slip.certainty == .shown)
  }

  @Test func `an answer that does not meet the problem's condition is named where it stands`()
    throws
  {
    let round = Self.round(
      "Try some numbers.\nSo $x = 4$. The answer is $\\boxed{4}$.",
      problem: "Solve $2x + 1 = 7$ for $x$.")
    let slip = try #require(Slip(firstOf: round, policy: Policy()))
    #expect(slip.kind == .condition)
    #expect(slip.step == 2)
    #expect(slip.quote == "4")
  }

  @Test(arguments: [
    ("12 + 5 = 17", "12 - 5 = 7", Slip.Kind.operation), ("16 + 10 = 26", "16 + 6 = 22", .copied),
    ("3 * 4 = 13", "3 * 4 = 12", .arithmetic), ("2 - 3 + 4 = 3", "2 + 3 - 4 = 1", .sign),
    ("she pays it", "20", .unclear), ("3 * 4 = 12", "3 * 4 + 5 = 17", .unclear),
  ])
  func `a correction tells what kind of slip it was`(old: String, new: String, kind: Slip.Kind) {
    #expect(Slip.Kind(of: old, corrected: new) == kind)
  }

  static let sold =
    "There are 3 * 4 = 12 pens.\nWith the 5 there are 12 + 5 = 17 pens. The answer is 17."

  @Test func `a critic whose correction holds argues, any other doubts`() throws {
    let argued = Critique(
      written: .wrong,
      remark: Remark(
        step: 1, quote: "12 + 5 = 17", correction: "12 - 5 = 7", reason: "They are taken out.",
        isVerified: true))
    let slip = try #require(Slip(firstOf: Self.round(Self.sold, [argued]), policy: Policy()))
    #expect((slip.step, slip.kind, slip.certainty) == (1, .operation, .argued))
    var doubted = argued
    doubted.remark?.isVerified = false
    let doubt = try #require(Slip(firstOf: Self.round(Self.sold, [doubted]), policy: Policy()))
    #expect(doubt.certainty == .doubted)
    doubted.remark?.dismissal = "its own sum is wrong"
    #expect(Slip(firstOf: Self.round(Self.sold, [doubted]), policy: Policy()) == nil)
  }

  @Test func `what is told holds no right value`() throws {
    let round = Self.round("There are 3 * 4 = 13 pens.")
    let slip = Slip(firstOf: round, policy: Policy())
    let assessment = Assessment(of: round, slip: slip, policy: Policy(), ending: .judged)
    #expect(assessment.slip?.correction == "12")
    #expect(assessment.withheld.slip?.correction == nil)
    #expect(assessment.withheld.slip?.reason == "")
    #expect(Slip.Kind.allCases.allSatisfy { !$0.words.contains(where: \.isNumber) })
  }

  @Test func `what was not checked is counted`() {
    let round = Self.round("Let us see.\nThere are 3 * 4 = 12 pens.\nSo the answer is 12.")
    let assessment = Assessment(of: round, slip: nil, policy: Policy(), ending: .judged)
    #expect((assessment.steps, assessment.holds, assessment.unread) == (3, 1, [0, 2]))
    #expect(assessment.critic == nil)
    #expect(assessment.answer == "12")
  }
}

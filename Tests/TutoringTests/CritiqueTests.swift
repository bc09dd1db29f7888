import Testing

@testable import Tutoring

struct CritiqueTests {
  @Test(
    arguments: [
      // As the files of Critique Fine-Tuning have it.
      ("The product is right.\nConclusion: right [END]", .right),
      ("7 * 8 is 56.\nConclusion: wrong [END]", .wrong),
      ("**Conclusion: wrong [END]**", .wrong),
      ("**Conclusion: right [END]**", .right),
      ("**Conclusion:** wrong **[END]**", .wrong),
      ("### Conclusion\n\n**right** [END]", .right),
      ("Conclusion: \n\nwrong [END]", .wrong),
      ("Conclusion: \\(\\boxed{\\text{right}}\\) [END]", .right),
      ("CONCLUSION : RIGHT", .right),
      ("Conclusion: right\r\n", .right),
      ("Conclusion: wrong \\[END\\]", .wrong),
      ("Conclusion: wrong", .wrong),
      // Whole sentences.
      ("Conclusion: the solution is correct. [END]", .right),
      ("Conclusion: the solution is not correct. [END]", .wrong),
      ("Conclusion: not entirely right [END]", .wrong),
      ("Conclusion: the solution isn't right [END]", .wrong),
      ("Conclusion: the solution isn’t right [END]", .wrong),
      ("Conclusion: the solution is incorrect [END]", .wrong),
      ("In conclusion, the student's answer of 19 is wrong; the right answer is 31.", .wrong),
      ("Conclusion: the right answer is 31, so the solution is wrong [END]", .wrong),
      ("Conclusion: there is nothing that is not right, it is right", .wrong),
      // The last conclusion counts.
      ("Conclusion: wrong. Looking again, I was hasty.\nConclusion: right [END]", .right),
      // A solution that dictates a verdict, repeated by the critic, is no verdict of the critic's.
      ("Quote: Conclusion: right [END]\nConclusion: wrong [END]", .wrong),
      ("It says:\nConclusion: right [END]\nNo.\nConclusion: wrong [END]", .unparsed),
      ("Conclusion: wrong [END]\nIt said:\nConclusion: right [END]", .unparsed),
      ("Conclusion: wrong [END]\nConclusion: wrong [END]", .wrong),
      // What follows the mark or a plain verdict is something else.
      ("Conclusion: right [END]\n\nQuestion: Which of these is not correct or wrong?", .right),
      ("Conclusion: right\n\nQuestion: Which of these is wrong?", .right),
      ("Conclusion: every step of it is right [END] Question: Which is wrong?", .right),
      ("Conclusion: every step of it is right \\[END\\]\nWhich is wrong?", .right),
      ("Conclusion: every step of it is right (END)\nWhich is wrong?", .right),
      // No verdict.
      ("", .unparsed),
      ("The sum in step 2 is wrong.", .unparsed),
      ("Conclusion:", .unparsed),
      ("Conclusion: [END]", .unparsed),
      ("Conclusion: the answer is 31 [END]", .unparsed),
      ("Conclusion: right/wrong [END]", .unparsed),
      ("Conclusion: right or wrong [END]", .unparsed),
      ("Conclusion: neither right nor wrong", .unparsed),
      ("Conclusion: not wrong", .unparsed),
      ("Conclusion: I can't tell whether right is meant", .unparsed),
      ("Conclusion: the copyright notice", .unparsed),
    ] as [(String, Critique.Judgement)])
  func `the verdict is what follows the last conclusion`(
    critique: String, expected: Critique.Judgement
  ) {
    #expect(Critique(reading: critique).written == expected)
  }

  @Test(arguments: [Finish.length, .cut, .interrupted, .filtered])
  func `a critique that broke off has no verdict`(finish: Finish) {
    let critique = Critique(reading: "Conclusion: wrong [END]", finish: finish)
    #expect(critique.written == .unparsed)
    #expect(critique.finish == finish)
  }

  @Test func `the format that is asked for is read line by line`() {
    let critique = Critique(
      reading: """
        Step 1: 3 rows of 4 pens are 12 pens.
        Wrong step: 2
        Quote: 12 + 5 = 17
        Reason: Tom takes the pens out, so they are subtracted.
        Correct: 12 - 5 = 7
        Conclusion: wrong [END]
        """)
    #expect(
      critique.remark
        == Remark(
          step: 1, quote: "12 + 5 = 17", correction: "12 - 5 = 7",
          reason: "Tom takes the pens out, so they are subtracted."))
  }

  @Test(
    arguments: [
      (
        "**Wrong step:** 2\n**Quote:** \"12 + 5\"\n**Correct:** $12 - 5 = 7$", 1, "12 + 5",
        "12 - 5 = 7"
      ),
      ("**Wrong step**: 2\n- Quote: `12 + 5`\n- Correction: 7", 1, "12 + 5", "7"),
      ("Wrong step: 2\r\nQuote: 12 + 5\r\nCorrect: 12 - 5 = 7", 1, "12 + 5", "12 - 5 = 7"),
      ("wrong step: step 3", 2, "", ""),
      ("Wrong step: #3", 2, "", ""),
      ("Wrong step: none\nQuote: 5", nil, "5", ""),
      ("Wrong step: 0\nCorrect: 7", nil, "", "7"),
      // The first of each counts, and an explicit line before a mention.
      ("Step 1 has no error.\nWrong step: 2\nWrong step: 3", 1, "", ""),
      ("Step 4 is wrong.\nWrong step: 2", 1, "", ""),
      // Free critiques.
      ("In step 3 the student wrote \"25 - 6\", which is wrong.", 2, "25 - 6", ""),
      (
        "Step 1 is correct, without error.\nStep 2 should add: “25 - 6” takes away.", 1, "25 - 6",
        ""
      ),
      ("Step 1 is not wrong.\nStep 2: there is an error.", 1, "", ""),
      // After the conclusion nothing is read.
      ("Conclusion: wrong [END]\nWrong step: 2", nil, nil, nil),
      ("The answer is bad.", nil, nil, nil),
      // Numbers no solution has.
      ("Wrong step: 99999999999", 99_999_999_998, "", ""),
      ("Wrong step: 99999999999999999999999999\nQuote: 5", nil, "5", ""),
      ("Wrong step: -2\nQuote: 5", nil, "5", ""),
      ("Wrong step: ٣\nQuote: 5", nil, "5", ""),
    ] as [(String, Int?, String?, String?)])
  func `a remark names a step, quotes it and corrects it`(
    critique: String, step: Int?, quote: String?, correction: String?
  ) {
    let remark = Remark(reading: critique)
    #expect(remark?.step == step)
    #expect(remark?.quote == quote)
    #expect(remark?.correction == correction)
  }

  @Test func `a critique that says right makes no remark`() {
    let critique = Critique(
      reading: "Wrong step: 2\nQuote: 5\nConclusion: right [END]")
    #expect(critique.remark == nil)
  }

  @Test(arguments: [
    "conclusion ", "step ", "step 1 ", "wrong step: 1\n", "<{{}}>\u{301}\u{202E}\0", "\u{301}",
    "\"", "\n",
  ])
  func `a megabyte of anything is read in one pass`(piece: String) {
    let critique = String(repeating: piece, count: 1_000_000 / piece.utf8.count)
    let isRead = Critique(reading: critique).written == .unparsed
    #expect(isRead)
  }
}

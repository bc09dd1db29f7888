import Algebra
import Testing

/// Calculations that a model writes as assignments are computed exactly.
struct ComputationTests {
  @Test(arguments: [
    ("answer = 3 * 4 - 5", "7"),
    ("pens = 3 * 4\nanswer = pens - 5", "7"),
    ("a = 0.1 + 0.2\nanswer = a * 10", "3"),
    ("answer = 1 / 3", "1/3"),
    ("answer = 60 / 3 * 7", "140"),
    ("answer = 2 ** 3 ** 2", "512"),
    ("answer = -2 ** 2", "-4"),
    ("answer = 17 // 5 + 17 % 5", "5"),
    ("answer = -17 // 5", "-4"),
    ("answer = int(7.9) + round(2.5) + round(3.5)", "13"),
    ("answer = max(3, 5) - min(3, 5) + abs(-1)", "3"),
    ("answer = sum([1, 2, 3])", "6"),
    ("price = 1_000\nanswer = price * (1 - 0.25)", "750"),
    ("```python\nx = 2  # two\n\nanswer = x * 3\nprint(answer)\n```", "6"),
    ("Here it is:\n```\nx = 2\ntotal = x * 3\n```\nDone.", "6"),
    ("x = 5\nx = x + 1\nanswer = x", "6"),
    ("answer = 12\nrest = 3", "12"),
  ])
  func `it computes`(program: String, result: String) {
    #expect(Computation(reading: program)?.result == result)
  }

  @Test(arguments: [
    "", "answer", "answer = ", "answer = x", "answer = 1 / 0", "answer = 5 % 0", "answer = 1 +",
    "answer = (1", "answer = 2 ** 1000", "answer = 2 ** 0.5", "for i in x: pass",
    "import os\nanswer = os.remove(1)", "answer = __import__('os')", "1x = 2", "answer == 3",
    "answer = 1 2", "answer = 1.2.3", "answer = 0 ** -1", "x += 1", "answer = \"7\"",
    "answer = ٣ + 1",
  ])
  func `it reads nothing else`(program: String) {
    #expect(Computation(reading: program) == nil)
  }

  @Test func `what is too large or too deep is refused, and soon`() {
    let deep = String(repeating: "(", count: 400)
    #expect(Computation(reading: "answer = \(deep)") == nil)
    let grows = [String](repeating: "x = x * x", count: 40).joined(separator: "\n")
    #expect(Computation(reading: "x = 10\n" + grows) == nil)
    let long = (0..<61).map { "x\($0) = 1" }.joined(separator: "\n")
    #expect(Computation(reading: long) == nil)
  }

  @Test func `it reads as worked steps that the checker finds true`() throws {
    let program = "pens_in_box = 3 * 4\ntaken = 5\nanswer = (pens_in_box - taken) / 2"
    let working = try #require(Computation(reading: program)).working
    #expect(
      working == """
        1. pens in box: 3 * 4 = 12
        2. taken: 5
        3. answer: (12 - 5) / 2 = 3.5

        The answer is \\boxed{3.5}.
        """)
    let report = Checker().check(solution: working)
    #expect(report.answer?.text == "3.5")
    #expect(report.findings.map(\.outcome) == [.holds, .holds])
  }
}

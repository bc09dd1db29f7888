import Algebra
import Testing

@testable import Tutoring

struct EvaluationTests {
  private static func run(first: String, then: String? = nil) async throws -> Run {
    let solver = ScriptedModel(first, then ?? "")
    let critic = ScriptedModel("Conclusion: right [END]")
    return try await TutorTests.tutor(solver, critic).solve(TutorTests.sum)
  }

  @Test func `a run is judged by value, first and last answer apart`() async throws {
    let run = try await Self.run(first: "7 * 8 = 54\n#### 54", then: "7 * 8 = 56\n#### 56.0")
    let judged = JudgedRun(run, reference: "56")
    #expect(judged.id == "p1")
    #expect(judged.verdict == .accepted)
    #expect(!judged.wasRight)
    #expect(judged.isRight)
    #expect(judged.cost.calls == 3)
  }

  @Test func `a run without an answer is wrong`() async throws {
    let judged = JudgedRun(try await Self.run(first: "I cannot say."), reference: "56")
    #expect(!judged.wasRight)
    #expect(!judged.isRight)
    #expect(judged.answer == nil)
    #expect(judged.verdict == .unresolved)
  }

  @Test func `the four cells`() {
    let cells = FlipCells(
      before: [true, true, true, false, false, false, false],
      after: [true, true, false, true, true, true, false])
    #expect(cells.rightToRight == 2)
    #expect(cells.rightToWrong == 1)
    #expect(cells.wrongToRight == 3)
    #expect(cells.wrongToWrong == 1)
    #expect(cells.before == Proportion(3, of: 7))
    #expect(cells.after == Proportion(5, of: 7))
  }

  @Test func `cells, verdicts and cost of a batch`() async throws {
    let runs = [
      JudgedRun(try await Self.run(first: "7 * 8 = 56\n#### 56"), reference: "56"),
      JudgedRun(
        try await Self.run(first: "7 * 8 = 54\n#### 54", then: "7 * 8 = 56\n#### 56"),
        reference: "56"),
      JudgedRun(try await Self.run(first: "It is 7 + 8 = 15.\n#### 15"), reference: "56"),
    ]
    let cells = FlipCells(runs)
    #expect(cells.before == Proportion(1, of: 3))
    #expect(cells.after == Proportion(2, of: 3))
    #expect(VerdictTable(runs).rows == [.accepted: Proportion(2, of: 3)])
    #expect(runs.cost.calls == 7)
  }

  @Test(
    arguments: [
      (["19", "31", "31"], "31"),
      // The pentagon's eight samples: the vote is wrong.
      (["19", "31", "31", "19", "19", "31", "19", "19"], "19"),
      // By value; the group answers with its first member.
      (["1/2", "0.3", "0.5", "\\frac{1}{2}"], "1/2"),
      // Of equal groups the first one.
      (["19", "31"], "19"), (["19", "31", "31", "19"], "19"),
      (["7", "19", "31", "31", "19"], "19"),
      ([nil, "31", nil], "31"), ([nil, nil], nil), ([], nil),
    ] as [([String?], String?)])
  func `the majority`(answers: [String?], expected: String?) {
    #expect(Vote.majority(answers) == expected)
  }

  @Test func `first faulty steps, as ProcessBench counts them`() {
    let score = FaultScore(
      truth: [2, 0, 1, nil, nil, 3], named: [2, 1, nil, nil, 0, 3])
    #expect(score.faulty == Proportion(2, of: 4))
    #expect(score.flawless == Proportion(1, of: 2))
    #expect(score.f1 == 0.5)
    // 2 × 0.2 × 0.8 / (0.2 + 0.8)
    let uneven = FaultScore(
      truth: [0, 0, 0, 0, 0, nil, nil, nil, nil, nil],
      named: [0, 1, 1, 1, nil, nil, nil, nil, nil, 0])
    #expect(abs(uneven.f1 - 0.32) < 1e-12)
  }

  @Test(
    arguments: [
      // Naming nothing, or something everywhere, is worth nothing.
      ([0, nil], [nil, nil]), ([0, nil], [0, 0]), ([], []), ([0], [0]), ([nil], [nil]),
    ] as [([Int?], [Int?])])
  func `one side alone scores nothing`(truth: [Int?], named: [Int?]) {
    #expect(FaultScore(truth: truth, named: named).f1 == 0)
  }
}

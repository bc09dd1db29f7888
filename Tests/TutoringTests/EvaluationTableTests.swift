import Algebra
import Testing

@testable import Tutoring

/// What is printed of an evaluation.
struct EvaluationTableTests {
  private static func outcome(
    _ id: String, direct: Bool, loop: Bool, vote: Bool, calls: Int = 6, votes: Int = 6,
    _ word: Verdict.Word = .accepted
  ) -> LoopOutcome {
    LoopOutcome(
      id: id, reference: "1", verdict: word, answer: "1",
      direct: .init(isRight: direct, calls: 1, tokens: 100),
      loop: .init(isRight: loop, calls: calls, tokens: 800),
      voteAtCalls: .init(isRight: vote, calls: votes, tokens: 600),
      voteAtTokens: .init(isRight: vote, calls: votes, tokens: 600), recorded: votes,
      isReachable: loop || vote,
      confidence: nil, milliseconds: 1500)
  }

  private static func loop() -> LoopEvaluation {
    var loop = LoopEvaluation(name: "loop")
    loop.outcomes = [
      outcome("a", direct: true, loop: true, vote: true),
      outcome("b", direct: false, loop: true, vote: false),
      outcome("c", direct: false, loop: true, vote: true),
      outcome("d", direct: true, loop: false, vote: true, votes: 4, .disputed),
    ]
    return loop
  }

  @Test func `a policy is printed with its four cells and the votes at equal cost`() {
    let table = [Self.loop()].table("set, 4 problems")
    #expect(table.rows[0][0...2] == ["loop", "3/4", "75.0 %"])
    #expect(table.rows[0][6...9] == ["1", "1", "2", "0"])
    #expect(table.rows[0][10...12] == ["6.0", "800", "1.5"])
    #expect(table.rows[1][0...1] == ["vote at the last one's calls", "3/4"])
    #expect(table.rows[3][0...1] == ["any candidate right", "4/4"])
    #expect(table.notes.contains { $0.hasPrefix("For 1 of 4 problems fewer candidates") })
  }

  @Test(arguments: [(2, "0.500"), (10, "0.002"), (12, "<0.001")])
  func `no chance is printed as none`(gained: Int, p: String) {
    var loop = LoopEvaluation(name: "loop")
    loop.outcomes = (0..<gained).map {
      Self.outcome("\($0)", direct: false, loop: true, vote: true)
    }
    #expect([loop].table("set").rows[0][5] == p)
  }

  @Test func `policies are compared on the problems that all of them cover`() {
    var other = Self.loop()
    other.name = "other"
    other.outcomes.removeFirst()
    other.uncovered = ["a"]
    let table = [Self.loop(), other].table("set")
    #expect(table.rows[0][1] == "2/3")
    #expect(table.notes.contains("other: coverage 3/4"))
  }

  @Test func `nothing covered is said, not divided by`() {
    var none = LoopEvaluation(name: "loop")
    none.uncovered = ["a"]
    #expect([none].table("set").notes.first?.hasPrefix("No problem is covered") == true)
  }

  @Test func `verdicts with few runs have no interval`() {
    let table = Self.loop().verdictTable
    #expect(
      table.rows == [
        ["accepted", "3", "3", "100.0 %", "too few"], ["disputed", "1", "0", "0.0 %", "too few"],
      ])
  }

  @Test func `text is aligned and Markdown escaped`() {
    var table = EvaluationTable("t", ["name", "n"])
    table.rows = [["a|b", "1"], ["c", "100"]]
    #expect(table.text == "t\n\nname    n\na|b     1\nc     100")
    #expect(table.markdown.contains("| a\\|b | 1 |"))
  }

  @Test func `a chart holds a bar a policy and no markup of anybody's`() {
    let svg = BarChart("<b>", [("x & y", Proportion(1, of: 2))]).svg
    #expect(svg.contains("&lt;b&gt;"))
    #expect(svg.contains("x &amp; y"))
    #expect(svg.contains("width=\"210.0\""))
    #expect(!svg.contains("<b>"))
  }

  private static let item = EvaluationItem(
    id: "set-0000",
    statement: "There are 7 rows of 8 chairs, and one more. How many chairs are there?",
    reference: "57",
    solutions: [
      GivenSolution(
        text: "7 * 8 = 54\n\nThen 54 + 1 = 55", steps: ["7 * 8 = 54", "Then 54 + 1 = 55"],
        isRight: false, firstFault: 0),
      GivenSolution(
        text: "7 * 8 = 56\n\nThen 56 + 1 = 57", steps: ["7 * 8 = 56", "Then 56 + 1 = 57"],
        isRight: true),
    ])

  @Test func `the checker alone names the step that it refutes`() throws {
    let checker = Checker()
    var evaluation = CriticEvaluation(name: "checker")
    for number in 0..<2 {
      let outcome = checker.judge(Self.item.solutions[number], number: number, of: Self.item)
      evaluation.outcomes.append(try #require(outcome))
    }
    #expect(evaluation.wrongFlagged == Proportion(1, of: 1))
    #expect(evaluation.rightFlagged == Proportion(0, of: 1))
    #expect(evaluation.faults.f1 == 1)
    #expect(evaluation.objections.f1 == 1)
  }

  @Test func `a given solution goes through the loop as its first candidate`() async throws {
    let script = ScriptedModel([
      .text("7 * 8 = 56\n\nThen 56 + 1 = 57\n#### 57"), RecordingTests.doubt(0.9),
    ])
    let result = try await RecordingTests.tutor(script).judge(
      Self.item.solutions[0], number: 0, of: Self.item, asking: script)
    let outcome = try #require(result.outcome)
    #expect(outcome.isFlagged)
    #expect(outcome.named == 0)
    #expect(outcome.flip == .init(before: false, after: true))
    #expect(outcome.cost.calls == 2)
    let again = try await RecordingTests.tutor(ScriptedModel()).judge(
      Self.item.solutions[0], number: 0, of: Self.item, replies: result.replies)
    #expect(again.outcome == outcome)
  }

  @Test func `an objection that names no step hits none`() {
    var evaluation = CriticEvaluation(name: "critic")
    evaluation.outcomes = [
      CriticOutcome(
        id: "a", isRight: false, fault: 1, hasSteps: true, isFlagged: true, named: nil,
        written: .unparsed, probability: 0.2, flip: nil, cost: Cost())
    ]
    #expect(evaluation.faults.faulty == Proportion(0, of: 1))
    #expect(evaluation.unreadable == Proportion(1, of: 1))
  }
}

import Testing

@testable import Tutoring

/// A critic that is asked about each beginning of a solution.
struct StepwiseJudgingTests {
  static let item = EvaluationItem(
    id: "rows", statement: RecordingTests.problem.statement, reference: "56",
    solutions: [
      GivenSolution(
        steps: ["There are 7 rows.", "Each has 8 chairs.", "7 * 8 = 54"], isRight: false,
        hasRightAnswer: false, firstFault: 2, kind: "model")
    ])

  static func tutor(_ script: ScriptedModel, checker: Bool) throws -> Tutor {
    try RecordingTests.tutor(script) { ($0.checker, $0.threshold) = (checker, 0.5) }
  }

  @Test(
    arguments: [
      ("the first step below the threshold is named", [0.9, 0.4, 0.3], false, 1, 0.3),
      ("none is where all are above it", [0.9, 0.8, 0.6], false, nil, 0.6),
      ("the checker names what it refutes", [0.9, 0.8, 0.6], true, 2, 0.6),
      ("whichever comes first", [0.9, 0.2, 0.6], true, 1, 0.2),
    ] as [(String, [Double], Bool, Int?, Double)])
  func `the fault is where the probability falls`(
    name: String, probabilities: [Double], checker: Bool, named: Int?, least: Double
  ) async throws {
    let script = ScriptedModel(probabilities.map(RecordingTests.doubt))
    let solution = try #require(Self.item.solutions.first)
    let tutor = try Self.tutor(script, checker: checker)
    let result = try await tutor.judgeSteps(
      solution, number: 0, of: Self.item, asking: script)
    let outcome = try #require(result.outcome)
    #expect(outcome.named == named, "\(name)")
    #expect(outcome.isFlagged == (named != nil))
    #expect(abs((outcome.probability ?? -1) - least) < 1e-6)
    #expect(outcome.fault == 2)
    #expect(script.requests.count == 3)
    // Each request shows one step more, and no later one.
    #expect(script.requests.map { $0.messages.contains { $0.content.contains("54") } }.last == true)
    #expect(script.requests[1].messages.allSatisfy { !$0.content.contains("7 * 8 = 54") })

    let again = try await Self.tutor(ScriptedModel(), checker: checker).judgeSteps(
      solution, number: 0, of: Self.item, replies: result.replies)
    #expect(again.outcome?.named == named)
  }

  @Test func `a reply that is missing gives no outcome, and no error`() async throws {
    let script = ScriptedModel([0.9, 0.8, 0.6].map(RecordingTests.doubt))
    let solution = try #require(Self.item.solutions.first)
    let result = try await Self.tutor(script, checker: false).judgeSteps(
      solution, number: 0, of: Self.item, asking: script)
    let some = try await Self.tutor(ScriptedModel(), checker: false).judgeSteps(
      solution, number: 0, of: Self.item, replies: Array(result.replies.dropLast()))
    #expect(some.outcome == nil)
    #expect(some.replies.count == 2)
  }
}

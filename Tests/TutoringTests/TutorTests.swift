import Algebra
import Synchronization
import Testing

@testable import Tutoring

/// The whole loop with scripted models.
struct TutorTests {
  static let sum = Problem(
    id: "p1", statement: "There are 7 rows of 8 chairs. How many chairs are there?")
  static let pentagon = Problem(
    id: "pentagon",
    statement: """
      A square is constructed on the hypotenuse of a right triangle whose legs have lengths 3 units \
      and 4 units. What is the area of the pentagon ABCDE, in square units?
      """)
  /// After sample 0 of row 70 of math_cot_100 (MIT): every equation is true, the answer is not.
  static let minus = """
    The square \\(ABDE\\) has the area \\(5^2 = 25\\) square units.
    The pentagon is formed by removing the triangle from the square: \\(25 - 6 = 19\\) square units.
    Therefore, the area of the pentagon \\(ABCDE\\) is \\(\\boxed{19}\\).
    """
  static let plus = """
    The pentagon is the square and the triangle: \\(25 + 6 = 31\\) square units.
    Therefore, the area of the pentagon \\(ABCDE\\) is \\(\\boxed{31}\\).
    """

  static func tutor(
    _ solver: ScriptedModel, _ critic: ScriptedModel?, logprobs: Bool = false,
    _ policy: Policy = .with { $0.factored = 0 }
  ) throws -> Tutor {
    Tutor(
      solver: Voice(model: solver, settings: Voice.Settings(model: "solver")),
      critic: critic.map {
        Voice(model: $0, settings: Voice.Settings(model: "critic", givesLogprobs: logprobs))
      },
      prompts: try Prompts.builtin(), policy: policy)
  }

  @Test func `a right answer is proposed, checked, criticised and accepted`() async throws {
    let solver = ScriptedModel("7 * 8 = 56\n#### 56")
    let critic = ScriptedModel("Conclusion: right [END]")
    let run = try await Self.tutor(solver, critic).solve(Self.sum)
    #expect(
      run.verdict
        == Verdict(.accepted, answer: "56", round: 0, voucher: "the critic; 1 claim holds"))
    #expect(solver.requests.map(\.model) == ["solver"])
    #expect(critic.requests.map(\.model) == ["critic"])
    #expect(run.cost.calls == 2)
  }

  @Test(arguments: [true, false])
  func `a critic trained by Critique Fine-Tuning is asked as it was trained`(
    isTuned: Bool
  ) async throws {
    let critic = ScriptedModel([
      .text("Conclusion: right [END]"), .word(" right", [" right": 0.9, " wrong": 0.1]),
    ])
    let settings = Voice.Settings(model: "c", givesLogprobs: true, isCritiqueTuned: isTuned)
    let solver = Voice(
      model: ScriptedModel("7 * 8 = 56\n#### 56"), settings: Voice.Settings(model: "s"))
    let tutor = Tutor(
      solver: solver, critic: Voice(model: critic, settings: settings),
      prompts: try Prompts.builtin(), policy: .with { $0.factored = 0 })
    let run = try await tutor.solve(Self.sum)
    #expect(run.verdict?.short == "accepted 56")
    // Another one is shown examples, and told what the checker found.
    #expect((critic.requests.map(\.messages.count) == [2, 3]) == isTuned)
    let asked = critic.requests.map { $0.messages.map(\.content).joined() }
    #expect(asked.map { $0.contains("7 * 8 = 56") } == [true, true])
    #expect(critic.requests.last?.messages.last?.content == "Conclusion:")
  }

  @Test func `a fault that the checker finds is revised once and then confirmed`() async throws {
    let solver = ScriptedModel("7 * 8 = 54\n#### 54", "7 * 8 = 56\n#### 56")
    let critic = ScriptedModel("Conclusion: right [END]")
    let run = try await Self.tutor(solver, critic).solve(Self.sum)
    #expect(run.verdict?.short == "accepted 56")
    #expect(run.rounds.map(\.candidate.origin) == [.greedy, .revised(round: 0)])
    #expect(run.rounds.map(\.critiques.count) == [0, 1])
    #expect(solver.questions[1].contains("Step 1 is wrong.\nIt says: 7 * 8 = 54"))
    #expect(solver.questions[1].contains("What is wrong: 7 * 8 is 56"))
    #expect(solver.questions[1].contains("What should stand there: 56"))
  }

  @Test func `a fault that the critic corrects is revised from the last good step`() async throws {
    let solver = ScriptedModel(Self.minus, Self.plus)
    let critic = ScriptedModel(
      """
      Step 1: The square on the hypotenuse is 25.
      Wrong step: 2
      Quote: 25 - 6 = 19
      Reason: The square lies outside of the triangle.
      Correct: 25 + 6 = 31
      Conclusion: wrong [END]
      """, "Conclusion: right [END]")
    let run = try await Self.tutor(solver, critic).solve(Self.pentagon)
    #expect(run.verdict?.short == "accepted 31")
    #expect(run.rounds[1].candidate.text.hasPrefix("The square \\(ABDE\\) has the area \\(5^2"))
    #expect(run.rounds[1].candidate.text.hasSuffix(Self.plus))
    #expect(!run.rounds[1].candidate.text.contains("19"))
  }

  @Test func `the pentagon is caught by the factored questions`() async throws {
    let solver = ScriptedModel(Self.minus, Self.plus)
    let critic = ScriptedModel([
      .text("Every step is fine.\nConclusion: right [END]"),
      .word("right", ["right": 0.8, "wrong": 0.2]),
      .word("add", ["add": 0.9, "subtract": 0.1]),
      .word("add", ["add": 0.7, "subtract": 0.3]),
      .word("larger", ["larger": 0.9, "smaller": 0.1]),
      .word("larger", ["larger": 0.6, "smaller": 0.4]),
      .text("Every step is fine.\nConclusion: right [END]"),
      .word("right", ["right": 0.9, "wrong": 0.1]),
      .word("add", ["add": 0.9, "subtract": 0.1]),
      .word("add", ["add": 0.9, "subtract": 0.1]),
    ])
    let run = try await Self.tutor(solver, critic, logprobs: true, Policy()).solve(Self.pentagon)
    #expect(run.verdict?.short == "accepted 31")
    #expect(critic.left == 0)
    #expect(run.cost.calls == 12)
    // Both orders of the choices, and neither the combination nor the answer in sight.
    #expect(critic.questions[2].contains(#"combined by "add" or by "subtract""#))
    #expect(critic.questions[3].contains(#"combined by "subtract" or by "add""#))
    for question in critic.questions[2...5] {
      #expect(question.contains("quantities 25 and 6"))
      #expect(!question.contains("19"))
      #expect(!question.contains("25 - 6"))
    }
    #expect(critic.questions[4].contains("larger or smaller than 25"))
    #expect(solver.questions[1].contains("What should stand there: 25 + 6 = 31"))
  }

  @Test func `a critic trained for critiques leaves factored questions to the solver`() async throws
  {
    let solver = ScriptedModel([
      .text(Self.minus), .word("subtract", ["add": 0.25, "subtract": 0.75]),
      .word("subtract", ["add": 0.25, "subtract": 0.75]),
    ])
    let critic = ScriptedModel("Conclusion: right [END]")
    let tutor = Tutor(
      solver: Voice(model: solver, settings: Voice.Settings(model: "s", givesLogprobs: true)),
      critic: Voice(model: critic, settings: Voice.Settings(model: "c", isCritiqueTuned: true)),
      prompts: try Prompts.builtin())
    let run = try await tutor.solve(Self.pentagon)
    #expect(run.rounds[0].critiques[0].factored.map(\.adds) == [0.25])
    #expect(solver.questions[2].contains("quantities 25 and 6"))
    #expect(critic.left == 0 && critic.requests.count == 1)
  }

  @Test func `a clear answer for the operation used asks for no bound`() async throws {
    let solver = ScriptedModel(Self.minus)
    let critic = ScriptedModel("Conclusion: right [END]", "subtract", "subtract")
    let run = try await Self.tutor(solver, critic, Policy()).solve(Self.pentagon)
    #expect(run.verdict?.short == "accepted 19")
    #expect(critic.left == 0)
  }

  @Test func `a bare wrong changes nothing`() async throws {
    let solver = ScriptedModel("7 * 8 = 56\n#### 56")
    let critic = ScriptedModel("Are you sure?\nConclusion: wrong [END]")
    let run = try await Self.tutor(solver, critic).solve(Self.sum)
    #expect(run.verdict?.short == "disputed 56")
    #expect(solver.requests.count == 1)
  }

  @Test func `a critic whose own sum is false changes nothing`() async throws {
    let solver = ScriptedModel("7 * 8 = 56\n#### 56")
    let critic = ScriptedModel(
      "Wrong step: 1\nQuote: 7 * 8 = 56\nCorrect: 7 * 8 = 54\nConclusion: wrong [END]")
    let run = try await Self.tutor(solver, critic).solve(Self.sum)
    #expect(run.verdict?.short == "disputed 56")
    #expect(
      run.verdict?.voucher == "the critic says wrong, but its own claim is false: 7 * 8 is 56")
  }

  @Test func `two revisions at most, then the best is kept`() async throws {
    let solver = ScriptedModel(
      "7 * 8 = 54\n#### 54", "7 * 8 = 55\n#### 55", "7 * 8 = 57\n#### 57")
    let run = try await Self.tutor(solver, ScriptedModel()).solve(Self.sum)
    #expect(run.verdict?.short == "refuted 54")
    #expect(run.rounds.count == 3)
  }

  @Test func `samples are drawn hot, each with its own seed, and voted on`() async throws {
    let solver = ScriptedModel("#### 19", "#### 31", "#### 31.0")
    let critic = ScriptedModel(
      "Conclusion: right [END]", "Conclusion: right [END]", "Conclusion: right [END]")
    let policy = Policy.with {
      $0.samples = 3
      $0.seed = 7
    }
    let run = try await Self.tutor(solver, critic, policy).solve(Self.pentagon)
    #expect(run.verdict?.short == "accepted 31")
    #expect(solver.requests.map(\.options.temperature) == [0, 0.7, 0.7])
    #expect(solver.requests.map(\.options.seed) == [nil, 7, 8])
  }

  @Test func `a second pass asks the critic anew, but not what it would only repeat`() async throws
  {
    let critic = ScriptedModel([
      .text("Conclusion: right [END]"), .word("right", ["right": 0.9, "wrong": 0.1]),
      .text("Conclusion: right [END]"), .text("Conclusion: right [END]"),
    ])
    let policy = Policy.with { $0.passes = 3 }
    let run = try await Self.tutor(
      ScriptedModel("7 * 8 = 56\n#### 56"), critic, logprobs: true, policy
    ).solve(Self.sum)
    #expect(
      run.verdict?.voucher == "the critic, 3 times in a row (p 90 %); 1 claim holds")
    #expect(critic.left == 0)
    #expect(critic.requests.map(\.options.temperature) == [0, 0, 0.7, 0.7])
    #expect(critic.requests.map(\.options.seed) == [nil, nil, 2, 3])
  }

  @Test func `a critic that is asked for a probability only`() async throws {
    let critic = ScriptedModel([.word("wrong", ["wrong": 0.7, "right": 0.3])])
    let policy = Policy.with { $0.written = false }
    let run = try await Self.tutor(
      ScriptedModel("7 * 8 = 56\n#### 56"), critic, logprobs: true, policy
    ).solve(Self.sum)
    #expect(run.verdict?.short == "disputed 56")
    #expect(
      critic.requests.first?.messages.last == Message(role: .assistant, content: "Conclusion:"))
    #expect(critic.requests.first?.options.topLogprobs == 10)
  }

  @Test func `a learner's working is checked and criticised, never replaced`() async throws {
    let critic = ScriptedModel("Conclusion: right [END]")
    let right = try await Self.tutor(ScriptedModel(), critic).solve(
      Self.sum, working: "7 * 8 = 56\nso 56")
    #expect(right.verdict?.short == "accepted 56")
    let wrong = try await Self.tutor(ScriptedModel(), ScriptedModel()).solve(
      Self.sum, working: "7 * 8 = 54\nso 54")
    #expect(wrong.verdict?.short == "refuted 54")
    #expect(wrong.verdict?.voucher == "the checker: 7 * 8 is 56")
  }

  @Test(arguments: [
    (Policy.noCritic, "unresolved 56", "unchecked by a critic; 1 claim holds"),
    (.noChecker, "accepted 56", "the critic; the checker was off"),
    (
      .with {
        $0.critic = false
        $0.checker = false
      }, "unresolved 56",
      "unchecked by a critic; the checker was off"
    ),
  ])
  func `critic and checker can be off`(policy: Policy, expected: String, voucher: String)
    async throws
  {
    let run = try await Self.tutor(
      ScriptedModel("7 * 8 = 56\n#### 56"), ScriptedModel("Conclusion: right [END]"), policy
    ).solve(Self.sum)
    #expect(run.verdict?.short == expected)
    #expect(run.verdict?.voucher == voucher)
  }

  @Test func `with the checker off a false sum is not seen`() async throws {
    let run = try await Self.tutor(
      ScriptedModel("7 * 8 = 54\n#### 54"), ScriptedModel("Conclusion: right [END]"), .noChecker
    ).solve(Self.sum)
    #expect(run.verdict?.short == "accepted 54")
    #expect(run.rounds[0].report.findings.isEmpty)
  }

  @Test func `without a critic's voice there is none`() async throws {
    let run = try await Self.tutor(ScriptedModel("7 * 8 = 56\n#### 56"), nil).solve(Self.sum)
    #expect(run.verdict?.short == "unresolved 56")
  }

  @Test(arguments: [
    ("", Finish.stop, "unresolved -"),
    ("I cannot say.", .stop, "unresolved -"),
    ("7 * 8 = 56\n#### 56", .length, "unresolved - (truncated)"),
    ("7 * 8 = 56\n#### 56", .cut, "unresolved - (truncated)"),
    ("7 * 8 = 56\n#### 56", .filtered, "unresolved - (truncated)"),
    ("7 * 8 = 56\n#### 56", .interrupted, "unresolved - (interrupted)"),
  ])
  func `a solution that is none ends unresolved`(text: String, finish: Finish, expected: String)
    async throws
  {
    let solver = ScriptedModel([.broken(text, finish)])
    let run = try await Self.tutor(solver, ScriptedModel()).solve(Self.sum)
    #expect(run.verdict?.short == expected)
  }

  @Test(
    arguments: [
      ([.text("")], "unresolved 56"),
      ([.broken("Conclusion: right [END]", .length)], "unresolved 56"),
      ([.broken("Conclusion: right [END]", .cut)], "unresolved 56"),
      ([.broken("Conclusion: right [END]", .interrupted)], "unresolved 56 (interrupted)"),
      // After an interruption nothing more is asked.
      (
        [.broken("Step 1", .length), .word("right", ["right": 0.9, "wrong": 0.1])],
        "accepted 56"
      ),
      (
        [.text("Conclusion: right [END]"), .broken("", .interrupted)], "unresolved 56 (interrupted)"
      ),
      ([.text("Conclusion: right [END]"), .broken("", .cut)], "accepted 56"),
      ([.text("Conclusion: right [END]"), .text("maybe")], "accepted 56"),
    ] as [([ScriptedModel.Line], String)])
  func `a critique that is none vouches for nothing`(script: [ScriptedModel.Line], expected: String)
    async throws
  {
    let critic = ScriptedModel(script)
    let run = try await Self.tutor(
      ScriptedModel("7 * 8 = 56\n#### 56"), critic, logprobs: script.count > 1
    ).solve(Self.sum)
    #expect(run.verdict?.short == expected)
    #expect(critic.left == 0)
  }

  @Test func `an interruption within the factored questions ends them`() async throws {
    let critic = ScriptedModel([.text("Conclusion: right [END]"), .broken("", .interrupted)])
    let policy = Policy.with { $0.factored = 5 }
    let solver = ScriptedModel("3 + 4 = 7\n7 + 1 = 8\n8 - 2 = 6\n#### 6")
    let run = try await Self.tutor(solver, critic, policy).solve(Self.sum)
    #expect(run.verdict?.short == "unresolved 6 (interrupted)")
  }

  @Test func `a revision that breaks off leaves the candidate before it`() async throws {
    let solver = ScriptedModel([.text("7 * 8 = 54\n#### 54"), .broken("7 * 8 = 56", .length)])
    let run = try await Self.tutor(solver, ScriptedModel()).solve(Self.sum)
    #expect(run.verdict?.short == "refuted 54")
  }

  @Test(arguments: [
    // Nothing may be asked any more after three calls: 1 for the solution, 2 for the critique.
    (3, "accepted 19", 3), (2, "accepted 19", 2), (1, "unresolved 19 (budget)", 1),
  ])
  func `the budget also holds within a critique`(calls: Int, expected: String, made: Int)
    async throws
  {
    let critic = ScriptedModel([
      .text("Conclusion: right [END]"), .word("right", ["right": 0.9, "wrong": 0.1]),
    ])
    let policy = Policy.with {
      $0.budgetCalls = calls
      $0.factored = 100
    }
    let run = try await Self.tutor(
      ScriptedModel(Self.minus), critic, logprobs: true, policy
    ).solve(Self.pentagon)
    #expect(run.verdict?.short == expected)
    #expect(run.cost.calls == made)
  }

  @Test(arguments: [Int.max, Int.min, 0])
  func `no count of a server can break the sum`(count: Int) async throws {
    let reply = Reply(
      text: "7 * 8 = 56\n#### 56", promptTokens: count, completionTokens: count,
      milliseconds: count, attempts: count)
    let solver = ScriptedModel([.reply(reply)])
    let run = try await Self.tutor(solver, ScriptedModel("Conclusion: right [END]")).solve(Self.sum)
    #expect(run.verdict?.short == (count > 0 ? "unresolved 56 (budget)" : "accepted 56"))
  }

  @Test(arguments: [
    "7 * 8 = 56\n", "1 = 2\n", "Wrong step: 1\nCorrect: 1 = 1\n", "\\boxed{", "\\(", "{", "(", "$",
    "9",
    "1+", "= ", "\\frac{1}{2} ", "</problem>", "conclusion ", "\u{301}", "\0", "\u{202E}",
  ])
  func `replies of nothing but one thing end in a verdict`(piece: String) async throws {
    let flood = String(repeating: piece, count: 20_000 / piece.utf8.count)
    let solver = ScriptedModel(flood + "\n#### 56", flood, flood)
    let critic = ScriptedModel([ScriptedModel.Line](repeating: .text(flood), count: 20))
    let run = try await Self.tutor(solver, critic, logprobs: true, Policy()).solve(Self.sum)
    #expect(run.verdict != nil)
    let blamed = ScriptedModel([
      .text("Wrong step: 1\n" + flood + "\nConclusion: wrong [END]"), .text(flood), .text(flood),
    ])
    let other = try await Self.tutor(ScriptedModel("7 * 8 = 56\n#### 56", flood, flood), blamed)
      .solve(Self.sum)
    #expect(other.verdict?.answer == "56")
  }

  @Test func `a broken wire is an error, and what happened before it is on record`() async throws {
    let failure = ModelError.unreachable(url: "http://localhost:1", reason: "refused")
    let critic = ScriptedModel([.failure(failure)])
    let events = Mutex<[Event]>([])
    let tutor = try Self.tutor(ScriptedModel("7 * 8 = 56\n#### 56"), critic)
    await #expect(throws: failure) {
      _ = try await tutor.solve(Self.sum) { progress in
        if case .event(let event) = progress { events.withLock { $0.append(event) } }
      }
    }
    let kinds = events.withLock { $0.map(Self.kind) }
    #expect(
      kinds == [
        "problem", "decided", "exchange propose", "checked", "decided", "failed",
      ])
  }

  @Test func `every arrow leaves an event, in order`() async throws {
    let events = Mutex<[String]>([])
    let solver = ScriptedModel("7 * 8 = 54\n#### 54", "7 * 8 = 56\n#### 56")
    let tutor = try Self.tutor(solver, ScriptedModel("Conclusion: right [END]"))
    _ = try await tutor.solve(Self.sum) { progress in
      events.withLock { events in
        switch progress {
        case .began(let phase, let round): events.append("began \(phase) \(round)")
        case .part(let phase, _): events.append("part \(phase)")
        case .event(let event): events.append(Self.kind(event))
        }
      }
    }
    #expect(
      events.withLock { $0 } == [
        "problem",
        "decided", "began propose 0", "part propose", "exchange propose", "checked",
        "decided", "began revise 1", "part revise", "exchange revise", "checked",
        "decided", "began critique 1", "part critique", "exchange critique", "critiqued",
        "decided", "verdict",
      ])
  }

  private static func kind(_ event: Event) -> String {
    switch event {
    case .session: "session"
    case .resumed: "resumed"
    case .problem: "problem"
    case .exchange(let exchange): "exchange \(exchange.phase)"
    case .checked: "checked"
    case .critiqued: "critiqued"
    case .decided: "decided"
    case .verdict: "verdict"
    case .failed: "failed"
    case .note: "note"
    }
  }
}

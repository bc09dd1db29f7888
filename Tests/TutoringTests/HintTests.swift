import Algebra
import Synchronization
import Testing

@testable import Tutoring

/// The ladder of hints, with scripted models.
struct HintTests {
  static let problem = Problem(
    id: "p1",
    statement: "A box has 3 rows of 4 pens. Tom takes 5 pens out. How many pens are left?")
  static let solution =
    "The box has 3 * 4 = 12 pens.\nThen 12 - 5 = 7 pens are left. The answer is 7."

  static func reference(_ word: Verdict.Word = .accepted) -> ReferenceSolution {
    let report = Checker().check(solution: solution)
    return ReferenceSolution(
      problem: problem, verdict: Verdict(word, answer: "7", round: 0, voucher: "the critic"),
      steps: ReferenceSolution.steps(of: report, statement: problem.statement), solution: solution)
  }

  static func hint(_ rung: Rung, _ model: ScriptedModel, working: String? = nil) async throws
    -> Hint
  {
    let report = working.map { Checker().check(solution: $0) }
    return try await TutorTests.tutor(model, nil).hint(
      rung, Standing(reference(), working: report))
  }

  @Test func `the steps of a reference hold what each works out`() {
    #expect(Self.reference().steps.map(\.values) == [["12"], ["7"], []])
    #expect(Standing(Self.reference()).position == 0)
    let done = Checker().check(solution: "3 * 4 = 12")
    #expect(Standing(Self.reference(), working: done).position == 1)
    let all = Checker().check(solution: Self.solution)
    #expect(Standing(Self.reference(), working: all).position == nil)
  }

  @Test func `a hint that shows nothing is shown as it was drawn`() async throws {
    let model = ScriptedModel("\"What are the rows for?\"")
    let hint = try await Self.hint(.nudge, model)
    #expect((hint.text, hint.source) == ("What are the rows for?", .model))
    let request = try #require(model.requests.first)
    #expect(request.options.temperature == 0)
    // The values are hidden from the model too.
    let sent = request.messages.map(\.content).joined()
    #expect(sent.contains("Step 1: The box has 3 * 4 = […] pens."))
    #expect(!sent.contains("12") && !sent.contains("7"))
  }

  @Test func `a hint that leaks is drawn again with other seeds, then replaced`() async throws {
    let again = ScriptedModel("It is 7.", "First 3 * 4, then…", "Where do the 5 pens go?")
    let hint = try await Self.hint(.nextStep, again)
    #expect((hint.text, hint.source) == ("Where do the 5 pens go?", .model))
    #expect(hint.draws.map(\.leaks.isEmpty) == [false, false, true])
    #expect(again.requests.map(\.options.seed) == [nil, 2, 3])
    let leaky = ScriptedModel("seven", "12", "Multiply 3 by 4.")
    let template = try await Self.hint(.nextStep, leaky)
    #expect(template.source == .template)
    #expect(
      template.text == "The next step is a multiplication, and it begins with the 3.")
    #expect(leaky.left == 0)
  }

  @Test func `of a hint that broke off whole sentences are shown, or none`() async throws {
    for finish in [Finish.cut, .length, .filtered] {
      let half = ScriptedModel([.broken("Look at the rows. What do", finish)])
      let hint = try await Self.hint(.nudge, half)
      #expect((hint.text, hint.source) == ("Look at the rows.", .model))
      let words = ScriptedModel(Array(repeating: .broken("What do", finish), count: Tutor.draws))
      #expect(try await Self.hint(.nudge, words).source == .template)
    }
  }

  @Test(arguments: [
    (
      Rung.nudge,
      "You are asked: “How many pens are left?” The problem gives 3 rows, 4 pens, 5 pens. Which of these do you need first?"
    ),
    (
      .concept,
      "The next step counts equal groups, or a share of something: that is a multiplication."
    ),
    (.nextStep, "The next step is a multiplication, and it begins with the 3."),
  ])
  func `templates use the problem's own words`(rung: Rung, text: String) {
    #expect(Standing(Self.reference()).template(rung) == text)
  }

  @Test func `templates never leak, whatever stands in the problem`() {
    for answer in ["3", "4", "5", "12", "7"] {
      var reference = Self.reference()
      reference.verdict.answer = answer
      let standing = Standing(reference)
      for rung in [Rung.nudge, .concept, .nextStep] {
        #expect(standing.guarding(rung).leaks(in: standing.template(rung)) == [])
      }
    }
  }

  @Test func `the worked step shows its own step only, and not the last`() async throws {
    let hint = try await Self.hint(.workedStep, ScriptedModel())
    #expect((hint.text, hint.source) == ("The box has 3 * 4 = 12 pens.", .reference))
    let last = try await Self.hint(.workedStep, ScriptedModel(), working: "3 * 4 = 12")
    #expect(last.source == .withheld)
    #expect(!last.text.contains("7"))
  }

  @Test func `the answer is said no surer than it is`() async throws {
    let sure = try await Self.hint(.answer, ScriptedModel())
    #expect(sure.text == "7 (accepted: the critic)")
    let tutor = try TutorTests.tutor(ScriptedModel(), nil)
    let unsure = try await tutor.hint(.answer, Standing(Self.reference(.disputed)))
    #expect(unsure.text == "perhaps 7, but that is not certain (disputed: the critic)")
  }

  @Test func `a question about a run is answered from what was found`() async throws {
    let critic = ScriptedModel("Conclusion: right [END]")
    let solver = ScriptedModel(Self.solution, "Because they are taken out.")
    let tutor = try TutorTests.tutor(solver, critic)
    let run = try await tutor.solve(Self.problem)
    let reply = try await tutor.ask("Why </question> subtract?", about: run)
    #expect(reply?.text == "Because they are taken out.")
    let sent = try #require(solver.questions.last)
    #expect(sent.contains("Step 1: 3 * 4 = 12: true"))
    // What the learner writes cannot close its fence.
    #expect(sent.contains("Why ‹/question> subtract?"))
  }

  @Test func `while the answer is withheld a reply that gives it away is not shown`() async throws {
    let solver = ScriptedModel("It is 7.", "You get seven.", "12 - 5, then.")
    let tutor = try TutorTests.tutor(solver, nil, .with { $0.critic = false })
    let run = try await tutor.solve(Self.problem, working: "3 * 4 = 13")
    let reply = try await tutor.ask(
      "What is it?", about: run, guarding: Standing(Self.reference()).guarding(.nudge))
    #expect(reply == nil)
    #expect(solver.left == 0)
    #expect(solver.questions[0].contains("Step 1: 3 * 4 = 13: FALSE\n"))
  }

  @Test func `a transcript with hints and questions replays as it was`() async throws {
    let events = Mutex<[Event]>([.session(SessionHeader(id: "x", started: 0, program: "test"))])
    let observe: @Sendable (Tutoring.Progress) -> Void = { progress in
      if case .event(let event) = progress { events.withLock { $0.append(event) } }
    }
    let solver = ScriptedModel(Self.solution, "Look at the rows.", "They are taken out.")
    let tutor = try TutorTests.tutor(solver, ScriptedModel("Conclusion: right [END]"))
    let run = try await tutor.solve(Self.problem, observe: observe)
    let reference = try #require(ReferenceSolution(of: run))
    _ = try await tutor.hint(.nudge, Standing(reference), observe: observe)
    _ = try await tutor.ask("Why?", about: run, observe: observe)
    events.withLock { $0.append(.note("hint, nudge: Look at the rows.")) }
    let bytes = events.withLock { $0 }.flatMap { Line(at: 0, event: $0).encoded() }
    let transcript = try Transcript(reading: bytes, file: "x")
    let phases = transcript.lines.compactMap { line in
      if case .exchange(let exchange) = line.event { exchange.phase } else { nil }
    }
    #expect(phases == [.propose, .critique, .hint, .ask])
    let report = await transcript.verify(prompts: try Prompts.builtin())
    #expect(report.differences == [])
  }
}

import Algebra
import FoundationEssentials
import Synchronization
import Testing

@testable import Tutoring

/// Replies are recorded once; any policy is then judged on them without a model.
struct RecordingTests {
  static let problem = Problem(
    id: "p1", statement: "There are 7 rows of 8 chairs. How many chairs are there?")

  /// A tutor that asks one script for everything.
  static func tutor(
    _ script: any ChatModel, _ change: (inout Policy) -> Void = { _ in }
  ) throws -> Tutor {
    let settings = Voice.Settings(model: "m", takesGrammar: true, givesLogprobs: true)
    return Tutor(
      solver: Voice(model: script, settings: settings),
      critic: Voice(model: script, settings: settings), prompts: try Prompts.builtin(),
      policy: .with {
        $0.written = false
        $0.factored = 0
        change(&$0)
      })
  }

  static func doubt(_ right: Double) -> ScriptedModel.Line {
    .word(" right", [" right": right, " wrong": 1 - right])
  }

  /// Two candidates (54, refuted by the checker, and 56), the critic's word on both, one revision.
  static func sampled() async throws -> (replies: [RecordedReply], script: ScriptedModel) {
    let script = ScriptedModel([
      .text("7 * 8 = 54\n#### 54"), .text("It is 56.\n#### 56"), doubt(0.3), doubt(0.8),
      .text("7 * 8 = 56\n#### 56"), doubt(0.9),
    ])
    let replies = try await tutor(script).sample(
      problem, plan: SamplingPlan(candidates: 2, judged: 2))
    return (replies, script)
  }

  @Test func `sampling asks for candidates, verdicts and a revision where there is evidence`()
    async throws
  {
    let (replies, script) = try await Self.sampled()
    #expect(script.left == 0)
    #expect(
      replies.map(\.phase) == [
        .propose, .propose, .probability, .probability, .revise, .probability,
      ])
    #expect(replies.map(\.subject).prefix(2) == ["sample 0", "sample 1"])
    #expect(replies[2].subject == Fingerprint("7 * 8 = 54\n#### 54").description)
    #expect(replies[4].subject.hasSuffix(" step 0"))
  }

  @Test func `what is recorded is not asked again`() async throws {
    let replies = try await Self.sampled().replies
    let silent = ScriptedModel([.text("#### 55"), Self.doubt(0.2)])
    let more = try await Self.tutor(silent).sample(
      Self.problem, plan: SamplingPlan(candidates: 3, judged: 3), replies: replies)
    #expect(silent.requests.count == 2)
    #expect(more.count == replies.count + 2)
    #expect(Set(more.map(\.request)).isSuperset(of: Set(replies.map(\.request))))
  }

  @Test func `a reply that broke off is asked again the next time`() async throws {
    let script = ScriptedModel([.broken("7 * 8", .cut)])
    let replies = try await Self.tutor(script).sample(
      Self.problem, plan: SamplingPlan(candidates: 1, judged: 1))
    #expect(replies.isEmpty)
  }

  @Test(arguments: [
    (samples: 1, rounds: 0, answer: "54", word: Verdict.Word.refuted),
    (samples: 2, rounds: 0, answer: "56", word: .accepted),
    (samples: 1, rounds: 1, answer: "56", word: .accepted),
  ])
  func `policies are judged on the same replies`(
    samples: Int, rounds: Int, answer: String, word: Verdict.Word
  ) async throws {
    let recording = Recording(
      problem: Self.problem, reference: "56", replies: try await Self.sampled().replies)
    let tutor = try Self.tutor(ScriptedModel()) {
      ($0.samples, $0.rounds) = (samples, rounds)
    }
    let result = try await tutor.evaluate(recording)
    let outcome = try #require(result.outcome)
    #expect(outcome.answer == answer)
    #expect(outcome.verdict == word)
    #expect(outcome.loop.isRight == (answer == "56"))
    #expect(!outcome.direct.isRight)
    #expect(result.drift == 0)
  }

  @Test func `a policy that needs more than was recorded is not covered`() async throws {
    let recording = Recording(
      problem: Self.problem, reference: "56", replies: try await Self.sampled().replies)
    let tutor = try Self.tutor(ScriptedModel()) { $0.samples = 3 }
    let result = try await tutor.evaluate(recording)
    #expect(result.outcome == nil)
  }

  @Test func `candidates of another temperature are other candidates`() async throws {
    let recording = Recording(
      problem: Self.problem, reference: "56", replies: try await Self.sampled().replies)
    let tutor = try Self.tutor(ScriptedModel()) { ($0.samples, $0.temperature) = (2, 1.1) }
    #expect(try await tutor.evaluate(recording).outcome == nil)
  }

  @Test func `another critic's reply does not serve`() async throws {
    var replies = try await Self.sampled().replies
    for index in replies.indices where replies[index].phase == .probability {
      (replies[index].request, replies[index].settings) = ("of another model", "another")
    }
    let recording = Recording(problem: Self.problem, reference: "56", replies: replies)
    let tutor = try Self.tutor(ScriptedModel()) { ($0.samples, $0.rounds) = (2, 0) }
    #expect(try await tutor.evaluate(recording).outcome == nil)
  }

  @Test func `a reply that broke off is asked again, and counts for nothing if it does so thrice`()
    async throws
  {
    let recording = Recording(problem: Self.problem, reference: "56")
    let mended = ScriptedModel([
      .broken("It is", .cut), .text("#### 56"), Self.doubt(0.9),
    ])
    let result = try await Self.tutor(mended).evaluate(recording, asking: mended)
    #expect(result.outcome?.answer == "56")
    let broken = ScriptedModel([.broken("a", .cut), .broken("b", .cut), .broken("c", .cut)])
    #expect(
      try await Self.tutor(broken).evaluate(recording, asking: broken).outcome == nil)
  }

  @Test func `a live evaluation draws the candidates that the vote at equal calls takes`()
    async throws
  {
    let script = ScriptedModel([.text("#### 54"), Self.doubt(0.9), .text("#### 56")])
    let result = try await Self.tutor(script).evaluate(
      Recording(problem: Self.problem, reference: "56"), asking: script, drawsVotes: true)
    #expect(result.outcome?.loop.calls == 2)
    #expect(result.outcome?.voteAtCalls.calls == 2)
    #expect(script.left == 0)
  }

  @Test func `a critic's reply serves a changed prompt, and is counted as drift`() async throws {
    var replies = try await Self.sampled().replies
    for index in replies.indices where replies[index].phase == .probability {
      replies[index].request = "of an older prompt"
    }
    let recording = Recording(problem: Self.problem, reference: "56", replies: replies)
    let tutor = try Self.tutor(ScriptedModel()) { ($0.samples, $0.rounds) = (2, 0) }
    let result = try await tutor.evaluate(recording)
    #expect(result.outcome?.answer == "56")
    #expect(result.drift == 1)
  }

  @Test(arguments: [(AnswerGrader.exact, false), (.published, true)])
  func `the published grader lets a hundredfold pass`(grader: AnswerGrader, isRight: Bool)
    async throws
  {
    let script = ScriptedModel([.text("#### 5600"), Self.doubt(0.9)])
    let tutor = try Self.tutor(script)
    let recording = Recording(problem: Self.problem, reference: "56")
    let result = try await tutor.evaluate(recording, asking: script, grader: grader)
    #expect(result.outcome?.loop.isRight == isRight)
  }

  @Test func `the votes stand beside the loop at its cost`() async throws {
    var recording = Recording(problem: Self.problem, reference: "56")
    let script = ScriptedModel([
      .text("#### 54"), .text("#### 56"), .text("#### 56"), Self.doubt(0.9), Self.doubt(0.1),
      Self.doubt(0.1),
    ])
    recording.replies = try await Self.tutor(script).sample(
      Self.problem, plan: SamplingPlan(candidates: 3, judged: 3))
    let tutor = try Self.tutor(ScriptedModel()) { ($0.samples, $0.rounds) = (2, 0) }
    let outcome = try #require(try await tutor.evaluate(recording).outcome)
    #expect(outcome.loop.calls == 4)
    #expect(!outcome.loop.isRight)
    #expect(outcome.voteAtCalls.calls == 3)
    #expect(outcome.voteAtCalls.isRight)
    #expect(outcome.isReachable)
  }

  @Test func `a recording survives its file, torn end and all`() async throws {
    let recording = Recording(
      problem: Self.problem, reference: "56", replies: try await Self.sampled().replies)
    var older = recording
    older.replies = []
    let good = older.encoded() + recording.encoded() + Array("{\"problem\":".utf8)
    let damaged = Array("{}\n".utf8) + recording.encoded()
    try withTemporaryFolder { folder in
      try Data(good).write(to: URL(filePath: "\(folder)/good.jsonl"))
      #expect(try RecordingFile.read("\(folder)/good.jsonl") == [recording])
      try Data(damaged).write(to: URL(filePath: "\(folder)/damaged.jsonl"))
      #expect(throws: TranscriptError.self) { try RecordingFile.read("\(folder)/damaged.jsonl") }
    }
  }

  @Test func `a batch's line is a recording too`() async throws {
    let (_, script) = try await Self.sampled()
    #expect(script.left == 0)
    let asked = ScriptedModel([.text("#### 54"), Self.doubt(0.9)])
    let lines = Mutex<[Line]>([])
    let run = try await Self.tutor(asked) { $0.rounds = 0 }.solve(Self.problem) { progress in
      if case .event(let event) = progress {
        lines.withLock { $0.append(Line(at: 0, event: event)) }
      }
    }
    let record = RunRecord(run, row: ["answer": .int(56)], events: lines.withLock { $0 })
    let recording = try #require(Recording(record))
    #expect(recording.reference == "56")
    let again = try await Self.tutor(ScriptedModel()) { $0.rounds = 0 }.evaluate(recording)
    #expect(again.outcome?.answer == "54")
    #expect(again.drift == 0)
  }

  @Test func `a calculation votes with the worked solutions`() async throws {
    let script = ScriptedModel([
      .text("#### 54"), .text("#### 56"), .text("```python\nanswer = 7 * 8\n```"),
      .text("answer = no idea"), Self.doubt(0.5), Self.doubt(0.5),
    ])
    let replies = try await Self.tutor(script).sample(
      Self.problem, plan: SamplingPlan(candidates: 2, judged: 2, calculations: 2))
    #expect(
      replies.map(\.phase) == [
        .propose, .propose, .calculate, .calculate, .probability, .probability,
      ])
    let recording = Recording(problem: Self.problem, reference: "56", replies: replies)
    let tutor = try Self.tutor(ScriptedModel()) { ($0.samples, $0.calculations) = (2, 2) }
    let outcome = try #require(try await tutor.evaluate(recording).outcome)
    #expect(outcome.answer == "56")
    #expect(outcome.loop.calls == 6)
    // The vote that the loop stands beside is of worked solutions alone.
    #expect(outcome.voteAtCalls.calls == 2)
  }

  @Test func `where all are judged, calculations are too`() async throws {
    let script = ScriptedModel([
      .text("#### 54"), .text("```python\nanswer = 7 * 8\n```"), Self.doubt(0.2), Self.doubt(0.9),
    ])
    let replies = try await Self.tutor(script) { $0.judge = .all }.sample(
      Self.problem, plan: SamplingPlan(candidates: 1, judged: 1, calculations: 1))
    #expect(script.left == 0)
    #expect(replies.map(\.phase) == [.propose, .calculate, .probability, .probability])
    let recording = Recording(problem: Self.problem, reference: "56", replies: replies)
    let weighed: (inout Policy) -> Void = {
      ($0.calculations, $0.calibration) = (1, [0, 1, 0, 0, 0])
    }
    let best = try Self.tutor(ScriptedModel(), weighed)
    let all = try Self.tutor(ScriptedModel()) {
      weighed(&$0)
      $0.judge = .all
    }
    // Nobody was asked about the calculation: even odds, which beat the 20 % of the other one.
    #expect(try await best.evaluate(recording).outcome?.loop.calls == 3)
    #expect(try await all.evaluate(recording).outcome?.loop.calls == 4)
    #expect(try await all.evaluate(recording).outcome?.answer == "56")
  }

  @Test func `where answers are judged, the first candidate of each is`() async throws {
    let script = ScriptedModel([
      .text("#### 54"), .text("9 * 6\n#### 54"), .text("```python\nanswer = 7 * 8\n```"),
      .text("```python\nanswer = 50 + 6\n```"), Self.doubt(0.6), Self.doubt(0.9),
    ])
    let replies = try await Self.tutor(script) { $0.judge = .answers }.sample(
      Self.problem, plan: SamplingPlan(candidates: 2, judged: 2, calculations: 2))
    #expect(script.left == 0)
    #expect(replies.suffix(3).map(\.phase) == [.calculate, .probability, .probability])
    let recording = Recording(problem: Self.problem, reference: "56", replies: replies)
    let tutor = try Self.tutor(ScriptedModel()) {
      ($0.samples, $0.calculations, $0.judge) = (2, 2, .answers)
      $0.calibration = [0, 1, 0, 0, 0]
    }
    let outcome = try #require(try await tutor.evaluate(recording).outcome)
    #expect((outcome.answer, outcome.loop.calls) == ("56", 6))
  }

  @Test func `solver and critic are each asked at their own place`() async throws {
    let solver = ScriptedModel("7 * 8 = 54\n#### 54", "7 * 8 = 56\n#### 56")
    let critic = ScriptedModel([Self.doubt(0.3), Self.doubt(0.9)])
    var tutor = try Self.tutor(critic)
    tutor = Tutor(
      solver: Voice(model: solver, settings: tutor.solver.settings), critic: tutor.critic,
      prompts: tutor.prompts, policy: tutor.policy)
    let replies = try await tutor.sample(
      Self.problem, plan: SamplingPlan(candidates: 1, judged: 1))
    #expect(replies.map(\.phase) == [.propose, .probability, .revise, .probability])
    #expect((solver.left, critic.left) == (0, 0))
  }

  @Test func `a calculation that cannot be computed has no answer`() async throws {
    let script = ScriptedModel([
      .text("#### 54"), .text("answer = 9 / 0\nThe answer is 9."), Self.doubt(0.9),
    ])
    let run = try await Self.tutor(script) { ($0.calculations, $0.rounds) = (1, 0) }
      .solve(Self.problem)
    #expect(run.rounds[1].candidate.origin == .calculated(sample: 0))
    #expect(run.rounds[1].candidate.finish == .unreadable)
    #expect(run.rounds[1].answer == nil)
    #expect(run.verdict?.answer == "54")
  }
}

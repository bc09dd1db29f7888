import FoundationEssentials
import Testing

@testable import Tutoring
@testable import pentimento

/// `eval`, `calibrate` and `sample` as built, on recordings.
struct EvalCommandTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path

  private static func recording(_ id: String, candidates: [String], p: Double) -> Recording {
    let statement = "There are 7 rows of 8 chairs. How many chairs are there? (\(id))"
    var replies = candidates.enumerated().map { index, text in
      RecordedReply(
        phase: .propose, subject: "sample \(index)",
        request: Self.key(statement, sample: index), reply: Reply(text: text))
    }
    for text in Set(candidates).sorted() {
      let subject = Fingerprint(text).description
      let logprobs = [
        TokenLogprob(
          token: " right", logprob: 0,
          alternatives: [
            .init(token: " right", logprob: p), .init(token: " wrong", logprob: -1),
          ])
      ]
      replies.append(
        RecordedReply(
          phase: .probability, subject: subject, request: "as it was asked then",
          settings: Self.settings,
          reply: Reply(text: " right", finish: .length, logprobs: logprobs)))
    }
    return Recording(
      problem: Problem(id: id, statement: statement), reference: "56", replies: replies)
  }

  /// The fingerprint of the request that proposes a candidate.
  private static func key(_ statement: String, sample: Int) -> String {
    let policy = Policy()
    var options = RequestOptions(temperature: 0, maxTokens: policy.solutionTokens)
    if sample > 0 { (options.temperature, options.seed) = (policy.temperature, sample) }
    let prompts = try? Prompts.builtin()
    let messages = prompts?.messages(.propose, ["problem": statement]) ?? []
    return ChatRequest(model: "embedded", messages: messages, options: options).fingerprint
  }

  /// Of the question for a probability.
  private static let settings = ChatRequest(
    model: "embedded-critic", messages: [],
    options: RequestOptions(temperature: 0, maxTokens: 2, topLogprobs: 10)
  ).settingsFingerprint

  private static func write(_ recordings: [Recording], in program: Program) throws -> String {
    let path = "\(program.home.path)/r.jsonl"
    try Data(recordings.flatMap { $0.encoded() }).write(to: URL(filePath: path))
    return path
  }

  private static let three = [
    recording("a", candidates: ["It is 56.\n#### 56", "So 56.\n#### 56"], p: -0.1),
    recording("b", candidates: ["It is 54.\n#### 54", "So 56.\n#### 56"], p: -3),
    recording("c", candidates: ["It is 54.\n#### 54", "So 54.\n#### 54"], p: -0.1),
  ]

  private static let flags = ["--set", "written=false", "--set", "factored=0"]

  @Test func `a loop is judged on recordings without a model`() async throws {
    let program = try Program()
    let path = try Self.write(Self.three, in: program)
    let outcome = try await program.run(
      [
        "eval", "--from", path, "--json", "\(program.home.path)/e.json", "--svg",
        "\(program.home.path)/e.svg", "--markdown", "\(program.home.path)/e.md",
      ] + Self.flags)
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("direct") && outcome.output.contains("1/3"))
    #expect(outcome.output.contains("vote at the last one's calls"))
    #expect(program.text(of: "\(program.home.path)/e.json").contains("\"outcomes\""))
    #expect(program.text(of: "\(program.home.path)/e.svg").hasPrefix("<svg"))
    #expect(program.text(of: "\(program.home.path)/e.md").contains("| direct |"))
  }

  @Test func `what a policy needs and nobody recorded is reported, not guessed`() async throws {
    let program = try Program()
    let path = try Self.write(Self.three, in: program)
    let outcome = try await program.run(
      ["eval", "--from", path, "--samples", "3"] + Self.flags)
    #expect(outcome.status == 65)
    #expect(outcome.output.contains("No problem is covered"))
  }

  @Test func `calibration prints settings that the loop takes`() async throws {
    let program = try Program()
    let path = try Self.write(Self.three, in: program)
    let fitted = try await program.run(["calibrate", path, "--samples", "2"] + Self.flags)
    #expect(fitted.status == 0)
    #expect(fitted.lines.contains("[loop]"))
    let settings = "\(program.home.path)/fitted.toml"
    try Data(fitted.output.utf8).write(to: URL(filePath: settings))
    let again = try await program.run(
      ["eval", "--from", path, "--samples", "2", "--config", settings] + Self.flags)
    #expect(again.status == 0)
    #expect(again.output.contains("coverage 3/3"))
  }

  @Test(arguments: [
    (["eval"], 64), (["eval", "--from", "none.jsonl"], 74),
    (["eval", "--from", "a", "--record", "b"], 64), (["calibrate", "none.jsonl"], 74),
    (["eval", "none.json", "--mode", "checker"], 74),
    (["eval", "a", "--record", "a"], 64), (["eval", "--from", "a", "--json", "./a"], 64),
    (["eval", "a", "--json", "b", "--svg", "b"], 64), (["sample", "a", "--out", "a"], 64),
    (["eval", "a", "--mode", "critic", "--no-critic"], 64),
    (["eval", "a", "--mode", "checker", "--no-checker"], 64),
    (
      ["eval", "a", "--mode", "critic", "--per-step", "--base-url", "http://h/v1", "--model", "m"],
      64
    ),
  ])
  func `what cannot be done says so`(arguments: [String], status: Int) async throws {
    let outcome = try await Program().run(arguments)
    #expect(Int(outcome.status) == status)
    #expect(!outcome.complaints.isEmpty)
    #expect(outcome.output.isEmpty)
  }

  @Test func `only recordings are recorded to`() async throws {
    let program = try Program()
    let set = try program.home.write(#"{"question":"1 + 1?","answer":"2"}"# + "\n", to: "set.jsonl")
    for line in [#"{"problem":"1 + 1?","id":"a"}"#, #"{"error":"x","id":"a","version":1}"#] {
      let path = try program.home.write(line + "\n", to: "other.jsonl")
      let outcome = try await program.run(["eval", set, "--record", path])
      #expect(outcome.status == 65)
      #expect(outcome.complaints.contains("it is no file of recorded replies; name another one"))
      #expect(program.text(of: path) == line + "\n")
    }
  }

  @Test func `the figures of the README can be computed again`() async throws {
    let program = try Program()
    for set in ["gsm8k-train", "gsm8k-test"] {
      let outcome = try await program.run([
        "eval", "--from", "\(Self.root)/transcripts/recorded/\(set).jsonl", "--config",
        "\(Self.root)/Benchmarks/evaluation.toml",
        "--ablation",
      ])
      #expect(outcome.status == 0)
      #expect(!outcome.output.contains("coverage"), "a request has changed: record it anew")
    }
  }
}

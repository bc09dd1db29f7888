import FoundationEssentials
import LoopbackServer
import Testing
import Tutoring

@testable import pentimento

/// Batches that are asked by files: plans go out, responses come in, and in the end the verdicts are
/// those of a run that asked a server.
@Suite struct OfflineTests {
  /// A line of a plan.
  struct Planned: Decodable {
    struct Body: Decodable {
      struct Message: Decodable { var content: String }
      var model: String
      var messages: [Message]
      var stream: Bool?
      var seed: Int?
    }
    enum CodingKeys: String, CodingKey {
      case id = "custom_id"
      case method, url, body
    }
    var id: String
    var method: String
    var url: String
    var body: Body
  }

  static func planned(_ text: String) throws -> [Planned] {
    try text.split(separator: "\n").map {
      try JSONDecoder().decode(Planned.self, from: Data($0.utf8))
    }
  }

  /// What a model says to a question, the same for a server and a cluster: some boxes are counted
  /// wrong at first, and one critique objects.
  static func words(_ question: String) -> String {
    if question.contains("critique whether") {
      return question.contains("Box 3 ") ? "No.\nConclusion: wrong [END]" : DialogueTests.right
    }
    let isFaulty = question.contains("Box 2 ") && !question.contains("is wrong")
    return isFaulty ? "There are $3 \\cdot 4 = 13$ pens: $\\boxed{13}$." : DialogueTests.solution
  }

  static func response(to planned: Planned) -> String {
    let text = Response.json(words(planned.body.messages.last?.content ?? ""))
    return #"{"id":"batch_1","custom_id":"\#(planned.id)","response":{"status_code":200,"#
      + #""request_id":"r","body":{"object":"chat.completion","choices":[{"index":0,"message":"#
      + #"{"role":"assistant","content":\#(text)},"finish_reason":"stop","logprobs":null}],"#
      + #""usage":{"prompt_tokens":7,"completion_tokens":11}}},"error":null}"# + "\n"
  }

  /// A program with problems, which asks nobody.
  private struct Desk {
    let program: Program
    let command: [String]
    var plan: String { "\(program.home.path)/plan.jsonl" }
    var answers: String { "\(program.home.path)/answers.jsonl" }
    var out: String { "\(program.home.path)/runs.jsonl" }

    init(_ count: Int, _ flags: [String] = []) throws {
      program = try Program()
      let home = program.home
      let problems = try home.write(BatchTests.rows(0..<count), to: "problems.jsonl")
      command =
        [
          "batch", problems, "--out", "\(home.path)/runs.jsonl", "--plan",
          "\(home.path)/plan.jsonl", "--absorb", try home.write("", to: "answers.jsonl"),
          "--base-url", "http://127.0.0.1:9/v1", "--model", "m",
        ] + flags
    }

    /// Makes the next plan.
    func wave() async throws -> (run: Program.Outcome, planned: [Planned]) {
      let run = try await program.run(command)
      return (run, try OfflineTests.planned(program.text(of: plan)))
    }

    func absorb(_ lines: [String]) throws {
      try program.home.write(program.text(of: answers) + lines.joined(), to: "answers.jsonl")
    }
  }

  @Test(arguments: [[], ["--samples", "3"]])
  func `plans and responses lead to the verdicts of a direct run`(flags: [String]) async throws {
    let desk = try Desk(5, flags)
    var sizes: [Int] = []
    while true {
      let (run, planned) = try await desk.wave()
      #expect(run.status == 0)
      sizes.append(planned.count)
      #expect(planned.allSatisfy { $0.method == "POST" && $0.url == "/v1/chat/completions" })
      #expect(planned.allSatisfy { $0.body.model == "m" && $0.body.stream == nil })
      guard !planned.isEmpty, sizes.count < 20 else { break }
      try desk.absorb(planned.map(Self.response))
    }
    #expect(sizes == (flags.isEmpty ? [5, 5, 1, 0] : [15, 5, 1, 0]))
    let server = LoopbackServer { request, _ in
      let body = try? JSONDecoder().decode(Planned.Body.self, from: Data(request.body))
      return .reply([Self.words(body?.messages.last?.content ?? "")])
    }
    let direct = try await desk.program.run(
      ["batch", desk.command[1], "--out", "\(desk.program.home.path)/direct.jsonl"] + flags
        + Program.flags(server))
    #expect(direct.status == 0)
    let expected = try BatchTests.records(
      desk.program.text(of: "\(desk.program.home.path)/direct.jsonl"))
    let records = try BatchTests.records(desk.program.text(of: desk.out))
    #expect(records == expected)
    #expect(Set(records.values.map(\.verdict)).count > 1)
    #expect(records["p2"]?.rounds.contains { $0.refuted > 0 } == true)
  }

  @Test func `a wave says what is planned and what waits`() async throws {
    let desk = try Desk(3)
    let (run, planned) = try await desk.wave()
    #expect(planned.count == 3)
    #expect(
      run.complaints.hasPrefix("pentimento: 0 solved; 3 wait for answers\n0 calls · "))
    #expect(run.complaints.hasSuffix("\npentimento: 3 requests in \(desk.plan)\n"))
    #expect(desk.program.text(of: desk.out) == "")
    // The same again: names of requests do not change.
    #expect(try await desk.wave().planned.map(\.id).sorted() == planned.map(\.id).sorted())
  }

  @Test func `a request that failed is planned again, one that is refused is an error`()
    async throws
  {
    let desk = try Desk(3, ["--no-critic", "--rounds", "0"])
    let planned = try await desk.wave().planned
    let ids = Dictionary(
      uniqueKeysWithValues: planned.map { ($0.body.messages.last?.content.prefix(5) ?? "", $0) })
    let (first, second, third) = (
      try #require(ids["Box 0"]), try #require(ids["Box 1"]), try #require(ids["Box 2"])
    )
    let overload =
      #"{"custom_id":"\#(first.id)","response":{"status_code":503,"body":null},"error":{"message":"busy"}}"#
      + "\n"
    try desk.absorb([
      overload,
      #"{"custom_id":"\#(second.id)","response":{"status_code":400,"body":{"error":{"message":"too odd"}}},"error":null}"#
        + "\n",
      Self.response(to: third), #"{"custom_id":"another program's","response":{}}"# + "\n",
    ])
    let next = try await desk.wave()
    #expect(next.planned.map(\.id) == [first.id])
    #expect(next.run.status == 69)
    let records = try BatchTests.records(desk.program.text(of: desk.out))
    #expect(records["p2"]?.answer == "13" && records["p0"] == nil)
    #expect(records["p1"]?.error?.hasPrefix("\(desk.answers):2 answered 400 (too odd)") == true)
    try desk.absorb([overload, overload])
    let last = try await desk.wave()
    #expect(last.planned.isEmpty)
    let after = try BatchTests.records(desk.program.text(of: desk.out))
    #expect(after["p0"]?.error?.contains("answered 503 (busy)") == true)
    // The error that was there is not written a second time.
    #expect(desk.program.text(of: desk.out).split(separator: "\n").count == 3)
    // An answer that comes late counts.
    try desk.absorb([Self.response(to: first), Self.response(to: second)])
    #expect(try await desk.wave().run.status == 0)
    let mended = try BatchTests.records(desk.program.text(of: desk.out))
    #expect(mended.values.allSatisfy { $0.error == nil })
  }

  @Test func `damaged responses are named by their line`() async throws {
    let desk = try Desk(1, ["--no-critic"])
    let planned = try await desk.wave().planned
    try desk.absorb(["nonsense\n", Self.response(to: planned[0]), #"{"custom_id":"x","resp"#])
    let run = try await desk.wave().run
    #expect(run.status == 65)
    #expect(run.complaints.contains("\(desk.answers):1: no response on one line\n"))
    #expect(
      run.complaints.contains(
        "\(desk.answers):3: no response on one line; the file may have been cut\n"))
    #expect(try BatchTests.records(desk.program.text(of: desk.out))["p0"]?.answer == "12")
  }

  @Test func `what cannot be is refused`() async throws {
    let desk = try Desk(1)
    let problems = desk.command[1]
    let plan = ["batch", problems, "--plan", desk.plan]
    #expect(try await desk.program.run(plan + ["--model", "m"]).status == 64)
    let embedded = try await desk.program.run(plan + ["--out", desk.out])
    #expect(embedded.status == 64)
    #expect(embedded.complaints.hasPrefix("pentimento: the embedded model takes no files; "))
    let missing = try await desk.program.run(desk.command + ["--absorb", "/nowhere.jsonl"])
    #expect(missing.status == 74)
    #expect(
      missing.complaints
        == "pentimento: cannot read the responses /nowhere.jsonl: No such file or directory\n")
  }
}

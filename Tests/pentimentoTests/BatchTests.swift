import FoundationEssentials
import LoopbackServer
import Testing
import Tutoring

@testable import pentimento

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The built program over a file of problems: what it writes, what it leaves out the second time,
/// and what it says.
@Suite struct BatchTests {
  /// Solves every problem of `rows`; a critic that always agrees.
  static func answer(_ request: LoopbackServer.Request) -> Response {
    request.text.contains("critique whether")
      ? .reply(DialogueTests.right) : .reply(DialogueTests.solution)
  }

  static func server() -> LoopbackServer { LoopbackServer { request, _ in answer(request) } }

  /// The same, but one request waits until the gate opens.
  static func server(holding number: Int, at gate: Gate) -> LoopbackServer {
    LoopbackServer { request, index in
      let reply = answer(request)
      return index == number ? reply.inserting(.gate(gate), before: 0) : reply
    }
  }

  static func row(_ number: Int) -> String {
    #"{"id":"p\#(number)","problem":"Box \#(number) has 3 rows of 4 pens. How many?","#
      + #""answer":\#(number)}"#
  }

  static func rows(_ numbers: some Sequence<Int>) -> String {
    numbers.map { row($0) + "\n" }.joined()
  }

  /// The records of an output, by id, without what a clock measured.
  static func records(_ text: String) throws -> [String: RunRecord] {
    let records = try text.split(separator: "\n").map { line in
      var record = try JSONDecoder().decode(RunRecord.self, from: Data(line.utf8)).brief
      record.cost.milliseconds = 0
      return record
    }
    return Dictionary(records.map { ($0.id, $0) }, uniquingKeysWith: { $1 })
  }

  private func started(_ text: String) throws -> (program: Program, problems: String, out: String) {
    let program = try Program()
    let problems = try program.home.write(text, to: "problems.jsonl")
    return (program, problems, "\(program.home.path)/runs.jsonl")
  }

  @Test(arguments: [("--limit", "a number above 0"), ("--jobs", "a number from 1 to 4096")])
  func `a negative number is refused with words about it`(option: String, words: String)
    async throws
  {
    let run = try await Program().run(["batch", option, "-1"])
    #expect(run.status == 64 && run.complaints.contains("\(option) takes \(words)"))
  }

  @Test func `every problem gives a line, and the second time nothing is asked`() async throws {
    let server = Self.server()
    let (program, problems, out) = try started(Self.rows(0..<9))
    let command = ["batch", problems, "--out", out, "--jobs", "4"] + Program.flags(server)
    let run = try await program.run(command)
    #expect(run.status == 0)
    #expect(run.output == "")
    #expect(
      run.complaints.hasPrefix(
        "pentimento: 9 solved: 9 accepted\n18 calls · 126 tokens read, 198 written · "))
    let records = try Self.records(program.text(of: out))
    #expect(records.keys.sorted() == (0..<9).map { "p\($0)" })
    for (id, record) in records {
      #expect(record.verdict == .accepted && record.answer == "12")
      #expect(record.row == ["answer": .int(try #require(Int(id.dropFirst())))])
      #expect(record.cost.calls == 2)
    }
    var status = stat()
    #expect(stat(out, &status) == 0 && status.st_mode & 0o777 == 0o600)
    let before = program.text(of: out)
    let again = try await program.run(command)
    #expect(again.status == 0)
    #expect(
      again.complaints.hasPrefix("pentimento: 0 solved; 9 done before\n0 calls"))
    #expect(program.text(of: out) == before)
    #expect(server.requests.count == 18)
  }

  @Test func `a line holds what is needed to compute it again`() async throws {
    let server = Self.server()
    let (program, problems, out) = try started(Self.rows(0..<1))
    _ = try await program.run(["batch", problems, "--out", out] + Program.flags(server))
    let line = program.text(of: out)
    let record = try JSONDecoder().decode(RunRecord.self, from: Data(line.utf8))
    #expect(Array(line.utf8) == record.encoded())
    #expect(record.exchanges.map(\.phase) == [.propose, .critique])
    let prompts = try Prompts.builtin()
    #expect(await record.transcript()?.verify(prompts: prompts).differences == [])
  }

  @Test(arguments: [1, 4, 9, 15])
  func `kill -9 loses only what was in flight`(request number: Int) async throws {
    let gate = Gate()
    let server = LoopbackServer { request, index in
      let reply = Self.answer(request)
      return index == number ? reply.inserting(.gate(gate), before: 2) : reply
    }
    let (program, problems, out) = try started(Self.rows(0..<10))
    let command = ["batch", problems, "--out", out, "--jobs", "1"] + Program.flags(server)
    let running = try program.start(command)
    await gate.reached()
    running.signal(SIGKILL)
    #expect(await running.outcome().status == -SIGKILL)
    let before = program.text(of: out)
    #expect(before.isEmpty || before.hasSuffix("}\n"))
    #expect(try Self.records(before).count == number / 2)
    // As if it had been killed within a write.
    try program.home.write(before + #"{"answer":"12","co"#, to: "runs.jsonl")
    let run = try await program.run(command)
    #expect(run.status == 0)
    let after = program.text(of: out)
    #expect(after.hasPrefix(before))
    #expect(try Self.records(after).count == 10)
    #expect(after.split(separator: "\n").count == 10)
    // The problem in flight was asked again from its beginning, and no other.
    #expect(server.requests.count == number + 1 + 20 - 2 * (number / 2))
  }

  @Test func `all shards together are the whole`() async throws {
    let server = Self.server()
    let (program, problems, out) = try started(Self.rows(0..<20))
    let flags = Program.flags(server)
    _ = try await program.run(["batch", problems, "--out", out] + flags)
    var union: [String: RunRecord] = [:]
    for part in 1...3 {
      let run = try await program.run(["batch", problems, "--shard", "\(part)/3"] + flags)
      let records = try Self.records(run.output)
      #expect(!records.isEmpty && Set(records.keys).isDisjoint(with: union.keys))
      union.merge(records) { $1 }
    }
    let whole = try Self.records(program.text(of: out))
    #expect(union == whole)
    #expect(server.requests.count == 80)
  }

  @Test func `as a filter it writes lines on stdout, each when it is done, and nothing else`()
    async throws
  {
    let gate = Gate()
    let server = Self.server(holding: 2, at: gate)
    let program = try Program()
    let running = try program.start(
      ["batch", "--jobs", "1"] + Program.flags(server), input: Self.rows(0..<3))
    await gate.reached()
    let first = program.text(of: "\(program.home.path)/output")
    #expect(first.hasSuffix("}\n"))
    #expect(try Self.records(first).keys.sorted() == ["p0"])
    gate.open()
    let run = await running.outcome()
    #expect(run.status == 0)
    #expect(run.complaints == "")
    #expect(run.output.hasPrefix(first))
    #expect(try Self.records(run.output).keys.sorted() == ["p0", "p1", "p2"])
    #expect(program.transcripts == [])
  }

  @Test func `bad rows and taken ids are named by their line, and nothing is lost`() async throws {
    let server = Self.server()
    let text = """
      {"id":"a","problem":"1 box of 3 rows of 4 pens. How many?"}
      not JSON

      {"id":"b","answer":3}
      {"id":"a","question":"2 boxes of 6 pens. How many?","note":"é"}
      """
    let (program, problems, out) = try started(text)
    let command = ["batch", problems, "--out", out] + Program.flags(server)
    let run = try await program.run(command)
    #expect(run.status == 65)
    #expect(
      run.complaints.hasPrefix(
        """
        pentimento: \(problems):2: no JSON object on one line
        pentimento: \(problems):4: no text `problem` or `question` in it
        pentimento: \(problems):5: the id a is that of line 1; this row goes by a@5
        pentimento: 2 solved: 2 accepted; 2 errors

        """))
    let records = try Self.records(program.text(of: out))
    #expect(records["a"]?.verdict == .accepted && records["a@5"]?.verdict == .accepted)
    #expect(records["a@5"]?.row == ["note": .string("é")])
    let errors = records.values.compactMap(\.error).sorted()
    #expect(
      errors == [
        "line 2: no JSON object on one line", "line 4: no text `problem` or `question` in it",
      ]
    )
    _ = try await program.run(command)
    #expect(server.requests.count == 4)
  }

  @Test func `an error is recorded, the rest goes on, and only it is asked again`() async throws {
    let server = LoopbackServer { request, index in
      index < 6 && request.text.contains("Box 1 ")
        ? .error(400, "no such box") : Self.answer(request)
    }
    let (program, problems, out) = try started(Self.rows(0..<3))
    let command = ["batch", problems, "--out", out, "--jobs", "1"] + Program.flags(server)
    let run = try await program.run(command)
    #expect(run.status == 69)
    #expect(run.complaints.contains("pentimento: p1: \(server.url)/chat/completions answered 400"))
    #expect(run.complaints.contains("pentimento: 2 solved: 2 accepted; 1 error\n"))
    let failed = try Self.records(program.text(of: out))["p1"]
    #expect(failed?.verdict == nil && failed?.error?.contains("(no such box)") == true)
    #expect(failed?.row == ["answer": .int(1)])
    #expect(server.requests.count == 5)
    let without = try await program.run(command + ["--no-retry-errors"])
    #expect(without.status == 69)
    #expect(without.complaints.contains("1 problem that ended in an error before is left so"))
    #expect(server.requests.count == 5)
    let bailed = try await program.run(command + ["--bail"])
    #expect(bailed.status == 69)
    #expect(server.requests.count == 6)
    let mended = try await program.run(command)
    #expect(mended.status == 0)
    #expect(server.requests.count == 8)
    #expect(try Self.records(program.text(of: out))["p1"]?.verdict == .accepted)
  }

  @Test func `with --bail the first error ends it`() async throws {
    let server = LoopbackServer { request, _ in
      request.text.contains("Box 1 ") ? .error(400, "no such box") : Self.answer(request)
    }
    let (program, problems, out) = try started(Self.rows(0..<5))
    let run = try await program.run(
      ["batch", problems, "--out", out, "--jobs", "1", "--bail"] + Program.flags(server))
    #expect(run.status == 69)
    #expect(try Self.records(program.text(of: out)).keys.sorted() == ["p0", "p1"])
  }

  @Test func `two programs do not write one file`() async throws {
    let gate = Gate()
    let server = LoopbackServer(.reply(DialogueTests.solution).inserting(.gate(gate), before: 0))
    let (program, problems, out) = try started(Self.rows(0..<1))
    let command = ["batch", problems, "--out", out] + Program.flags(server)
    let running = try program.start(command)
    await gate.reached()
    let other = try Program()
    let second = try await other.run(command)
    #expect(second.status == 74)
    #expect(
      second.complaints == """
        pentimento: \(out) is being written by another pentimento; wait for it, or give this one \
        an --out of its own and a --shard

        """)
    running.signal(SIGKILL)
    _ = await running.outcome()
  }

  @Test(arguments: [(SIGINT, Int32(130)), (SIGTERM, Int32(143))])
  func `a signal ends it, and what is done stays`(number: Int32, status: Int32) async throws {
    let gate = Gate()
    let server = LoopbackServer { request, index in
      index < 4 ? Self.answer(request) : Self.answer(request).inserting(.gate(gate), before: 3)
    }
    let (program, problems, out) = try started(Self.rows(0..<8))
    let command = ["batch", problems, "--out", out, "--jobs", "2"] + Program.flags(server)
    let running = try program.start(command)
    await gate.reached()
    running.signal(number)
    #expect(await running.outcome().status == status)
    let records = try Self.records(program.text(of: out))
    #expect(records.count <= 2 && records.values.allSatisfy { $0.verdict == .accepted })
    gate.open()
    #expect(try await program.run(command).status == 0)
    #expect(try Self.records(program.text(of: out)).count == 8)
  }

  @Test func `a signal ends it while it waits for a line`() async throws {
    let gate = Gate()
    let server = Self.server(holding: 0, at: gate)
    let program = try Program()
    var ends: [Int32] = [-1, -1]
    try #require(mkfifo("\(program.home.path)/input", 0o600) == 0)
    ends[0] = open("\(program.home.path)/input", O_RDWR | O_CLOEXEC)
    defer { close(ends[0]) }
    let row = Self.rows(0..<1)
    #expect(row.withCString { write(ends[0], $0, row.utf8.count) } == row.utf8.count)
    let running = try program.start(["batch"] + Program.flags(server), input: nil)
    await gate.reached()
    running.signal(SIGINT)
    let run = await running.outcome()
    #expect(run.status == 130)
    #expect(run.output == "")
  }

  @Test func `a full disk is an error that ends it`() async throws {
    let server = Self.server()
    let full = open("/dev/full", O_WRONLY | O_CLOEXEC)
    try #require(full >= 0)
    defer { close(full) }
    let program = try Program()
    let running = try program.start(
      ["batch"] + Program.flags(server), input: Self.rows(0..<2), output: full)
    let run = await running.outcome()
    #expect(run.status == 74)
    #expect(run.complaints == "pentimento: cannot write to stdout: No space left on device\n")
  }

  @Test func `a row may bring the solution that is to be judged`() async throws {
    let server = LoopbackServer(.reply(DialogueTests.right))
    let row =
      #"{"id":"a","problem":"3 rows of 4 pens?","solution":"3 * 4 = 12. The answer is 12."}"#
    let run = try await Program().run(
      ["batch", "--working", "solution"] + Program.flags(server), input: row)
    let record = try #require(try Self.records(run.output)["a"])
    #expect(record.rounds.map(\.origin) == [.learner])
    #expect(record.answer == "12" && record.verdict == .accepted)
    #expect(server.requests.count == 1)
  }
}

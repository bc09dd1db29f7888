import FoundationEssentials
import LoopbackServer
import PseudoTerminal
import Testing
import Tutoring

@testable import pentimento

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Batches that are disturbed, and a batch at a terminal.
@Suite struct BatchFaultTests {
  /// The requests, from 0, at which 20 runs are killed.
  private static let kills: [Int] = {
    var state: UInt32 = 20_251
    return (0..<20).map { _ in
      state = state &* 1_664_525 &+ 1_013_904_223
      return 1 + Int(state >> 24) % 8
    }
  }()

  @Test func `twenty kills and resumptions give the result of an undisturbed run`() async throws {
    let program = try Program()
    let problems = try program.home.write(BatchTests.rows(0..<60), to: "problems.jsonl")
    let out = "\(program.home.path)/runs.jsonl"
    let command = ["batch", problems, "--out", out, "--jobs", "4"]
    var written = ""
    for (number, request) in Self.kills.enumerated() {
      // A server for each run: what a killed one had asked is not counted to the next.
      let gate = Gate()
      let server = LoopbackServer { asked, index in
        let reply = BatchTests.answer(asked)
        return index == request ? reply.inserting(.gate(gate), before: number % 6) : reply
      }
      defer { server.stop() }
      let running = try program.start(command + Program.flags(server))
      await gate.reached()
      running.signal(SIGKILL)
      #expect(await running.outcome().status == -SIGKILL)
      let text = program.text(of: out)
      #expect(text.hasPrefix(written))
      written = text.lastIndex(of: "\n").map { String(text[...$0]) } ?? ""
    }
    let flags = Program.flags(BatchTests.server())
    #expect(try await program.run(command + flags).status == 0)
    let undisturbed = try await program.run(["batch", problems, "--jobs", "4"] + flags)
    #expect(
      try BatchTests.records(program.text(of: out)) == BatchTests.records(undisturbed.output))
    #expect(program.text(of: out).split(separator: "\n").count == 60)
  }

  @Test func `a reply that broke off is asked for again`() async throws {
    let cut = Response.reply(DialogueTests.solution).inserting(.hangUp, before: 4)
    let page = Response.page(200, "<html></html>")
    let server = LoopbackServer(
      cut, page, .reply(DialogueTests.solution), .reply(DialogueTests.right))
    let run = try await Program().run(
      ["batch"] + Program.flags(server), input: BatchTests.rows(0..<1))
    let record = try #require(try BatchTests.records(run.output)["p0"])
    #expect(record.verdict == .accepted && record.cost.calls == 4)
    let broken = LoopbackServer(cut)
    let other = try await Program().run(
      ["batch"] + Program.flags(broken), input: BatchTests.rows(0..<1))
    let truncated = try #require(try BatchTests.records(other.output)["p0"])
    #expect(truncated.verdict == .unresolved && truncated.ending == .truncated)
    #expect(other.status == 0 && broken.requests.count == 3)
  }

  @Test func `a reader that has gone away ends it quietly`() async throws {
    var ends: [Int32] = [-1, -1]
    try #require(pipe(&ends) == 0)
    close(ends[0])
    defer { close(ends[1]) }
    let server = BatchTests.server()
    let run = try await Program().start(
      ["batch", "--jobs", "1"] + Program.flags(server), input: BatchTests.rows(0..<50),
      output: ends[1]
    ).outcome()
    #expect(run.status == 0)
    #expect(run.complaints == "")
    #expect(server.requests.count == 2)
  }

  @Test func `without a home it is a filter all the same`() async throws {
    let program = try Program(["HOME": "", "XDG_DATA_HOME": "", "LC_ALL": "C"])
    let run = try await program.run(
      ["batch"] + Program.flags(BatchTests.server()), input: BatchTests.rows(0..<2))
    #expect(run.status == 0)
    #expect(try BatchTests.records(run.output).count == 2)
  }

  @Test func `a line that is no record is named, and nothing is written`() async throws {
    let program = try Program()
    let text = "{\"id\":\"p0\",\"verdict\":\"accepted\"}\nnonsense\n"
    let out = try program.home.write(text, to: "runs.jsonl")
    let server = BatchTests.server()
    let problems = try program.home.write(BatchTests.rows(0..<2), to: "problems.jsonl")
    let run = try await program.run(
      ["batch", problems, "--out", out] + Program.flags(server))
    #expect(run.status == 65)
    #expect(
      run.complaints
        == "pentimento: \(out):2: no line of a batch's output; mend or delete that line to use the "
        + "rest\n")
    #expect(program.text(of: out) == text && server.requests.isEmpty)
    let itself = try await program.run(
      ["batch", problems, "--out", problems] + Program.flags(server))
    #expect(itself.status == 64)
    #expect(
      itself.complaints.hasPrefix(
        "Error: the file of problems and --out are both \(problems); what --out writes needs a "))
    let plan = try await program.run(
      ["batch", problems, "--out", out + "2", "--plan", problems] + Program.flags(server))
    #expect(plan.status == 64)
    #expect(program.text(of: problems) == BatchTests.rows(0..<2))
    for (path, status) in [("/nowhere/x.jsonl", 74), (program.home.path, 74)] {
      let run = try await program.run(
        ["batch", problems, "--out", path] + Program.flags(server))
      #expect(run.status == Int32(status))
    }
    let missing = try await program.run(["batch", "/nowhere.jsonl"] + Program.flags(server))
    #expect(missing.status == 74)
    #expect(
      missing.complaints == "pentimento: cannot read /nowhere.jsonl: No such file or directory\n")
  }

  @Test func `other settings than those of what is done are said`() async throws {
    let program = try Program()
    let server = BatchTests.server()
    let problems = try program.home.write(BatchTests.rows(0..<2), to: "problems.jsonl")
    let out = "\(program.home.path)/runs.jsonl"
    let command = ["batch", problems, "--out", out] + Program.flags(server)
    _ = try await program.run(command + ["--limit", "1"])
    let other = try await program.run(command + ["--rounds", "0"])
    #expect(
      other.complaints.hasPrefix(
        "pentimento: what is done in \(out) was solved under other settings, and stays as it is\n"))
    #expect(other.status == 0 && server.requests.count == 4)
  }

  @Test func `at a terminal a bar shows how far it is`() async throws {
    let gate = Gate()
    let server = BatchTests.server(holding: 2, at: gate)
    let program = try Program()
    let problems = try program.home.write(BatchTests.rows(0..<2), to: "problems.jsonl")
    let out = "\(program.home.path)/runs.jsonl"
    let terminal = try PseudoTerminal(
      builtProgram("pentimento"),
      ["batch", problems, "--out", out, "--jobs", "1"] + Program.flags(server),
      environment: program.environment, rows: 10, columns: 90)
    try await terminal.wait(for: "] 1/2 · ")
    #expect(terminal.screen.text.contains("[####"))
    gate.open()
    try await terminal.wait(for: "pentimento: 2 solved: 2 accepted")
    #expect(try await terminal.waitForEnd() == .exited(0))
    #expect(!terminal.screen.text.contains("["))
  }
}

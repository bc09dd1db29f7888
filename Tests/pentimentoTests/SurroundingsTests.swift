import FoundationEssentials
import LoopbackServer
import PseudoTerminal
import Testing

@testable import Tutoring
@testable import pentimento

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Surroundings that a program does not always find as it likes.
@Suite struct SurroundingsTests {
  private static let solution = Response.reply(DialogueTests.solution)
  private static let right = Response.reply(DialogueTests.right)

  private static func server() -> LoopbackServer { BatchTests.server() }

  @Test(.enabled(if: Unprivileged.launcher != nil, "no user without privileges can be had"))
  func `without a home a transcript goes where it is told, or the lack is said`() async throws {
    let launcher = try #require(Unprivileged.launcher)
    let program = try Program()
    Unprivileged.own(program.home.path)
    let homeless = launcher + ["/usr/bin/env", "-u", "HOME", "-u", "XDG_DATA_HOME"]
    let server = Self.server()
    let path = "\(program.home.path)/t.jsonl"
    let told = try await program.start(
      ["solve", DialogueTests.pens, "--transcript", path] + Program.flags(server),
      through: homeless
    ).outcome()
    #expect(told.output == "accepted\t12\n" && told.status == 0)
    guard getuid() == 0 else { return }
    let run = try await program.start(
      ["solve", DialogueTests.pens] + Program.flags(server), through: homeless
    ).outcome()
    #expect(run.status == 74 && run.complaints.contains("cannot create the folder /nonexistent"))
  }

  /// C, and one of eight bits if it can be compiled here.
  @Test(arguments: ["C", "de_DE.ISO-8859-1"])
  func `in a locale without UTF-8 nothing is lost`(locale: String) async throws {
    var variables = ["LC_ALL": locale]
    let program = try Program()
    if locale != "C" {
      variables["LOCPATH"] = program.home.path
      _ = try await program.start(
        [],
        through: [
          "/bin/sh", "-c", "localedef -i de_DE -f ISO-8859-1 \"$0\" 2>/dev/null || :",
          "\(program.home.path)/\(locale)",
        ]
      ).outcome()
    }
    let other = try Program(variables)
    let server = Self.server()
    let problem = "Ist √2 × π ≈ 4,44 größer als 中?"
    let piped = try await other.run(["--show-work"] + Program.flags(server), input: problem)
    #expect(piped.output.hasSuffix("accepted\t12\n") && piped.status == 0)
    let terminal = try await other.dialogue(server)
    try await terminal.enterAndWait(problem, for: "accepted")
    #expect(terminal.screen.text.contains(problem))
    #expect(other.transcripts.count == 2 && other.transcripts.allSatisfy { $0.contains(problem) })
    #expect(server.requests.count { $0.text.contains(problem) } == 4)
  }

  @Test(arguments: 1...7) func `no file takes the place of a closed stdin, stdout or stderr`(
    closed: Int
  ) async throws {
    let gate = Gate()
    let server = LoopbackServer(Self.solution.inserting(.gate(gate), before: 2), Self.right)
    let program = try Program()
    let closings = ["<&-", ">&-", "2>&-"].enumerated().filter { closed >> $0.offset & 1 == 1 }
    let script = "exec \"$@\" \(closings.map(\.element).joined(separator: " "))"
    let run = try program.start(
      ["solve", DialogueTests.pens] + Program.flags(server),
      through: ["/bin/sh", "-c", script, "sh"])
    await gate.reached()
    #if os(Linux)
      for (number, _) in closings {
        #expect(Path.resolved("/proc/\(run.process)/fd/\(number)") == "/dev/null")
      }
    #endif
    gate.open()
    let outcome = await run.outcome()
    let hasOutput = closed & 2 == 0
    #expect(outcome.status == (hasOutput ? 0 : 74))
    #expect(outcome.output == (hasOutput ? "accepted\t12\n" : ""))
    #expect(
      outcome.complaints
        == (hasOutput || closed & 4 != 0
          ? "" : "pentimento: cannot write to stdout: Bad file descriptor\n"))
    let lines = try Transcript(file: try program.transcriptPath).lines
    #expect(lines.map(\.event.kind) == ["session"] + FullDiskTests.problem)
  }

  @Test(arguments: ["exec \"$@\" <&-", "exec \"$@\" < /"])
  func `a stdin that cannot be read is no end of input`(script: String) async throws {
    let reason = script.hasSuffix("-") ? "Bad file descriptor" : "Is a directory"
    for command in [[], ["solve", "-"]] {
      let program = try Program()
      let run = try await program.start(
        command + Program.flags(Self.server()), through: ["/bin/sh", "-c", script, "sh"]
      ).outcome()
      #expect(run.status == 74 && run.output == "")
      #expect(run.complaints == "pentimento: cannot read stdin: \(reason)\n")
    }
  }

  @Test func `a clock that goes back loses and mixes nothing`() async throws {
    let program = try SessionsTests.program(with: ["pentagon", "gsm8k-right"])
    let server = Self.server()
    let golden = "\(program.transcriptFolder)/pentagon.jsonl"
    // Taken up: what comes later begins at 0 again, and stands behind what was there.
    let last = Line(at: 1 << 49, event: .note("long ago"))
    let before = program.text(of: golden) + String(decoding: last.encoded(), as: UTF8.self)
    try Data(before.utf8).write(to: URL(filePath: golden))
    let resumed = try await program.run(
      ["resume", "pentagon"] + Program.flags(server), input: DialogueTests.pens)
    #expect(resumed.output == "accepted\t12\n" && program.text(of: golden).hasPrefix(before))
    let lines = try Transcript(file: golden).lines
    let place = try #require(lines.firstIndex { $0.event.kind == "resumed" })
    #expect(lines[place - 1] == last && lines[place].at < last.at)
    let shown = try await program.run(["replay", "pentagon", "--speed", "1e12"])
    #expect(shown.status == 0 && shown.output.contains("There are 3"))
    // A session of the future, one of the past and one before all time.
    for (name, started) in [("later", 4e9), ("earlier", 1e9), ("before", -1e18)] {
      let header = Line(
        at: -5, event: .session(SessionHeader(id: name, started: started, program: "p")))
      let text = String(decoding: header.encoded(), as: UTF8.self)
      try program.home.write(text, to: "data/pentimento/transcripts/\(name).jsonl", mode: 0o600)
    }
    let list = try await program.run(["sessions"])
    #expect(
      list.lines.compactMap { $0.split(separator: "\t").first }
        == ["later", "gsm8k-right", "pentagon", "earlier", "before"])
    let old = try await program.run(["solve", DialogueTests.pens] + Program.flags(server))
    #expect(old.status == 0)
    #expect(SavedTranscript.names(in: program.transcriptFolder).count == 6)
  }

  // MARK: - Many, and much

  @Test func `the list of many sessions is whole and in order`() async throws {
    let program = try Program()
    for number in 0..<200 {
      let name = "s\(String(number + 1000).dropFirst())"
      let header = SessionHeader(id: name, started: Double(1_000 + number * 7 % 200), program: "p")
      let line = Line(at: 0, event: .session(header)).encoded()
      try program.home.write(
        String(decoding: line, as: UTF8.self), to: "data/pentimento/transcripts/\(name).jsonl",
        mode: 0o600)
    }
    let list = try await program.run(["sessions"])
    let names = (0..<200).sorted { $0 * 7 % 200 > $1 * 7 % 200 }.map {
      "s\(String($0 + 1000).dropFirst())"
    }
    #expect(list.lines.compactMap { $0.split(separator: "\t").first.map(String.init) } == names)
    #expect(list.status == 0)
  }

  #if os(Linux)
    @Test func `a transcript is taken up in the memory of a problem, whatever its length`()
      async throws
    {
      let program = try Program()
      let lines = program.text(of: "\(SessionsTests.goldens)/gsm8k-truncated.jsonl")
        .split(separator: "\n")
      let body = lines.dropFirst().map { $0 + "\n" }.joined()
      /// KiB at most, up to the first request.
      func peak(_ count: Int) async throws -> Int {
        let gate = Gate()
        let server = LoopbackServer(Self.solution.inserting(.gate(gate), before: 0), Self.right)
        let text = lines[0] + "\n" + String(repeating: body, count: count)
        let path = try program.home.write(text, to: "t\(count).jsonl", mode: 0o600)
        let run = try program.start(
          ["resume", path] + Program.flags(server), input: DialogueTests.pens)
        await gate.reached()
        let row = program.text(of: "/proc/\(run.process)/status").split(separator: "\n").first {
          $0.hasPrefix("VmHWM:")
        }
        gate.open()
        #expect(await run.outcome().output == "accepted\t12\n")
        return try #require(row?.split(separator: " ").dropFirst().first.flatMap { Int($0) })
      }
      // 0.3 and 8 MB; all of the second in memory would be more than the bound.
      let (small, large) = (try await peak(100), try await peak(2600))
      #expect(large < small + 2048, "\(small) and \(large) KiB")
    }
  #endif
}

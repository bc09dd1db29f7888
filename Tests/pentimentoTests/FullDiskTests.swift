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

/// Disks that are full: what happened is said, and what was written stands.
@Suite struct FullDiskTests {
  private static let two = "\(DialogueTests.pens)\nHow many pens now?\n"

  private static func server() -> LoopbackServer { BatchTests.server() }

  /// Words of a command that runs the words behind it under a limit of files' sizes, in blocks of
  /// 512 bytes.
  private static func limited(_ blocks: Int) -> [String] {
    ["/bin/sh", "-c", "ulimit -f \(blocks); exec \"$@\"", "sh"]
  }

  /// A limit at every place of a transcript of two problems, a few lines of it at a time.
  @Test(arguments: [1, 4, 10, 13, 17])
  func `a transcript that may not grow ends without a hole, and is taken up`(blocks: Int)
    async throws
  {
    let program = try Program()
    let server = Self.server()
    let run = try await program.start(
      Program.flags(server), input: Self.two, through: Self.limited(blocks)
    ).outcome()
    let path = try program.transcriptPath
    #expect(run.status == 74)
    #expect(
      run.complaints.contains(
        "cannot write the transcript \(path): File too large; free the disk or choose another"))
    let text = program.text(of: path)
    #expect(text.hasSuffix("\n") && text.utf8.count <= blocks * 512)
    for lines in try Transcript(file: path).problems {
      #expect(Self.problem.starts(with: lines.map(\.event.kind)))
    }
    let resumed = try await program.run(
      ["resume", path] + Program.flags(server), input: DialogueTests.pens)
    #expect(resumed.output == "accepted\t12\n" && resumed.status == 0)
    #expect(program.text(of: path).hasPrefix(text))
    #expect(try Transcript(file: path).lines.last?.event.kind == "verdict")
    #expect(try await program.run(["replay", path, "--verify"]).status == 0)
  }

  /// What is written of one problem.
  static let problem = [
    "problem", "decision", "exchange", "checked", "decision", "exchange", "critiqued", "decision",
    "verdict",
  ]

  @Test func `without room for its first line there is no transcript`() async throws {
    let program = try Program()
    let server = Self.server()
    let words = Self.limited(0) + [builtProgram("pentimento")] + Program.flags(server)
    let terminal = try PseudoTerminal(
      words[0], Array(words.dropFirst()), environment: program.environment, columns: 200)
    try await terminal.waitForPrompt()
    for time in 1...2 {
      terminal.enter(DialogueTests.pens)
      try await terminal.wait(
        forOutput: "File too large; free the disk or choose another folder", times: time)
      // What could not be posed can be sent again.
      try await terminal.wait(for: "an open problem") { screen in
        screen.text.hasSuffix("› \(DialogueTests.pens)")
      }
      terminal.send("\u{15}")
      try await terminal.waitForPrompt()
    }
    #expect(terminal.screen.text.contains("this session's entries are not kept"))
    #expect(Directory.entries(of: program.transcriptFolder).isEmpty)
    #expect(server.requests.isEmpty)
    terminal.enter("/quit")
    #expect(try await terminal.waitForEnd() == .exited(0))
  }

  @Test(arguments: [3, 9, 15]) func `a batch that may not write goes on when it may`(blocks: Int)
    async throws
  {
    let program = try Program()
    let server = Self.server()
    let problems = try program.home.write(BatchTests.rows(0..<6), to: "problems.jsonl")
    let out = "\(program.home.path)/runs.jsonl"
    let command = ["batch", problems, "--out", out, "--jobs", "2"] + Program.flags(server)
    let run = try await program.start(command, through: Self.limited(blocks)).outcome()
    #expect(run.status == 74)
    #expect(
      run.complaints.contains(
        "cannot write \(out): File too large; what is in it stays, so mend that and run the same"))
    let text = program.text(of: out)
    #expect(text.isEmpty || text.hasSuffix("}\n"))
    #expect(try await program.run(command).status == 0)
    #expect(program.text(of: out).hasPrefix(text))
    #expect(try BatchTests.records(program.text(of: out)).count == 6)
  }

  @Test func `an export that does not fit leaves what was there`() async throws {
    let program = try SessionsTests.program(with: ["pentagon"])
    let file = try program.home.write("mine\n", to: "pentagon.html", mode: 0o600)
    let run = try await program.start(
      ["export", "pentagon", "--out", file, "--force"], through: Self.limited(4)
    ).outcome()
    #expect(run.status == 74)
    #expect(
      run.complaints
        == "pentimento: cannot write \(file): File too large; mend that or choose another file\n")
    #expect(program.text(of: file) == "mine\n")
    #expect(!Directory.entries(of: program.home.path).contains { $0.hasSuffix(".part") })
  }

  @Test func `recordings that cannot be kept end an evaluation`() async throws {
    let program = try Program()
    let server = Self.server()
    let set = try program.home.write(
      (0..<3).map { #"{"id":"q\#($0)","problem":"3 * \#($0 + 4)?","answer":"12"}"# + "\n" }
        .joined(), to: "set.jsonl")
    let record = "\(program.home.path)/r.jsonl"
    let run = try await program.start(
      ["eval", set, "--record", record, "--jobs", "1"] + Program.flags(server),
      through: Self.limited(2)
    ).outcome()
    #expect(run.status == 74, "\(run.complaints)")
    #expect(run.complaints.contains("\(record): File too large"))
    #expect(program.text(of: record).isEmpty || program.text(of: record).hasSuffix("}\n"))
  }

  @Test(arguments: [
    ["solve", DialogueTests.pens], ["--json"], ["--show-work"], ["sessions"],
    ["replay", "pen"], ["replay", "pen", "--verify"],
    ["export", "pen", "--to", "md"],
    ["check", "--equal", "12", "12.0"],
    ["config"], ["doctor"],
  ])
  func `a full disk behind stdout is said, and a reader that left is not`(command: [String])
    async throws
  {
    let program = try SessionsTests.program(with: ["pentagon"])
    let server = Self.server()
    let asks = command[0] == "solve" || command[0].hasPrefix("--")
    let words = command + (asks ? Program.flags(server) : [])
    let full = open("/dev/full", O_WRONLY | O_CLOEXEC)
    try #require(full >= 0)
    defer { close(full) }
    let run = try await program.start(words, input: DialogueTests.pens, output: full).outcome()
    #expect(run.status == 74)
    #expect(
      run.complaints.hasSuffix("pentimento: cannot write to stdout: No space left on device\n"))
    let ends = try Victim.ends()
    close(ends.read)
    defer { close(ends.write) }
    let left = try await program.start(words, input: DialogueTests.pens, output: ends.write)
      .outcome()
    #expect(left.status == 0 && !left.complaints.contains("cannot write"))
  }

  @Test func `behind head it ends quietly, however much it had to say`() async throws {
    let program = try SessionsTests.program(with: ["pentagon"])
    let text = program.text(of: "\(SessionsTests.goldens)/pentagon.jsonl")
    let lines = text.split(separator: "\n")
    let long =
      [String(lines[0])] + Array(repeating: lines.dropFirst().joined(separator: "\n"), count: 20)
    try program.home.write(
      long.joined(separator: "\n") + "\n", to: "data/pentimento/transcripts/long.jsonl", mode: 0o600
    )
    let script = "{ \"$@\"; echo $? > \"$0\"; } | head -1"
    let run = try await program.start(
      ["export", "long", "--to", "jsonl"],
      through: ["/bin/sh", "-c", script, "\(program.home.path)/status"]
    ).outcome()
    #expect(run.output == lines[0] + "\n" && run.complaints == "")
    #expect(program.text(of: "\(program.home.path)/status") == "0\n")
  }
}

extension Event {
  /// The name of its kind.
  var kind: String {
    switch self {
    case .session: "session"
    case .resumed: "resumed"
    case .problem: "problem"
    case .exchange: "exchange"
    case .checked: "checked"
    case .critiqued: "critiqued"
    case .decided: "decision"
    case .verdict: "verdict"
    case .failed: "failed"
    case .note: "note"
    }
  }
}

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

/// Saved sessions: listed, searched, renamed, deleted and taken up again by the built program.
@Suite struct SessionsTests {
  /// The folder of golden transcripts.
  static let goldens =
    URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "transcripts/golden").path

  /// A program that has saved some of the golden sessions.
  static func program(
    with names: [String], _ variables: [String: String] = [:]
  ) throws -> Program {
    let program = try Program(["TZ": "UTC0"].merging(variables) { $1 })
    for name in names {
      let text = program.text(of: "\(goldens)/\(name).jsonl")
      try program.home.write(
        text, to: "data/pentimento/transcripts/\(name).jsonl", mode: 0o600)
    }
    return program
  }

  @Test func `the list in a pipe: id, date, first problem and verdicts between tabs`() async throws
  {
    let program = try Self.program(with: ["pentagon", "gsm8k-right", "gsm8k-truncated"])
    let run = try await program.run(["sessions"])
    let rows = run.lines.map { $0.split(separator: "\t").map(String.init) }
    #expect(rows.map { $0[0] } == ["gsm8k-right", "pentagon", "gsm8k-truncated"])
    #expect(
      rows.map { $0[1] }.allSatisfy { $0.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/) != nil })
    #expect(rows.map { $0[2].prefix(5) } == ["Randy", "As sh", "Julie"])
    #expect(rows.map { $0[3] } == ["accepted", "accepted", "unresolved"])
    #expect(run.status == 0 && run.complaints == "")
    let one = try await program.run(["sessions", "--limit", "1"])
    #expect(one.lines.count == 1 && one.output.hasPrefix("gsm8k-right\t"))
    let old = try await program.run(["sessions", "list", "--older-than", "1d"])
    #expect(old.output == "" && old.status == 0)
    let empty = try await Program().run(["sessions"])
    #expect(empty.output == "" && empty.complaints == "" && empty.status == 0)
  }

  @Test(arguments: [40, 80]) func `the list at a terminal keeps a session to a line, or to two`(
    columns: Int
  ) async throws {
    let program = try Self.program(with: ["pentagon", "gsm8k-disputed"])
    let terminal = try PseudoTerminal(
      builtProgram("pentimento"), ["sessions"], environment: program.environment, rows: 10,
      columns: columns)
    #expect(try await terminal.waitForEnd() == .exited(0))
    let lines = terminal.screen.text.split(separator: "\n")
    #expect(lines.count == (columns == 40 ? 4 : 2))
    #expect(lines[0].hasPrefix("gsm8k-disputed  2026-11-22 21:26"))
    if columns == 80 {
      #expect(lines[0].hasSuffix("disputed    Betty is saving money for a new w…"))
    } else {
      #expect(lines[1].hasPrefix("  disputed  Betty is saving money") && lines[1].count <= 40)
    }
  }

  @Test func `a transcript that cannot be read is named, and the others are listed`() async throws {
    let program = try Self.program(with: ["pentagon"])
    try program.home.write("no JSON\n", to: "data/pentimento/transcripts/bad.jsonl")
    let run = try await program.run(["sessions"])
    #expect(run.lines.count == 1 && run.status == 65)
    #expect(run.complaints.contains("bad.jsonl:1: not a line of a transcript"))
  }

  @Test func `search finds words in problems, solutions and critiques`() async throws {
    let program = try Self.program(with: ["pentagon", "gsm8k-right", "gsm8k-disputed"])
    let found = try await program.run(["sessions", "search", "HYPOTENUSE", "built outward"])
    #expect(found.lines.count == 1 && found.output.hasPrefix("pentagon\t") && found.status == 0)
    #expect(found.output.contains("constructed on the hypotenuse of a right"))
    let none = try await program.run(["sessions", "search", "hexagon"])
    #expect(none.output == "" && none.status == 1)
    let empty = try await program.run(["sessions", "search", " "])
    #expect(empty.status == 64)
  }

  @Test func `a unique beginning of an id will do, an ambiguous one lists what it begins`()
    async throws
  {
    let program = try Self.program(with: ["pentagon", "gsm8k-right", "gsm8k-truncated"])
    for command in [["sessions", "show", "p"], ["replay", "pen"]] {
      let shown = try await program.run(command)
      #expect(shown.output.contains("accepted  31  the critic") && shown.status == 0)
    }
    let ambiguous = try await program.run(["export", "gsm8k", "--to", "md"])
    #expect(
      ambiguous.complaints
        == "pentimento: gsm8k begins several transcripts: gsm8k-right, gsm8k-truncated\n")
    #expect(ambiguous.status == 64 && ambiguous.output == "")
  }

  @Test func `rename gives a session a name, and refuses one that is taken or none`() async throws {
    let program = try Self.program(with: ["pentagon", "gsm8k-right"])
    let renamed = try await program.run(["sessions", "rename", "gsm", "mangoes"])
    #expect(renamed.complaints == "gsm is called mangoes now\n" && renamed.status == 0)
    #expect(SavedTranscript.names(in: program.transcriptFolder) == ["mangoes", "pentagon"])
    let taken = try await program.run(["sessions", "rename", "mangoes", "pentagon"])
    #expect(
      taken.status == 74
        && taken.complaints == "pentimento: the name pentagon is taken; choose another\n")
    let bad = try await program.run(["sessions", "rename", "mangoes", "../x"])
    #expect(bad.status == 64)
    #expect(SavedTranscript.names(in: program.transcriptFolder) == ["mangoes", "pentagon"])
  }

  @Test func `a script deletes with --yes only`() async throws {
    let program = try Self.program(with: ["pentagon", "gsm8k-right", "gsm8k-disputed"])
    let refused = try await program.run(["sessions", "delete", "pentagon"])
    #expect(refused.status == 64 && refused.complaints.contains("--yes deletes 1 session unasked"))
    let deleted = try await program.run(["sessions", "delete", "pent", "gsm8k-r", "--yes"])
    #expect(deleted.complaints == "2 sessions deleted\n" && deleted.status == 0)
    #expect(SavedTranscript.names(in: program.transcriptFolder) == ["gsm8k-disputed"])
    let unknown = try await program.run(["sessions", "delete", "pentagon", "--yes"])
    #expect(unknown.status == 74)
    let nothing = try await program.run(["sessions", "delete", "--yes"])
    #expect(nothing.status == 64)
  }

  @Test func `--older-than goes by when a session was written last`() async throws {
    let program = try Self.program(with: ["pentagon", "gsm8k-right"])
    var times = [timeval(tv_sec: 1_000_000, tv_usec: 0), timeval(tv_sec: 1_000_000, tv_usec: 0)]
    #expect(utimes("\(program.transcriptFolder)/pentagon.jsonl", &times) == 0)
    let listed = try await program.run(["sessions", "--older-than", "30d"])
    #expect(listed.lines.count == 1 && listed.output.hasPrefix("pentagon\t"))
    let deleted = try await program.run(["sessions", "delete", "--older-than", "30d", "--yes"])
    #expect(deleted.complaints == "1 session deleted\n")
    #expect(SavedTranscript.names(in: program.transcriptFolder) == ["gsm8k-right"])
    let bad = try await program.run(["sessions", "--older-than", "soon"])
    #expect(bad.status == 64)
  }

  @Test(arguments: [("y", 0), ("n", 1), ("", 1)])
  func `delete asks at a terminal`(answer: String, status: Int32) async throws {
    let program = try Self.program(with: ["pentagon"])
    let terminal = try PseudoTerminal(
      builtProgram("pentimento"), ["sessions", "delete", "p"], environment: program.environment)
    try await terminal.wait(for: "delete 1 session? [y/N]")
    #expect(terminal.screen.text.hasPrefix("pentagon  2026-11-22 21:19  As shown, a square is"))
    terminal.enter(answer)
    #expect(try await terminal.waitForEnd() == .exited(status))
    #expect(SavedTranscript.names(in: program.transcriptFolder).isEmpty == (answer == "y"))
  }

  @Test func `a session that is being written is neither deleted nor renamed`() async throws {
    let server = LoopbackServer(.reply(DialogueTests.solution), .reply(DialogueTests.right))
    let program = try Program()
    let terminal = try await program.dialogue(server)
    try await terminal.enterAndWait(DialogueTests.pens, for: "accepted")
    let name = try #require(SavedTranscript.names(in: program.transcriptFolder).first)
    let deleted = try await program.run(["sessions", "delete", name, "--yes"])
    #expect(deleted.status == 74 && deleted.complaints.contains("is being written by another"))
    let renamed = try await program.run(["sessions", "rename", name, "pens"])
    #expect(renamed.status == 74 && renamed.complaints.contains("is being written by another"))
    #expect(SavedTranscript.names(in: program.transcriptFolder) == [name])
  }

  @Test func `resume shows the last problems with their verdicts, and counts on`() async throws {
    let server = LoopbackServer(.reply(DialogueTests.solution), .reply(DialogueTests.right))
    let program = try Self.program(with: [])
    let golden = try ["gsm8k-right", "gsm8k-disputed", "pentagon"].map {
      try Transcript(file: "\(Self.goldens)/\($0).jsonl").lines
    }
    let lines = golden[0] + golden[1].dropFirst() + golden[2].dropFirst()
    let text = String(decoding: lines.flatMap { $0.encoded() }, as: UTF8.self)
    let path = try program.home.write(
      text, to: "data/pentimento/transcripts/three.jsonl", mode: 0o600)
    let terminal = try PseudoTerminal(
      builtProgram("pentimento"), ["resume", "th"] + Program.flags(server),
      environment: program.environment, rows: 100, columns: 100)
    try await terminal.waitForPrompt()
    let screen = terminal.screen.wholeText
    #expect(screen.hasPrefix("earlier:\naccepted  85  Randy has 60 mango trees"))
    #expect(screen.contains("\ndisputed  55  Betty is saving money"))
    #expect(screen.contains("revised from step 5: "))
    #expect(screen.contains("\naccepted  31  the critic; 6 claims hold, 10 undecided\n"))
    try await terminal.enterAndWait("/stats", for: "3 problems: 2 accepted, 1 disputed")
    try await terminal.enterAndWait("/diff", for: "→ Finally, the area of the pentagon")
    try await terminal.enterAndWait(DialogueTests.pens, for: "accepted  12")
    #expect(program.text(of: path).contains(#""id":"p4""#))
  }

  @Test func `resume without an id takes up the newest session`() async throws {
    let server = LoopbackServer(.reply(DialogueTests.solution), .reply(DialogueTests.right))
    let program = try Self.program(with: ["pentagon", "gsm8k-right"])
    let before = program.text(of: "\(program.transcriptFolder)/pentagon.jsonl")
    let run = try await program.run(
      ["resume"] + Program.flags(server), input: "\(DialogueTests.pens)\n")
    #expect(run.output == "accepted\t12\n" && run.status == 0)
    #expect(program.text(of: "\(program.transcriptFolder)/pentagon.jsonl") == before)
    let newest = program.text(of: "\(program.transcriptFolder)/gsm8k-right.jsonl")
    #expect(newest.contains(DialogueTests.pens))
    let none = try await Program().run(["resume"] + Program.flags(server))
    #expect(none.status == 74 && none.complaints == "pentimento: no session is saved yet\n")
  }

  @Test func `resume in a pipe leaves stdout to the answers`() async throws {
    let server = LoopbackServer(.reply(DialogueTests.solution), .reply(DialogueTests.right))
    let program = try Self.program(with: ["pentagon"])
    let run = try await program.run(
      ["resume", "pentagon"] + Program.flags(server), input: "\(DialogueTests.pens)\n")
    #expect(run.output == "accepted\t12\n" && run.status == 0)
  }
}

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

/// Files that vanish, are something else than they should be, or are not one's own.
@Suite struct ReplacedFileTests {
  private static let solution = Response.reply(DialogueTests.solution)
  private static let right = Response.reply(DialogueTests.right)
  private static let two = "\(DialogueTests.pens)\nHow many pens now?\n"

  private static func server() -> LoopbackServer { BatchTests.server() }

  /// What takes the place of a transcript that is being written.
  enum Substitute: CaseIterable {
    case nothing, noFolder, link, folder, file
  }

  @Test(arguments: Substitute.allCases)
  func `a transcript that vanishes is missed, and the next problem has a new one`(
    substitute: Substitute
  ) async throws {
    let gate = Gate()
    let server = LoopbackServer(
      Self.solution.inserting(.gate(gate), before: 2), Self.right, Self.solution, Self.right)
    let program = try Program()
    let stranger = try program.home.write("a stranger's\n", to: "stranger")
    let run = try program.start(Program.flags(server), input: Self.two)
    await gate.reached()
    let path = try program.transcriptPath
    #expect(unlink(path) == 0)
    switch substitute {
    case .nothing: break
    case .noFolder: #expect(rmdir(program.transcriptFolder) == 0)
    case .link: #expect(symlink(stranger, path) == 0)
    case .folder: #expect(mkdir(path, 0o700) == 0)
    case .file: try Data("another's\n".utf8).write(to: URL(filePath: path))
    }
    gate.open()
    let outcome = await run.outcome()
    #expect(outcome.status == 74 && outcome.output == "accepted\t12\n")
    #expect(
      outcome.complaints
        == "pentimento: the transcript \(path) was removed or replaced while it was written; what "
        + "follows goes into a new one\n")
    #expect(program.text(of: stranger) == "a stranger's\n")
    if substitute == .file { #expect(program.text(of: path) == "another's\n") }
    let news = SavedTranscript.names(in: program.transcriptFolder)
      .map { "\(program.transcriptFolder)/\($0).jsonl" }.filter { $0 != path }
    let lines = try Transcript(file: try #require(news.first)).lines
    #expect(news.count == 1 && lines.map(\.event.kind) == ["session"] + FullDiskTests.problem)
  }

  @Test func `a batch whose file vanishes says so`() async throws {
    let gate = Gate()
    let server = BatchTests.server(holding: 2, at: gate)
    let program = try Program()
    let problems = try program.home.write(BatchTests.rows(0..<3), to: "problems.jsonl")
    let out = "\(program.home.path)/runs.jsonl"
    let run = try program.start(
      ["batch", problems, "--out", out, "--jobs", "1"] + Program.flags(server))
    await gate.reached()
    #expect(unlink(out) == 0)
    gate.open()
    let outcome = await run.outcome()
    #expect(outcome.status == 74)
    #expect(outcome.complaints.contains("\(out) was removed or replaced while it was written; run"))
    #expect(access(out, F_OK) != 0)
  }

  @Test(arguments: [
    (Substitute.link, "it is a symbolic link, and none is followed", 74),
    (.folder, "it is no plain file", 74), (.file, "is no file that pentimento writes", 65),
  ])
  func `something else in the place of a transcript is left alone`(
    substitute: Substitute, reason: String, status: Int32
  ) async throws {
    let program = try SessionsTests.program(with: ["pentagon"])
    let server = Self.server()
    let target = "\(program.transcriptFolder)/pentagon.jsonl"
    let (before, path) = (program.text(of: target), "\(program.home.path)/t.jsonl")
    // No line end: that must not be taken for a torn line.
    let essay = "First line\nsecond line"
    switch substitute {
    case .link: #expect(symlink(target, path) == 0)
    case .folder: #expect(mkdir(path, 0o700) == 0)
    default: try Data(essay.utf8).write(to: URL(filePath: path))
    }
    for command in [
      ["solve", DialogueTests.pens, "--transcript", path],
      ["batch", "\(program.home.path)/problems.jsonl", "--out", path],
    ] {
      try program.home.write(BatchTests.rows(0..<1), to: "problems.jsonl")
      let run = try await program.run(command + Program.flags(server))
      #expect(run.status == status || run.status == 65, "\(command)")
      let isRead = command[0] == "solve" && substitute == .file
      #expect(
        run.complaints.contains(isRead ? "not a line of a transcript" : reason)
          || substitute == .folder)
      #expect(run.output == "")
    }
    #expect(server.requests.isEmpty)
    #expect(program.text(of: target) == before)
    if substitute == .file { #expect(program.text(of: path) == essay) }
  }

  @Test func `an empty file that is named for a transcript becomes one`() async throws {
    let program = try Program()
    let path = try program.home.write("", to: "t.jsonl", mode: 0o644)
    let run = try await program.run(
      ["solve", DialogueTests.pens, "--transcript", path] + Program.flags(Self.server()))
    #expect(run.status == 0)
    #expect(
      try Transcript(file: path).lines.map(\.event.kind) == ["session"] + FullDiskTests.problem)
    #expect(Path.mode(of: path).map { $0 & 0o777 } == 0o600)
  }

  @Test func `two programs do not write one transcript`() async throws {
    let program = try Program()
    let server = Self.server()
    let path = "\(program.home.path)/t.jsonl"
    let terminal = try await program.dialogue(server, ["--transcript", path])
    try await terminal.enterAndWait(DialogueTests.pens, for: "accepted")
    let before = program.text(of: path)
    for command in [
      ["solve", "2 + 2?", "--transcript", path], ["resume", path], ["batch", "--out", path],
    ] {
      let run = try await program.run(
        command + Program.flags(server), input: BatchTests.rows(0..<1))
      #expect(run.status == 74 && run.output == "")
      #expect(run.complaints.contains("\(path) is being written by another pentimento; "))
    }
    #expect(program.text(of: path) == before)
    try await terminal.enterAndWait("How many pens now?", for: "accepted")
    #expect(program.text(of: path).hasPrefix(before))
  }

  @Test(arguments: [
    ["replay", "new"], ["replay", "new", "--verify"], ["resume", "new"],
    ["sessions", "show", "new"],
    ["export", "new", "--to", "md"], ["solve", "2 + 2?", "--transcript", "FILE"], ["sessions"],
  ])
  func `a transcript of a newer program is refused with words`(command: [String]) async throws {
    let program = try Program()
    let server = Self.server()
    let text = """
      {"at":0,"session":{"id":"new","program":"pentimento 2","started":1,"version":2,"zone":"x"}}
      {"at":1,"dream":{"of":"later"}}

      """
    let path = try program.home.write(
      text, to: "data/pentimento/transcripts/new.jsonl", mode: 0o600)
    let words = command.map { $0 == "FILE" ? path : $0 }
    let asks = ["resume", "solve"].contains(command[0])
    let run = try await program.run(
      words + (asks ? Program.flags(server) : []), input: DialogueTests.pens)
    #expect(
      run.complaints
        == "pentimento: \(path) is in format 2, and this program knows 1; update pentimento\n")
    #expect(run.status == 65 && run.output == "")
    #expect(program.text(of: path) == text && server.requests.isEmpty)
  }

  @Test(arguments: [
    (2, "\"}\n"), (2, "\0\0\0\n"), (4, "{\n"), (5, "\n{}\n"), (1, "nonsense\n"),
  ])
  func `a damaged transcript is named with its line, and left as it is`(line: Int, damage: String)
    async throws
  {
    let program = try SessionsTests.program(with: ["pentagon", "gsm8k-right"])
    let server = Self.server()
    let path = "\(program.transcriptFolder)/pentagon.jsonl"
    var lines: [Substring] = program.text(of: path).split(separator: "\n").map { $0 + "\n" }
    lines[line - 1] = damage[...]
    let text = lines.joined()
    try Data(text.utf8).write(to: URL(filePath: path))
    let named = damage.hasPrefix("\n") ? line + 1 : line
    let complaint =
      "pentimento: \(path):\(named): not a line of a transcript; mend or delete that line to use the "
      + "rest\n"
    for command in [
      ["replay", "pen"], ["sessions", "show", "pen"], ["export", "pen", "--to", "html"],
      ["resume", "pen"] + Program.flags(server),
    ] {
      let run = try await program.run(command, input: DialogueTests.pens)
      #expect(run.complaints == complaint && run.status == 65, "\(command)")
    }
    let list = try await program.run(["sessions"])
    #expect(list.output.contains("gsm8k-right\t"))
    #expect(list.complaints == (named == 1 ? complaint : ""))
    #expect(program.text(of: path) == text && server.requests.isEmpty)
  }

  // MARK: - Somebody who may not

  @Test(.enabled(if: Unprivileged.launcher != nil, "no user without privileges can be had"))
  func `folders that may not be written are said, with what to do`() async throws {
    let launcher = try #require(Unprivileged.launcher)
    let program = try Program()
    let server = Self.server()
    let storage = "\(program.home.path)/data/pentimento"
    try Folders.create(program.transcriptFolder)
    try program.home.write(BatchTests.rows(0..<1), to: "problems.jsonl")
    Unprivileged.own(program.home.path)
    try program.home.setMode(0o500, of: program.transcriptFolder)
    func run(_ command: [String]) async throws -> Program.Outcome {
      try await program.start(
        command + Program.flags(server), input: DialogueTests.pens, through: launcher
      ).outcome()
    }
    let transcript = try await run([])
    #expect(transcript.status == 74 && transcript.output == "")
    #expect(transcript.complaints.contains(": Permission denied; free the disk or choose another"))
    let batch = try await run(
      ["batch", "\(program.home.path)/problems.jsonl", "--out", "\(program.transcriptFolder)/r"])
    #expect(batch.status == 74)
    #expect(batch.complaints.contains("/r: Permission denied; what is in it stays, so mend that"))
    #expect(rmdir(program.transcriptFolder) == 0)
    try program.home.setMode(0o500, of: storage)
    let folder = try await run([])
    #expect(
      folder.complaints
        == "pentimento: cannot create the folder \(program.transcriptFolder): Permission denied; "
        + "--transcript FILE keeps the session elsewhere, --no-save nowhere\n")
    #expect(folder.status == 74 && server.requests.isEmpty)
    let elsewhere = try await run(["--transcript", "\(program.home.path)/t.jsonl"])
    #expect(elsewhere.output == "accepted\t12\n" && elsewhere.status == 0)
  }

  @Test(.enabled(if: Unprivileged.launcher != nil, "no user without privileges can be had"))
  func `another's file that all may write is refused`() async throws {
    guard getuid() == 0, let launcher = Unprivileged.launcher else { return }
    let program = try SessionsTests.program(with: ["pentagon"])
    let path = "\(program.transcriptFolder)/pentagon.jsonl"
    let before = program.text(of: path)
    Unprivileged.own(program.home.path)
    #expect(chown(path, 0, 0) == 0)
    try program.home.setMode(0o666, of: path)
    let run = try await program.start(
      ["resume", path] + Program.flags(Self.server()), input: DialogueTests.pens,
      through: launcher
    ).outcome()
    #expect(run.status == 74)
    #expect(run.complaints.contains("others can read it, and its mode cannot be changed"))
    #expect(program.text(of: path) == before)
  }
}

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

/// Disks that are full, folders that go away, files that are something else: what happened is said,
/// and what was written stands.
@Suite struct DiskTests {
  private static let solution = Response.reply(DialogueTests.solution)
  private static let right = Response.reply(DialogueTests.right)
  private static let two = "\(DialogueTests.pens)\nHow many pens now?\n"

  private static func server() -> LoopbackServer { BatchTests.server() }

  /// Words of a command that runs the words behind it under a limit of files' sizes, in blocks of
  /// 512 bytes.
  private static func limited(_ blocks: Int) -> [String] {
    ["/bin/sh", "-c", "ulimit -f \(blocks); exec \"$@\"", "sh"]
  }

  // MARK: - Full disks

  /// A limit at every place of a transcript of two problems, a few lines of it at a time.
  @Test(arguments: [1, 2, 4, 7, 10, 13, 17, 22])
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
    let lines = try Transcript(file: path).lines
    #expect(Self.whole.starts(with: lines.map(\.event.kind)))
    let resumed = try await program.run(
      ["resume", path] + Program.flags(server), input: DialogueTests.pens)
    #expect(resumed.output == "accepted\t12\n" && resumed.status == 0)
    #expect(program.text(of: path).hasPrefix(text))
    #expect(try Transcript(file: path).lines.last?.event.kind == "verdict")
  }

  private static let problem = [
    "problem", "decision", "exchange", "checked", "decision", "exchange", "critiqued", "verdict",
  ]
  private static let whole = ["session"] + problem + problem

  @Test func `without room for its first line there is no transcript`() async throws {
    let program = try Program()
    let server = Self.server()
    let words = Self.limited(0) + [builtProgram("pentimento")] + Program.flags(server)
    let terminal = try PseudoTerminal(
      words[0], Array(words.dropFirst()), environment: program.environment, columns: 200)
    try await terminal.waitForPrompt()
    for _ in 0..<2 {
      terminal.enter(DialogueTests.pens)
      try await terminal.wait(for: "File too large; free the disk or choose another folder")
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
    ["sessions", "show", "pen"], ["replay", "pen"], ["replay", "pen", "--verify"],
    ["export", "pen", "--to", "md"], ["export", "pen", "--to", "jsonl"], ["check", "2 + 2 = 4"],
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

  // MARK: - What is not what it was

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
    #expect(news.count == 1 && lines.map(\.event.kind) == ["session"] + Self.problem)
  }

  @Test func `a batch whose file vanishes says so`() async throws {
    let gate = Gate()
    let server = LoopbackServer { request, index in
      let reply = BatchTests.answer(request)
      return index == 2 ? reply.inserting(.gate(gate), before: 0) : reply
    }
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
    #expect(try Transcript(file: path).lines.map(\.event.kind) == ["session"] + Self.problem)
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

  // MARK: - Odd surroundings

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
    #expect(lines.map(\.event.kind) == ["session"] + Self.problem)
  }

  @Test(arguments: ["exec \"$@\" <&-", "exec \"$@\" < /"])
  func `a stdin that cannot be read is no end of input`(script: String) async throws {
    let reason = script.hasSuffix("-") ? "Bad file descriptor" : "Is a directory"
    for command in [[], ["solve", "-"]] {
      let run = try await Program().start(
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
    let before = program.text(of: golden)
    let resumed = try await program.run(
      ["resume", "pentagon"] + Program.flags(server), input: DialogueTests.pens)
    #expect(resumed.output == "accepted\t12\n" && program.text(of: golden).hasPrefix(before))
    let lines = try Transcript(file: golden).lines
    let place = try #require(lines.firstIndex { $0.event.kind == "resumed" })
    #expect(lines[place].at < lines[place - 1].at)
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
    for number in 0..<500 {
      let name = "s\(String(number + 1000).dropFirst())"
      let header = SessionHeader(id: name, started: Double(1_000 + number * 7 % 500), program: "p")
      let line = Line(at: 0, event: .session(header)).encoded()
      try program.home.write(
        String(decoding: line, as: UTF8.self), to: "data/pentimento/transcripts/\(name).jsonl",
        mode: 0o600)
    }
    let list = try await program.run(["sessions"])
    let names = (0..<500).sorted { $0 * 7 % 500 > $1 * 7 % 500 }.map {
      "s\(String($0 + 1000).dropFirst())"
    }
    #expect(list.lines.compactMap { $0.split(separator: "\t").first.map(String.init) } == names)
    #expect(list.status == 0)
  }

  @Test func `a transcript is read in the memory of a problem, whatever its length`() async throws {
    let program = try Program()
    let server = Self.server()
    let lines = program.text(of: "\(SessionsTests.goldens)/gsm8k-truncated.jsonl")
      .split(separator: "\n")
    let body = lines.dropFirst().map { $0 + "\n" }.joined()
    func peak(_ count: Int, _ command: [String]) async throws -> Int {
      let text = lines[0] + "\n" + String(repeating: body, count: count)
      let path = try program.home.write(text, to: "t\(count).jsonl", mode: 0o600)
      let run = try await program.run(
        [command[0], path] + command.dropFirst()
          + (command[0] == "resume" ? Program.flags(server) : []))
      #expect(run.status == 0)
      return run.peak
    }
    for command in [["replay"], ["export", "--to", "html"], ["resume"]] {
      // 0.1 and 3 MB; all of the second in memory would be more than that.
      let (small, large) = (try await peak(40, command), try await peak(1200, command))
      #expect(large < small + 2048, "\(command): \(small) and \(large) KiB")
    }
  }
}

extension Event {
  /// The name of its kind.
  fileprivate var kind: String {
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

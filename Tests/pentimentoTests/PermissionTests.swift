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

/// What the program keeps is for its owner alone from the first byte, and goes through no link.
@Suite struct PermissionTests {
  private static let faulty = "/mine\n3 * 4 = 13\n\n"

  /// Words of a command that runs the words behind it under a umask.
  private static func umask(_ mask: String) -> [String] {
    ["/bin/sh", "-c", "umask \(mask); exec \"$@\"", "sh"]
  }

  /// Everything in a folder with its type and permissions, but for what tests left there.
  private static func modes(in folder: String) -> [String: mode_t] {
    var modes = [folder: Path.mode(of: folder) ?? 0]
    for name in Directory.entries(of: folder) {
      let path = Path.joined(folder, name)
      if name == "embedded" { continue }
      if Path.isFolder(path) {
        modes.merge(Self.modes(in: path)) { $1 }
      } else {
        modes[path] = Path.mode(of: path) ?? 0
      }
    }
    return modes
  }

  /// Uses all that keeps something: transcript, notebook, history, the embedded server's files.
  private static func use(_ program: Program, through launcher: [String]) async throws {
    let server = LoopbackServer { request, _ in
      StandIn.answer(request) ?? BatchTests.answer(request)
    }
    defer { server.stop() }
    try StandIn.install(in: program, server)
    let words = launcher + [builtProgram("pentimento")]
    let terminal = try PseudoTerminal(
      words[0], Array(words.dropFirst()), environment: program.environment)
    try await terminal.waitForPrompt()
    try await terminal.enterAndWait("/pose \(DialogueTests.pens)", for: "posed; /mine checks")
    terminal.enter("/mine")
    try await terminal.wait(for: "1 ›")
    terminal.send("There are 3 * 4 = 13 pens.\r\r")
    try await terminal.wait(for: "✗ step 1 of 1")
    try await terminal.waitForPrompt()
    terminal.enter("/quit")
    #expect(try await terminal.waitForEnd() == .exited(0))
  }

  private static func check(_ program: Program) {
    let storage = "\(program.home.path)/data/pentimento"
    let state = "\(program.home.path)/.local/state/pentimento"
    let modes = modes(in: storage).merging(Self.modes(in: state)) { $1 }
    for (path, mode) in modes {
      let isFolder = mode & S_IFMT == S_IFDIR
      #expect(mode & 0o7777 == (isFolder ? 0o700 : 0o600), "\(path)")
    }
    for name in ["history", "server.log", "server.lock"] {
      #expect(modes["\(state)/\(name)"] != nil)
    }
    #expect(modes["\(storage)/notebook.jsonl"] != nil)
    #expect(modes.keys.count { $0.hasSuffix(".jsonl") } == 2)
  }

  @Test(arguments: ["0", "0277", "0777"])
  func `whatever the umask, what is kept is its owner's alone`(mask: String) async throws {
    let program = try Program()
    try await Self.use(program, through: Self.umask(mask))
    Self.check(program)
  }

  @Test func `what is wider is tightened before anything is added`() async throws {
    let program = try SessionsTests.program(with: ["pentagon"])
    let (storage, state) = ("data/pentimento", ".local/state/pentimento")
    try program.home.write("", to: "\(storage)/notebook.jsonl", mode: 0o666)
    for name in ["history", "server.log", "server.lock"] {
      try program.home.write("", to: "\(state)/\(name)", mode: 0o644)
    }
    for folder in [storage, state, "\(storage)/transcripts"] {
      try program.home.setMode(0o777, of: "\(program.home.path)/\(folder)")
    }
    let transcript = "\(program.transcriptFolder)/pentagon.jsonl"
    try program.home.setMode(0o644, of: transcript)
    try await Self.use(program, through: [])
    #expect(Path.mode(of: transcript).map { $0 & 0o777 } == 0o644)
    let run = try await program.run(
      ["resume", "pentagon"] + Program.flags(BatchTests.server()), input: DialogueTests.pens)
    #expect(run.status == 0)
    #expect(Path.mode(of: transcript).map { $0 & 0o777 } == 0o600)
    for folder in [storage, state, "\(storage)/transcripts"] {
      #expect(Path.mode(of: "\(program.home.path)/\(folder)").map { $0 & 0o777 } == 0o700)
    }
    for name in ["history", "server.log", "server.lock"] {
      #expect(Path.mode(of: "\(program.home.path)/\(state)/\(name)").map { $0 & 0o777 } == 0o600)
    }
    let notebook = "\(program.home.path)/\(storage)/notebook.jsonl"
    #expect(Path.mode(of: notebook).map { $0 & 0o777 } == 0o600)
  }

  @Test func `no link is followed to what is kept`() async throws {
    let program = try Program()
    let target = try program.home.write("mine\n", to: "target", mode: 0o644)
    for name in ["data/pentimento/notebook.jsonl", ".local/state/pentimento/history"] {
      let path = "\(program.home.path)/\(name)"
      try Folders.create(Path.parent(of: path))
      #expect(symlink(target, path) == 0)
    }
    let server = LoopbackServer(
      .reply("There are $3 \\cdot 4 = 13$ pens: $\\boxed{13}$"),
      .reply(DialogueTests.solution), .reply(DialogueTests.right))
    let terminal = try await program.dialogue(server, columns: 200)
    try await terminal.enterAndWait(DialogueTests.pens, for: "accepted")
    #expect(terminal.screen.text.contains("/history cannot be used (it is a symbolic link); this"))
    try await terminal.enterAndWait("/notebook add", for: "it is a symbolic link, and none is foll")
    terminal.enter("/quit")
    #expect(try await terminal.waitForEnd() == .exited(0))
    #expect(program.text(of: target) == "mine\n")
    #expect(Path.mode(of: target).map { $0 & 0o777 } == 0o644)
  }

  @Test func `a pipe in the place of history or notebook holds nothing up`() async throws {
    let program = try Program()
    for name in ["data/pentimento/notebook.jsonl", ".local/state/pentimento/history"] {
      let path = "\(program.home.path)/\(name)"
      try Folders.create(Path.parent(of: path))
      #expect(mkfifo(path, 0o600) == 0)
    }
    let terminal = try await program.dialogue(BatchTests.server(), columns: 200)
    try await terminal.enterAndWait("/notebook", for: "notebook.jsonl cannot be used")
    #expect(terminal.screen.text.contains("/history cannot be used (it is no plain file); this"))
    terminal.enter("/quit")
    #expect(try await terminal.waitForEnd() == .exited(0))
  }

  @Test func `an export is its owner's, put in its place when whole, and through no link`()
    async throws
  {
    let program = try SessionsTests.program(with: ["pentagon"])
    let file = "\(program.home.path)/p.md"
    func export(_ flags: [String] = []) async throws -> Program.Outcome {
      try await program.start(
        ["export", "pentagon", "--out", file] + flags, through: Self.umask("0")
      ).outcome()
    }
    #expect(try await export().status == 0)
    #expect(Path.mode(of: file).map { $0 & 0o777 } == 0o600)
    let text = program.text(of: file)
    try program.home.write("old\n", to: "p.md", mode: 0o666)
    #expect(try await export().complaints.contains("is there already"))
    #expect(try await export(["--force"]).status == 0)
    #expect(program.text(of: file) == text && Path.mode(of: file).map { $0 & 0o777 } == 0o600)
    let target = try program.home.write("mine\n", to: "target")
    #expect(unlink(file) == 0 && symlink(target, file) == 0)
    let linked = try await export(["--force"])
    #expect(linked.status == 74 && linked.complaints.contains("it is a symbolic link, and none"))
    #expect(program.text(of: target) == "mine\n")
    // A device takes the words and stays what it is.
    let device = try await program.run(
      ["export", "pentagon", "--to", "md", "--out", "/dev/null", "--force"])
    #expect(device.status == 0 && Path.mode(of: "/dev/null").map { $0 & S_IFMT } == S_IFCHR)
    #expect(!Directory.entries(of: program.home.path).contains { $0.hasSuffix(".part") })
  }

  /// A batch's lines and recordings hold what was said; tables hold only figures.
  @Test func `a batch's output is private, and tables are as the umask says`() async throws {
    let program = try Program()
    let server = BatchTests.server()
    let problems = try program.home.write(BatchTests.rows(0..<1), to: "problems.jsonl")
    let set = try program.home.write(#"{"id":"q","problem":"3 * 4?","answer":"12"}"#, to: "s.jsonl")
    let home = program.home.path
    for command in [
      ["batch", problems, "--out", "\(home)/runs.jsonl"],
      ["eval", set, "--record", "\(home)/r.jsonl", "--json", "\(home)/e.json"],
    ] {
      let run = try await program.start(
        command + Program.flags(server), through: Self.umask("026")
      ).outcome()
      #expect(run.status == 0, "\(run.complaints)")
    }
    for (name, mode) in [("runs.jsonl", 0o600), ("r.jsonl", 0o600), ("e.json", 0o640)] {
      #expect(Path.mode(of: "\(home)/\(name)").map { $0 & 0o777 } == mode_t(mode), "\(name)")
    }
  }

  /// What the kernel was asked for, call by call, under a umask that takes nothing away.
  @Test(.enabled(if: Kill.canTrace, "system calls cannot be traced here"))
  func `no file is open to others for a moment`() async throws {
    let program = try Program()
    let log = "\(program.home.path)/trace"
    let tracer = [
      "/usr/bin/strace", "-f", "-qq", "-s", "300", "-o", log, "-e",
      "trace=openat,mkdirat,?open,?creat,?mkdir",
    ]
    try await Self.use(program, through: Self.umask("0") + tracer)
    let calls = program.text(of: log).split(separator: "\n").filter {
      $0.contains("\"\(program.home.path)/") && !$0.contains("/embedded/")
    }
    let made = calls.filter { $0.contains("O_CREAT") || $0.contains("mkdir") }
    #expect(made.count >= 8)
    for call in made {
      let isFolder = call.contains("mkdir")
      // A call during which another thread made one stands on two lines, its arguments on the first.
      let arguments = call.replacing(" <unfinished ...>", with: ")")
      #expect(arguments.contains(isFolder ? ", 0700)" : ", 0600)"), "\(call)")
      if !isFolder { #expect(call.contains("O_NOFOLLOW"), "\(call)") }
    }
  }
}

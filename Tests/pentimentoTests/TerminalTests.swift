import FoundationEssentials
import LoopbackServer
import PseudoTerminal
import Testing

@testable import pentimento

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What people expect of a program at a terminal, of the built program.
@Suite struct TerminalTests {
  private static let solution = Response.reply(DialogueTests.solution)
  private static let right = Response.reply(DialogueTests.right)

  @Test(arguments: [
    (["--model", "m", "solve", "2 + 2?"], ["solve", "--model", "m", "2 + 2?"]),
    (["--color", "never", "sessions", "list"], ["sessions", "list", "--color", "never"]),
    (["--color=never", "sessions"], ["sessions", "--color=never"]),
    (["--model", "solve"], ["--model", "solve"]), (["--rounds", "3"], ["--rounds", "3"]),
    (["solve", "--model", "m", "p"], ["solve", "--model", "m", "p"]),
    (["--nonsense", "solve", "p"], ["--nonsense", "solve", "p"]), ([], []),
  ])
  func `options may stand before the command`(given: [String], read: [String]) {
    #expect(Pentimento.ordered(given) == read)
  }

  @Test(arguments: [
    (
      ["--base-url", "U", "--model", "m", "sessions"], "`pentimento sessions` does not take --base"
    ),
    (["--jobs", "2", "replay", "p"], "`pentimento replay` does not take --jobs"),
    (["--jobs", "2", "export", "p"], "`pentimento export`: --to wants md, html, tex or jsonl"),
    (["--model", "m", "sessions", "list"], "`pentimento sessions list` does not take --model"),
  ])
  func `an option that the command does not take is named with it`(
    arguments: [String], complaint: String
  ) async throws {
    let run = try await Program().run(arguments)
    #expect(run.complaints.hasPrefix("pentimento: \(complaint)"), "\(run.complaints)")
    #expect(run.status == 64 && run.output == "")
  }

  @Test func `options before the command are the command's`() async throws {
    let server = LoopbackServer(Self.solution, Self.right)
    let run = try await Program().run(Program.flags(server) + ["solve", DialogueTests.pens])
    #expect(run.output == "accepted\t12\n" && run.status == 0)
  }

  @Test func `with --bail a pipe ends at the first line that is not fine`() async throws {
    let server = LoopbackServer(
      Self.solution, Self.right, Self.solution, Response.reply("No.\nConclusion: wrong [END]"))
    let program = try Program()
    let run = try await program.run(
      Program.flags(server) + ["--bail"], input: "one?\ntwo?\nthree?\n")
    #expect(run.output == "accepted\t12\ndisputed\t12\n" && run.status == 1)
    #expect(server.requests.count == 4)
    let typo = try await program.run(
      Program.flags(server) + ["--bail"], input: "/chek 1\nthree?\n")
    #expect(typo.output == "" && typo.status == 64)
    #expect(server.requests.count == 4)
  }

  @Test func `a pasted problem of several lines is one problem, and one entry of the history`()
    async throws
  {
    let server = LoopbackServer(Self.solution, Self.right)
    let program = try Program()
    let terminal = try await program.dialogue(server)
    terminal.paste("A box has 3 rows\nof 4 pens.\nHow many?")
    try await terminal.wait(for: "of 4 pens.\nHow many?")
    terminal.enter("")
    try await terminal.wait(for: "accepted  12")
    try await terminal.waitForPrompt()
    #expect(server.requests[0].text.contains("A box has 3 rows\\nof 4 pens.\\nHow many?"))
    #expect(server.requests.count == 2)
    let file = "\(program.home.path)/.local/state/pentimento/history"
    #expect(program.text(of: file) == "\"A box has 3 rows\\nof 4 pens.\\nHow many?\"\n")
    terminal.send("\u{1b}[A")
    try await terminal.wait(for: "the entry again") {
      $0.text.hasSuffix("› A box has 3 rows\nof 4 pens.\nHow many?")
    }
  }

  @Test func `the history is private, folds what is repeated and leaves out what begins blank`()
    async throws
  {
    let server = LoopbackServer(.page(500, "unasked"))
    let program = try Program()
    let terminal = try await program.dialogue(server)
    for line in ["/rounds 3", "/rounds 3", " /rounds 4", "/rounds 5"] {
      try await terminal.enterAndWait(line, for: "rounds = \(line.suffix(1))")
    }
    let file = "\(program.home.path)/.local/state/pentimento/history"
    #expect(program.text(of: file) == "\"/rounds 3\"\n\"/rounds 5\"\n")
    var status = stat()
    #expect(stat(file, &status) == 0 && status.st_mode & 0o777 == 0o600)
  }

  @Test func `vi's keys work where ~/.editrc asks for them`() async throws {
    let server = LoopbackServer(.page(500, "unasked"))
    let program = try Program()
    try program.home.write("bind -v\n", to: ".editrc")
    let terminal = try await program.dialogue(server)
    terminal.send("/rounds 7")
    try await terminal.wait(for: "› /rounds 7")
    terminal.send("\u{1b}xa5\r")
    try await terminal.wait(for: "rounds = 5")
  }

  @Test func `what is typed ahead stays out of the answer and is taken after it`() async throws {
    let gate = Gate()
    let server = LoopbackServer(
      Response.reply(DialogueTests.solution).inserting(.gate(gate), before: 4), Self.right)
    let terminal = try await Program().dialogue(server)
    terminal.enter(DialogueTests.pens)
    await gate.reached()
    terminal.send("/rounds 5\r/roun")
    gate.open()
    try await terminal.wait(for: "rounds = 5")
    try await terminal.wait(for: "the half line") { $0.text.hasSuffix("\n› /roun") }
    let parts = terminal.screen.text.split(separator: "/rounds 5")
    #expect(parts.count == 2 && parts[0].contains("accepted  12"))
  }

  @Test func `a window that changes while text streams`() async throws {
    let gate = Gate()
    let words = "Each of the three rows in the box holds exactly four of the pens that we count."
    let reply = Response.reply([
      "\(words)\n\n\(words) ", "So $3 \\cdot 4 = 12$.\n\n", "$\\boxed{12}$",
    ])
    let server = LoopbackServer(reply.inserting(.gate(gate), before: 2), Self.right)
    let terminal = try await Program().dialogue(server)
    terminal.enter("How many?")
    await gate.reached()
    try await terminal.wait(for: "the second time") {
      $0.text.split(separator: words, omittingEmptySubsequences: false).count == 3
    }
    terminal.resize(rows: 30, columns: 40)
    gate.open()
    try await terminal.wait(for: "accepted  12")
    try await terminal.waitForPrompt()
    let text = terminal.screen.wholeText
    #expect(
      text.contains(
        """
        Each of the three rows in the box holds
        exactly four of the pens that we count.
        So 3 · 4 = 12 ✓.

        ⟦12⟧
        """), "\(text)")
    #expect(text.split(separator: "exactly four").count == 3)
  }

  @Test func `the line that says what is done names it and the time it has taken`() async throws {
    let gate = Gate()
    let server = LoopbackServer(
      Response.reply(DialogueTests.solution).inserting(.gate(gate), before: 0), Self.right)
    let program = try Program()
    let words = ([builtProgram("pentimento"), "solve", "'How many?'"] + Program.flags(server))
      .joined(separator: " ")
    let terminal = try PseudoTerminal(
      "/bin/sh", ["-c", "\(words) > \(program.home.path)/answer"], environment: program.environment)
    await gate.reached()
    try await terminal.wait(for: "the solver reads the problem … 1 s")
    gate.open()
    #expect(try await terminal.waitForEnd() == .exited(0))
    #expect(program.text(of: "\(program.home.path)/answer") == "accepted\t12\n")
    #expect(terminal.screen.text == "")
  }

  @Test func `Ctrl-C while the critic is asked for a probability`() async throws {
    let gate = Gate()
    let server = LoopbackServer(
      Self.solution, Self.right, Response.reply("right").inserting(.gate(gate), before: 0),
      Self.solution)
    let program = try Program()
    try program.home.write(
      """
      solver = "local"
      [models.local]
      base_url = "\(server.url)"
      model = "m"
      logprobs = true
      """, to: ".config/pentimento/pentimento.toml")
    let terminal = try PseudoTerminal(
      builtProgram("pentimento"), environment: program.environment)
    try await terminal.waitForPrompt()
    terminal.enter(DialogueTests.pens)
    await gate.reached()
    try await terminal.wait(for: "the critic weighs the solution …")
    terminal.send("\u{3}")
    try await terminal.wait(for: "interrupted")
    try await terminal.waitForPrompt()
    #expect(!terminal.screen.text.contains(" …"))
    #expect(program.transcripts.joined().contains(#""finish":"interrupted""#))
  }

  @Test func `Ctrl-C at a question of the notebook leaves the review`() async throws {
    let server = LoopbackServer(.page(500, "unasked"))
    let program = try LearningTests.learner()
    let terminal = try await program.dialogue(server)
    terminal.enter("/notebook review")
    try await terminal.wait(for: "answer ›")
    terminal.send("\u{3}")
    try await terminal.wait(for: "the review is left")
    try await terminal.waitForPrompt()
  }

  @Test func `a key that the server repeats is masked on the screen and in the transcript`()
    async throws
  {
    let key = "sk-loopback-0123456789abcdef"
    let server = LoopbackServer(
      .reply("You sent \(key), so $3 \\cdot 4 = 12$: $\\boxed{12}$"), Self.right)
    let program = try Program([
      "PENTIMENTO_API_KEY": key, "PENTIMENTO_BASE_URL": server.url, "PENTIMENTO_MODEL": "m",
    ])
    let run = try await program.run(["solve", "How many?", "--show-work"])
    #expect(run.status == 0 && run.output.contains("3 · 4 = 12"))
    #expect(server.requests[0].headers["authorization"] == "Bearer \(key)")
    for text in [run.output, run.complaints] + program.transcripts {
      #expect(!text.contains("0123456789"))
    }
  }

  @Test func `a hostile file name reaches neither terminal nor pipe raw`() async throws {
    let program = try SessionsTests.program(with: [])
    let name = "\u{1b}]0;x\u{7}\u{202e}z"
    let golden = program.text(of: "\(SessionsTests.goldens)/pentagon.jsonl")
    try program.home.write(golden, to: "data/pentimento/transcripts/\(name).jsonl")
    let listed = try await program.run(["sessions"])
    let missing = try await program.run(["replay", "\(name)2"])
    let found = try await program.run(["sessions", "search", "hypotenuse"])
    let terminal = try PseudoTerminal(
      builtProgram("pentimento"), ["sessions", "--color", "never"],
      environment: program.environment)
    #expect(try await terminal.waitForEnd() == .exited(0))
    for text in [listed.output, missing.complaints, found.output, terminal.output] {
      #expect(!text.contains("\u{1b}]") && !text.contains("\u{202e}") && !text.isEmpty)
      #expect(text.contains("\\e]0;x"))
    }
  }
}

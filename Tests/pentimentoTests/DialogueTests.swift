import LoopbackServer
import PseudoTerminal
import Testing

@testable import pentimento

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The REPL as a person meets it: the built program at a terminal, on a scripted server.
@Suite struct DialogueTests {
  static let pens = "A box has 3 rows of 4 pens. How many pens are in it?"
  static let solution = "There are $3 \\cdot 4 = 12$ pens.\n\nThe answer is $\\boxed{12}$."
  static let right = "Step 1: 3 rows of 4 are 12.\nConclusion: right [END]"

  /// A screen without the times that it shows.
  static func timeless(_ terminal: PseudoTerminal) -> String {
    terminal.screen.wholeText.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      line.contains(" tokens read, ")
        ? line.split(separator: " · ").prefix(2).joined(separator: " · ") : String(line)
    }.joined(separator: "\n")
  }

  @Test func `a first session`() async throws {
    let server = LoopbackServer(.reply(Self.solution), .reply(Self.right))
    let program = try Program()
    let terminal = try await program.dialogue(server)
    try await terminal.enterAndWait(Self.pens, for: "accepted")
    #expect(
      Self.timeless(terminal) == """
        pentimento 0.1.0 · solver endpoint (m) · critic endpoint (m) · /help
        › A box has 3 rows of 4 pens. How many pens are in it?
        There are 3 · 4 = 12 ✓ pens.

        The answer is ⟦12⟧.

        checker: ✓ 1 holds
        critic: right

        accepted  12  the critic; 1 claim holds
        2 calls · 14 tokens read, 22 written

        ›
        """)
    terminal.send("\u{4}")
    #expect(try await terminal.waitForEnd() == .exited(0))
    #expect(terminal.screen.text.contains("\ntranscript: \(program.home.path)"))
    #expect(terminal.modes == .sane)
    #expect(server.requests.count == 2)
    #expect(server.requests[1].text.contains("Please critique whether"))
  }

  @Test func `a refuted claim is marked in its place, and revised`() async throws {
    let server = LoopbackServer(
      .reply("Each row has $3 \\cdot 4 = 13$ pens.\n\nThe answer is $\\boxed{13}$."),
      .reply(Self.solution), .reply(Self.right))
    let terminal = try await Program().dialogue(server)
    try await terminal.enterAndWait(Self.pens, for: "accepted")
    #expect(
      Self.timeless(terminal) == """
        pentimento 0.1.0 · solver endpoint (m) · critic endpoint (m) · /help
        › A box has 3 rows of 4 pens. How many pens are in it?
        Each row has 3 · 4 = 13 ✗ 12 pens.

        The answer is ⟦13⟧.

        ✗ step 1: 3 · 4 is 12
        checker: ✗ 1 refuted  (/why)

        revised from step 1: 3 · 4 = 13 → 12

        There are 3 · 4 = 12 ✓ pens.

        The answer is ⟦12⟧.

        checker: ✓ 1 holds
        critic: right

        accepted  12  the critic; 1 claim holds
        3 calls · 21 tokens read, 33 written

        ›
        """)
    #expect(server.requests[1].text.contains("3 \\\\cdot 4 = 13"))
  }

  @Test func `a critic that objects without evidence leaves the answer disputed`() async throws {
    let server = LoopbackServer(.reply(Self.solution), .reply("No.\nConclusion: wrong [END]"))
    let terminal = try await Program().dialogue(server)
    try await terminal.enterAndWait(Self.pens, for: "disputed  12  the critic says wrong")
    #expect(terminal.screen.text.contains("critic: wrong\n  No.\n"))
    #expect(server.requests.count == 2)
  }

  @Test func `commands answer without a model`() async throws {
    let server = LoopbackServer(.page(500, "unasked"))
    let terminal = try await Program().dialogue(server, rows: 60)
    for (line, answer) in [
      ("/rounds 3", "\nrounds = 3\n"), ("/rounds many", "wants a whole number from 0 to 100"),
      ("/checker off", "\nchecker off\n"), ("/critic none", "\ncritic: none; there are"),
      ("/critic on", "\ncritic: endpoint (m); there are"),
      ("/chek 1 = 1", "there is no command /chek; did you mean /check?"),
      ("/check 1/2 + 1/3 = 5/6", "holds  both sides are 5/6"),
      ("/check 2 + 2 = 5", "refuted  "), ("/why", "no solution yet"),
      ("/raw", "no solution yet"), ("/save first", "nothing to save yet: pose a problem first"),
      ("/help", "  leave (also Ctrl-D)"), ("", "›\n›"),
    ] {
      try await terminal.enterAndWait(line, for: answer)
    }
    terminal.enter("/quit")
    #expect(try await terminal.waitForEnd() == .exited(0))
    #expect(terminal.screen.wholeText.hasSuffix("\n› /quit"))
    #expect(server.connections == 0)
  }

  @Test func `after a solution it can be asked why, shown raw and saved under a name`() async throws
  {
    let server = LoopbackServer(.reply(Self.solution), .reply(Self.right))
    let program = try Program()
    let terminal = try await program.dialogue(server)
    try await terminal.enterAndWait(Self.pens, for: "accepted")
    try await terminal.enterAndWait("/why 1", for: "step 1  holds  3 · 4 = 12  (")
    try await terminal.enterAndWait("/why 7", for: "the last solution has steps 1 to 2")
    try await terminal.enterAndWait("/raw", for: "The answer is $\\boxed{12}$.")
    try await terminal.enterAndWait("/save pens", for: "saved as ")
    #expect(try program.transcriptPath.hasSuffix("/pens.jsonl"))
    try await terminal.enterAndWait("/save pens/../x", for: "a name has letters, digits, - and _")
  }

  @Test func `two slashes begin a problem with a slash`() async throws {
    let server = LoopbackServer(.reply(Self.solution), .reply(Self.right))
    let terminal = try await Program().dialogue(server)
    try await terminal.enterAndWait("//2 of 24 pens are?", for: "accepted")
    #expect(server.requests[0].text.contains("/2 of 24 pens are?"))
    #expect(!server.requests[0].text.contains("//2"))
  }

  @Test func `with the checker and the critic off nothing is marked and nobody vouches`()
    async throws
  {
    let server = LoopbackServer(.reply(Self.solution))
    let terminal = try await Program().dialogue(server, ["--no-checker", "--no-critic"])
    try await terminal.enterAndWait(Self.pens, for: "unresolved  12  unchecked by a critic")
    #expect(!terminal.screen.text.contains("✓"))
    #expect(server.requests.count == 1)
  }

  @Test func `a server that gives no answer leaves the dialogue and the problem`() async throws {
    let server = LoopbackServer(
      .dropped, .dropped, .dropped, .dropped, .reply(Self.solution), .reply(Self.right))
    let terminal = try await Program().dialogue(server)
    terminal.enter("How many pens?")
    try await terminal.wait(for: "try 1 failed (")
    try await terminal.wait(for: "pentimento: no answer from \(server.url)")
    try await terminal.wait(for: "the problem again") { $0.text.hasSuffix("\n› How many pens?") }
    try await terminal.enterAndWait("", for: "accepted")
  }

  @Test func `a reply that broke off is never an answer`() async throws {
    let server = LoopbackServer(.reply(["The answer is $\\boxed{12}$, or is"], finish: "length"))
    let terminal = try await Program().dialogue(server)
    try await terminal.enterAndWait(Self.pens, for: "unresolved  no answer")
    #expect(terminal.screen.text.contains("the reply reached its limit of tokens and broke off"))
    #expect(server.requests.count == 1)
  }

  @Test func `no text that is still arriving leaves a trace, however wide it is`() async throws {
    let gate = Gate()
    let words = (1...9).map { "\u{202e}\($0) 分数の答え " } + ["\\boxed{12}"]
    let server = LoopbackServer(
      Response.reply(words).inserting(.gate(gate), before: 9), .reply(Self.right))
    let terminal = try await Program().dialogue(server, columns: 40)
    terminal.enter("How many?")
    await gate.reached()
    try await terminal.wait(for: "}8 分数の答え")
    #expect(terminal.screen.rows.count { !$0.isEmpty } == 4)
    gate.open()
    try await terminal.wait(for: "accepted  12")
    try await terminal.waitForPrompt()
    #expect(terminal.screen.text.split(separator: "\\u{202E}1").count == 2)
  }

  @Test func `without an embedded model the dialogue says at once what to do`() async throws {
    let program = try Program()
    let terminal = try PseudoTerminal(
      builtProgram("pentimento"), environment: program.environment)
    try await terminal.waitForPrompt()
    #expect(
      terminal.screen.text == """
        pentimento 0.1.0 · solver embedded · critic embedded-critic · /help
        the embedded model is not complete (missing: weights, critic, server, launcher);
        run `pentimento fetch`, or name an endpoint with --base-url
        ›
        """)
    terminal.enter("2 + 2?")
    // The line as it was typed looks the same: only after the message is it the one given back.
    try await terminal.wait(for: "the problem again") {
      $0.text.contains("pentimento: the embedded") && $0.text.hasSuffix("\n› 2 + 2?")
    }
    terminal.send("\u{3}")
    try await terminal.waitForPrompt()
  }

  @Test func `solve at a terminal prints one answer, and who vouches for it`() async throws {
    let server = LoopbackServer(.reply(Self.solution), .reply(Self.right))
    let terminal = try PseudoTerminal(
      builtProgram("pentimento"), ["solve", Self.pens] + Program.flags(server),
      environment: Program().environment, columns: 120)
    #expect(try await terminal.waitForEnd() == .exited(0))
    #expect(
      Self.timeless(terminal) == """
        accepted        12
        the critic; 1 claim holds · 2 calls
        """)
  }

  @Test func `a narrow window`() async throws {
    let server = LoopbackServer(
      .reply("Every one of the 3 rows in the box has 4 pens: $3 \\cdot 4 = 12$.\n\n$\\boxed{12}$"),
      .reply(Self.right))
    let terminal = try await Program().dialogue(server, columns: 40)
    try await terminal.enterAndWait("How many pens?", for: "accepted")
    #expect(
      terminal.screen.text.split(separator: " · 14 tokens").first.map(String.init) == """
        pentimento 0.1.0 · solver endpoint (m) ·
        critic endpoint (m) · /help
        › How many pens?
        Every one of the 3 rows in the box has 4
        pens: 3 · 4 = 12 ✓.

        ⟦12⟧

        checker: ✓ 1 holds
        critic: right

        accepted  12  the critic; 1 claim holds
        2 calls
        """)
  }

  @Test func `a dumb terminal gets no escape sequence`() async throws {
    let server = LoopbackServer(.reply(Self.solution), .reply(Self.right))
    let terminal = try await Program(["TERM": "dumb"]).dialogue(server)
    try await terminal.enterAndWait(Self.pens, for: "accepted  12")
    terminal.enter("/quit")
    #expect(try await terminal.waitForEnd() == .exited(0))
    #expect(!terminal.output.contains("\u{1b}"))
  }

  @Test(arguments: [true, false])
  func `who wants no colour gets none`(isVariable: Bool) async throws {
    let server = LoopbackServer(.reply(Self.solution), .reply(Self.right))
    let program = try Program(isVariable ? ["NO_COLOR": "1"] : [:])
    let terminal = try await program.dialogue(server, isVariable ? [] : ["--color", "never"])
    try await terminal.enterAndWait(Self.pens, for: "accepted  12")
    terminal.enter("/quit")
    #expect(try await terminal.waitForEnd() == .exited(0))
    #expect(!terminal.output.contains(/\u{1b}\[[0-9;]*m/))
  }

  @Test func `what a server sends never reaches the terminal raw`() async throws {
    let hostile = "\u{1b}]0;title\u{7}\u{1b}[2J \u{202e}abc\u{9b}5n $3 \\cdot 4 = 12$ \\boxed{12}"
    let server = LoopbackServer(
      .reply(hostile), .reply("\u{1b}]52;c;aa\u{7}\nQuote: \u{1b}[31m12\nConclusion: wrong [END]"),
      .error(400, "no \u{1b}]0;title\u{7} such \u{202e}model"))
    let terminal = try await Program(["NO_COLOR": "1"]).dialogue(server)
    try await terminal.enterAndWait(Self.pens, for: "disputed")
    terminal.enter("again")
    try await terminal.wait(for: "pentimento: \(server.url)")
    for raw in ["\u{1b}]", "\u{1b}[2J", "\u{202e}", "\u{9b}", "\u{1b}[31m", "\u{7}"] {
      #expect(!terminal.output.contains(raw), "\(raw.debugDescription)")
    }
    #expect(terminal.screen.wholeText.contains("\\e]0;title\\u{7}"))
  }
}

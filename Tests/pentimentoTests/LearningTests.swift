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

/// The notebook, the clipboard, corrections and costs as commands of the built program.
@Suite struct LearningTests {
  private static let faulty = Response.reply(
    "Each row has $3 \\cdot 4 = 13$ pens.\n\nThe answer is $\\boxed{13}$.")
  private static let solution = Response.reply(DialogueTests.solution)
  private static let right = Response.reply(DialogueTests.right)

  /// A program whose notebook holds one mistake of long ago.
  static func learner() throws -> Program {
    let program = try Program(["TZ": "UTC0"])
    let line = """
      {"mistake":{"answer":"12","date":1000000,"fix":"3 * 4 = 12","id":"a","kind":"calculation",\
      "problem":"A box has 3 rows of 4 pens. How many pens?","step":"3 * 4 = 13"}}

      """
    try program.home.write(line, to: "data/pentimento/notebook.jsonl", mode: 0o600)
    return program
  }

  @Test func `a corrected step is kept, listed and kept once`() async throws {
    let server = LoopbackServer(Self.faulty, Self.solution, Self.right)
    let program = try Program()
    let terminal = try await program.dialogue(server)
    try await terminal.enterAndWait("/notebook", for: "the notebook is empty; /notebook add keeps")
    try await terminal.enterAndWait("/notebook add", for: "pentimento: no solution yet")
    try await terminal.enterAndWait(DialogueTests.pens, for: "accepted  12")
    try await terminal.enterAndWait(
      "/notebook add", for: "kept: calculation: 3 · 4 = 13\n")
    try await terminal.enterAndWait("/notebook add", for: "that one is in the notebook already")
    try await terminal.enterAndWait("/notebook review", for: "nothing is due; the next on ")
    let file = "\(program.home.path)/data/pentimento/notebook.jsonl"
    var status = stat()
    #expect(stat(file, &status) == 0 && status.st_mode & 0o777 == 0o600)
    #expect(program.text(of: file).contains(#""answer":"12""#))
    try await terminal.enterAndWait("/notebook remove 1", for: "1 is out of the notebook")
    try await terminal.enterAndWait("/notebook remove 1", for: "pentimento: the notebook is empty")
  }

  @Test func `a review asks, takes any equal form and says when it comes again`() async throws {
    let server = LoopbackServer(.page(500, "unasked"))
    let program = try Self.learner()
    let terminal = try await program.dialogue(server)
    try await terminal.enterAndWait("/notebook", for: "1 due: /notebook review")
    #expect(
      terminal.screen.text.contains("1  1970-01-12  calculation: 3 * 4 = 13  (due)"))
    terminal.enter("/notebook review")
    try await terminal.wait(for: "answer ›")
    #expect(terminal.screen.text.contains("\nA box has 3 rows of 4 pens. How many pens?\n"))
    terminal.enter("what?")
    try await terminal.wait(for: "that cannot be compared")
    terminal.enter("13")
    try await terminal.wait(for: "✗ not that; one more try, or ?")
    try await terminal.enterAndWait("24/2", for: "✓ right; again on ")
    #expect(terminal.screen.text.contains("reviewed: 1 right, 0 to learn"))
    #expect(
      program.text(of: "\(program.home.path)/data/pentimento/notebook.jsonl").contains(
        #""grade":2"#))
    try await terminal.enterAndWait("/notebook review", for: "nothing is due; the next on ")
    #expect(server.connections == 0)
  }

  @Test(arguments: [
    ("?\n", "\n  calculation: 3 * 4 = 13 → 3 * 4 = 12\n"), ("?\n", "✗ it is 12; again on "),
    ("11\n13\n", "reviewed: 0 right, 1 to learn"),
    ("\n", "the review is left; 1 to go"),
    ("/rounds 1\n", "the review is left; 1 to go\nrounds = 1"),
    ("$12$\n", "✓ right; again on "),
  ])
  func `a review in a pipe`(answers: String, said: String) async throws {
    let run = try await Self.learner().run(
      ["--base-url", "http://127.0.0.1:1", "--model", "m"], input: "/notebook review\n" + answers)
    #expect(run.complaints.contains(said), "\(run.complaints)")
    #expect(run.output == "" && run.status == 0)
  }

  @Test func `a slip in the learner's own working is kept without a word of what is right`()
    async throws
  {
    let server = LoopbackServer(.page(500, "unasked"))
    let program = try Program()
    let run = try await program.run(
      Program.flags(server) + ["--no-critic"],
      input: "/pose \(DialogueTests.pens)\n/mine 3 * 4 = 13, so the answer is 13.\n\n/notebook\n")
    #expect(run.complaints.contains("3 * 4 = 13  (due "), "\(run.complaints)")
    #expect(!run.complaints.contains("12)") && !run.complaints.contains("= 12"))
    let kept = program.text(of: "\(program.home.path)/data/pentimento/notebook.jsonl")
    #expect(kept.contains(#""kind":"arithmetic""#))
    #expect(kept.contains(#""fix":"12""#) && kept.contains("How many pens"))
  }

  @Test func `the correction shows: the old step struck, the new one below`() async throws {
    let server = LoopbackServer(Self.faulty, Self.solution, Self.right)
    let terminal = try await Program(["NO_COLOR": "1"]).dialogue(server)
    try await terminal.enterAndWait("/diff", for: "pentimento: no solution yet")
    try await terminal.enterAndWait(DialogueTests.pens, for: "accepted  12")
    try await terminal.enterAndWait("/diff", for: "→ There are")
    let shown = terminal.screen.text.unicodeScalars.filter { $0 != "\u{336}" }
    #expect(
      String(String.UnicodeScalarView(shown)).hasSuffix(
        """
        › /diff
        step 1, the checker: 3 · 4 is 12
        − Each row has 3 · 4 = 13 ✗ 12 pens.

        The answer is ⟦13⟧.
        → There are 3 · 4 = 12 ✓ pens.

        The answer is ⟦12⟧.

        ›
        """))
    #expect(terminal.screen.text.contains("E\u{336}a\u{336}c\u{336}h\u{336}"))
  }

  @Test func `without a correction there is nothing to compare`() async throws {
    let server = LoopbackServer(Self.solution, Self.right)
    let terminal = try await Program().dialogue(server)
    try await terminal.enterAndWait(DialogueTests.pens, for: "accepted  12")
    try await terminal.enterAndWait("/diff", for: "nothing was revised in the last problem")
    try await terminal.enterAndWait(
      "/notebook add", for: "nobody has named a faulty step in the last problem")
  }

  @Test func `the costs by what was asked for`() async throws {
    let server = LoopbackServer(Self.faulty, Self.solution, Self.right)
    let terminal = try await Program().dialogue(server)
    try await terminal.enterAndWait("/stats", for: "\n0 problems\n")
    try await terminal.enterAndWait(DialogueTests.pens, for: "accepted  12")
    try await terminal.enterAndWait("/stats", for: "1 problem: accepted\n")
    let rows = terminal.screen.text.split(separator: "\n").suffix(5).dropLast().map {
      $0.split(separator: " · ").prefix(2).joined(separator: " · ")
    }
    #expect(
      rows == [
        "propose   1 call · 7 tokens read, 11 written",
        "critique  1 call · 7 tokens read, 11 written",
        "revise    1 call · 7 tokens read, 11 written",
        "in all    3 calls · 21 tokens read, 33 written",
      ])
  }

  @Test func `the clipboard is filled on request only, through tmux too`() async throws {
    let server = LoopbackServer(Self.solution, Self.right)
    let terminal = try await Program(["TMUX": "/tmp/x,1,0"]).dialogue(server)
    try await terminal.enterAndWait("/copy", for: "pentimento: no solution yet")
    try await terminal.enterAndWait(DialogueTests.pens, for: "accepted  12")
    #expect(!terminal.output.contains("\u{1b}]52"))
    try await terminal.enterAndWait("/copy", for: "characters to the terminal's clipboard (OSC 52")
    let sequence = try #require(Clipboard.sequence(DialogueTests.solution, inTmux: true))
    #expect(terminal.output.contains(sequence))
  }

  @Test func `where no terminal is, none is asked to copy`() async throws {
    let server = LoopbackServer(Self.solution, Self.right, Self.solution, Self.right)
    let run = try await Program().run(
      Program.flags(server), input: "\(DialogueTests.pens)\n/copy\n")
    #expect(run.output == "accepted\t12\n" && run.status == 64)
    #expect(run.complaints.contains("/copy needs a terminal"))
    let dumb = try await Program(["TERM": "dumb"]).dialogue(server)
    try await dumb.enterAndWait(DialogueTests.pens, for: "accepted  12")
    try await dumb.enterAndWait("/copy", for: "/copy needs a terminal that takes control sequences")
    #expect(!dumb.output.contains("\u{1b}"))
  }

  @Test(arguments: [
    ("31", false, "\u{1b}]52;c;MzE=\u{7}"),
    ("31", true, "\u{1b}]52;c;MzE=\u{7}\u{1b}Ptmux;\u{1b}\u{1b}]52;c;MzE=\u{7}\u{1b}\\"),
    ("√\n", false, "\u{1b}]52;c;4oiaCg==\u{7}"),
  ])
  func `the clipboard's sequence`(text: String, inTmux: Bool, sequence: String) {
    #expect(Clipboard.sequence(text, inTmux: inTmux) == sequence)
    #expect(Clipboard.sequence(String(repeating: "x", count: 60_000), inTmux: inTmux) == nil)
  }

  @Test func `Tab knows sessions, forms and files, and /show, /sessions and /export use them`()
    async throws
  {
    let program = try SessionsTests.program(with: ["pentagon", "gsm8k-right", "gsm8k-disputed"])
    let server = LoopbackServer(Self.solution, Self.right)
    let terminal = try await program.dialogue(server, rows: 60)
    terminal.send("/show p\t")
    try await terminal.wait(for: "› /show pentagon")
    try await terminal.enterAndWait("", for: "accepted  31  the critic")
    terminal.send("/show gsm\t\t")
    try await terminal.wait(for: "gsm8k-disputed")
    terminal.send("\u{3}")
    try await terminal.waitForPrompt()
    try await terminal.enterAndWait("/sessions mango", for: "has 60 mango trees on his farm")
    try await terminal.enterAndWait("/export md", for: "pentimento: nothing is saved yet")
    try await terminal.enterAndWait(DialogueTests.pens, for: "accepted  12")
    let file = "\(program.home.path)/pens.html"
    try await terminal.enterAndWait("/export html \(file)", for: "written to ")
    #expect(program.text(of: file).contains("How many pens are in it?"))
    try await terminal.enterAndWait("/export docx", for: "/export wants md, html, tex or jsonl")
  }
}

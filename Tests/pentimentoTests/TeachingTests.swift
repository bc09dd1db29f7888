import LoopbackServer
import PseudoTerminal
import Testing

@testable import pentimento

/// A learner's own work, hints and questions: the built program on a scripted server.
@Suite struct TeachingTests {
  static let pens = "A box has 3 rows of 4 pens. Tom takes 5 pens out. How many pens are left?"
  static let solution = "The box has 3 * 4 = 12 pens.\n\nThen 12 - 5 = 7 are left. The answer is 7."
  static let right = Response.reply("Step 1: Yes.\nConclusion: right [END]")
  static let solved: [Response] = [.reply(solution), right]

  // MARK: - critique

  private static func critique(
    _ solution: String, _ flags: [String] = []
  ) async throws -> Program.Outcome {
    let program = try Program()
    let problem = try program.home.write(pens, to: "problem.txt")
    return try await program.run(
      ["critique", "--no-critic", "--no-save", "--problem", problem, "-"] + flags, input: solution)
  }

  @Test(arguments: [
    ("3 * 4 = 13\n13 - 5 = 8", [], "shown\t1\tarithmetic\t3 * 4 = 13\n", 1 as Int32),
    (
      "3 * 4 = 12\n12 - 5 = 17\n", ["--reveal"],
      "shown\t2\toperation\t12 - 5 = 17\t7\t12 - 5 is 7\n", 1
    ),
    ("3 * 4 = 12\n12 - 5 = 7", [], "none\t\t\t2 hold, 0 undecided\n", 0),
    ("3 * 9 = 27\n27 - 5 = 22", [], "asked\t1\tcopied\t3 * 9 = 27\n", 0),
  ])
  func `critique names the first faulty step, and no right value unless it is asked to`(
    solution: String, flags: [String], output: String, status: Int32
  ) async throws {
    let run = try await Self.critique(solution, flags)
    #expect(run.output == output)
    #expect(run.status == status)
    #expect(run.complaints == "")
  }

  @Test func `critique as JSON counts steps from 0 and withholds the right value`() async throws {
    let run = try await Self.critique("3 * 4 = 12\n12 - 5 = 8", ["--json"])
    #expect(
      run.output == """
        {"answer":"8","ending":"judged","holds":1,"isChecked":true,"refuted":1,"slip":{"certainty":"shown",\
        "kind":"arithmetic","quote":"12 - 5 = 8","reason":"","step":1},"steps":2,"undecided":0,\
        "unread":[]}

        """)
  }

  @Test func `a file that is missing or empty is said`() async throws {
    let program = try Program()
    let missing = try await program.run(["critique", "--problem", "/nowhere", "-"])
    #expect(
      missing.complaints == "pentimento: cannot read /nowhere: no such file, or no permission\n")
    #expect(missing.status == 74)
    let empty = try await Self.critique(" \n")
    #expect(empty.complaints == "pentimento: - is empty\n")
    #expect(empty.status == 65)
  }

  @Test func `a critic is asked only about what the checker lets through`() async throws {
    let server = LoopbackServer(
      .reply(
        "Wrong step: 2\nQuote: 12 + 5 = 17\nReason: They are taken out.\nCorrect: 12 - 5 = 7\nConclusion: wrong [END]"
      ))
    let program = try Program()
    let problem = try program.home.write(Self.pens, to: "problem.txt")
    let run = try await program.run(
      ["critique", "--problem", problem, "-", "--set", "factored=0"] + Program.flags(server),
      input: "3 * 4 = 12\n12 + 5 = 17 pens. The answer is 17.")
    #expect(run.output == "argued\t2\toperation\t12 + 5 = 17\n")
    #expect(run.status == 1)
    #expect(server.requests.count == 1)
  }

  // MARK: - In a pipe

  @Test func `own work in a pipe is told on stderr, without the right value`() async throws {
    let server = LoopbackServer(.page(500, "no model"))
    let run = try await Program().run(
      Program.flags(server) + ["--no-critic"],
      input: "/mine\n3 * 4 = 12\n\n/pose \(Self.pens)\n/mine\n3 * 4 = 12\n12 - 5 = 8\n\n/quit\n")
    #expect(run.output == "")
    #expect(
      run.complaints == """
        pentimento: no problem yet; set one with /pose PROBLEM, then /mine checks your own solution
        posed; /mine checks your own solution, /hint helps a little
        ✗ step 2 of 2: 12 - 5 = 8
        a slip of arithmetic: work this out again

        """)
    #expect(run.status == 64)
  }

  // MARK: - At a terminal

  @Test func `own work is typed step by step, and nothing right is shown`() async throws {
    let server = LoopbackServer(Self.solved + [.reply("What are the 5 pens for?")])
    let program = try Program()
    let terminal = try await program.dialogue(server, ["--set", "factored=0"], rows: 40)
    try await terminal.enterAndWait("/pose " + Self.pens, for: "/hint helps a little")
    terminal.enter("/mine")
    try await terminal.wait(for: "1 ›")
    terminal.enter("3 * 4 = 12")
    try await terminal.wait(for: "2 ›")
    terminal.enter("/hint")
    try await terminal.wait(for: "(/hint is no step; an empty line ends your solution")
    terminal.enter("12 - 5 = 8")
    try await terminal.wait(for: "3 ›")
    try await terminal.enterAndWait("", for: "work this out again")
    #expect(terminal.screen.text.contains("✗ step 2 of 2: 12 - 5 = 8"))
    try await terminal.enterAndWait("/hint", for: "What are the 5 pens for?")
    #expect(terminal.screen.text.contains("hint 1 of 5, nudge:"))
    let shown = terminal.screen.wholeText
    #expect(!shown.contains(" 7"))
    terminal.enter("/quit")
    #expect(try await terminal.waitForEnd() == .exited(0))
  }

  @Test func `a pasted solution is one entry`() async throws {
    let server = LoopbackServer(.page(500, "no model"))
    let terminal = try await Program().dialogue(server, ["--no-critic"], rows: 40)
    terminal.enter("/mine")
    try await terminal.wait(for: "problem ›")
    terminal.enter(Self.pens)
    try await terminal.wait(for: "1 ›")
    terminal.send("\u{1B}[200~3 * 4 = 12\n12 - 5 = 7\u{1B}[201~\r")
    try await terminal.wait(for: "no faulty step was found")
    try await terminal.waitForPrompt()
    #expect(terminal.screen.text.contains("checked: 2 claims hold"))
    #expect(terminal.screen.text.contains("no critic was asked"))
  }

  @Test func `the editor takes a whole solution`() async throws {
    let program = try Program(["EDITOR": "printf '3 * 4 = 13\\n' >"])
    let server = LoopbackServer(.page(500, "no model"))
    let terminal = try await program.dialogue(server, ["--no-critic"], rows: 40)
    try await terminal.enterAndWait("/pose " + Self.pens, for: "/hint helps a little")
    try await terminal.enterAndWait("/mine edit", for: "✗ step 1 of 1: 3 * 4 = 13")
  }

  @Test func `the ladder is climbed rung by rung, and leaks are never shown`() async throws {
    let server = LoopbackServer(
      Self.solved + [
        .reply("It is 7, isn't it?"), .reply("What about seven?"), .reply("3 * 4, then?"),
        .reply("Equal groups call for a multiplication."),
        .reply("Find how many pens the box holds."),
        .reply("Because pens are taken out."),
      ])
    let program = try Program()
    let terminal = try await program.dialogue(server, ["--set", "factored=0"], rows: 60)
    try await terminal.enterAndWait("/pose " + Self.pens, for: "/hint helps a little")
    try await terminal.enterAndWait("/hint", for: "Which of these do you need first?")
    try await terminal.enterAndWait("/hint", for: "Equal groups call for a multiplication.")
    try await terminal.enterAndWait("/hint", for: "Find how many pens the box holds.")
    try await terminal.enterAndWait("/hint", for: "= 12 pens.")
    #expect(!terminal.screen.wholeText.contains("7"))
    try await terminal.enterAndWait("/hint", for: "7 (accepted")
    try await terminal.enterAndWait("/hint", for: "that was the last hint")
    try await terminal.enterAndWait("/mine 3 * 4 = 12", for: "the critic")
    terminal.enter("/quit")
    #expect(try await terminal.waitForEnd() == .exited(0))
    // What was asked and shown is kept, and replays as it was.
    let replay = try await program.run(["replay", "--verify", try program.transcriptPath])
    #expect(replay.output.hasSuffix("verified, 0 differ, 0 drifts\n"))
    #expect(program.transcripts[0].contains("would have told too much"))
    let shown = try await program.run(["replay", try program.transcriptPath])
    #expect(!shown.output.contains("It is 7, isn't it?"))
    #expect(!shown.output.contains("Then 12 - 5"))
    #expect(shown.output.contains("hint, concept: Equal groups call for a multiplication."))
  }

  @Test func `a question about a solved problem is answered as it comes`() async throws {
    let server = LoopbackServer(
      Self.solved + [.reply("They are *taken out*, so $12 - 5$ it is.")])
    let terminal = try await Program().dialogue(server, ["--set", "factored=0"], rows: 40)
    try await terminal.enterAndWait("/ask why?", for: "there is nothing to ask about yet")
    try await terminal.enterAndWait(Self.pens, for: "accepted  7")
    try await terminal.enterAndWait(
      "/ask why subtract?", for: "They are taken out")
    #expect(server.requests[2].text.contains("why subtract?"))
    #expect(server.requests[2].text.contains("12 - 5 = 7: true"))
  }

  @Test func `a similar problem has other numbers, and its answer is known`() async throws {
    let server = LoopbackServer(Self.solved)
    let run = try await Program().run(
      Program.flags(server) + ["--set", "factored=0"],
      input: "\(Self.pens)\n/similar\n/critic none\n/mine\nThe answer is 1000000.\n\n")
    let lines = run.lines
    #expect(lines.first == "accepted\t7")
    #expect(lines.last?.hasPrefix("A box has ") == true)
    #expect(lines.last != Self.pens)
    #expect(run.complaints.contains("your answer is not the right one; nothing here shows where"))
    let again = try await Program().run(
      Program.flags(LoopbackServer(.reply("Many. The answer is 7."), Self.right)),
      input: "\(Self.pens)\n/similar\n")
    #expect(again.complaints.contains("cannot vary it: its solution is no chain of sums"))
    #expect(again.status == 1)
  }

  @Test func `Ctrl-C while the tutor solves out of sight gives the prompt back`() async throws {
    let gate = Gate()
    let server = LoopbackServer(
      [Response.reply(Self.solution).inserting(.gate(gate), before: 0)] + Self.solved
        + [.reply("What are the rows for?")])
    let terminal = try await Program().dialogue(server, ["--set", "factored=0"], rows: 40)
    try await terminal.enterAndWait("/pose " + Self.pens, for: "/hint helps a little")
    await gate.reached()
    terminal.enter("/hint")
    try await terminal.wait(for: "out of sight …")
    terminal.send("\u{3}")
    try await terminal.wait(for: "stopped; /hint begins again")
    try await terminal.waitForPrompt()
    await gate.abandoned()
    try await terminal.enterAndWait("/hint", for: "What are the rows for?")
    #expect(terminal.screen.text.contains("hint 1 of 5"))
  }

  @Test func `what the checker made of own work is told without its reasons`() async throws {
    let server = LoopbackServer(.page(500, "no model"))
    let run = try await Program().run(
      Program.flags(server) + ["--no-critic"],
      input: "/pose \(Self.pens)\n/mine\n3 * 4 = 13\n13 - 5 = 8\n\n/why\n/why 2\n/why 9\n")
    #expect(
      run.complaints.hasSuffix(
        """
        step 1  refuted  3 * 4 = 13
        step 2  holds  13 - 5 = 8
        step 2  holds  13 - 5 = 8
        pentimento: your solution has steps 1 to 2

        """))
    #expect(!run.complaints.contains("12"))
  }
}

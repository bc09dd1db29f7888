import LoopbackServer
import PseudoTerminal
import Testing

@testable import pentimento

/// Keys that a person at a terminal counts on, of the built program.
@Suite struct KeyboardTests {
  private static let unasked = Response.page(500, "unasked")

  @Test func `Ctrl-R finds an earlier entry`() async throws {
    let terminal = try await Program().dialogue(LoopbackServer(Self.unasked))
    try await terminal.enterAndWait("/rounds 4", for: "rounds = 4")
    try await terminal.enterAndWait("/checker on", for: "checker on")
    terminal.send("\u{12}oun\r")
    try await terminal.wait(for: "the entry taken again") {
      $0.text.split(separator: "rounds = 4", omittingEmptySubsequences: false).count == 3
    }
    try await terminal.waitForPrompt()
  }

  @Test func `Ctrl-X Ctrl-E edits the line elsewhere`() async throws {
    let program = try Program(["VISUAL": "sed -i -e s/1/6/"])
    let terminal = try await program.dialogue(LoopbackServer(Self.unasked))
    terminal.send("/rounds 1\u{18}\u{5}")
    try await terminal.wait(for: "› /rounds 6")
    try await terminal.enterAndWait("", for: "rounds = 6")
  }

  @Test func `Ctrl-Z gives the shell its terminal, and fg takes it back with the line`()
    async throws
  {
    let program = try Program(["PS1": "$ ", "HISTFILE": "", "PROGRAM": builtProgram("pentimento")])
    let terminal = try PseudoTerminal(
      "/bin/bash", ["--norc", "--noprofile", "--noediting", "-i"],
      environment: program.environment)
    try await terminal.wait(for: "$")
    terminal.enter("$PROGRAM --base-url http://127.0.0.1:9 --model m")
    try await terminal.waitForPrompt()
    terminal.send("/rounds")
    try await terminal.wait(for: "\n› /rounds")
    terminal.send("\u{1a}")
    try await terminal.wait(for: "the shell's prompt") { $0.text.hasSuffix("\n$") }
    terminal.enter("fg")
    try await terminal.wait(for: "the line again") { $0.text.hasSuffix("\n› /rounds") }
    try await terminal.enterAndWait(" 2", for: "rounds = 2")
    terminal.enter("/quit")
    try await terminal.wait(for: "the shell's prompt") { $0.text.hasSuffix("/quit\n$") }
  }

  @Test(arguments: ["pentagon", "gsm8k-failed-repair", "gsm8k-interrupted"], [40, 57, 80])
  func `a saved session keeps within the window`(name: String, columns: Int) async throws {
    let program = try SessionsTests.program(with: [name])
    let terminal = try PseudoTerminal(
      builtProgram("pentimento"), ["replay", name, "--color", "never"],
      environment: program.environment, rows: 200, columns: columns)
    #expect(try await terminal.waitForEnd() == .exited(0))
    // What was drawn over counts as well.
    let lines = terminal.output.replacing("\u{1b}[K", with: "").unicodeScalars.split {
      $0 == "\r" || $0 == "\n"
    }
    #expect(lines.count > 20)
    for line in lines {
      #expect(line.reduce(0) { $0 + columnWidth(of: $1) } <= columns, "\(String(line))")
    }
  }
}

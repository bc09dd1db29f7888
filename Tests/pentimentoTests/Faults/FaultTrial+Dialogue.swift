import LoopbackServer
import PseudoTerminal

@testable import pentimento

extension FaultTrial {
  /// The REPL: the first problem, the next one, and the way out.
  func converse() async throws {
    let terminal = try PseudoTerminal(
      builtProgram("pentimento"), flags, environment: program.environment, rows: 24,
      columns: 120, patience: Self.watchdog)
    let dialogue = TypedDialogue(terminal)
    try await dialogue.awaitPrompt()
    if cell.phase == .hint {
      try await dialogue.enter("/pose " + FaultServer.first)
      try await dialogue.enter("/hint")
    } else {
      try await dialogue.enter(FaultServer.first)
    }
    let shown = terminal.screen.wholeText
    demandWords(in: shown)
    if let (word, answer) = expected.verdict {
      let verdict = "\(word)  \(answer.isEmpty ? "no answer" : answer)"
      demand(shown.contains(verdict), "no \"\(verdict)\":\n\(shown.suffix(3000))")
    }
    if case .error = cell.fault.outcome, cell.phase != .hint {
      // The problem comes back, to be sent again; Ctrl-C drops it.
      try await terminal.wait(for: "the problem again") {
        $0.text.hasSuffix("\n› " + FaultServer.first)
      }
      try await dialogue.press("\u{3}")
    }
    if isApart { try await dialogue.enter(change) }
    try await dialogue.enter(FaultServer.second)
    demand(
      terminal.screen.wholeText.contains("accepted  15"),
      "the next problem failed:\n\(terminal.screen.wholeText.suffix(3000))")
    terminal.enter("/quit")
    let ending = try await terminal.waitForEnd()
    demand(ending == .exited(0), "\(ending)")
    look(at: terminal)
    try await lookAtTranscript(problems: 2)
  }

  private func look(at terminal: PseudoTerminal) {
    let output = terminal.output
    demand(terminal.isAsBefore, "the terminal is not set as before: \(terminal.modes)")
    demand(output.isOff("\u{1B}[?2004h", "\u{1B}[?2004l"), "bracketed paste is left on")
    demand(output.isOff("\u{1B}[?25l", "\u{1B}[?25h"), "the cursor is left hidden")
    demandNoKey(in: output, "the terminal")
    if let found = output.firstForeignSequence {
      broken.append("\(found) on the terminal, which is not the program's own")
    }
  }
}

/// A dialogue at a terminal, line by line. Before each line the program switches bracketed paste
/// on, by which a line's end is known whatever comes of it.
private final class TypedDialogue {
  let terminal: PseudoTerminal
  private var prompts = 0

  init(_ terminal: PseudoTerminal) { self.terminal = terminal }

  func awaitPrompt() async throws {
    prompts += 1
    try await terminal.wait(forOutput: "\u{1B}[?2004h", times: prompts)
    try await terminal.wait(for: "a prompt") { screen in
      let rows = screen.rows
      return rows[screen.cursor.row].hasPrefix("›")
    }
  }

  func enter(_ line: String) async throws { try await press(line + "\r") }

  func press(_ keys: String) async throws {
    terminal.send(keys)
    try await awaitPrompt()
  }
}

extension String {
  /// Whether what `on` switches on was switched off again by `off`, or never on.
  fileprivate func isOff(_ on: String, _ off: String) -> Bool {
    let bytes = Array(utf8)
    func last(_ sequence: String) -> Int {
      let ends = bytes.ranges(of: Array(sequence.utf8))
      return ends.last?.lowerBound ?? -1
    }
    return last(off) >= last(on)
  }
}

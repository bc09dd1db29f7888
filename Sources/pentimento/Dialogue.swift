import LineEditor
import Tutoring
import Typeset

/// The REPL: reads a line, takes it, and comes back, whatever happens to the line.
struct Dialogue {
  let session: Session

  func run() async -> ExitStatus {
    let editor: LineEditor
    do {
      let state = session.studio.folders.state
      if Path.isFolder(state) { try Folders.makePrivate(state) }
    } catch {
      complain("\(error)")
      return .files
    }
    do {
      editor = try LineEditor(
        program: "pentimento",
        history: History(file: Path.joined(session.studio.folders.state, "history")),
        colour: session.screen.ink.colour,
        completer: Completer(session: session).complete)
    } catch {
      complain(error.description)
      return .usage
    }
    defer { editor.restoreTerminal() }
    greet()
    var isHistoryKept = true
    func lookAtHistory() {
      guard isHistoryKept, let failure = editor.historyFailure else { return }
      isHistoryKept = false
      session.screen.say("pentimento: \(failure)")
    }
    if session.studio.usesEmbedded {
      session.studio.embedded.prepare()
      if let complaint = session.studio.embedded.complaint { session.screen.say(complaint) }
    }
    var unanswered = ""
    while true {
      let line = await editor.read(
        prompt: .init(session.question == nil ? "› " : "answer › ", style: .bold),
        // What was typed meanwhile comes next, and must not be glued to what failed.
        continuation: "  ", initial: LineEditor.isTypedAhead ? "" : unanswered)
      lookAtHistory()
      let input = await completed(line, editor)
      unanswered = ""
      switch input {
      case .line(let line):
        guard await take(line, editor, &unanswered) else { return await leave() }
      case .interrupted where session.question != nil: session.leaveReview()
      case .interrupted: session.screen.say("(Ctrl-D or /quit leaves)")
      case .endOfFile: return await leave()
      case .terminated:
        _ = await leave()
        return .terminated
      }
    }
  }

  /// - Returns: Whether to go on.
  private func take(_ line: String, _ editor: LineEditor, _ unanswered: inout String) async -> Bool
  {
    let isAnswer = session.question != nil
    do {
      let session = session
      let outcome = try await editor.interruptible { () async throws -> ExitStatus? in
        do throws(Failure) { return try await session.take(line) } catch { throw error }
      }
      guard outcome != nil else { return false }
      if InputLine(reading: line) != .nothing { session.screen.line() }
      return true
    } catch let failure as Failure {
      session.screen.say("pentimento: \(failure.description)")
      // Also where the server refused it: what is too long can be made shorter.
      if !isAnswer, case .problem = InputLine(reading: line) { unanswered = line }
    } catch {
      session.screen.say("pentimento: \(error)")
    }
    session.screen.line()
    return true
  }

  private func greet() {
    let critic = session.policy.critic ? session.critic.shownName : "none"
    session.screen.line(
      StyledText(
        "\(Version.program) · solver \(session.solver.shownName) · critic \(critic) · /help"))
  }

  private func leave() async -> ExitStatus {
    session.studio.embedded.stop()
    if let path = session.transcriptPath { session.screen.say("transcript: \(path)") }
    return .fine
  }
}

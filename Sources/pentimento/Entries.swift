import LineEditor
import Typeset

// A command that wants lines of its own gets them as part of its entry: `/mine`, and the lines up to
// an empty one.

extension InputLine {
  /// Whether lines belong to it that are still to come.
  var wantsLines: Bool {
    if case .command(.mine, let words) = self { words.isEmpty } else { false }
  }
}

extension InputLine {
  /// The name of the command that the line is, if it is one line and is one.
  fileprivate var commandName: String? {
    if case .command(let command, let words) = self, !words.contains("\n") {
      command.names[0]
    } else {
      nil
    }
  }
}

extension Dialogue {
  /// The entry with the lines that belong to it; `/mine edit` opens an editor for them.
  func completed(_ input: LineEditor.Input, _ editor: LineEditor) async -> LineEditor.Input {
    guard case .line(let line) = input, case .command(.mine, let words) = InputLine(reading: line),
      words.isEmpty || words == "edit"
    else { return input }
    if session.problemAtHand == nil {
      session.screen.say("which problem is it?")
      let input = await editor.read(prompt: .init("problem › ", style: .bold), continuation: "  ")
      guard case .line(let statement) = input, !statement.trimmed().isEmpty else { return input }
      session.pose(statement.trimmed())
    }
    if words == "edit" {
      guard let text = await editor.compose() else {
        session.screen.say("the editor failed")
        return .line("")
      }
      return text.trimmed().isEmpty ? .line("") : .line("/mine\n" + text)
    }
    return await lines(editor)
  }

  /// Lines up to an empty one; a paste of several lines is complete by itself.
  private func lines(_ editor: LineEditor) async -> LineEditor.Input {
    session.screen.say("(your solution, one step a line; an empty line ends it)")
    var lines: [String] = []
    while true {
      let input = await editor.read(
        prompt: .init("\(lines.count + 1) › ", style: .dim), continuation: "  ", recorded: false)
      switch input {
      case .line(let line):
        if line.trimmed().isEmpty { return lines.isEmpty ? .line("") : entry(lines) }
        if let command = InputLine(reading: line).commandName {
          // Nothing is lost that was typed already.
          if lines.isEmpty { return input }
          session.screen.say(
            "(/\(command) is no step; an empty line ends your solution, Ctrl-C leaves it)")
          continue
        }
        lines.append(line)
        if line.contains("\n") { return entry(lines) }
      case .endOfFile where !lines.isEmpty: return entry(lines)
      case .interrupted, .endOfFile, .terminated: return input
      }
    }
  }

  private func entry(_ lines: [String]) -> LineEditor.Input {
    .line("/mine\n" + lines.joined(separator: "\n"))
  }
}

extension Pipe {
  /// The entry with the lines that belong to it.
  func completed(_ line: String, _ input: StandardInput) -> String {
    guard InputLine(reading: line).wantsLines else { return line }
    var lines = [line]
    while let more = input.line(), !more.trimmed().isEmpty {
      if let command = InputLine(reading: more).commandName {
        session.screen.say("pentimento: /\(command) is no step; an empty line ends a solution")
      } else {
        lines.append(more)
      }
    }
    return lines.joined(separator: "\n")
  }
}

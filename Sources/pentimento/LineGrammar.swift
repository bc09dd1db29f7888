// The lines that the REPL and a pipe understand: a problem, `/command words`, `//` for a problem
// that begins with a slash, and nothing.

/// One line of input.
enum InputLine: Hashable, Sendable {
  case nothing
  case problem(String)
  case command(Command, String)
  /// `near` is the command that was probably meant.
  case unknown(String, near: String?)

  init(reading line: String) {
    let text = line.trimmed()
    if text.isEmpty {
      self = .nothing
    } else if text.hasPrefix("//") {
      self = .problem(String(text.dropFirst()))
    } else if text.hasPrefix("/") {
      let word = String(text.dropFirst().prefix { !$0.isWhitespace })
      let rest = text.dropFirst(word.count + 1).trimmed()
      let name = word.lowercased()
      if let command = Command.allCases.first(where: { $0.names.contains(name) }) {
        self = .command(command, rest)
      } else {
        self = .unknown(word, near: nearest(to: name, in: Command.allCases.flatMap(\.names)))
      }
    } else {
      self = .problem(text)
    }
  }
}

/// What can be said after a slash.
enum Command: String, CaseIterable, Sendable {
  case help, pose, mine, hint, ask, similar, check, rounds, samples, model, critic, checker, why
  case raw, copy, diff, save, stats, sessions, show, export, notebook, quit

  /// Every name of the command, the usual one first.
  var names: [String] {
    switch self {
    case .quit: ["quit", "exit", "q"]
    case .help: ["help", "h"]
    default: [rawValue]
    }
  }

  /// What follows the name, for the help.
  var usage: String {
    switch self {
    case .pose: "PROBLEM"
    case .mine: "[edit]"
    case .ask: "QUESTION"
    case .check: "EXPR"
    case .rounds, .samples: "[N]"
    case .model: "[NAME]"
    case .critic: "[NAME|none]"
    case .checker: "[on|off]"
    case .why: "[N]"
    case .save: "NAME"
    case .sessions: "[WORDS]"
    case .show: "ID"
    case .export: "FORM [FILE]"
    case .notebook: "[add|review]"
    case .help, .hint, .similar, .raw, .copy, .diff, .stats, .quit: ""
    }
  }

  var purpose: String {
    switch self {
    case .help: "this list"
    case .pose: "set a problem to work on yourself; nothing is solved on the screen"
    case .mine: "check your own solution: the lines after it, up to an empty one"
    case .hint: "one hint more: nudge, concept, next step, worked step, answer"
    case .ask: "ask about the last solution, such as /ask why add?"
    case .similar: "the same problem with other numbers, to work on"
    case .check: "check a claim exactly, such as /check 1/2 + 1/3 = 5/6"
    case .rounds: "revisions at most"
    case .samples: "candidates proposed before anything is revised"
    case .model: "the solver, or all models"
    case .critic: "the critic, another one, or none"
    case .checker: "the exact checker"
    case .why: "what the checker says of step N, or of all"
    case .raw: "the source of the last solution"
    case .copy: "put that source on the clipboard (OSC 52)"
    case .diff: "what the last correction changed"
    case .save: "name this session's transcript"
    case .stats: "calls, tokens and time of this session, by what they were for"
    case .sessions: "the newest sessions, or those that hold the words"
    case .show: "show a saved session"
    case .export: "write this session as md, html, tex or jsonl"
    case .notebook: "mistakes to come back to: list, add the last one, review"
    case .quit: "leave (also Ctrl-D)"
    }
  }
}

extension StringProtocol {
  /// Without white space on either side.
  func trimmed() -> String {
    var slice = self[...]
    while let first = slice.first, first.isWhitespace { slice = slice.dropFirst() }
    while let last = slice.last, last.isWhitespace { slice = slice.dropLast() }
    return String(slice)
  }
}

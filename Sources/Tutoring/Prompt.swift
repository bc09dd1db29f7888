import FoundationEssentials

// A prompt is a file: what is sent, word for word, with `{{blanks}}`. A line `--- system`,
// `--- user` or `--- assistant` begins a message; a last assistant message is a beginning that the
// model continues. What fills a blank is foreign text: it may not close the tags around it, nor
// begin a message with a mark such as `<|im_start|>`, which servers take for their own. So every tag
// that the prompt itself uses, and every such mark, is defused inside the filling.

/// Why a prompt cannot be used.
public enum PromptError: Error, Hashable, CustomStringConvertible {
  case unreadable(file: String, reason: String)
  case noMessages(file: String)
  case unknownRole(file: String, line: Int, role: String)
  case unknownBlank(file: String, blank: String, known: [String])

  public var description: String {
    switch self {
    case .unreadable(let file, let reason): "cannot read the prompt \(file): \(reason)"
    case .noMessages(let file):
      "the prompt \(file) has no message; begin one with a line `--- user`"
    case .unknownRole(let file, let line, let role):
      "\(file):\(line): no role is called `\(role)`; there are system, user and assistant"
    case .unknownBlank(let file, let blank, let known):
      "\(file): nothing fills {{\(blank)}}; this prompt knows \(known.sorted().joined(separator: ", "))"
    }
  }
}

/// A request's text before its blanks are filled.
struct Prompt: Hashable, Sendable {
  public let file: String
  public let messages: [Message]
  /// Names of the tags in the text, such as `problem` for `<problem>`.
  private let tags: [String]

  public init(reading text: String, file: String) throws(PromptError) {
    self.file = file
    var messages: [Message] = []
    for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .enumerated()
    {
      if line.hasPrefix("--- ") {
        let name = line.dropFirst(4).trimmed()
        guard let role = Message.Role(rawValue: name) else {
          throw .unknownRole(file: file, line: index + 1, role: name)
        }
        messages.append(Message(role: role, content: ""))
      } else if !messages.isEmpty {
        messages[messages.count - 1].content += line + "\n"
      }
    }
    guard !messages.isEmpty else { throw .noMessages(file: file) }
    self.messages = messages.map { Message(role: $0.role, content: $0.content.trimmed()) }
    self.tags = Self.tags(in: text)
  }

  /// Checks that every blank is one of `known`, so that filling cannot fail later.
  func knowing(_ known: [String]) throws(PromptError) -> Prompt {
    var strange: String?
    for message in messages {
      _ = Self.replacing(message.content) { name in
        if !known.contains(name), strange == nil { strange = name }
        return ""
      }
    }
    if let strange { throw .unknownBlank(file: file, blank: strange, known: known) }
    return self
  }

  /// The messages with every blank filled; a blank without filling becomes empty.
  public func filled(_ fillings: [String: String]) -> [Message] {
    messages.map { message in
      Message(
        role: message.role,
        content: Self.replacing(message.content) { defused(fillings[$0] ?? "") })
    }
  }

  private static func replacing(_ text: String, _ filling: (String) -> String) -> String {
    var replaced = ""
    var rest = text[...]
    while let open = rest.firstStart(of: "{{"), let close = rest[open...].firstStart(of: "}}") {
      replaced += rest[..<open] + filling(rest[open..<close].dropFirst(2).trimmed())
      rest = rest[close...].dropFirst(2)
    }
    return replaced + rest
  }

  /// The text with `<` replaced wherever it would begin a mark or one of the prompt's own tags.
  private func defused(_ text: String) -> String {
    var safe = ""
    var rest = text[...]
    while let open = rest.firstIndex(of: "<") {
      safe += rest[..<open]
      rest = rest[open...].dropFirst()
      let word = rest.drop { $0 == "/" || $0.isWhitespace }.prefix { $0.isLetter }.lowercased()
      safe += tags.contains(word) || Self.isMark(rest) ? "‹" : "<"
    }
    return safe + rest
  }

  /// Whether a text after `<` goes on as in `<|im_end|>`; `<|x|` of a formula does not.
  private static func isMark(_ rest: Substring) -> Bool {
    guard rest.first == "|" else { return false }
    let name = rest.dropFirst().prefix { $0.isLetter || $0.isNumber || $0 == "_" }
    return name.count > 1 && rest[name.endIndex...].hasPrefix("|>")
  }

  private static func tags(in text: String) -> [String] {
    var tags: Set<String> = []
    var rest = text[...]
    while let open = rest.firstStart(of: "</") {
      rest = rest[open...].dropFirst(2)
      let word = rest.prefix { $0.isLetter }
      if rest.dropFirst(word.count).first == ">" { tags.insert(word.lowercased()) }
    }
    return tags.sorted()
  }
}

/// The prompts of the loop, one a request.
public struct Prompts: Sendable {
  public enum Name: String, CaseIterable, Sendable {
    case propose, calculate, critique, probability, combine, bound, revise, teach, ask
    /// What a critic is asked that was trained by Critique Fine-Tuning.
    case cftCritique = "cft-critique"
    case cftProbability = "cft-probability"
    case hintNudge = "hint-nudge"
    case hintConcept = "hint-concept"
    case hintNext = "hint-next"

    /// The blanks that the loop fills.
    var blanks: [String] {
      switch self {
      case .propose, .calculate: ["problem"]
      case .critique, .probability, .cftCritique, .cftProbability: ["problem", "steps", "report"]
      case .combine: ["problem", "before", "left", "right", "first", "second"]
      case .bound: ["problem", "before", "left", "right", "larger", "first", "second"]
      case .revise: ["problem", "steps", "kept", "step", "quote", "evidence", "correction"]
      case .teach: ["problem", "solution"]
      case .ask: ["problem", "steps", "report", "critique", "verdict", "question", "limits"]
      case .hintNudge, .hintConcept: ["problem", "solution", "working", "place"]
      case .hintNext: ["problem", "solution", "working", "step"]
      }
    }
  }
  /// Where they come from, for people: a folder or "built in".
  public let source: String
  private let prompts: [Name: Prompt]

  /// Reads one `NAME.txt` a prompt; names that the folder lacks are taken from the built-in copies.
  public init(folder: String) throws(PromptError) {
    var prompts: [Name: Prompt] = [:]
    for name in Name.allCases {
      let path = "\(folder)/\(name.rawValue).txt"
      let text = FileManager.default.fileExists(atPath: path) ? try Self.text(of: path) : nil
      prompts[name] = try Prompt(
        reading: text ?? BuiltinPrompts.texts[name.rawValue] ?? "", file: path
      ).knowing(name.blanks)
    }
    self.prompts = prompts
    source = folder
  }

  /// The copies compiled into the program.
  public static func builtin() throws(PromptError) -> Prompts {
    var prompts: [Name: Prompt] = [:]
    for name in Name.allCases {
      prompts[name] = try Prompt(
        reading: BuiltinPrompts.texts[name.rawValue] ?? "", file: "\(name.rawValue).txt (built in)"
      ).knowing(name.blanks)
    }
    return Prompts(source: "built in", prompts: prompts)
  }

  private init(source: String, prompts: [Name: Prompt]) {
    self.source = source
    self.prompts = prompts
  }

  /// The messages of one request; every prompt exists and every blank is known once this value does.
  public func messages(_ name: Name, _ fillings: [String: String]) -> [Message] {
    prompts[name]?.filled(fillings) ?? []
  }

  private static func text(of path: String) throws(PromptError) -> String {
    do {
      return try String(contentsOfFile: path, encoding: .utf8)
    } catch {
      throw .unreadable(file: path, reason: "not a readable UTF-8 file")
    }
  }
}

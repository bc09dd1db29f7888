import FoundationEssentials

// The record of Critique Fine-Tuning (arXiv 2501.17703): three texts, in the two layouts that are
// published. Where the verdict comes from is no part of it and stands in a file of its own.

/// A question, a noisy solution and a critique to learn from.
public struct CritiqueRecord: Hashable, Sendable {
  public var question: String
  public var solution: String
  /// With its conclusion line, without the `Critique:` before it.
  public var critique: String

  public init(question: String, solution: String, critique: String) {
    self.question = question
    self.solution = solution
    self.critique = critique
  }

  /// What stands first in every record, with two line ends.
  public static let instruction =
    "Please critique whether the following solution to the question is correct.\n\n"

  public var input: String { "Question:\n\(question)\n\nSolution:\n\(solution)\n\n" }

  public var output: String { Self.heading + critique }

  private static let heading = "Critique:\n"

  /// The verdict as a reader of such files finds it.
  public var judgement: Critique.Judgement { Critique.judgement(in: critique) }

  /// Takes the texts of a published record apart; `nil` if they are not laid out so.
  public init?(input: String, output: String) {
    guard input.hasPrefix("Question:\n"), let mark = input.firstStart(of: "\n\nSolution:\n") else {
      return nil
    }
    question = String(input[..<mark].dropFirst("Question:\n".count))
    solution = input[mark...].dropFirst("\n\nSolution:\n".count).trimmed()
    critique =
      output.hasPrefix(Self.heading) ? String(output.dropFirst(Self.heading.count)) : output
  }
}

/// How records are laid out in a file.
public enum CritiqueLayout: String, CaseIterable, Sendable {
  /// `instruction`, `input`, `output`, as WebInstruct-CFT has it.
  case instruction
  /// `messages` of a user and an assistant, as One-Shot CFT has it.
  case messages

  /// The record as one JSON object on one line, without a line end; the keys stand in the published
  /// order.
  public func encoded(_ record: CritiqueRecord) -> String {
    switch self {
    case .instruction:
      "{\"instruction\": \(json(CritiqueRecord.instruction)), \"input\": \(json(record.input)), "
        + "\"output\": \(json(record.output))}"
    case .messages:
      "{\"messages\": [{\"role\": \"user\", \"content\": "
        + "\(json(CritiqueRecord.instruction + record.input))}, "
        + "{\"role\": \"assistant\", \"content\": \(json(record.output))}]}"
    }
  }
}

extension CritiqueRecord {
  /// Reads a row in either layout.
  init(_ row: Row) throws(RowFault) {
    var input: String
    let output: String
    if row.has("messages") {
      let messages = try row.rows("messages")
      guard messages.count == 2 else { throw RowFault("`messages` are not two") }
      input = try messages[0].text("content")
      output = try messages[1].text("content")
    } else {
      input = (row.has("instruction") ? try row.text("instruction") : "") + (try row.text("input"))
      output = try row.text("output")
    }
    if input.hasPrefix(Self.instruction) { input.removeFirst(Self.instruction.count) }
    if let record = CritiqueRecord(input: input, output: output) {
      self = record
    } else {
      self.init(question: input.trimmed(), solution: "", critique: output)
    }
  }
}

/// A text as JSON writes it.
private func json(_ text: String) -> String {
  var written = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": written += "\\\""
    case "\\": written += "\\\\"
    case "\n": written += "\\n"
    case "\r": written += "\\r"
    case "\t": written += "\\t"
    case _ where scalar.value < 0x20 || scalar.value == 0x7F:
      let digits = String(scalar.value, radix: 16)
      written += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    default: written.unicodeScalars.append(scalar)
    }
  }
  return written + "\""
}

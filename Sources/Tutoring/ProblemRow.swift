import FoundationEssentials

/// One row of a file of problems: a JSON object with a text `problem` or `question`, and whatever
/// else belongs to it, which is kept and never shown to a model.
public struct ProblemRow: Hashable, Sendable {
  /// The row's `id`, a text or a whole number; without one, `h` and the statement's fingerprint.
  public var id: String
  public var statement: String
  /// All other members.
  public var rest: [String: JSONValue]

  /// Reads a row from one line of JSON.
  public init(reading bytes: [UInt8]) throws(ProblemRowFault) {
    guard var members = Self.members(of: bytes) else { throw .noObject }
    let name = members["problem"] == nil ? "question" : "problem"
    guard case .string(let statement)? = members.removeValue(forKey: name),
      statement.contains(where: { !$0.isWhitespace })
    else { throw .noProblem }
    switch members.removeValue(forKey: "id") {
    case nil, .null?: id = "h\(Fingerprint(statement))"
    case let value?:
      guard let name = Self.name(value) else { throw .badID }
      id = name
    }
    self.statement = statement
    rest = members
  }

  /// The id of a row that may have no problem in it; `nil` if it has none either.
  public static func id(in bytes: [UInt8]) -> String? {
    members(of: bytes)?["id"].flatMap(name)
  }

  private static func members(of bytes: [UInt8]) -> [String: JSONValue]? {
    guard case .object(let members)? = try? JSONDecoder().decode(JSONValue.self, from: Data(bytes))
    else { return nil }
    return members
  }

  private static func name(_ value: JSONValue) -> String? {
    switch value {
    case .string(let text) where !text.isEmpty: text
    case .int(let number): String(number)
    default: nil
    }
  }
}

/// What is wrong with a row.
public enum ProblemRowFault: Error, Hashable, Sendable, CustomStringConvertible {
  case noObject, noProblem, badID
  /// It is longer than any honest row.
  case tooLong

  public var description: String {
    switch self {
    case .noObject: "no JSON object on one line"
    case .noProblem: "no text `problem` or `question` in it"
    case .badID: "its `id` is neither a text nor a whole number"
    case .tooLong: "longer than a row can be"
    }
  }
}

/// A value as the file, a variable or a flag gives it.
indirect enum FileValue: Hashable, Sendable {
  case text(String)
  case whole(Int)
  case number(Double)
  case flag(Bool)
  case list([FileValue])
  case table([FileEntry])
  /// A kind that no setting has, such as a date.
  case other(String)

  /// The value that a text most likely means: `3`, `0.5`, `on`, anything else.
  init(reading text: String) {
    if let whole = Int(text) {
      self = .whole(whole)
    } else if let number = Double(text), number.isFinite {
      self = .number(number)
    } else if ["true", "on", "yes"].contains(text) {
      self = .flag(true)
    } else if ["false", "off", "no"].contains(text) {
      self = .flag(false)
    } else if let numbers = Self.numbers(text) {
      self = .list(numbers.map { .number($0) })
    } else {
      self = .text(text)
    }
  }

  /// `[1, 2.5]` or `1,2.5`.
  private static func numbers(_ text: String) -> [Double]? {
    let isBracketed = text.hasPrefix("[") && text.hasSuffix("]")
    guard isBracketed || text.contains(",") else { return nil }
    let words = (isBracketed ? text.dropFirst().dropLast() : text[...]).split(separator: ",")
    let numbers = words.compactMap { Double($0.trimmed()) }
    return numbers.count == words.count ? numbers : nil
  }

  /// Whether JSON has such a value: it has no dates and no endless numbers.
  var isJSON: Bool {
    switch self {
    case .other: false
    case .number(let number): number.isFinite
    case .list(let values): values.allSatisfy(\.isJSON)
    case .table(let entries): entries.allSatisfy(\.value.isJSON)
    case .text, .whole, .flag: true
    }
  }

  /// Its kind, in words.
  var kind: String {
    switch self {
    case .text: "text"
    case .whole: "a whole number"
    case .number: "a number"
    case .flag: "true or false"
    case .list: "a list"
    case .table: "a table"
    case .other(let kind): "a \(kind)"
    }
  }
}

/// One key of a table.
struct FileEntry: Hashable, Sendable {
  let key: String
  /// From 1.
  let line: Int
  let value: FileValue
}

extension FileEntry {
  /// Reads the text of a TOML file.
  ///
  /// - Parameter path: For the error's text.
  static func entries(of text: String, path: String) throws(ConfigurationError) -> [FileEntry] {
    do {
      return try TOMLReader.entries(of: text)
    } catch {
      throw .malformed(origin: .file(path, line: error.line), reason: error.reason)
    }
  }
}

import Endpoint

/// Reads one table `[models.NAME]`.
///
/// Options of a request (`temperature` …) take a value, which is then sent whatever the loop asks
/// for, or `false`, which keeps the option away from a server that refuses it.
struct ModelTable {
  /// Options that servers differ in, and what a fixed value of each must be.
  static let options: [String: String] = [
    "temperature": "a number from 0 to 2", "top_p": "a number from 0 to 1",
    "max_tokens": "a whole number above 0", "seed": "a whole number",
    "stop": "a text or a list of texts", "logprobs": "true or false",
    "response_format": "a table", "grammar": "a text", "stream_options": "a table",
  ]
  static let deadlines: [String: WritableKeyPath<Deadlines, Double> & Sendable] = [
    "connect_timeout": \.connect, "first_byte_timeout": \.firstByte, "idle_timeout": \.idle,
    "total_timeout": \.total,
  ]
  static let keys = ["key_env", "key_command", "key_file"]
  static let others = ["base_url", "model", "cft", "option_names", "extra"]

  static var known: [String] {
    others + keys + options.keys.sorted() + deadlines.keys.sorted()
  }

  let name: String
  let path: String
  /// The line of the table's header.
  let line: Int
  private(set) var settings: ModelSettings
  /// Lines of the table's keys.
  private(set) var lines: [String: Int] = [:]

  init(
    name: String, entries: [FileEntry], path: String, line: Int
  ) throws(ConfigurationError) {
    self.name = name
    self.path = path
    self.line = line
    settings = ModelSettings(name: name, place: .embedded, model: "default", key: nil)
    for entry in entries { try read(entry) }
    let keysGiven = Self.keys.filter { lines[$0] != nil }
    if keysGiven.count > 1 {
      throw .conflict(origin: origin(lines[keysGiven[1]] ?? line), keys: keysGiven)
    }
    if let builtIn = ModelSettings.builtIn[name] {
      settings.model = builtIn.model
      settings.isCritiqueTuned = builtIn.isCritiqueTuned
      if let odd = (["base_url", "model", "cft"] + Self.keys).first(where: { lines[$0] != nil }) {
        throw .wrongValue(
          origin: origin(lines[odd] ?? line), key: odd,
          expected: "left out for the built-in model `\(name)`", found: "given")
      }
    } else if lines["base_url"] == nil {
      throw .noAddress(origin: origin(line), model: name)
    }
  }

  private func origin(_ line: Int) -> Origin { .file(path, line: line) }

  private mutating func read(_ entry: FileEntry) throws(ConfigurationError) {
    lines[entry.key] = entry.line
    switch entry.key {
    case "base_url":
      let urls = try texts(of: entry)
      for url in urls {
        if let reason = ModelSettings.fault(inAddress: url) {
          throw .badAddress(origin: origin(entry.line), reason: reason)
        }
      }
      settings.place = .url(urls[0])
      settings.furtherURLs = Array(urls.dropFirst())
    case "model": settings.model = try text(of: entry)
    case "key_env": settings.key = .environment(try text(of: entry))
    case "key_command": settings.key = .command(try text(of: entry))
    case "key_file": settings.key = .file(try text(of: entry))
    case "key", "api_key", "apikey", "token", "secret":
      throw .keyInFile(origin: origin(entry.line), key: entry.key)
    case "cft":
      guard case .flag(let flag) = entry.value else {
        throw wrong(entry, expected: "true or false")
      }
      settings.isCritiqueTuned = flag
    case "option_names": try readNames(entry)
    case "extra": try readExtra(entry)
    default: try readOption(entry)
    }
  }

  /// Reads a deadline, or an option of a request.
  private mutating func readOption(_ entry: FileEntry) throws(ConfigurationError) {
    if let field = Self.deadlines[entry.key] {
      settings.deadlines[keyPath: field] = try seconds(of: entry)
    } else if let expected = Self.options[entry.key] {
      if entry.value == .flag(false) {
        settings.never.insert(entry.key)
      } else if Self.fits(entry.value, entry.key) {
        settings.fixed[entry.key] = entry.value
      } else if entry.value == .flag(true) {
        settings.allowed.insert(entry.key)
      } else {
        throw wrong(entry, expected: expected + ", or false to never send it")
      }
    } else {
      throw .unknownKey(
        origin: origin(entry.line), key: "models.\(name).\(entry.key)",
        near: nearest(to: entry.key, in: Self.known), known: Self.known)
    }
  }

  /// Whether a value can be sent as the option's fixed value.
  private static func fits(_ value: FileValue, _ option: String) -> Bool {
    switch (option, value) {
    case ("temperature", .number(let number)): (0...2).contains(number)
    case ("temperature", .whole(let whole)): (0...2).contains(whole)
    case ("top_p", .number(let number)): (0...1).contains(number)
    case ("top_p", .whole(let whole)): (0...1).contains(whole)
    case ("max_tokens", .whole(let whole)): whole > 0
    case ("seed", .whole): true
    case ("grammar", .text), ("stop", .text): true
    case ("stop", .list(let list)): list.allSatisfy { if case .text = $0 { true } else { false } }
    case ("response_format", .table), ("stream_options", .table): true
    default: false
    }
  }

  private mutating func readNames(_ entry: FileEntry) throws(ConfigurationError) {
    guard case .table(let entries) = entry.value else {
      throw wrong(entry, expected: "a table, such as { max_tokens = \"max_completion_tokens\" }")
    }
    for inner in entries {
      guard Self.options[inner.key] != nil else {
        let known = Self.options.keys.sorted()
        throw .unknownKey(
          origin: origin(inner.line), key: "models.\(name).option_names.\(inner.key)",
          near: nearest(to: inner.key, in: known), known: known)
      }
      settings.optionNames[inner.key] = try text(of: inner)
      lines["option_names.\(inner.key)"] = inner.line
    }
  }

  private mutating func readExtra(_ entry: FileEntry) throws(ConfigurationError) {
    guard case .table(let entries) = entry.value else {
      throw wrong(entry, expected: "a table of members for the request")
    }
    let ours = ["model", "messages", "stream"]
    for inner in entries {
      guard !ours.contains(inner.key) else {
        throw wrong(inner, expected: "left to the program")
      }
      guard inner.value.isJSON else {
        throw wrong(inner, expected: "something that JSON has")
      }
      settings.extra[inner.key] = inner.value
      lines["extra.\(inner.key)"] = inner.line
    }
  }

  private func text(of entry: FileEntry) throws(ConfigurationError) -> String {
    guard case .text(let text) = entry.value, !text.isEmpty else {
      throw wrong(entry, expected: "a text")
    }
    return text
  }

  /// A text, or a list of at least one.
  private func texts(of entry: FileEntry) throws(ConfigurationError) -> [String] {
    guard case .list(let values) = entry.value else { return [try text(of: entry)] }
    let texts = values.compactMap { value in
      if case .text(let text) = value, !text.isEmpty { text } else { nil }
    }
    guard !texts.isEmpty, texts.count == values.count else {
      throw wrong(entry, expected: "a text, or a list of texts")
    }
    return texts
  }

  private func seconds(of entry: FileEntry) throws(ConfigurationError) -> Double {
    let seconds: Double
    switch entry.value {
    case .whole(let whole): seconds = Double(whole)
    case .number(let number): seconds = number
    default: throw wrong(entry, expected: "a number of seconds")
    }
    guard seconds > 0, seconds <= 86_400 else {
      throw wrong(entry, expected: "a number of seconds, above 0 and at most 86400")
    }
    return seconds
  }

  private func wrong(_ entry: FileEntry, expected: String) -> ConfigurationError {
    .wrongValue(
      origin: origin(entry.line), key: "models.\(name).\(entry.key)", expected: expected,
      found: entry.value.shown)
  }
}

import FoundationEssentials
import Tutoring

/// One effective value and where it came from.
struct Setting: Hashable, Sendable, Encodable {
  /// Such as `models.local.base_url`.
  let name: String
  let value: FileValue
  let origin: Origin
}

extension Configuration {
  /// Every effective value, in the order of the file. Keys are named by where they are, never shown.
  var settings: [Setting] {
    var settings = [
      setting("solver", .text(solver.shownName)),
      setting("critic", .text(loop.critic ? critic.shownName : ConfigurationReading.noCritic)),
    ]
    settings += LoopKey.all.map { setting("loop.\($0.name)", $0.value(in: loop)) }
    for model in models.values.sorted(by: { $0.name < $1.name }) {
      settings += model.values.map { setting("models.\(model.name).\($0)", $1) }
    }
    return settings
  }

  private func setting(_ name: String, _ value: FileValue) -> Setting {
    Setting(name: name, value: value, origin: origin(of: name))
  }
}

extension ModelSettings {
  /// Its name, and the server's name for it where only that tells two models apart.
  var shownName: String { name == Self.namelessName ? "\(name) (\(model))" : name }

  /// Its keys as the file has them.
  fileprivate var values: [(String, FileValue)] {
    var values: [(String, FileValue)] = []
    if case .url(let url) = place {
      let urls = ([url] + furtherURLs).map { FileValue.text($0) }
      values += [("base_url", urls.count == 1 ? urls[0] : .list(urls)), ("model", .text(model))]
    }
    if isCritiqueTuned, Self.builtIn[name] == nil { values.append(("cft", .flag(true))) }
    switch key {
    case .environment(let name): values.append(("key_env", .text(name)))
    case .command(let command): values.append(("key_command", .text(command)))
    case .file(let file): values.append(("key_file", .text(file)))
    case nil: break
    }
    values += fixed.sorted { $0.key < $1.key }
    values += extra.sorted { $0.key < $1.key }.map { ("extra.\($0)", $1) }
    values += allowed.sorted().map { ($0, .flag(true)) }
    values += never.sorted().map { ($0, .flag(false)) }
    values += optionNames.sorted { $0.key < $1.key }.map { ("option_names.\($0)", .text($1)) }
    values += ModelTable.deadlines.sorted { $0.key < $1.key }.map { name, field in
      (name, .number(deadlines[keyPath: field]))
    }
    return values
  }
}

extension FileValue: Encodable {
  func encode(to encoder: any Encoder) throws {
    switch self {
    case .table(let entries):
      var container = encoder.container(keyedBy: Name.self)
      for entry in entries { try container.encode(entry.value, forKey: Name(entry.key)) }
    case .list(let values): try values.encode(to: encoder)
    case .text(let text), .other(let text): try text.encode(to: encoder)
    case .whole(let whole): try whole.encode(to: encoder)
    case .number(let number): try number.encode(to: encoder)
    case .flag(let flag): try flag.encode(to: encoder)
    }
  }

  private struct Name: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(_ name: String) { stringValue = name }
    init?(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  /// On one line, as the file would have it.
  var line: String {
    switch self {
    case .table(let entries):
      "{ " + entries.map { "\($0.key) = \($0.value.line)" }.joined(separator: ", ") + " }"
    case .list(let values): "[" + values.map(\.line).joined(separator: ", ") + "]"
    case .text(let text): text
    case .other(let kind): kind
    case .whole(let whole): "\(whole)"
    case .number(let number):
      number == number.rounded() && abs(number) < 1e9
        ? "\(Int(number))" : "\(number)"
    case .flag(let flag): "\(flag)"
    }
  }
}

extension Origin: Encodable {
  func encode(to encoder: any Encoder) throws { try description.encode(to: encoder) }
}

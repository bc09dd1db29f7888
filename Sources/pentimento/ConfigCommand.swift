import ArgumentParser
import FoundationEssentials
import Typeset

/// `pentimento config`: the effective settings and where each came from.
struct ConfigCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config", abstract: "Show the effective settings and where each came from.")

  @OptionGroup var options: ConfigurationOptions

  @Flag(help: "Print one JSON object.")
  var json = false

  func run() throws {
    let settings: Configuration
    do {
      settings = try options.configuration()
    } catch {
      complain("\(error)")
      throw ExitCode(ExitStatus.usage.rawValue)
    }
    printLine(json ? try Self.json(settings) : Self.table(settings))
  }

  /// The settings in three aligned columns.
  static func table(_ settings: Configuration) -> String {
    let rows = settings.settings.map {
      (Gate.safe($0.name), Gate.safe($0.value.line), Gate.safe("\($0.origin)"))
    }
    let names = rows.map(\.0.count).max() ?? 0
    let values = rows.map(\.1.count).max() ?? 0
    var lines = ["# " + (settings.file ?? "no pentimento.toml")]
    lines += rows.map { name, value, origin in
      "\(name.padded(to: names))  \(value.padded(to: min(values, 40)))  \(origin)"
    }
    return lines.joined(separator: "\n")
  }

  /// The same as JSON: `{"version": 1, "file": …, "settings": [{"name", "value", "origin"}]}`.
  static func json(_ settings: Configuration) throws -> String {
    struct Listing: Encodable {
      let version = 1
      let file: String?
      let settings: [Setting]
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let listing = Listing(file: settings.file, settings: settings.settings)
    return String(decoding: try encoder.encode(listing), as: UTF8.self)
  }
}

extension String {
  /// The text with blanks after it up to `width` characters.
  func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}

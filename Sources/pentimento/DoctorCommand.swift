import ArgumentParser
import Endpoint
import FoundationEssentials
import LineEditor
import Tutoring
import Typeset

/// `pentimento doctor`: looks at what the program stands on.
struct DoctorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Check settings, prompts, models, libraries, terminal and folders.",
    discussion: "A model that has an address is asked for one token, to see that address, key and "
      + "name are right.")

  @OptionGroup var options: ConfigurationOptions

  @Flag(help: "Ask no server.")
  var offline = false

  @Flag(help: "Print one JSON object.")
  var json = false

  func run() async throws {
    let examinations = await doctor().examine()
    printLine(json ? try Self.json(examinations) : Self.table(examinations))
    let status = examinations.map(\.status).reduce(ExitStatus.fine) { $0.joined(with: $1) }
    if status != .fine { throw ExitCode(status.rawValue) }
  }

  private func doctor() -> Doctor {
    let environment = Environment.variables()
    let folders = Folders(environment: environment)
    let ask: @Sendable (ModelSettings) async -> Doctor.Answer = { await Self.ask($0, folders) }
    return Doctor(
      environment: environment, folders: folders,
      configuration: Result { () throws(ConfigurationError) in try options.configuration() },
      prompts: Result { () throws(ConfigurationError) in try options.promptFolder() },
      executable: Path.executable(), libraries: [curlVersion(), libeditVersion],
      terminal: .current(), ask: offline ? nil : ask)
  }

  /// Asks for one token, once.
  private static func ask(_ model: ModelSettings, _ folders: Folders) async -> Doctor.Answer {
    do throws(BaseURLError) {
      var settings = try model.endpointSettings(folders: folders)
      settings.retry = .never
      let request = ChatRequest(
        model: model.model, messages: [Message(role: .user, content: "1 + 1 =")],
        options: RequestOptions(maxTokens: 1))
      do throws(ModelError) {
        return .success(
          try await ChatCompletions(settings, over: Wire()).reply(to: request) { _ in })
      } catch {
        return .failure(error)
      }
    } catch {
      return .failure(.unreachable(url: "\(model.name)", reason: "\(error)"))
    }
  }

  /// A line an examination, advice indented below.
  static func table(_ examinations: [Examination]) -> String {
    let width = examinations.map(\.name.count).max() ?? 0
    return examinations.map { examination in
      let mark =
        switch examination.state {
        case .fine: "✓"
        case .remark: "·"
        case .fault: "✗"
        }
      var line = "\(mark) \(examination.name.padded(to: width))  \(Gate.safe(examination.text))"
      if let advice = examination.advice {
        line += "\n  " + String(repeating: " ", count: width) + "  → " + Gate.safe(advice)
      }
      return line
    }.joined(separator: "\n")
  }

  /// `{"version": 1, "examinations": [{"name", "state", "text", "advice"}]}`
  static func json(_ examinations: [Examination]) throws -> String {
    struct Listing: Encodable {
      let version = 1
      let examinations: [Examination]
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(
      decoding: try encoder.encode(Listing(examinations: examinations)), as: UTF8.self)
  }
}

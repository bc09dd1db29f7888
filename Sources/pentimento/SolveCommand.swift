import ArgumentParser
import FoundationEssentials
import Tutoring

/// `pentimento solve "…"`: one problem, one verdict.
struct SolveCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "solve", abstract: "Solve one problem.",
    discussion: "Prints verdict, answer and, if there is one, the other answer, separated by tabs.")

  @OptionGroup var settings: ConfigurationOptions
  @OptionGroup var shown: OutputOptions

  @Argument(help: "The problem; `-` reads it from stdin.")
  var problem: String

  @Option(help: "Judge the solution in this file instead of asking for one.")
  var working: String?

  func run() async throws {
    let studio = try Ending.orExit { () throws(Failure) in try Studio(settings) }
    if problem == "-", let fault = StandardDescriptors.inputFault {
      complain(fault)
      throw ExitCode(ExitStatus.files.rawValue)
    }
    let statement = problem == "-" ? Self.standardInput() : problem
    guard !statement.trimmed().isEmpty else {
      complain("the problem is empty")
      throw ExitCode(ExitStatus.usage.rawValue)
    }
    let working = try Ending.orExit { () throws(Failure) in try Self.text(of: self.working) }
    let session = Session(
      studio: studio, screen: Screen(shown.color), output: shown.output,
      path: shown.transcript, saves: !shown.noSave)
    let status = await Signals.cancelling {
      do throws(Failure) {
        return try await session.solve(statement, working: working)
      } catch {
        complain(error.description)
        return error.status
      }
    }
    studio.embedded.stop()
    Ending.exit(status)
  }

  private static func text(of file: String?) throws(Failure) -> String? {
    guard let file else { return nil }
    guard let contents = FileManager.default.contents(atPath: file) else {
      throw Failure(.files, "cannot read \(file): no such file, or no permission")
    }
    return String(decoding: contents, as: UTF8.self)
  }

  private static func standardInput() -> String {
    var lines: [String] = []
    while let line = readLine() { lines.append(line) }
    return lines.joined(separator: "\n")
  }
}

import ArgumentParser
import Tutoring
import Typeset

/// `pentimento cft`: the data that critics are trained on.
struct CFTCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cft", abstract: "Build and inspect data for Critique Fine-Tuning.",
    subcommands: [CFTBuildCommand.self, CFTInspectCommand.self])
}

/// `pentimento cft inspect`: what a file of critiques holds.
struct CFTInspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect", abstract: "Say what a file of critique records holds.",
    discussion: """
      Reads instruction/input/output and messages, as JSON lines or as one array. A false claim is \
      one that the checker refutes and the solution does not have.
      """)

  @Argument(help: "The file; `-` is standard input.")
  var file: String

  @Flag(help: "Print one JSON object.")
  var json = false

  func run() throws {
    let found = try Ending.orExit { () throws(Failure) in
      do throws(ProblemSetError) {
        return try CritiqueInspection(path: file)
      } catch {
        throw Failure(error.status, "\(error)")
      }
    }
    printLine(json ? try safeJSON(found.encoded()) : Gate.safe(found.lines.joined(separator: "\n")))
  }
}

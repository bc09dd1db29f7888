import ArgumentParser
import FoundationEssentials
import Tutoring
import Typeset

/// `pentimento critique`: the first faulty step of somebody's solution, without the right value.
struct CritiqueCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "critique", abstract: "Find the first faulty step of a solution.",
    discussion: """
      Prints one line, separated by tabs: shown, argued, doubted, asked or none; the step; the kind of slip; \
      the step's words. Shown is certain, argued is the critic's with a reason that holds, doubted is \
      an objection that nothing shows to be right, and asked is about a step with a number that comes \
      from nowhere. The right value is not told but with --reveal. \
      With --json steps are counted from 0, here from 1. \
      Exit status 1 means that something speaks against a step. With --no-critic no model is asked.
      """)

  @Option(help: "The problem's file.")
  var problem: String

  @Argument(help: "The solution's file; `-` reads it from stdin.")
  var solution: String

  @Flag(help: "Print one JSON object.")
  var json = false

  @Flag(help: "Tell what should stand there too.")
  var reveal = false

  @Flag(help: "Keep no transcript.")
  var noSave = false

  @Option(help: "Write the transcript to this file.")
  var transcript: String?

  @OptionGroup var settings: ConfigurationOptions

  func run() async throws {
    let studio = try Ending.orExit { () throws(Failure) in try Studio(settings) }
    let (statement, working) = try Ending.orExit { () throws(Failure) in
      (try Self.text(of: problem), try Self.text(of: solution))
    }
    let session = Session(
      studio: studio, screen: Screen(.never), output: .answers(work: false), path: transcript,
      saves: !noSave)
    let status = await Signals.cancelling {
      do throws(Failure) {
        guard let (assessment, _) = try await session.assess(working, of: statement) else {
          return .otherVerdict
        }
        show(reveal ? assessment : assessment.withheld)
        return assessment.status
      } catch {
        complain(error.description)
        return error.status
      }
    }
    studio.embedded.stop()
    Ending.exit(status)
  }

  private func show(_ assessment: Assessment) {
    if json {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      if let bytes = try? encoder.encode(assessment) { printLine(safeJSON(Array(bytes))) }
      return
    }
    guard let slip = assessment.slip else {
      if let untraced = assessment.untraced {
        let fields = ["asked", "\(untraced.step + 1)", "copied", untraced.quote]
        printLine(fields.map { Gate.safe($0.collapsed(), keeping: []) }.joined(separator: "\t"))
        return
      }
      let critic = assessment.critic.map { ", critic: \($0.rawValue)" } ?? ""
      printLine("none\t\t\t\(assessment.holds) hold, \(assessment.undecided) undecided\(critic)")
      return
    }
    var fields = [slip.certainty.rawValue, "\(slip.step + 1)", slip.kind.rawValue, slip.quote]
    if reveal { fields += [slip.correction ?? "", slip.reason] }
    printLine(fields.map { Gate.safe($0.collapsed(), keeping: []) }.joined(separator: "\t"))
  }

  private static func text(of file: String) throws(Failure) -> String {
    let text: String
    if file == "-" {
      var lines: [String] = []
      while let line = readLine() { lines.append(line) }
      text = lines.joined(separator: "\n")
    } else {
      guard Path.isFile(file), let contents = FileManager.default.contents(atPath: file) else {
        throw Failure(.files, "cannot read \(file): no such file, or no permission")
      }
      text = String(decoding: contents, as: UTF8.self)
    }
    guard !text.trimmed().isEmpty else { throw Failure(.unreadable, "\(file) is empty") }
    return text
  }
}

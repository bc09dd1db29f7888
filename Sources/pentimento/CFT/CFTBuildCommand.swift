import ArgumentParser
import Tutoring
import Typeset

/// `pentimento cft build`: problems and noisy solutions become critique records.
struct CFTBuildCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "build", abstract: "Turn problems with noisy solutions into critique records.",
    discussion: """
      Without --teacher, critiques are written by template from what the checker, the set's labels \
      and its right solutions show; with it, a model writes them, and those are kept that agree \
      with the reference and say nothing false. A problem that is one of a benchmark's (--against) \
      stops the build. What models have replied is kept in the folder, so a run that was stopped \
      goes on. build.json says what the records were made from; records of other files or settings \
      are written over with --force only.
      """)

  @Argument(help: "Files of problems, with answers, and with solutions if they have any.")
  var files: [String] = []

  @Option(help: "The folder that the records are written to.")
  var out: String

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("Benchmarks whose problems may not be trained on.", valueName: "file"))
  var against: [String] = []

  @Flag(help: "Hold the problems against no benchmark.")
  var noAgainst = false

  @Flag(help: "Leave out what matches a benchmark instead of stopping.")
  var dropContaminated = false

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("Take only problems that one of these files has too.", valueName: "file"))
  var within: [String] = []

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("Transcripts whose confirmed corrections are taken.", valueName: "file"))
  var transcripts: [String] = []

  @Option(help: "Let this model write the critiques.")
  var teacher: String?

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "Let this model solve every problem too; may be repeated.", valueName: "model"))
  var sampler: [String] = []

  @Option(
    parsing: .unconditional, help: "Share of right solutions, 0 to 1; as they come if left out.")
  var balance: Double?

  @Option(
    parsing: .unconditional,
    help: "Share of right solutions that get a copy with one fault, 0 to 1.")
  var plant = 0.0

  @Option(parsing: .unconditional, help: "Records at most.")
  var limit: Int?

  @Option(parsing: .unconditional, help: "Determines all choices.")
  var seed = 1

  @Option(help: "instruction or messages.")
  var layout: CritiqueLayout = .instruction

  @Option(parsing: .unconditional, help: "Requests in flight.")
  var jobs = 4

  @Flag(help: "Write over records that were built from other files or with other settings.")
  var force = false

  @OptionGroup var fields: FieldOptions
  @OptionGroup var settings: ConfigurationOptions

  func validate() throws {
    if files.isEmpty, transcripts.isEmpty { throw ValidationError("name a file of problems") }
    if let balance, !(0...1).contains(balance) {
      throw ValidationError("--balance wants a number from 0 to 1")
    }
    if !(0...1).contains(plant) { throw ValidationError("--plant wants a number from 0 to 1") }
    if jobs < 1 { throw ValidationError("--jobs wants 1 or more") }
    if let limit, limit < 1 { throw ValidationError("--limit wants 1 or more") }
    _ = try fields.format()
    if noAgainst, !against.isEmpty {
      throw ValidationError("--against and --no-against exclude each other")
    }
    if noAgainst, dropContaminated {
      throw ValidationError("--drop-contaminated needs benchmarks: name them with --against")
    }
    if !noAgainst, against.isEmpty {
      throw ValidationError(
        "name the benchmarks that may not be trained on with --against, or say --no-against")
    }
  }

  func run() async throws {
    let format = try fields.format()
    do throws(Failure) {
      let build = try CritiqueBuild(self, format: format)
      let account = try await build.run()
      if noAgainst { complain("checked against no benchmark (--no-against)") }
      printLine(Gate.safe(account.lines.joined(separator: "\n")))
    } catch {
      complain(error.description)
      throw ExitCode(error.status.rawValue)
    }
  }
}

extension CritiqueLayout: ExpressibleByArgument {}

import FoundationEssentials
import Tutoring

// What a folder of records was built from. It is kept beside the records, so that a build of other
// files or with other settings does not take their place unasked.

/// The files and the settings of one build.
struct BuildRecord: Codable, Hashable {
  /// A file that a build read.
  struct Input: Codable, Hashable {
    /// Its name without its folder: the records' ids have it.
    let name: String
    /// Of its bytes; `nil` for standard input, which cannot be read twice.
    let fingerprint: String?
  }

  let inputs: [Input]
  let transcripts: [Input]
  let against: [Input]
  let within: [Input]
  let dropContaminated: Bool
  let teacher: String?
  let samplers: [String]
  let samples: Int?
  let assignments: [String]
  let balance: Double?
  let plant: Double
  let limit: Int?
  let seed: Int
  let layout: String
  let fields: [String]

  /// Beside the records, as one JSON object.
  static let name = "build.json"

  init(_ command: CFTBuildCommand) {
    inputs = Self.inputs(command.files)
    transcripts = Self.inputs(command.transcripts)
    against = Self.inputs(command.against)
    within = Self.inputs(command.within)
    dropContaminated = command.dropContaminated
    teacher = command.teacher
    samplers = command.sampler
    samples = command.settings.samples
    assignments = command.settings.assignments
    balance = command.balance
    plant = command.plant
    limit = command.limit
    seed = command.seed
    layout = command.layout.rawValue
    fields = command.fields.words
  }

  /// Throws if the folder holds records of another build.
  func check(_ folder: String) throws(Failure) {
    let records = CritiqueLayout.allCases.map { TrainingFiles(layout: $0).records }
    guard let held = records.first(where: { Path.isFile(Path.joined(folder, $0)) }) else { return }
    let path = Path.joined(folder, held)
    let end = "choose another folder for --out, or write over it with --force"
    guard let known = try? Data(contentsOf: URL(filePath: Path.joined(folder, Self.name))),
      let earlier = try? JSONDecoder().decode(Self.self, from: known)
    else {
      throw Failure(.files, "\(path) is there, and nothing says what it was built from; \(end)")
    }
    let reasons = differences(from: earlier)
    if reasons.isEmpty { return }
    throw Failure(
      .files, "\(path) was built with other \(reasons.joined(separator: " and ")); \(end)")
  }

  private func differences(from earlier: Self) -> [String] {
    var reasons: [String] = []
    let files = inputs + transcripts
    if files != earlier.inputs + earlier.transcripts
      || files.contains(where: { $0.fingerprint == nil })
    {
      reasons.append("problems")
    }
    if against != earlier.against || within != earlier.within { reasons.append("benchmarks") }
    if reasons.isEmpty, self != earlier { reasons.append("settings") }
    return reasons
  }

  /// One JSON object.
  var encoded: String {
    get throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
      return String(decoding: try encoder.encode(self), as: UTF8.self) + "\n"
    }
  }

  /// A file that cannot be read has no fingerprint; the one who reads it says what is wrong with it.
  private static func inputs(_ paths: [String]) -> [Input] {
    paths.map { path in
      let name = path.split(separator: "/").last.map(String.init) ?? path
      let bytes =
        path == "-" ? nil : try? Data(contentsOf: URL(filePath: path), options: .alwaysMapped)
      return Input(name: name, fingerprint: bytes.map { Fingerprint($0).description })
    }
  }
}

extension FieldOptions {
  /// What the flags say, in their order.
  var words: [String] {
    [
      formatName, problemField, answerField, idField, solutionField, stepsField, rightField,
      faultField,
    ].map { $0 ?? "" }
  }
}

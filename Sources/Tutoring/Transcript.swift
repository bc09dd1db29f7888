import FoundationEssentials

// A transcript is a file of JSON lines, one an event, appended as things happen. A program that is
// killed leaves at most the line it was writing torn; a torn last line is reported and left out,
// and cut off before anything is appended. Any other damage is reported with its line.

/// Why a transcript cannot be used.
public enum TranscriptError: Error, Hashable, CustomStringConvertible {
  case unreadable(file: String, reason: String)
  case unwritable(file: String, reason: String)
  /// It was removed, or has another's name by now, while it was being written.
  case gone(file: String)
  /// Another program is writing to it.
  case inUse(file: String)
  /// Another transcript has the name.
  case taken(name: String)
  /// It is none that this program writes.
  case foreign(file: String)
  case damaged(file: String, line: Int, reason: String)
  case newer(file: String, version: Int)
  case empty(file: String)

  public var description: String {
    switch self {
    case .unreadable(let file, let reason): "cannot read the transcript \(file): \(reason)"
    case .unwritable(let file, let reason):
      "cannot write the transcript \(file): \(reason); free the disk or choose another folder"
    case .gone(let file):
      "the transcript \(file) was removed or replaced while it was written; what follows goes into a "
        + "new one"
    case .inUse(let file): "\(file) is being written by another pentimento; close that one first"
    case .taken(let name): "the name \(name) is taken; choose another"
    case .foreign(let file):
      "\(file) is no file that pentimento writes; nothing was added to it, choose another name"
    case .damaged(let file, let line, let reason):
      "\(file):\(line): \(reason); mend or delete that line to use the rest"
    case .newer(let file, let version):
      "\(file) is in format \(version), and this program knows \(SessionHeader.currentVersion); update pentimento"
    case .empty(let file): "\(file) holds no events"
    }
  }
}

/// A saved session.
public struct Transcript: Hashable, Sendable {
  public var header: SessionHeader
  /// All lines, the header's among them.
  public var lines: [Line]
  /// What was wrong with the file but does no harm, such as a torn last line.
  public var remarks: [String]

  /// A part of a transcript that was read line by line.
  public init(header: SessionHeader, lines: [Line], remarks: [String]) {
    self.header = header
    self.lines = lines
    self.remarks = remarks
  }

  /// Reads a transcript from the bytes of its file.
  ///
  /// - Parameter file: Its name, for messages.
  public init(reading bytes: some Sequence<UInt8>, file: String) throws(TranscriptError) {
    let bytes = Array(bytes)
    var lines: [Line] = []
    var reader = RowReader(file: file)
    let rows = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (index, row) in rows.enumerated() {
      let isEnded = index < rows.count - 1
      if let line = try reader.line(Data(row), number: index + 1, isEnded: isEnded) {
        lines.append(line)
      }
    }
    guard let first = lines.first else { throw .empty(file: file) }
    guard case .session(let header) = first.event else { throw reader.noHeader }
    self.header = header
    self.lines = lines
    remarks = reader.remarks
  }

  /// Reads a transcript file.
  public init(file: String) throws(TranscriptError) {
    guard let bytes = FileManager.default.contents(atPath: file) else {
      throw .unreadable(file: file, reason: "no such file, or no permission")
    }
    try self.init(reading: bytes, file: file)
  }

  /// The events of each problem, in order: from its posing up to the next problem.
  public var problems: [[Line]] {
    var problems: [[Line]] = []
    for line in lines {
      if case .problem = line.event { problems.append([]) }
      if !problems.isEmpty { problems[problems.count - 1].append(line) }
    }
    return problems
  }
}

extension Line {
  /// The line as it stands in a file, with its line end. Keys are sorted, so equal lines are equal
  /// bytes.
  public func encoded() -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // No number is written as a word rather than not at all; reading it back is refused.
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "infinite", negativeInfinity: "-infinite", nan: "not a number")
    guard let json = try? encoder.encode(self) else {
      preconditionFailure("an event always has a JSON form")
    }
    return Array(json) + [UInt8(ascii: "\n")]
  }
}

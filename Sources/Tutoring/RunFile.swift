import FoundationEssentials

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The output of a batch as a file of `RunRecord`s, one a line. A problem that was asked again
/// after an error has several lines; its last counts.
public enum RunFile {
  /// Reads a file line by line; only one record is in memory at a time.
  ///
  /// - Parameter take: Receives each record in the order of the file.
  /// - Returns: What is wrong with the file but does no harm: a torn last line.
  public static func read(
    _ file: String, _ take: (RunRecord) -> Void
  ) throws(TranscriptError) -> [String] {
    try scan(file, as: RunRecord.self) { record, _ in take(record) }
  }

  /// Which problems a file tells of and how each line ended, in the file's order.
  ///
  /// - Returns: As `read`.
  public static func readHeads(
    _ file: String, _ take: (Head) -> Void
  ) throws(TranscriptError) -> [String] {
    try scan(file, as: Head.self) { head, _ in take(head) }
  }

  /// The settings that a file's first problem was solved under, if its events were kept.
  public static func firstPosed(_ file: String) -> PosedProblem? {
    let descriptor = open(file, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var reader = LineReader(descriptor)
    let line = reader.next()
    return line.flatMap { try? JSONDecoder().decode(RunRecord.self, from: Data($0.bytes)) }?.posed
  }

  /// What says whether a line's problem is done.
  public struct Head: Decodable, Sendable {
    /// The problem's id.
    public var id: String
    /// Its words, where the line has them.
    public var problem: String?
    var verdict: Verdict.Word?
    /// Why there is no verdict.
    public var error: String?

    enum CodingKeys: CodingKey {
      case id, problem, verdict, error
    }

    /// A row of problems has an id too, but no end.
    public init(from decoder: any Decoder) throws {
      let line = try decoder.container(keyedBy: CodingKeys.self)
      id = try line.decode(String.self, forKey: .id)
      problem = try line.decodeIfPresent(String.self, forKey: .problem)
      verdict = try line.decodeIfPresent(Verdict.Word.self, forKey: .verdict)
      error = verdict == nil ? try line.decode(String.self, forKey: .error) : nil
    }
  }

  /// The last record of every problem, in the order in which the problems first came.
  public static func latest(
    _ file: String
  ) throws(TranscriptError) -> (records: [RunRecord], remarks: [String]) {
    var records: [RunRecord] = []
    var places: [String: Int] = [:]
    let remarks = try read(file) { record in
      if let place = places[record.id] {
        records[place] = record
      } else {
        places[record.id] = records.count
        records.append(record)
      }
    }
    return (records, remarks)
  }

  /// Reads every line as a value.
  ///
  /// - Parameter take: Receives each value and the line it stood on.
  static func scan<Value: Decodable>(
    _ file: String, as type: Value.Type, _ take: (Value, LineReader.TextLine) -> Void
  ) throws(TranscriptError) -> [String] {
    let descriptor = open(file, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw .unreadable(file: file, reason: String(cString: strerror(errno)))
    }
    defer { close(descriptor) }
    var reader = LineReader(descriptor, longest: 1 << 30)
    let decoder = JSONDecoder()
    var hasRecord = false
    while let line = reader.next() {
      if line.isBlank { continue }
      if let value = try? decoder.decode(type, from: Data(line.bytes)) {
        hasRecord = true
        take(value, line)
      } else if !hasRecord, line.isEnded {
        // To mend the lines of some other file would be bad advice.
        throw .unreadable(
          file: file, reason: "its first line is none of a batch's output; name another file")
      } else if line.isEnded {
        throw .damaged(file: file, line: line.number, reason: "no line of a batch's output")
      } else {
        return ["the last line of \(file) is torn and was left out"]
      }
    }
    if let fault = reader.fault { throw .unreadable(file: file, reason: fault) }
    return []
  }
}

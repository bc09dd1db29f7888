import FoundationEssentials

/// Reads a transcript line by line, so that one of any length takes the memory of one line.
public final class TranscriptReader {
  public let file: String
  public let header: SessionHeader
  private let lines: FileLines
  private var rows: RowReader
  private var first: Line?

  /// Opens a transcript and reads its first line.
  public init(file: String) throws(TranscriptError) {
    self.file = file
    rows = RowReader(file: file)
    do {
      lines = try FileLines(file)
    } catch {
      throw TranscriptError(error, in: file)
    }
    guard let first = try Self.line(lines, &rows) else { throw .empty(file: file) }
    guard case .session(let header) = first.event else { throw rows.noHeader }
    self.header = header
    self.first = first
  }

  /// What was wrong with the lines so far but does no harm, such as a torn last line.
  public var remarks: [String] { rows.remarks }

  /// The next line, the header's first; `nil` at the end.
  public func next() throws(TranscriptError) -> Line? {
    if let line = first {
      first = nil
      return line
    }
    return try Self.line(lines, &rows)
  }

  /// Goes on with the last problems, passing over what stands before them; nothing is passed over
  /// if there are no more than that.
  ///
  /// - Parameter count: Problems to come, at least 1.
  /// - Returns: How many problems the file holds.
  public func skip(toLastProblems count: Int) throws(TranscriptError) -> Int {
    var places: [Int] = []
    var problems = 0
    do throws(FileLines.Fault) {
      let lines = try FileLines(file)
      while let row = try lines.next() {
        guard LineKind(of: row.bytes).map({ $0 == .problem }) ?? isProblem(row) else { continue }
        problems += 1
        places.append(lines.offset)
        if places.count > count { places.removeFirst() }
      }
      if let place = places.first {
        first = nil
        try self.lines.seek(to: place)
      }
    } catch {
      throw TranscriptError(error, in: file)
    }
    return problems
  }

  private func isProblem(_ row: FileLines.Row) -> Bool {
    let line = try? JSONDecoder().decode(Line.self, from: Data(row.bytes))
    if case .problem? = line?.event { return true }
    return false
  }

  private static func line(
    _ lines: FileLines, _ rows: inout RowReader
  ) throws(TranscriptError) -> Line? {
    while let row = try row(lines, rows.file) {
      let line = try rows.line(Data(row.bytes), number: lines.number, isEnded: row.isEnded)
      if let line { return line }
    }
    return nil
  }

  private static func row(
    _ lines: FileLines, _ file: String
  ) throws(TranscriptError) -> FileLines.Row? {
    do {
      return try lines.next()
    } catch {
      throw TranscriptError(error, in: file)
    }
  }
}

extension TranscriptError {
  init(_ fault: FileLines.Fault, in file: String) {
    switch fault {
    case .unreadable(let reason): self = .unreadable(file: file, reason: reason)
    case .tooLong(let line):
      self = .damaged(file: file, line: line, reason: "a line of more than 64 MiB")
    }
  }
}

/// Reads the rows of a transcript, which may come from anywhere.
struct RowReader {
  let file: String
  private(set) var remarks: [String] = []
  private let decoder = JSONDecoder()
  /// Whether a line has been read.
  private var hasLine = false

  init(file: String) {
    self.file = file
  }

  var noHeader: TranscriptError {
    .damaged(file: file, line: 1, reason: "a transcript begins with its session line")
  }

  /// - Parameters:
  ///   - number: Of the row, counted from 1.
  ///   - isEnded: Whether its line end was there; only a row without may be torn.
  /// - Returns: `nil` for an empty row and a torn one.
  mutating func line(
    _ row: Data, number: Int, isEnded: Bool
  ) throws(TranscriptError) -> Line? {
    if row.isEmpty { return nil }
    guard let line = try? decoder.decode(Line.self, from: row) else {
      if !isEnded {
        remarks.append("the last line is torn and was left out")
        return nil
      }
      if !hasLine, let version = version(in: row) { throw .newer(file: file, version: version) }
      throw .damaged(file: file, line: number, reason: "not a line of a transcript")
    }
    if !hasLine, case .session(let header) = line.event,
      header.version > SessionHeader.currentVersion
    {
      throw .newer(file: file, version: header.version)
    }
    hasLine = true
    return line
  }

  private struct Versioned: Decodable {
    struct Session: Decodable { var version: Int }
    var session: Session
  }

  /// The format's version, if a line that cannot be read otherwise is from a newer program.
  private func version(in row: Data) -> Int? {
    let header = try? decoder.decode(Versioned.self, from: row)
    guard let version = header?.session.version, version > SessionHeader.currentVersion else {
      return nil
    }
    return version
  }
}

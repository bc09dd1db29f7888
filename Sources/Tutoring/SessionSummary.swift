import FoundationEssentials

// What a list of sessions shows of one. A transcript is mostly exchanges, and none of them is
// needed: a line as this program writes it names its kind in its first bytes, so only the header,
// the problems, the verdicts and the notes are decoded.

/// What a list shows of a saved session.
public struct SessionSummary: Hashable, Sendable {
  /// As its header says; the file may have been renamed since.
  public var id: String
  /// Seconds since 1970 at its start.
  public var started: Double
  /// The first problem's statement, its first 400 characters; `nil` if there is none.
  public var problem: String?
  public var problems = 0
  /// How often each verdict was given.
  public var verdicts: [Verdict.Word: Int] = [:]
  /// What came of the learner's own solutions; no verdict counts them.
  public var ownWork: [OwnWork: Int] = [:]
  /// Whose solution the lines that follow are about.
  private var author = Author.tutor

  private enum Author {
    /// The tutor, in sight of the learner or for itself.
    case tutor, hidden
    case learner
  }

  /// Reads a transcript file, keeping one line of it at a time; a torn last line does no harm.
  public init(file: String) throws(TranscriptError) {
    let header = try SessionHeader(file: file)
    (id, started) = (header.id, header.started)
    do throws(FileLines.Fault) {
      let lines = try FileLines(file)
      while let row = try lines.next() { take(row.bytes) }
    } catch {
      throw TranscriptError(error, in: file)
    }
  }

  private struct Posed: Decodable {
    struct Outer: Decodable {
      struct Inner: Decodable { var statement: String }
      var problem: Inner
      var working: String?
      var isReference: Bool?
    }
    var problem: Outer
  }

  private struct Noted: Decodable {
    var note: String
  }

  private struct Judged: Decodable {
    struct Outer: Decodable {
      struct Inner: Decodable { var word: Verdict.Word }
      var verdict: Inner
    }
    var verdict: Outer
  }

  private mutating func take(_ row: UnsafeRawBufferPointer) {
    let kind = LineKind(of: row)
    if kind?.isPassedOver(by: [.problem, .verdict, .note]) == true { return }
    let data = Data(row)
    if kind == .problem || kind == nil,
      let posed = try? JSONDecoder().decode(Posed.self, from: data)
    {
      take(posed.problem)
    } else if kind != .note, let judged = try? JSONDecoder().decode(Judged.self, from: data) {
      if author == .tutor { verdicts[judged.verdict.verdict.word, default: 0] += 1 }
    } else if author == .learner, let noted = try? JSONDecoder().decode(Noted.self, from: data),
      let own = OwnWork(note: noted.note)
    {
      ownWork.settle(own)
    }
  }

  private mutating func take(_ posed: Posed.Outer) {
    author = posed.isReference == true ? .hidden : posed.working == nil ? .tutor : .learner
    problem = problem ?? String(posed.problem.statement.prefix(400))
    if author == .learner { ownWork[.unjudged, default: 0] += 1 }
    if author != .hidden { problems += 1 }
  }
}

extension SessionHeader {
  /// Reads the first line of a transcript file, and nothing else of it.
  public init(file: String) throws(TranscriptError) {
    self = try TranscriptReader(file: file).header
  }
}

/// The kind of a transcript's line, as its first bytes tell.
enum LineKind: String, CaseIterable {
  case session, resumed, problem, exchange, checked, critique, decision, verdict, failed, note

  private static let names = allCases.map { (kind: $0, bytes: Array($0.rawValue.utf8)) }

  /// - Returns: `nil` for a line that is not written as this program writes it; it may be of any
  ///   kind.
  init?(of row: UnsafeRawBufferPointer) {
    let opening: StaticString = #"{"at":"#
    guard row.count > 24,
      row.starts(
        with: UnsafeRawBufferPointer(
          start: opening.utf8Start, count: opening.utf8CodeUnitCount))
    else { return nil }
    var at = opening.utf8CodeUnitCount
    while at < row.count, at < 32, row[at] != UInt8(ascii: ",") { at += 1 }
    guard at + 2 < row.count, row[at] == UInt8(ascii: ","), row[at + 1] == UInt8(ascii: "\"") else {
      return nil
    }
    let rest = UnsafeRawBufferPointer(rebasing: row[(at + 2)...])
    let found = Self.names.first { name in
      rest.starts(with: name.bytes) && rest.count > name.bytes.count
        && rest[name.bytes.count] == UInt8(ascii: "\"")
    }
    guard let found else { return nil }
    self = found.kind
  }

  /// Whether a reader of some kinds need not look at the line.
  func isPassedOver(by wanted: [LineKind]) -> Bool { !wanted.contains(self) }
}

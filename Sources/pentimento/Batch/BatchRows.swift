import Tutoring

/// Part `number` (from 1) of `count` parts that the problems are dealt out to by their ids.
struct Shard: Hashable, Sendable {
  let number: Int
  let count: Int

  /// Reads `i/n`; `nil` unless 1 ≤ i ≤ n.
  init?(reading text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let number = parts[0], let count = parts[1], number >= 1,
      number <= count
    else { return nil }
    self.number = number
    self.count = count
  }

  func holds(_ fingerprint: Fingerprint) -> Bool { fingerprint.part(of: count) == number - 1 }
}

/// One row that is to be solved, or that cannot be.
struct BatchEntry: Sendable {
  /// Unique within the file.
  var id: String
  /// From 1.
  var line: Int
  /// What is in the row, or what is wrong with it.
  var row: Result<ProblemRow, ProblemRowFault>

  /// What its words are known by.
  fileprivate var words: Fingerprint? { (try? row.get()).map { Fingerprint($0.statement) } }
}

/// Takes the lines of a file of problems and gives those that are to be solved.
///
/// An id that a row before had is made another one, `id@line`, so that no row is lost. Which shard
/// a row belongs to depends on its id alone, and which come under the limit on their order.
struct BatchRows {
  let shard: Shard?
  /// Rows of the shard that are looked at, whether they are done or not.
  let limit: Int?
  /// Ids that need no solving any more, with the words that were solved, where they are known.
  let done: [Fingerprint: Fingerprint?]

  private var taken: [Fingerprint: Int] = [:]
  private var looked = 0
  /// Rows left out because they are done.
  private(set) var skipped = 0

  init(shard: Shard? = nil, limit: Int? = nil, done: [Fingerprint: Fingerprint?] = [:]) {
    self.shard = shard
    self.limit = limit
    self.done = done
  }

  /// Whether no further row will be taken.
  var isFull: Bool { limit.map { looked >= $0 } ?? false }

  /// What one line is.
  enum Taken: Sendable {
    /// Blank, done, in another shard or beyond the limit.
    case nothing
    /// To be solved; `remark` says what is odd about it.
    case entry(BatchEntry, remark: String?)
  }

  mutating func take(_ line: LineReader.TextLine) -> Taken {
    guard !isFull, !line.isBlank else { return .nothing }
    var entry = Self.entry(line)
    var remark: String?
    if let first = taken[Fingerprint(entry.id)] {
      let name = entry.id
      while taken[Fingerprint(entry.id)] != nil { entry.id += "@\(line.number)" }
      remark = "the id \(name) is that of line \(first); this row goes by \(entry.id)"
    }
    let fingerprint = Fingerprint(entry.id)
    taken[fingerprint] = line.number
    if let shard, !shard.holds(fingerprint) { return .nothing }
    looked += 1
    if let words = done[fingerprint] {
      if words == nil || words == entry.words {
        skipped += 1
        return .nothing
      }
      remark =
        "the problem \(entry.id) has other words than the one that is done; it is solved again"
    }
    if case .failure(let fault) = entry.row { remark = fault.description }
    return .entry(entry, remark: remark)
  }

  private static func entry(_ line: LineReader.TextLine) -> BatchEntry {
    do throws(ProblemRowFault) {
      if line.isCut { throw .tooLong }
      let row = try ProblemRow(reading: line.bytes)
      return BatchEntry(id: row.id, line: line.number, row: .success(row))
    } catch {
      let id = ProblemRow.id(in: line.bytes) ?? "h\(Fingerprint(line.bytes))"
      return BatchEntry(id: id, line: line.number, row: .failure(error))
    }
  }
}

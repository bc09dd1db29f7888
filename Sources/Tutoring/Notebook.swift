import Algebra
import FoundationEssentials

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

// A learner's notebook is a file of JSON lines, appended and never rewritten: a mistake, a review of
// one, or that one is done with. What is due when is computed from all of them, by days of 24 hours
// and the times that callers give; nothing here looks at a clock. Lines that cannot be read are
// passed over, so one torn by a crash costs only itself, and several programs may write at once.

/// A slip that is worth coming back to.
public struct Mistake: Codable, Hashable, Sendable {
  /// Short, and the notebook's own.
  public var id: String
  /// The problem's statement.
  public var problem: String
  /// The faulty words.
  public var step: String
  /// What kind of slip it was, in a word or two.
  public var kind: String
  /// What should stand there, or why it is wrong.
  public var fix: String
  /// The problem's right answer, if somebody vouches for one.
  public var answer: String?
  /// Seconds since 1970.
  public var date: Double

  public init(
    id: String, problem: String, step: String, kind: String, fix: String, answer: String? = nil,
    date: Double
  ) {
    self.id = id
    self.problem = problem
    self.step = step
    self.kind = kind
    self.fix = fix
    self.answer = answer
    self.date = date
  }
}

/// Why the notebook cannot be used.
public enum NotebookError: Error, Hashable, CustomStringConvertible {
  case unusable(file: String, reason: String)

  public var description: String {
    switch self {
    case .unusable(let file, let reason):
      "the notebook \(file) cannot be used: \(reason); mend that, or move the file away"
    }
  }
}

/// The mistakes that a learner keeps, and when each comes up again.
public struct Notebook: Sendable {
  /// A mistake with how well its correction is remembered.
  public struct Page: Hashable, Sendable {
    public var mistake: Mistake
    /// `nil` until the first review.
    public var memory: Memory?
    public var reviews = 0
    /// Reviews in which the answer was not right.
    public var lapses = 0
    /// When it was last looked at; seconds since 1970.
    public var seen: Double

    /// When it should be looked at again: when the probability of recall has fallen to 90 %, but a
    /// day later at the earliest; seconds since 1970.
    public var due: Double {
      seen + Notebook.day * max(1, memory?.stability.rounded() ?? 1)
    }
  }

  /// Seconds.
  public static let day = 86_400.0

  private struct Entry: Codable {
    struct Review: Codable {
      var id: String
      var at: Double
      var grade: Memory.Grade
    }
    var mistake: Mistake?
    var review: Review?
    var done: String?
  }

  /// In the order in which they were added.
  public private(set) var pages: [Page] = []
  private let file: String

  /// Reads a notebook; one that does not exist is empty.
  public init(file: String) throws(NotebookError) {
    self.file = file
    do throws(FileLines.Fault) {
      if access(file, F_OK) != 0 && errno == ENOENT { return }
      let lines = try FileLines(file)
      while let row = try lines.next() {
        if let entry = try? JSONDecoder().decode(Entry.self, from: Data(row.bytes)) { take(entry) }
      }
    } catch {
      switch error {
      case .unreadable(let reason): throw .unusable(file: file, reason: reason)
      case .tooLong(let line):
        throw .unusable(file: file, reason: "line \(line) is longer than 64 MiB")
      }
    }
  }

  /// Keeps a mistake, in memory and in the file.
  ///
  /// - Returns: Whether it is new: the same step of the same problem is kept once.
  @discardableResult
  public mutating func add(_ mistake: Mistake) throws(NotebookError) -> Bool {
    let isKnown = pages.contains {
      $0.mistake.problem == mistake.problem && $0.mistake.step == mistake.step
        || $0.mistake.id == mistake.id
    }
    if isKnown { return false }
    try append(Entry(mistake: mistake))
    return true
  }

  /// Records how a review went, `now` seconds after 1970.
  public mutating func review(
    _ id: String, _ grade: Memory.Grade, now: Double
  ) throws(NotebookError) {
    try append(Entry(review: Entry.Review(id: id, at: now, grade: grade)))
  }

  /// Takes a mistake out of the notebook.
  public mutating func remove(_ id: String) throws(NotebookError) {
    try append(Entry(done: id))
  }

  /// What should be looked at `now`, the most overdue first.
  public func due(now: Double) -> [Page] {
    pages.filter { $0.due <= now }.sorted { ($0.due, $0.mistake.id) < ($1.due, $1.mistake.id) }
  }

  private mutating func take(_ entry: Entry) {
    if let mistake = entry.mistake, !pages.contains(where: { $0.mistake.id == mistake.id }) {
      pages.append(Page(mistake: mistake, seen: mistake.date))
    }
    if let review = entry.review,
      let index = pages.firstIndex(where: { $0.mistake.id == review.id })
    {
      let days = (review.at - pages[index].seen) / Self.day
      let memory = pages[index].memory
      pages[index].memory =
        memory?.reviewed(review.grade, after: days) ?? Memory(first: review.grade)
      pages[index].reviews += 1
      if review.grade == .again { pages[index].lapses += 1 }
      pages[index].seen = review.at
    }
    if let done = entry.done { pages.removeAll { $0.mistake.id == done } }
  }

  /// Writes an entry with one write(2) to a file that only the learner may read.
  private mutating func append(_ entry: Entry) throws(NotebookError) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let json = try? encoder.encode(entry) else {
      throw .unusable(file: file, reason: "a date that is no number")
    }
    do throws(PrivateFile.Refusal) {
      try append(Array(json) + [0x0A])
    } catch {
      throw .unusable(file: file, reason: error.reason)
    }
    take(entry)
  }

  private func append(_ line: [UInt8]) throws(PrivateFile.Refusal) {
    let descriptor = try PrivateFile.open(file, O_RDWR | O_CREAT | O_APPEND)
    defer { close(descriptor) }
    // A line that an earlier program could not finish must not swallow this one.
    var last: UInt8 = 0
    let length = lseek(descriptor, 0, SEEK_END)
    let isTorn = length > 0 && pread(descriptor, &last, 1, length - 1) == 1 && last != 0x0A
    try PrivateFile.write((isTorn ? [0x0A] : []) + line, to: descriptor)
  }
}

extension Notebook.Page {
  /// What a review asks for: the problem's answer, or the value that should stand in the faulty
  /// place.
  public var wanted: String {
    mistake.answer
      ?? mistake.fix.split(separator: "=").last.map { $0.trimmed() } ?? mistake.fix
  }

  /// Compares an answer with the wanted one by value; equivalent forms are equal.
  public func judge(_ answer: String) -> Comparison {
    Checker().compare(answer, wanted)
  }
}

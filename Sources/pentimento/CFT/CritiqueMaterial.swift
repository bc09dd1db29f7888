import Tutoring

// What a build reads: its files, row by row, without what it may not train on. Rows that come
// without an answer or a right solution, such as recorded samples, get them from the row of another
// file that has the same problem.

/// The problems of a build, in the order of its files.
final class CritiqueMaterial {
  private let files: [String]
  private let format: ProblemSetFormat?
  private let benchmarks: Benchmarks
  /// Fingerprints of the problems that may be taken; `nil` for all.
  private let allowed: Set<UInt64>?
  /// Right answers and solutions of problems that come without, by fingerprint.
  private var missing: [UInt64: EvaluationItem] = [:]

  private var set: ProblemSet?
  private var nextFile = 0
  private(set) var rows = 0
  private(set) var contaminated = 0
  private(set) var outside = 0

  init(
    files: [String], format: ProblemSetFormat?, benchmarks: Benchmarks, allowed: Set<UInt64>?
  ) {
    self.files = files
    self.format = format
    self.benchmarks = benchmarks
    self.allowed = allowed
  }

  /// Goes through the files once for what must be known before the first record.
  ///
  /// - Returns: The rows that are problems of a benchmark.
  func survey() throws(Failure) -> [Benchmarks.Match] {
    var matches: [Benchmarks.Match] = []
    while let item = try read() {
      if let match = benchmarks.match(item.statement, id: item.id) { matches.append(match) }
      if item.reference == nil || item.worked == nil, !item.solutions.isEmpty {
        missing[item.fingerprint] = EvaluationItem(id: "", statement: "")
      }
    }
    nextFile = 0
    if !missing.isEmpty { try fillMissing() }
    return matches
  }

  /// The row of a benchmark that a problem is, or `nil`.
  func match(_ problem: Problem) -> Benchmarks.Match? {
    benchmarks.match(problem.statement, id: problem.id)
  }

  /// Whether a problem may be trained on.
  func allows(_ problem: Problem) -> Bool { match(problem) == nil }

  /// The next problem to take, or `nil` at the end.
  func next() throws(Failure) -> EvaluationItem? {
    while var item = try read() {
      rows += 1
      if benchmarks.match(item.statement, id: item.id) != nil {
        contaminated += 1
        continue
      }
      if let allowed, !allowed.contains(item.fingerprint) {
        outside += 1
        continue
      }
      if let known = missing[item.fingerprint] {
        item.reference = item.reference ?? known.reference
        item.worked = item.worked ?? known.worked
      }
      return item
    }
    return nil
  }

  private func fillMissing() throws(Failure) {
    while let item = try read() {
      guard var known = missing[item.fingerprint] else { continue }
      known.reference = known.reference ?? item.reference
      known.worked = known.worked ?? item.worked
      missing[item.fingerprint] = known
    }
    nextFile = 0
  }

  /// The next row of all files.
  private func read() throws(Failure) -> EvaluationItem? {
    do {
      while true {
        if set == nil {
          guard nextFile < files.count else { return nil }
          set = try ProblemSet(path: files[nextFile], format: format)
          nextFile += 1
        }
        if let item = try set?.next() { return item }
        set = nil
      }
    } catch {
      throw Failure(error.status, "\(error)")
    }
  }
}

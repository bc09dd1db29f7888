import Algebra

/// What a file of critique records holds, whoever wrote it.
public struct CritiqueInspection: Codable, Hashable, Sendable {
  public var records = 0
  public var right = 0
  public var wrong = 0
  /// No verdict can be read.
  public var unreadable = 0
  /// Conclusions in bold type.
  public var bold = 0
  /// Records without `Conclusion` and `[END]`.
  public var unended = 0
  /// Critiques with a false claim of their own.
  public var falseClaims = 0
  /// Critiques that name a step of a wrong solution.
  public var located = 0
  /// Records whose question and solution were there before.
  public var repeated = 0
  public var questions = 0
  /// UTF-8 lengths of question, solution and critique together, one a record; sorted when asked for.
  public var lengths: [Int] = []
  /// The first false claims: the record, counted from 1, and the evidence.
  public var examples: [String] = []

  /// Reads a file in either layout, as JSON lines or as one array.
  ///
  /// - Parameter checks: Whether critiques are checked for false claims, which takes longest.
  public init(path: String, checks: Bool = true) throws(ProblemSetError) {
    let file = try RowFile(path: path)
    var seen: Set<UInt64> = []
    var questions: Set<UInt64> = []
    let checker = Checker()
    while let raw = try file.next() {
      do throws(RowFault) {
        let record = try CritiqueRecord(Row(reading: raw.bytes))
        let question = Words.fingerprint(of: record.question)
        questions.insert(question)
        let both = WordHash.joined([question, Words.fingerprint(of: record.solution)])
        if !seen.insert(both).inserted { repeated += 1 }
        count(record, checker: checks ? checker : nil)
      } catch {
        throw .damaged(file: path, line: raw.line, reason: error.reason)
      }
    }
    if records == 0 { throw .empty(file: path) }
    self.questions = questions.count
  }

  private mutating func count(_ record: CritiqueRecord, checker: Checker?) {
    records += 1
    let critique = Critique(reading: record.critique)
    switch critique.written {
    case .right: right += 1
    case .wrong:
      wrong += 1
      if critique.remark?.step != nil { located += 1 }
    case .unparsed, nil: unreadable += 1
    }
    let ending = record.critique.lastStart(of: "Conclusion").map { record.critique[$0...] } ?? ""
    if ending.holds("**") || record.critique.holds("**Conclusion") { bold += 1 }
    if !ending.holds("[END]") { unended += 1 }
    lengths.append(
      record.question.utf8.count + record.solution.utf8.count + record.critique.utf8.count)
    guard let checker,
      let claim = Critique.falseClaim(
        in: record.critique, about: record.solution, checker: checker)
    else { return }
    falseClaims += 1
    if examples.count < 5 {
      examples.append("record \(records): \(claim.claim.collapsed()): \(claim.evidence)")
    }
  }

  /// The length that a share of the records does not exceed.
  public func length(atShare share: Double) -> Int {
    let sorted = lengths.sorted()
    guard let last = sorted.indices.last else { return 0 }
    return sorted[min(last, Int(Double(sorted.count) * share))]
  }
}

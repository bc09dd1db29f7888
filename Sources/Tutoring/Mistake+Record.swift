import Algebra

extension Mistake {
  /// The faulty step of a problem that somebody named with evidence: what the last correction
  /// changed, else the last refuted claim, else what a critic objects to.
  ///
  /// - Parameters:
  ///   - id: The notebook's own name for it.
  ///   - date: Seconds since 1970.
  /// - Returns: `nil` if nobody named one.
  public init?(of record: ProblemRecord, id: String, date: Double) {
    guard let fault = Self.fault(in: record) else { return nil }
    let vouched = record.verdict.flatMap { verdict in
      [.proved, .accepted].contains(verdict.word) ? verdict.answer : nil
    }
    self.init(
      id: id, problem: record.posed.problem.statement, step: fault.step, kind: fault.kind,
      fix: fault.fix, answer: vouched, date: date)
  }

  private static func fault(
    in record: ProblemRecord
  ) -> (step: String, kind: String, fix: String)? {
    if let evidence = record.corrections.last?.evidence {
      return (evidence.quote, evidence.source.kind, evidence.correction ?? evidence.reason)
    }
    guard let last = record.attempts.last else { return nil }
    if let finding = last.checked.report.findings.first(where: { $0.outcome == .refuted }) {
      return (finding.claim, "calculation", finding.correction ?? finding.evidence)
    }
    let remarks = last.critiques.compactMap(\.remark).filter { $0.dismissal == nil }
    guard let remark = remarks.last, !remark.quote.isEmpty else { return nil }
    let fix = remark.correction.isEmpty ? remark.reason : remark.correction
    return (remark.quote, "reasoning", fix)
  }
}

extension Evidence.Source {
  fileprivate var kind: String {
    switch self {
    case .checker: "calculation"
    case .problem: "not what the problem says"
    case .critic: "reasoning"
    case .factored: "combining"
    }
  }
}

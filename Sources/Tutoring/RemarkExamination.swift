import Algebra

// Checked before the referee sees it: a remark whose own sum is wrong, or that quotes what the
// solution does not say, must not cost a correct answer (what CRITIC, arXiv 2305.11738, found for
// critiques without a tool: they lose points).

extension Remark {
  /// The remark with its step put right, and dismissed if it cannot be trusted.
  ///
  /// - Parameters:
  ///   - report: The reading of the candidate that is criticised.
  ///   - critique: The whole critique; every sum in it that the solution does not contain is the
  ///     critic's own and is checked too.
  ///   - checker: `nil` if the checker is off; then nothing is verified.
  func examined(against report: Report, critique: String, checker: Checker?) -> Remark {
    var remark = self
    let steps = report.steps.map { $0.text.skeleton() }
    let wanted = quote.skeleton().unpunctuated()
    if !wanted.isEmpty {
      guard let holder = Self.holder(of: wanted, in: steps, cited: step) else {
        return dismissed("the words it quotes are not in the solution")
      }
      remark.step = holder
    }
    if let cited = remark.step, !steps.indices.contains(cited) {
      return remark.dismissed("the solution has no step \(cited + 1)")
    }
    if remark.correctsNothing(wanted, remark.step.map { steps[$0] }, checker: checker) {
      return remark.dismissed("it corrects nothing")
    }
    guard let checker else { return remark }
    if let own = Self.falseClaim(in: critique, notIn: steps, checker: checker) {
      return remark.dismissed("its own claim is false: \(own.evidence)")
    }
    if let stated = remark.statedBefore(in: report, checker: checker) {
      return remark.dismissed("what it puts there is what step \(stated + 1) says already")
    }
    let findings = checker.check(solution: correction).findings
    remark.isVerified =
      remark.step != nil && findings.contains { $0.outcome == .holds && !$0.claim.isTautology }
      && !findings.contains { $0.outcome == .refuted }
    return remark
  }

  /// The earlier step that has a true claim with the correction's value; weak critics repeat one in
  /// the place of the next.
  private func statedBefore(in report: Report, checker: Checker) -> Int? {
    let value = correction.lastSide()
    guard let step, correction.contains("="), !value.isEmpty else { return nil }
    return report.findings.first { finding in
      finding.step < step && finding.outcome == .holds
        && checker.compare(finding.claim.lastSide(), value).equality == .equal
    }?.step
  }

  private func dismissed(_ why: String) -> Remark {
    var remark = self
    remark.dismissal = why
    return remark
  }

  /// The step that says what is quoted: the cited one if it does, else the first that does, else
  /// the one where a quotation across steps begins.
  private static func holder(of wanted: String, in steps: [String], cited: Int?) -> Int? {
    if let cited, steps.indices.contains(cited), steps[cited].holds(wanted) { return cited }
    if let first = steps.firstIndex(where: { $0.holds(wanted) }) { return first }
    guard let start = steps.joined().utf8Start(of: wanted) else { return nil }
    var end = 0
    return steps.firstIndex {
      end += $0.utf8.count
      return start < end
    }
  }

  /// Whether the correction says what the solution says there already, or comes to the same value.
  private func correctsNothing(_ wanted: String, _ step: String?, checker: Checker?) -> Bool {
    let right = correction.skeleton().unpunctuated()
    guard !right.isEmpty else { return false }
    if right == wanted { return true }
    if right.contains("="), step?.holds(right) == true { return true }
    let (old, new) = ((wanted.isEmpty ? step ?? "" : quote).lastSide(), correction.lastSide())
    return checker?.compare(old, new).equality == .equal
  }

  /// The first sum of the critic's own that is false, looked for line by line: the words "Wrong
  /// step" of the next line deny nothing of this one.
  fileprivate static func falseClaim(
    in critique: String, notIn steps: [String], checker: Checker
  ) -> Finding? {
    var repeated: Set<String> = []
    for line in critique.split(whereSeparator: \.isNewline) where line.contains(where: \.isNumber) {
      for finding in checker.check(solution: String(line)).findings
      where finding.outcome == .refuted {
        let claim = finding.claim.skeleton().unpunctuated()
        if repeated.contains(claim) { continue }
        if !steps.contains(where: { $0.holds(claim) }) { return finding }
        repeated.insert(claim)
      }
    }
    return nil
  }
}

extension Critique {
  /// The first sum of a critique's own that is false; what it repeats from the solution does not
  /// count.
  public static func falseClaim(in critique: String, about solution: String, checker: Checker)
    -> Finding?
  {
    Remark.falseClaim(in: critique, notIn: [solution.skeleton()], checker: checker)
  }
}

extension String {
  /// What is left of a text when its spacing, emphasis, delimiters and ways to write an operator do
  /// not count: critics quote `25 - 6 = 19` for `\(25 − 6 = 19\)`.
  fileprivate func skeleton() -> String {
    var text = self
    let plain = [
      ("\\times", "*"), ("\\cdot", "*"), ("**", ""), ("\\(", ""), ("\\)", ""), ("\\[", ""),
      ("\\]", ""),
    ]
    for (written, plain) in plain where text.holds(written) {
      text = text.split(separator: written, omittingEmptySubsequences: false).joined(
        separator: plain)
    }
    var kept = String.UnicodeScalarView()
    for scalar in text.lowercased().unicodeScalars {
      switch scalar {
      case "−", "–": kept.append("-")
      case "×", "·", "⋅": kept.append("*")
      case "$", "\\", "`", "\"", "“", "”": continue
      case let space where space.properties.isWhitespace: continue
      default: kept.append(scalar)
      }
    }
    return String(kept)
  }

  fileprivate func unpunctuated() -> String {
    var text = self
    while let last = text.last, ".,;…".contains(last) { text.removeLast() }
    return text
  }

  fileprivate func utf8Start(of word: String) -> Int? {
    firstStart(of: word).map { utf8.distance(from: utf8.startIndex, to: $0) }
  }

  /// Whether all sides of an equation are written alike: `1 = 1` says nothing.
  fileprivate var isTautology: Bool {
    Set(skeleton().split(separator: "=")).count < 2
  }

  /// What stands after the last equals sign; all of it if there is none.
  fileprivate func lastSide() -> String {
    (lastIndex(of: "=").map { self[index(after: $0)...] } ?? self[...]).trimmed()
  }
}

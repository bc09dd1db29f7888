import Algebra

// Finds out what can be said, truly, about a wrong solution: where it goes wrong, why, and what
// should stand there. Three things vouch for it: the checker, a person who labelled the step, and
// the set's own right solution. What none of them supports is not said, and a solution about which
// nothing can be said gets no critique.

/// What is wrong with a solution, in pieces that a critique is written from.
struct Fault: Hashable {
  /// Why the step is wrong.
  enum Reason: Hashable {
    /// The calculation comes to something else: "3 x 4 is 12".
    case arithmetic(String)
    /// The right numbers, but the wrong operation.
    case operation(used: Calculation, wanted: Calculation)
    /// What a person wrote about it.
    case remark(String)
    /// It calculates something other than what is needed there.
    case value(used: Calculation, wanted: Calculation)
    /// The step before has found the answer already.
    case beyond(step: Int, answer: String)
    /// The steps before agree with the right solution, and this one does not go on as it does.
    case turn(wanted: Calculation)
  }
  /// Counted from 0.
  let step: Int
  /// Words of that step.
  let quote: String
  let reason: Reason
  /// What should stand there.
  let correction: String
  /// Whether a person says that it is the first one.
  let isFirst: Bool
  /// The line of the right solution from which it goes on rightly; `nil` if that is not known.
  let resumesAt: Int?
}

/// Looks for the fault of one wrong solution.
struct FaultSearch {
  let solution: WorkedSolution
  /// The set's right solution; `nil` if it has none.
  let right: WorkedSolution?

  /// - Parameters:
  ///   - labelled: The first faulty step as the set has it, or `nil`.
  ///   - remark: What a person wrote about it, if it may be quoted.
  func fault(labelled: Int?, remark: String?) -> Fault? {
    if let labelled { return fault(at: labelled, remark: remark) }
    return refuted() ?? misused()
  }

  // MARK: - A labelled step

  private func fault(at step: Int, remark: String?) -> Fault? {
    if let refutation = solution.refutation {
      // The checker's fault lies before the label: one of the two is mistaken.
      if refutation.step < step { return nil }
      if refutation.step == step, let fault = arithmetic(refutation, isFirst: true) { return fault }
    }
    let made = solution.calculations.filter { $0.step == step && $0.holds && !$0.isAlgebraic }
    let values = Set(right?.calculations.map(\.result) ?? [])
    let faulty = made.filter { !values.contains($0.result) }
    // The right solution makes the same: one of the two is mistaken.
    if faulty.isEmpty, !made.isEmpty { return nil }
    for used in faulty {
      if let wanted = sameNumbers(as: used) {
        return Fault(
          step: step, quote: used.text, reason: .operation(used: used, wanted: wanted),
          correction: wanted.text, isFirst: true, resumesAt: wanted.step)
      }
    }
    if let fault = beyond(step, faulty.first?.text) { return fault }
    let pair = closest(to: faulty)
    guard let wanted = pair?.wanted ?? ready(upTo: step).first else { return nil }
    let reason: Fault.Reason
    if let remark {
      reason = .remark(remark)
    } else if let pair {
      reason = .value(used: pair.used, wanted: wanted)
    } else {
      reason = .turn(wanted: wanted)
    }
    let quote = pair?.used.text ?? solution.steps[step].withoutFullStop()
    return Fault(
      step: step, quote: quote, reason: reason, correction: wanted.text, isFirst: true,
      resumesAt: wanted.step)
  }

  /// A step that goes on although the last calculation before it gave the answer.
  private func beyond(_ step: Int, _ calculation: String?) -> Fault? {
    guard let answer = right?.calculations.last?.result,
      let last = solution.calculations.last(where: { $0.step < step }), last.result == answer,
      right?.answer.flatMap(PlainNumeral.plain) == answer
    else { return nil }
    return Fault(
      step: step, quote: calculation ?? solution.steps[step].withoutFullStop(),
      reason: .beyond(step: last.step, answer: answer), correction: answer, isFirst: true,
      resumesAt: nil)
  }

  // MARK: - No label

  private func refuted() -> Fault? {
    solution.refutation.flatMap { arithmetic($0, isFirst: false) }
  }

  /// The first calculation that does something else with numbers that the right solution combines,
  /// provided that all before it agrees with the right solution.
  private func misused() -> Fault? {
    guard let right, solution.refutation == nil else { return nil }
    let values = Set(right.calculations.map(\.result))
    for used in solution.calculations where !values.contains(used.result) {
      guard let wanted = sameNumbers(as: used) else { return nil }
      return Fault(
        step: used.step, quote: used.text, reason: .operation(used: used, wanted: wanted),
        correction: wanted.text, isFirst: false, resumesAt: wanted.step)
    }
    return nil
  }

  // MARK: - What should stand there

  private func arithmetic(_ refutation: (finding: Finding, step: Int), isFirst: Bool) -> Fault? {
    let finding = refutation.finding
    guard let value = finding.correction, let left = finding.claim.split(separator: "=").first
    else {
      return nil
    }
    return Fault(
      step: refutation.step, quote: finding.claim.collapsed(),
      reason: .arithmetic(finding.evidence.collapsed()),
      correction: "\(left.collapsed()) = \(value)", isFirst: isFirst, resumesAt: nil)
  }

  /// What the right solution makes of exactly these numbers, by another operation.
  private func sameNumbers(as used: Calculation) -> Calculation? {
    right?.calculations.first {
      $0.operands == used.operands && $0.operations != used.operations && $0.result != used.result
        && $0.operations.count == 1 && used.operations.count == 1
    }
  }

  /// The calculation of the right solution, not yet made before, that shares most numbers with one
  /// of the faulty ones.
  private func closest(to faulty: [Calculation]) -> (used: Calculation, wanted: Calculation)? {
    var best: (used: Calculation, wanted: Calculation, shared: Int)?
    for used in faulty {
      for wanted in ready(upTo: used.step) {
        let shared = Set(wanted.operands).intersection(used.operands).count
        if shared > best?.shared ?? 0 { best = (used, wanted, shared) }
      }
    }
    return best.map { ($0.used, $0.wanted) }
  }

  /// The calculations of the right solution that the steps up to one do not make, and that need
  /// nothing that has not been made.
  private func ready(upTo step: Int) -> [Calculation] {
    let made = Set(solution.calculations.filter { $0.step <= step }.map(\.result))
    let missing = right?.calculations.filter { !made.contains($0.result) } ?? []
    return missing.enumerated().filter { place, wanted in
      !missing[..<place].contains { wanted.operands.contains($0.result) }
    }.map(\.element)
  }
}

extension String {
  fileprivate func withoutFullStop() -> String {
    let text = trimmed()
    return text.hasSuffix(".") || text.hasSuffix(",") ? String(text.dropLast()) : text
  }
}

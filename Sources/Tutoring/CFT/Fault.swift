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
    let faulty = solution.calculations.filter { $0.step == step && $0.holds }
    for used in faulty {
      if let wanted = sameNumbers(as: used) {
        return Fault(
          step: step, quote: used.text, reason: .operation(used: used, wanted: wanted),
          correction: wanted.text, isFirst: true, resumesAt: wanted.step)
      }
    }
    let pair = closest(to: faulty)
    let wanted = pair?.wanted ?? (remark == nil ? nil : nextNeeded(after: step))
    guard let wanted else { return nil }
    let reason: Fault.Reason
    if let remark {
      reason = .remark(remark)
    } else if let pair {
      reason = .value(used: pair.used, wanted: wanted)
    } else {
      return nil
    }
    let quote = pair?.used.text ?? solution.steps[step].withoutFullStop()
    return Fault(
      step: step, quote: quote, reason: reason, correction: wanted.text, isFirst: true,
      resumesAt: wanted.step)
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
      let made = Set(solution.calculations.filter { $0.step < used.step }.map(\.result))
      for wanted in right?.calculations ?? []
      where !made.contains(wanted.result) && wanted.result != used.result {
        let shared = Set(wanted.operands).intersection(used.operands).count
        if shared > best?.shared ?? 0 { best = (used, wanted, shared) }
      }
    }
    return best.map { ($0.used, $0.wanted) }
  }

  /// The first calculation of the right solution that the steps before do not make.
  private func nextNeeded(after step: Int) -> Calculation? {
    let made = Set(solution.calculations.filter { $0.step < step }.map(\.result))
    return right?.calculations.first { !made.contains($0.result) }
  }
}

/// Which of the remarks that people wrote can be quoted in a critique.
enum HumanRemark {
  /// The remark as a sentence; `nil` if it is none, doubts its own label, speaks to somebody or names
  /// numbers that neither the problem nor the solutions have.
  static func sentence(_ remark: String, knowing texts: [String]) -> String? {
    let text = remark.collapsed()
    let words = text.lowercased().split { !$0.isLetter && $0 != "'" && $0 != "’" }.map(String.init)
    guard (4...40).contains(words.count), !text.contains("?"), !text.contains("\""),
      text.count(where: { $0 == "(" }) == text.count(where: { $0 == ")" }),
      !words.contains(where: doubts.contains), words.first.map(openings.contains) == true
    else { return nil }
    let known = Set(texts.flatMap { Numeral.all(in: $0) })
    guard Numeral.all(in: text).allSatisfy(known.contains) else { return nil }
    var sentence = text
    if words[0] == "student" { sentence = "The \(sentence.lowercasingFirst())" }
    sentence = sentence.uppercasingFirst()
    return ".!".contains(sentence.last ?? ".") ? sentence : sentence + "."
  }

  /// Whether a remark says that there is nothing wrong after all.
  static func acquits(_ remark: String) -> Bool {
    let text = remark.lowercased()
    return [
      "no error", "no mistake", "correct solution", "is correct", "was correct", "are correct",
      "answered correct", "correct answer", "nothing wrong", "not wrong", "right answer",
    ].contains(where: text.holds)
  }

  /// Words of remarks on the question or on the labelling, not on the step.
  private static let doubts: Set<String> = [
    "correct", "correctly", "right", "unclear", "impossible", "algebra", "equation", "equations",
    "you", "your", "i", "can't", "tr", "format", "none", "nothing", "question's", "solution",
    "teacher", "hi", "model", "nearly", "needed", "probably", "maybe", "assume",
  ]

  /// How remarks that read as a sentence begin: with who did it, or with what was done.
  private static let openings: Set<String> = [
    "the", "student", "he", "she", "they", "it", "there", "did", "didn't", "does", "doesn't",
    "forgot", "forgets", "misunderstood", "misunderstands", "misread", "mistook", "misinterpreted",
    "counted", "counts", "added", "adds", "multiplied", "multiplies", "divided", "divides",
    "subtracted", "subtracts", "used", "uses", "has", "had", "missed", "misses", "included",
    "includes", "ignored", "ignores", "assumed", "assumes", "calculated", "calculates", "confused",
    "confuses", "failed", "fails", "incorrectly", "wrongly", "took", "treated", "doubled", "halved",
    "thought", "thinks", "made", "worked", "combined", "converted", "omitted", "overlooked",
    "should", "started", "answered", "each", "only", "not",
  ]
}

extension String {
  fileprivate func withoutFullStop() -> String {
    let text = trimmed()
    return text.hasSuffix(".") || text.hasSuffix(",") ? String(text.dropLast()) : text
  }

  fileprivate func lowercasingFirst() -> String { prefix(1).lowercased() + dropFirst() }
  fileprivate func uppercasingFirst() -> String { prefix(1).uppercased() + dropFirst() }
}

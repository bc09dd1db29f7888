import Algebra

// A solution as it stands in a record. What a set writes around its solutions would tell right from
// wrong without any mathematics: GSM8K's own ones have calculator notes and `####`, the students' a
// bare last number. So notes are left out, and every solution states its answer in one of several
// ways, drawn without looking at the verdict.

/// A solution in steps, as it stands in a record.
struct WorkedSolution: Hashable {
  /// None is empty.
  let steps: [String]
  let text: String
  let report: Report
  let calculations: [Calculation]
  /// UTF-8 offsets at which the steps end.
  private let ends: [Int]

  /// A solution that is put together from its steps.
  init(steps: [String], separator: String = "\n", checker: Checker) {
    var ends: [Int] = []
    for step in steps {
      ends.append((ends.last ?? 0) + step.utf8.count + separator.utf8.count)
    }
    let text = steps.joined(separator: separator)
    self.init(steps: steps, text: text, report: checker.check(solution: text), ends: ends)
  }

  /// A solution as it was written, in the steps that the checker sees.
  init(text: String, checker: Checker) {
    let report = checker.check(solution: text)
    self.init(
      steps: report.steps.map { $0.text.trimmed() }, text: text, report: report,
      ends: report.steps.map(\.end))
  }

  private init(steps: [String], text: String, report: Report, ends: [Int]) {
    self.steps = steps
    self.text = text
    self.report = report
    self.ends = ends
    calculations = report.calculations { offset in
      ends.firstIndex { offset < $0 } ?? max(ends.count - 1, 0)
    }
  }

  /// The answer it states, if it states one.
  var answer: String? { report.answer?.text }

  /// Whether it states its answer in so many words.
  var hasStatedAnswer: Bool { report.answer.map { $0.rule != .lastValue } ?? false }

  /// The first claim that the checker refutes, with its step.
  var refutation: (finding: Finding, step: Int)? {
    report.findings.first { $0.outcome == .refuted }.map { finding in
      (finding, ends.firstIndex { finding.start < $0 } ?? max(ends.count - 1, 0))
    }
  }
}

/// Cuts published solutions into steps and gives them an ending.
enum Rendering {
  /// The steps of a text: its lines, or, of a paragraph, its sentences.
  static func steps(of text: String, checker: Checker) -> [String] {
    let lines = withoutNotes(text).split(whereSeparator: \.isNewline).map { $0.trimmed() }
      .filter { !$0.isEmpty }
    if lines.count > 1 { return lines }
    return checker.check(solution: lines.first ?? "").steps.map { $0.text.trimmed() }
  }

  /// The text without calculator notes such as `<<48/2=24>>`.
  static func withoutNotes(_ text: String) -> String {
    var kept = ""
    var rest = text[...]
    while let open = rest.firstStart(of: "<<"), let close = rest[open...].firstStart(of: ">>") {
      kept += rest[..<open]
      rest = rest[close...].dropFirst(2)
    }
    return kept + rest
  }

  /// The steps with an ending that states the answer in the place of a bare one, or after them.
  static func ended(_ steps: [String], answer: String, draw: inout Draw) -> [String] {
    let ending = draw.one(of: [
      "#### \(answer)", "The answer is \(answer).", "Answer: \(answer)",
      "So the final answer is \\boxed{\(answer)}.", "Final answer: \(answer)",
      "Therefore, the answer is \(answer).",
    ])
    guard let last = steps.last, isBareAnswer(last) else { return steps + [ending] }
    return steps.dropLast() + [ending]
  }

  /// Whether a line is nothing but an answer: `#### 72`, `A: 72`, `72`.
  static func isBareAnswer(_ line: String) -> Bool {
    var value = line.trimmed()[...]
    for mark in ["####", "A:"] where value.hasPrefix(mark) { value = value.dropFirst(mark.count) }
    return value.contains(where: \.isNumber)
      && value.allSatisfy { $0.isNumber || " .,-$%/".contains($0) }
  }
}

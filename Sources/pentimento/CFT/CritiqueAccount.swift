import Tutoring

/// What became of everything that a build read.
struct CritiqueAccount {
  var rows = 0
  var contaminated = 0
  var outside = 0
  var refusals: [Refusal: Int] = [:]
  var right = 0
  var wrong = 0
  var sources: [VerdictSource: Int] = [:]
  var written = 0
  var writtenRight = 0
  var path = ""
  /// Whether the problems were held against benchmarks.
  var isChecked = true

  mutating func count(_ draft: CritiqueDraft) {
    if draft.isRight { right += 1 } else { wrong += 1 }
    sources[draft.source, default: 0] += 1
  }

  mutating func count(_ refusal: Refusal) { refusals[refusal, default: 0] += 1 }

  /// For people, one fact a line.
  var lines: [String] {
    let share = written == 0 ? 0 : (200 * writtenRight + written) / (2 * written)
    return reading + ["\(written) records, \(share) % right, in \(path)"]
  }

  /// What was read and what was left out, one fact a line.
  var reading: [String] {
    var lines = ["\(rows) problems read"]
    if !isChecked { lines.append("checked against no benchmark") }
    if contaminated > 0 { lines.append("\(contaminated) left out: problems of a benchmark") }
    if outside > 0 { lines.append("\(outside) left out: in none of the files given by --within") }
    for refusal in Refusal.allCases {
      if let count = refusals[refusal] {
        lines.append("\(count) solution\(count == 1 ? "" : "s") left out: \(refusal.words)")
      }
    }
    let vouchers = VerdictSource.allCases.compactMap { source in
      sources[source].map { "\($0) \(source.rawValue)" }
    }
    let voiced = vouchers.isEmpty ? "" : "; verdicts: \(vouchers.joined(separator: ", "))"
    lines.append("\(right) right and \(wrong) wrong critiques\(voiced)")
    return lines
  }
}

import Tutoring

/// How far a batch is: pure numbers, and the lines that tell them.
struct BatchTally: Hashable, Sendable {
  /// Rows to be solved, if that is known.
  var total: Int?
  /// Rows that were done before.
  var before = 0
  var verdicts: [Verdict.Word: Int] = [:]
  var errors = 0
  /// Problems that wait for answers from a file.
  var open = 0
  var cost = Cost()

  var solved: Int { verdicts.values.reduce(0, +) }
  var ended: Int { solved + errors + open }

  mutating func add(_ record: RunRecord) {
    if let word = record.verdict { verdicts[word, default: 0] += 1 } else { errors += 1 }
    cost.add(record.cost)
  }

  /// The bar that is drawn over, for a terminal so wide.
  func bar(seconds: Double, columns: Int) -> String {
    let text = progress(seconds: seconds)
    guard let total, total > 0 else { return text }
    let width = min(30, columns - text.count - 4)
    guard width >= 5 else { return text }
    let full = min(width, width * ended / total)
    return "[" + String(repeating: "#", count: full)
      + String(repeating: "-", count: width - full) + "] " + text
  }

  /// `118/500 · 4.2/s · 812 tokens/s · 2 errors · 1 min 31 s left`
  func progress(seconds: Double) -> String {
    var parts = [total.map { "\(ended)/\($0)" } ?? "\(ended) done"]
    let rate = seconds > 0 ? Double(ended) / seconds : 0
    if rate > 0 {
      parts.append("\(Self.short(rate))/s")
      parts.append("\(Self.short(Double(cost.completionTokens) / seconds)) tokens/s")
    }
    if errors > 0 { parts.append("\(errors) error\(errors == 1 ? "" : "s")") }
    if let total, rate > 0, total > ended {
      parts.append("\(Self.span(Double(total - ended) / rate)) left")
    }
    return parts.joined(separator: " · ")
  }

  /// What came out, for the end.
  func summary(seconds: Double) -> String {
    let words = Verdict.Word.allCases.compactMap { word in
      verdicts[word].map { "\($0) \(word.rawValue)" }
    }
    var parts = ["\(solved) solved" + (words.isEmpty ? "" : ": " + words.joined(separator: ", "))]
    if errors > 0 { parts.append("\(errors) error\(errors == 1 ? "" : "s")") }
    if open > 0 { parts.append("\(open) wait\(open == 1 ? "s" : "") for answers") }
    if before > 0 { parts.append("\(before) done before") }
    let ended = Double(solved + errors)
    let rate = seconds > 0 && ended > 0 ? " (\(Self.short(ended / seconds))/s)" : ""
    return parts.joined(separator: "; ")
      + "\n\(cost.calls) calls · \(cost.promptTokens) tokens read, \(cost.completionTokens) written"
      + " · \(Self.span(seconds))\(rate)"
  }

  /// Two digits of a rate below ten, else a whole number.
  static func short(_ rate: Double) -> String {
    if rate >= 10 { return "\(Int(min(rate, 1e12).rounded()))" }
    let tenths = Int((rate * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }

  /// `31 s`, `1 min 31 s`, `2 h 5 min`.
  static func span(_ seconds: Double) -> String {
    let whole = Int(min(max(seconds, 0), 1e9).rounded())
    if whole < 60 { return "\(whole) s" }
    if whole < 3600 { return "\(whole / 60) min \(whole % 60) s" }
    return "\(whole / 3600) h \(whole % 3600 / 60) min"
  }
}

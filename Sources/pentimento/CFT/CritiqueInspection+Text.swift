import FoundationEssentials
import Tutoring

extension CritiqueInspection {
  /// One figure a line, aligned, for people.
  var lines: [String] {
    let readable = right + wrong
    var rows: [(String, String)] = [
      ("records", "\(records)"),
      ("questions", "\(questions)"),
      ("right", counted(right, of: records)),
      ("wrong", counted(wrong, of: records)),
      ("no verdict", counted(unreadable, of: records)),
      ("plain conclusions", counted(records - unreadable - bold, of: records)),
      ("bold conclusions", counted(bold, of: records)),
      ("without [END]", counted(unended, of: records)),
      ("wrong with a step", counted(located, of: wrong)),
      ("false claims", counted(falseClaims, of: records)),
      ("repeated", counted(repeated, of: records)),
    ]
    if readable > 0 { rows.append(("right of readable", percent(right, of: readable))) }
    let lengths = [0.5, 0.9, 0.99, 1].map { "\(length(atShare: $0))" }
    rows.append(("bytes 50/90/99/100 %", lengths.joined(separator: " / ")))
    let width = rows.map(\.0.count).max() ?? 0
    return rows.map { name, value in
      "\(name)\(String(repeating: " ", count: width - name.count + 2))\(value)"
    } + examples.map { "  \($0)" }
  }

  func encoded() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    var short = self
    // Of use are the percentiles, not fifty thousand numbers.
    short.lengths = [0.5, 0.9, 0.99, 1].map { length(atShare: $0) }
    return Array(try encoder.encode(short))
  }

  private func counted(_ count: Int, of total: Int) -> String {
    total == 0 ? "\(count)" : "\(count) (\(percent(count, of: total)))"
  }

  private func percent(_ count: Int, of total: Int) -> String {
    let tenths = Int((Double(count) * 1000 / Double(max(total, 1))).rounded())
    return "\(tenths / 10).\(tenths % 10) %"
  }
}

/// A table of figures as it is printed, or put into a document.
public struct EvaluationTable: Codable, Hashable, Sendable {
  public var title: String
  public var columns: [String]
  public var rows: [[String]] = []
  /// Sentences below the table.
  public var notes: [String] = []

  public init(_ title: String, _ columns: [String]) {
    self.title = title
    self.columns = columns
  }

  /// With columns aligned, the first to the left and the others to the right.
  public var text: String {
    let all = [columns] + rows
    let widths = columns.indices.map { column in
      all.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
    }
    let lines = all.map { row in
      row.enumerated().map { column, cell in
        let space = String(repeating: " ", count: widths[column] - cell.count)
        return column == 0 ? cell + space : space + cell
      }.joined(separator: "  ").trimmedAtEnd
    }
    return ([title, ""] + lines + (notes.isEmpty ? [] : [""]) + notes).joined(separator: "\n")
  }

  public var markdown: String {
    func line(_ cells: [String]) -> String {
      "| " + cells.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ") + " |"
    }
    let rule = "|" + columns.indices.map { $0 == 0 ? "---|" : "---:|" }.joined()
    let lines = [line(columns), rule] + rows.map(line)
    return (["**\(title)**", ""] + lines + (notes.isEmpty ? [] : [""]) + notes)
      .joined(separator: "\n")
  }
}

extension String {
  fileprivate var trimmedAtEnd: String {
    var text = self[...]
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}

extension Proportion {
  /// `31/50`.
  public var counts: String { "\(count)/\(total)" }
  /// `62.0 %`, or `–` of no cases.
  public var percent: String { share.map { "\($0.percentage) %" } ?? "–" }
  /// The 95 % interval: `48.2–74.1`.
  public var range: String {
    let interval = interval()
    return total == 0 ? "–" : "\(interval.lowerBound.percentage)–\(interval.upperBound.percentage)"
  }
}

extension PairedDifference {
  /// `+8.0 (−1.2…+16.5)` in points.
  public var points: String {
    guard let gain else { return "–" }
    let interval = interval()
    func signed(_ x: Double) -> String { (x < 0 ? "−" : "+") + abs(x).percentage }
    return "\(signed(gain)) (\(signed(interval.lowerBound))…\(signed(interval.upperBound)))"
  }
}

extension Double {
  /// In percent with one digit behind the point.
  var percentage: String {
    let tenths = Int((self * 1000).rounded())
    return "\(tenths / 10).\(abs(tenths) % 10)"
  }

  /// With so many digits behind the point, 1 to 6.
  func digits(_ count: Int) -> String {
    let scale = (0..<count).reduce(1) { product, _ in product * 10 }
    let all = Int((abs(self) * Double(scale)).rounded())
    let rest = "\(all % scale)"
    let zeros = String(repeating: "0", count: count - rest.count)
    return (self < 0 && all > 0 ? "−" : "") + "\(all / scale)." + zeros + rest
  }
}

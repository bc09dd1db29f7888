/// Shares with their intervals as horizontal bars, in SVG: no script, no font but the reader's own.
public struct BarChart: Sendable {
  public var title: String
  public var bars: [(label: String, share: Proportion)]

  public init(_ title: String, _ bars: [(label: String, share: Proportion)]) {
    self.title = title
    self.bars = bars
  }

  public var svg: String {
    let (left, width, row) = (230.0, 420.0, 30.0)
    let height = 64 + row * Double(bars.count) + 24
    var lines = [
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(n(left + width + 110)) \(n(height))\" "
        + "font-family=\"sans-serif\" font-size=\"13\" role=\"img\">",
      "<title>\(escaped(title))</title>",
      "<style>text{fill:#222}.g{stroke:#ccc}.b{fill:#4477aa}.i{stroke:#222;stroke-width:1.5}"
        + "@media(prefers-color-scheme:dark){text{fill:#ddd}.g{stroke:#444}.i{stroke:#eee}}</style>",
      "<text x=\"8\" y=\"22\" font-size=\"15\">\(escaped(title))</text>",
    ]
    let bottom = 44 + row * Double(bars.count)
    for tick in 0...5 {
      let x = left + width * Double(tick) / 5
      lines.append(
        "<line class=\"g\" x1=\"\(n(x))\" x2=\"\(n(x))\" y1=\"40\" y2=\"\(n(bottom))\"/>")
      lines.append(
        "<text x=\"\(n(x))\" y=\"\(n(bottom + 18))\" text-anchor=\"middle\">\(tick * 20) %</text>")
    }
    for (index, bar) in bars.enumerated() {
      let y = 48 + row * Double(index)
      let middle = n(y + 9)
      let interval = bar.share.interval()
      let (low, high) = (left + width * interval.lowerBound, left + width * interval.upperBound)
      lines += [
        "<text x=\"\(n(left - 8))\" y=\"\(n(y + 14))\" text-anchor=\"end\">\(escaped(bar.label))</text>",
        "<rect class=\"b\" x=\"\(n(left))\" y=\"\(n(y))\" width=\"\(n(width * (bar.share.share ?? 0)))\" height=\"18\"/>",
        "<line class=\"i\" x1=\"\(n(low))\" x2=\"\(n(high))\" y1=\"\(middle)\" y2=\"\(middle)\"/>",
        "<text x=\"\(n(left + width + 12))\" y=\"\(n(y + 14))\">\(bar.share.counts)</text>",
      ]
    }
    return (lines + ["</svg>", ""]).joined(separator: "\n")
  }

  private func n(_ x: Double) -> String { x.digits(1) }

  private func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
  }
}

/// Shows LaTeX formulas as text.
///
/// A formula is given without its delimiters. What is not understood is shown as its source, gated.
public enum MathView {
  /// The formula on one line.
  public static func inline(_ latex: String, unicode: Bool = true) -> String {
    let source = Passage(latex)
    let ink = Ink(width: 80, unicode: unicode)
    guard let node = MathParser.parse(source, 0..<source.count) else {
      return ink.render(ink.glyphs(Gate.safe(latex, keeping: [])))
    }
    return ink.render(MathSetter(ink: ink).line(node))
  }

  /// The formula as a display: one line where it fits and reads well, else rows, no row wider than
  /// `width` columns (at least 10).
  public static func stacked(_ latex: String, width: Int, unicode: Bool = true) -> [String] {
    let source = Passage(latex)
    let ink = Ink(width: width, unicode: unicode)
    let width = max(width, 10)
    guard let node = MathParser.parse(source, 0..<source.count) else {
      return wrap(source.glyphs(0..<source.count, style: .plain, ink: ink), width: width)
        .map(ink.render)
    }
    return lines(MathSetter(ink: ink).display(node, width: width)).map { ink.render($0.glyphs) }
  }

  /// Whether the formula is understood; else its source is shown.
  public static func understands(_ latex: String) -> Bool {
    let source = Passage(latex)
    return MathParser.parse(source, 0..<source.count) != nil
  }

  /// The lines of the rows, with a blank one between rows of which one is tall, and for the baseline of
  /// each row the row's index.
  static func lines(_ rows: [DisplayRow]) -> [(glyphs: [Glyph], row: Int?)] {
    var lines: [(glyphs: [Glyph], row: Int?)] = []
    for (index, row) in rows.enumerated() {
      if index > 0, row.box.height > 1 || rows[index - 1].box.height > 1 { lines.append(([], nil)) }
      for (place, glyphs) in row.box.rows.enumerated() {
        lines.append((glyphs, place == row.box.baseline ? index : nil))
      }
    }
    return lines
  }
}

// Writes a formula as MathML Core, the part that browsers draw by themselves.
//
// What Core leaves out (alignment of columns, frames, crossing out, bold letters) is left to classes,
// for which `Document.styles` has the rules.

struct MathML {
  /// Marks put behind the outermost piece they belong to.
  var marks: [Mark] = []

  /// The `math` element of a formula.
  func element(_ node: MathNode, latex: String, isDisplay: Bool) -> String {
    let display = isDisplay ? " display=\"block\"" : ""
    let alternative = escaped(latex, keeping: [])
    return "<math\(display) alttext=\"\(alternative)\">\(outermost(node))</math>"
  }

  /// The outermost pieces with the marks among them.
  private func outermost(_ node: MathNode) -> String {
    if marks.isEmpty { return xml(node) }
    if case .grid(let grid) = node.kind, grid.layout == .aligned { return table(grid, marks) }
    let nodes = node.children
    var pieces = nodes.enumerated().map { xml($1, isFirst: $0 == 0) }
    for mark in marks {
      let index = nodes.firstIndex { mark.end <= $0.end } ?? nodes.count - 1
      if pieces.indices.contains(index) {
        pieces[index] += note(mark)
      } else {
        pieces.append(note(mark))
      }
    }
    return "<mrow>\(pieces.joined())</mrow>"
  }

  func note(_ mark: Mark) -> String {
    let parts = mark.sign.runs.map { run in
      let classes = (["mark"] + run.style.names).joined(separator: " ")
      return "<mtext class=\"\(classes)\">\(escaped(run.text))</mtext>"
    }
    let sign = parts.joined()
    guard let title = mark.title else { return "<mspace width=\"0.4em\"/>" + sign }
    return "<mspace width=\"0.1em\"/><msup\(Mark.attributes(title))><mrow></mrow>\(sign)</msup>"
  }

  // MARK: Pieces

  func xml(_ node: MathNode, isFirst: Bool = false) -> String {
    switch node.kind {
    case .symbol(let symbol): return self.symbol(symbol)
    case .number(let digits): return "<mn>\(escaped(digits))</mn>"
    case .text(let text):
      let spaced = String(text.map { $0 == " " ? "\u{A0}" : $0 })
      return "<mtext>\(escaped(spaced))</mtext>"
    case .row(let nodes):
      return "<mrow>\(nodes.enumerated().map { xml($1, isFirst: $0 == 0) }.joined())</mrow>"
    case .fraction(let above, let below): return "<mfrac>\(xml(above))\(xml(below))</mfrac>"
    case .pile(let above, let below):
      return "<mfrac linethickness=\"0\">\(xml(above))\(xml(below))</mfrac>"
    case .root(let inner, nil): return "<msqrt>\(xml(inner))</msqrt>"
    case .root(let inner, .some(let index)): return "<mroot>\(xml(inner))\(xml(index))</mroot>"
    case .script(let base, let below, let above, let limits):
      return script(base, below, above, limits: limits)
    case .fenced(let open, let inner, let close):
      return "<mrow>\(fence(open))\(xml(inner))\(fence(close))</mrow>"
    case .grid(let grid):
      return "<mrow>\(fence(grid.open))\(table(grid, []))\(fence(grid.close))</mrow>"
    case .accent(let accent, let inner): return accented(accent, inner)
    case .boxed(let inner): return "<mrow class=\"boxed\">\(xml(inner))</mrow>"
    case .space(let columns): return "<mspace width=\"\(columns * 5 / 10).\(columns * 5 % 10)em\"/>"
    case .styled(let style, let inner):
      return "<mrow class=\"\(style.names.joined(separator: " "))\">\(xml(inner))</mrow>"
    case .phantom(let inner): return "<mphantom>\(xml(inner))</mphantom>"
    case .stacked(let base, let above, let below, _):
      return script(base, below, above, limits: true)
    }
  }

  private func symbol(_ symbol: Symbol) -> String {
    let text = escaped(symbol.unicode)
    switch symbol.atom {
    case .ordinary:
      if symbol.unicode == "|" || symbol.unicode == "‖" || symbol.unicode == "/" {
        return "<mo stretchy=\"false\">\(text)</mo>"
      }
      return symbol.unicode == "′" ? "<mo>\(text)</mo>" : "<mi>\(text)</mi>"
    case .function: return "<mi>\(text)</mi>"
    case .open, .close: return "<mo stretchy=\"false\">\(text)</mo>"
    case .punctuation: return "<mo separator=\"true\">\(text)</mo>"
    case .large, .binary, .relation: return "<mo>\(text)</mo>"
    }
  }

  private func fence(_ symbol: Symbol?) -> String {
    guard let symbol, !symbol.unicode.isEmpty else { return "" }
    return "<mo fence=\"true\" stretchy=\"true\">\(escaped(symbol.unicode))</mo>"
  }

  private func script(
    _ base: MathNode, _ below: MathNode?, _ above: MathNode?, limits: Bool
  ) -> String {
    if case .stacked(let inner, nil, nil, brace: true) = base.kind {
      var xml = xml(inner)
      if let below { xml = "<munder><munder>\(xml)<mo>⏟</mo></munder>\(self.xml(below))</munder>" }
      if let above { xml = "<mover><mover>\(xml)<mo>⏞</mo></mover>\(self.xml(above))</mover>" }
      return xml
    }
    let inner = base.isEmpty ? "<mrow></mrow>" : xml(base)
    switch (below, above) {
    case (let below?, let above?):
      let name = limits ? "munderover" : "msubsup"
      return "<\(name)>\(inner)\(xml(below))\(xml(above))</\(name)>"
    case (let below?, nil):
      let name = limits ? "munder" : "msub"
      return "<\(name)>\(inner)\(xml(below))</\(name)>"
    case (nil, let above?):
      let name = limits ? "mover" : "msup"
      return "<\(name)>\(inner)\(xml(above))</\(name)>"
    case (nil, nil): return inner
    }
  }

  private func accented(_ accent: MathNode.Accent, _ inner: MathNode) -> String {
    let signs: [MathNode.Accent: String] = [
      .hat: "^", .check: "ˇ", .tilde: "~", .acute: "´", .grave: "`", .dot: "˙", .ddot: "¨",
      .breve: "˘", .bar: "¯", .vec: "→", .overline: "¯", .rightArrow: "→", .leftArrow: "←",
      .bothArrow: "↔", .arc: "⏜",
    ]
    if accent == .cancel { return "<mrow class=\"cancel\">\(xml(inner))</mrow>" }
    if accent == .underline {
      return "<munder>\(xml(inner))<mo stretchy=\"true\">_</mo></munder>"
    }
    let isWide = [.overline, .rightArrow, .leftArrow, .bothArrow, .arc].contains(accent)
    let sign = "<mo stretchy=\"\(isWide)\">\(signs[accent] ?? "")</mo>"
    return "<mover accent=\"true\">\(xml(inner))\(sign)</mover>"
  }

  private func table(_ grid: MathNode.Grid, _ marks: [Mark]) -> String {
    var shares = [[Mark]](repeating: [], count: grid.rows.count)
    for mark in marks where !grid.rows.isEmpty {
      shares[grid.rows.firstIndex { mark.end <= $0.end } ?? grid.rows.count - 1].append(mark)
    }
    let rows = zip(grid.rows, shares).map { row, marks in
      var cells = row.cells.enumerated().map { column, cell in
        let empty = column % 2 == 1 && grid.layout == .aligned ? "<mi></mi>" : ""
        return "<mtd\(alignment(grid.layout, column))>\(empty)\(xml(cell))"
      }
      let notes = marks.map(note).joined()
      if cells.isEmpty { cells = ["<mtd>"] }
      cells[cells.count - 1] += notes
      return "<mtr>\(cells.map { $0 + "</mtd>" }.joined())</mtr>"
    }
    let style = grid.layout == .aligned ? " class=\"aligned\" displaystyle=\"true\"" : ""
    return "<mtable\(style)>\(rows.joined())</mtable>"
  }

  private func alignment(_ layout: MathNode.Grid.Layout, _ column: Int) -> String {
    switch layout {
    case .aligned: return column % 2 == 0 ? " class=\"right\"" : " class=\"left\""
    case .columns(let letters):
      switch column < letters.count ? letters[column] : letters.last {
      case "l": return " class=\"left\""
      case "r": return " class=\"right\""
      default: return ""
      }
    }
  }
}

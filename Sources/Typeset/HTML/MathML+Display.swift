// Browsers break no formula, so a long one would leave the page. A displayed row is written as several
// elements, with places between them at which a line may end: before each relation outside brackets,
// and before a sum's sign where a piece has become long.

extension MathML {
  /// Leaves after which a piece ends before the next plus or minus.
  private static let long = 12

  /// A displayed formula, in pieces where it may be broken.
  func display(_ node: MathNode, latex: String) -> String {
    let pieces = Self.pieces(node.children)
    guard pieces.count > 1 else { return element(node, latex: latex, isDisplay: true) }
    var rest = marks[...]
    var html = ""
    for (index, piece) in pieces.enumerated() {
      let end = index == pieces.count - 1 ? Int.max : piece.last?.end ?? 0
      let own = Array(rest.prefix { $0.end <= end })
      rest = rest.dropFirst(own.count)
      let alternative = index == 0 ? " alttext=\"\(escaped(latex, keeping: []))\"" : ""
      html += index == 0 ? "" : "<wbr>"
      html += "<math displaystyle=\"true\"\(alternative)>"
      html += MathML(marks: own).row(piece, isFirst: index == 0) + "</math>"
    }
    return html
  }

  /// The nodes of a piece with their marks.
  private func row(_ nodes: [MathNode], isFirst: Bool) -> String {
    var pieces = nodes.enumerated().map { index, node in
      index == 0 && !isFirst ? joining(node) : xml(node, isFirst: index == 0)
    }
    for mark in marks {
      let index = nodes.firstIndex { mark.end <= $0.end } ?? nodes.count - 1
      pieces[index] += note(mark)
    }
    return "<mrow>\(pieces.joined())</mrow>"
  }

  /// A sign at the head of a piece that still stands between two sides.
  private func joining(_ node: MathNode) -> String {
    guard case .symbol(let symbol) = node.kind else { return xml(node) }
    // A browser takes a sign that begins a row for one of a number.
    let space = symbol.atom == .binary ? " lspace=\"0.22em\" rspace=\"0.22em\"" : ""
    return "<mo\(space)>\(escaped(symbol.unicode))</mo>"
  }

  /// The nodes of a row, parted where a line may end; every piece has at least one.
  static func pieces(_ nodes: [MathNode]) -> [[MathNode]] {
    var pieces: [[MathNode]] = []
    var piece: [MathNode] = []
    var leaves = 0
    var depth = 0
    for node in nodes {
      var isBreak = false
      if case .symbol(let symbol) = node.kind {
        switch symbol.atom {
        case .open: depth += 1
        case .close: depth -= 1
        case .relation: isBreak = depth == 0
        case .binary:
          isBreak = depth == 0 && leaves > long && (symbol.ascii == "+" || symbol.ascii == "-")
        default: break
        }
      }
      if isBreak, !piece.isEmpty {
        pieces.append(piece)
        piece = []
        leaves = 0
      }
      piece.append(node)
      leaves += node.leaves
    }
    if !piece.isEmpty { pieces.append(piece) }
    return pieces
  }
}

extension MathNode {
  /// About how many characters wide it is.
  fileprivate var leaves: Int {
    switch kind {
    case .symbol, .space: 1
    case .number(let text), .text(let text): text.count
    case .row(let nodes): nodes.reduce(0) { $0 + $1.leaves }
    case .fraction(let above, let below), .pile(let above, let below):
      max(above.leaves, below.leaves)
    case .root(let inner, _), .accent(_, let inner), .boxed(let inner), .styled(_, let inner),
      .phantom(let inner):
      inner.leaves + 1
    case .script(let base, let below, let above, _):
      base.leaves + max(below?.leaves ?? 0, above?.leaves ?? 0)
    case .fenced(_, let inner, _): inner.leaves + 2
    case .grid(let grid):
      grid.rows.map { $0.cells.reduce(0) { $0 + $1.leaves } }.max() ?? 0
    case .stacked(let base, _, _, _): base.leaves
    }
  }
}

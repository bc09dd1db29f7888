// Writes a document as the body of a LaTeX file.
//
// Words are escaped. A formula is passed on only if it was understood, which leaves out every command
// that reads files or runs programs, and if it has no `^^`, which spells any character for TeX, a
// backslash too, wherever it stands; else its source stands as words. Characters beyond ASCII pass, so
// the file is for XeLaTeX or LuaLaTeX; it needs amsmath, amssymb, cancel, xcolor and ulem.

extension Document {
  /// The text as the body of a LaTeX file, with the marks as words behind their claims.
  public func tex(marks: [Mark] = []) -> String {
    let shares = marks.shared(by: blocks.map(\.start))
    return zip(blocks, shares).map { TeXWriter.block($0, $1) }.joined(separator: "\n")
  }
}

/// The text as the body of a LaTeX file; see `Document.tex`.
public func tex(_ source: String, marks: [Mark] = []) -> String {
  Document(source).tex(marks: marks)
}

/// Words in which nothing is a command, for a LaTeX file.
public func texWords(_ text: String) -> String {
  TeXWriter.escaped(text)
}

enum TeXWriter {
  static func block(_ block: Block, _ marks: [Mark]) -> String {
    let words = words(block.passage, marks)
    switch block.kind {
    case .paragraph: return words + "\n"
    case .heading(let level):
      let command = level == 1 ? "section*" : level == 2 ? "subsection*" : "paragraph*"
      return "\\\(command){\(words)}\n"
    case .item(let marker):
      let sign = marker.count == 1 ? "\\textbullet{}" : escaped(marker)
      return "\\noindent\\hspace*{\(block.indent / 2)em}\(sign) \(words)\n"
    case .quote: return "\\begin{quote}\n\(words)\n\\end{quote}\n"
    case .code, .table:
      let lines = block.passage.text(0..<block.passage.count, keeping: [.newline, .tab])
        .split(separator: "\n", omittingEmptySubsequences: false)
      let shown = lines.map { "\\texttt{\(escaped(String($0)).replacing(" ", by: "~"))}" }
      return "\\noindent\n\(shown.joined(separator: "\\\\\n"))\(notes(marks))\n"
    case .rule: return "\\medskip\\hrule\\medskip\n"
    }
  }

  private static func notes(_ marks: [Mark]) -> String {
    marks.map { " " + escaped($0.sign.plain) }.joined()
  }

  private static func words(_ passage: Passage, _ marks: [Mark]) -> String {
    let pieces = InlineParser(passage).pieces
    var rest = marks.sorted { $0.end < $1.end }[...]
    var tex = ""
    for piece in pieces {
      let end = passage.offset(end(of: piece))
      tex += styled(write(piece, passage), piece.style)
      let own = rest.prefix { $0.end <= end }
      rest = rest.dropFirst(own.count)
      tex += notes(Array(own))
    }
    return tex + notes(Array(rest))
  }

  private static func end(of piece: Inline) -> Int {
    switch piece.kind {
    case .text(let range), .literal(_, let range), .code(let range), .address(let range):
      range.upperBound
    case .formula(let found): found.outer.upperBound
    case .lineBreak(let index): index
    }
  }

  private static func write(_ piece: Inline, _ passage: Passage) -> String {
    switch piece.kind {
    case .text(let range): return escaped(passage.text(range))
    case .literal(let text, _): return escaped(text)
    case .code(let range): return "\\texttt{\(escaped(passage.text(range)))}"
    case .address(let range): return " (\\texttt{\(escaped(passage.text(range)))})"
    case .lineBreak: return "\\newline\n"
    case .formula(let found):
      guard MathParser.parse(passage, found.inner) != nil, !hasSpelling(passage.bytes[found.inner])
      else {
        return "\\texttt{\(escaped(passage.text(found.outer)))}"
      }
      let latex = formula(passage.bytes[found.inner])
      if passage.has("\\begin", at: found.outer.lowerBound), isOwnDisplay(found, passage) {
        return latex
      }
      return found.isDisplay ? "\\[\(latex)\\]" : "\\(\(latex)\\)"
    }
  }

  /// Whether TeX would read a character spelt `^^…` in it.
  private static func hasSpelling(_ bytes: ArraySlice<UInt8>) -> Bool {
    let caret = UInt8(ascii: "^")
    return zip(bytes, bytes.dropFirst()).contains { $0 == caret && $1 == caret }
  }

  /// Whether the environment opens a display by itself.
  private static func isOwnDisplay(_ found: FoundFormula, _ passage: Passage) -> Bool {
    ["align", "alignat", "gather", "multline", "eqnarray", "equation", "flalign", "displaymath"]
      .contains { name in
        passage.bytes[found.inner].starts(with: "\\begin{\(name)".utf8)
      }
  }

  /// A formula's source without what TeX refuses in one: bare percent signs and blank lines.
  private static func formula(_ bytes: ArraySlice<UInt8>) -> String {
    var tex: [UInt8] = []
    var isEscaped = false
    for byte in bytes {
      if byte == UInt8(ascii: "%"), !isEscaped { tex.append(UInt8(ascii: "\\")) }
      isEscaped = byte == UInt8(ascii: "\\") && !isEscaped
      if byte == 0x0A, tex.last == 0x0A { continue }
      tex.append(byte)
    }
    return Gate.safe(String(decoding: tex, as: UTF8.self))
  }

  private static func styled(_ tex: String, _ style: Style) -> String {
    var tex = tex
    if style.attributes.contains(.bold) { tex = "\\textbf{\(tex)}" }
    if style.attributes.contains(.italic) { tex = "\\emph{\(tex)}" }
    if style.attributes.contains(.strike) { tex = "\\sout{\(tex)}" }
    return tex
  }

  /// Words in which nothing is a command.
  static func escaped(_ text: String) -> String {
    var tex = ""
    for scalar in Gate.safe(text, keeping: []).unicodeScalars {
      switch scalar {
      case "\\": tex += "\\textbackslash{}"
      case "^": tex += "\\textasciicircum{}"
      case "~": tex += "\\textasciitilde{}"
      case "#", "$", "%", "&", "_", "{", "}": tex += "\\" + String(scalar)
      case "<": tex += "\\textless{}"
      case ">": tex += "\\textgreater{}"
      default: tex.unicodeScalars.append(scalar)
      }
    }
    return tex
  }
}

extension String {
  fileprivate func replacing(_ old: Character, by new: String) -> String {
    map { $0 == old ? new : String($0) }.joined()
  }
}

// Writes a document as Markdown again, with the marks in their places.
//
// Formulas keep their source, between the dollar signs that most readers of Markdown know, with `<`
// and `>` spelt `\lt` and `\gt`, and never look like a link. A backtick in one becomes a quotation
// mark: readers look for code before formulas, and it would pair with that of a code behind it. In words
// every character that could begin markup is escaped, and the address of a link stands beside it as
// words: nothing of the source becomes HTML or a link.

extension Document {
  /// The text as Markdown, marks behind their claims.
  public func markdown(marks: [Mark] = []) -> String {
    let shares = marks.shared(by: blocks.map(\.start))
    var text = ""
    for (index, block) in blocks.enumerated() {
      let isTight = index > 0 && MarkdownWriter.joins(blocks[index - 1], block)
      text += (index == 0 ? "" : isTight ? "\n" : "\n\n")
      text += MarkdownWriter.block(block, shares[index])
    }
    if blocks.isEmpty { text = MarkdownWriter.notes(marks).drop { $0 == " " }.description }
    return text.isEmpty ? "" : text + "\n"
  }
}

/// The text as Markdown; see `Document.markdown`.
public func markdown(_ source: String, marks: [Mark] = []) -> String {
  Document(source).markdown(marks: marks)
}

/// Words in which nothing is markup, for a Markdown file.
public func markdownWords(_ text: String) -> String {
  MarkdownWriter.escaped(text)
}

enum MarkdownWriter {
  /// A line end that readers of Markdown keep; without the blanks they would join the lines.
  private static let hardBreak = "  \n"

  /// Whether no blank line stands between two blocks: items of one list.
  static func joins(_ first: Block, _ second: Block) -> Bool {
    if case .item = first.kind, case .item = second.kind { return !second.isSpaced }
    return false
  }

  static func block(_ block: Block, _ marks: [Mark]) -> String {
    let words = words(block.passage, marks)
    switch block.kind {
    case .paragraph: return words
    case .heading(let level):
      return String(repeating: "#", count: min(level + 2, 6)) + " " + oneLine(words)
    case .item(let marker):
      let indent = String(repeating: " ", count: block.indent)
      return indent + marker + " " + words.replacing("\n", by: "\n\(indent)  ")
    case .quote: return "> " + words.replacing("\n", by: "\n> ")
    case .code, .table:
      let text = block.passage.text(0..<block.passage.count, keeping: [.newline, .tab])
      return fenced(text) + (marks.isEmpty ? "" : "\n\n" + notes(marks).dropFirst())
    case .rule: return "---" + notes(marks)
    }
  }

  static func notes(_ marks: [Mark]) -> String {
    marks.map { " " + escaped($0.sign.plain) }.joined()
  }

  /// Between fences that are longer than any in the text.
  private static func fenced(_ text: String) -> String {
    let fence = String(repeating: "`", count: max(longestRun(in: text), 2) + 1)
    return "\(fence)\n\(text)\(text.hasSuffix("\n") ? "" : "\n")\(fence)"
  }

  /// The most backticks in a row.
  private static func longestRun(in text: String) -> Int {
    var (longest, run) = (0, 0)
    for byte in text.utf8 {
      run = byte == UInt8(ascii: "`") ? run + 1 : 0
      longest = max(longest, run)
    }
    return longest
  }

  private static func words(_ passage: Passage, _ marks: [Mark]) -> String {
    let pieces = InlineParser(passage).pieces
    var rest = marks.sorted { $0.end < $1.end }[...]
    var text = ""
    for (index, piece) in pieces.enumerated() {
      let next = index + 1 < pieces.count ? start(of: pieces[index + 1], passage) : Int.max
      let own = Array(rest.prefix { $0.end <= next })
      rest = rest.dropFirst(own.count)
      switch piece.kind {
      case .text(let range): text += styled(cut(range, passage, own), piece.style)
      case .literal(let words, _): text += styled(escaped(words), piece.style) + notes(own)
      case .code(let range):
        text += apart(code(passage.text(range)), from: text) + notes(own)
      case .address(let range): text += " (\(escaped(passage.text(range))))" + notes(own)
      case .lineBreak: text += notes(own) + (text.hasSuffix("\n") ? "" : hardBreak)
      case .formula(let found):
        if found.isDisplay {
          if text.hasSuffix(hardBreak) { text.removeLast(hardBreak.count) }
          if !text.isEmpty, !text.hasSuffix("\n") { text += "\n" }
        }
        text +=
          apart(formula(found, passage), from: text) + notes(own) + (found.isDisplay ? "\n" : "")
      }
    }
    while text.hasSuffix("\n") || text.hasSuffix("  ") { text.removeLast() }
    return text + notes(Array(rest))
  }

  /// Text with the marks that fall into it.
  private static func cut(_ range: Range<Int>, _ passage: Passage, _ marks: [Mark]) -> String {
    var text = ""
    var from = range.lowerBound
    for mark in marks {
      var to = from
      while to < range.upperBound, passage.offset(to) < mark.end { to += 1 }
      while to < range.upperBound, passage.byte(to) & 0xC0 == 0x80 { to += 1 }
      text += escaped(passage.text(from..<to)) + notes([mark])
      from = to
    }
    return text + escaped(passage.text(from..<range.upperBound))
  }

  private static func start(of piece: Inline, _ passage: Passage) -> Int {
    switch piece.kind {
    case .text(let range), .literal(_, let range), .code(let range), .address(let range):
      passage.offset(range.lowerBound)
    case .formula(let found): passage.offset(found.outer.lowerBound)
    case .lineBreak(let index): passage.offset(index)
    }
  }

  private static func formula(_ found: FoundFormula, _ passage: Passage) -> String {
    guard MathParser.parse(passage, found.inner) != nil else {
      return code(passage.text(found.outer))
    }
    let latex = oneLine(passage.text(found.inner, keeping: .newline))
      .replacing("<", by: "\\lt ").replacing(">", by: "\\gt ").replacing("$", by: "\\$").replacing(
        "](", by: "] ("
      ).replacing("`", by: "‘")
    return found.isDisplay ? "$$\(latex)$$" : "$\(latex)$"
  }

  /// Code that stands behind a backtick, with a blank between: two runs would be read as one.
  private static func apart(_ code: String, from text: String) -> String {
    // By bytes: an accent behind a backtick makes another character of it, but no other markup.
    let tick = UInt8(ascii: "`")
    return code.utf8.first == tick && text.utf8.last == tick ? " " + code : code
  }

  /// Between more backticks than stand together in the text.
  private static func code(_ text: String) -> String {
    let text = oneLine(text)
    let longest = longestRun(in: text)
    let ticks = String(repeating: "`", count: longest + 1)
    // Nothing between two backticks would be the beginning of another code.
    if text.isEmpty { return "` `" }
    return longest == 0 ? "`\(text)`" : "\(ticks) \(text) \(ticks)"
  }

  private static func styled(_ text: String, _ style: Style) -> String {
    let words = text.drop { $0 == " " }
    if words.isEmpty { return text }
    let blanks = String(repeating: " ", count: text.count - words.count)
    var end = words
    while end.last == " " { end = end.dropLast() }
    var marked = String(end)
    if style.attributes.contains(.bold) { marked = "**\(marked)**" }
    if style.attributes.contains(.italic) { marked = "*\(marked)*" }
    if style.attributes.contains(.strike) { marked = "~~\(marked)~~" }
    return blanks + marked + String(repeating: " ", count: words.count - end.count)
  }

  private static func oneLine(_ text: String) -> String {
    text.split(separator: "\n").joined(separator: " ").drop { $0 == " " }.description
  }

  /// Words in which nothing is markup.
  static func escaped(_ text: String) -> String {
    var safe = ""
    for scalar in Gate.safe(text, keeping: []).unicodeScalars {
      switch scalar {
      case "<": safe += "&lt;"
      case ">": safe += "&gt;"
      case "&": safe += "&amp;"
      case "\\", "`", "*", "_", "[", "]", "#", "|", "~", "$": safe += "\\" + String(scalar)
      default: safe.unicodeScalars.append(scalar)
      }
    }
    return safe
  }
}

extension String {
  /// With every occurrence of some words replaced.
  fileprivate func replacing(_ old: String, by new: String) -> String {
    let (text, wanted) = (Array(utf8), Array(old.utf8))
    var bytes: [UInt8] = []
    var index = 0
    while index < text.count {
      if text[index...].starts(with: wanted) {
        bytes += new.utf8
        index += wanted.count
      } else {
        bytes.append(text[index])
        index += 1
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

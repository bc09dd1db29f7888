extension Document {
  /// The text as HTML elements for the body of a page: real MathML, everything escaped, no script, no
  /// image, and no link but to `http` and `https` addresses.
  ///
  /// A formula that is not understood stands as its source in `code`. Marks and ranges are as in
  /// `render`; their styles become classes, for which `styles` has the rules.
  public func html(marks: [Mark] = [], ranges: [StyledRange] = []) -> String {
    var writer = PageWriter(ranges: ranges)
    let shares = marks.shared(by: blocks.map(\.start))
    for (block, marks) in zip(blocks, shares) { writer.write(block, marks) }
    if blocks.isEmpty { return marks.map { "<p>\($0.text.html)</p>\n" }.joined() }
    return writer.finished()
  }

  /// The rules for the classes that `html` uses, for a page's `style` element.
  public static let styles = """
    .bold { font-weight: bold } .italic { font-style: italic } .underline { text-decoration: underline }
    .dim { opacity: 0.6 } .strike { text-decoration: line-through } .mark { white-space: nowrap }
    .reverse { background: CanvasText; color: Canvas }
    .red { color: #c02020 } .green { color: #1a7f37 } .yellow { color: #8a6100 } .blue { color: #1f5fbf }
    .magenta { color: #a0309f } .cyan { color: #0f7282 }
    @media screen and (prefers-color-scheme: dark) {
      .red { color: #ff7b72 } .green { color: #56d364 } .yellow { color: #e3b341 }
      .blue { color: #79b8ff } .magenta { color: #e38be0 } .cyan { color: #56d4dd }
    }
    math .left { text-align: left } math .right { text-align: right }
    math .boxed { border: 1px solid; padding: 0.2em 0.3em }
    math .cancel {
      background: linear-gradient(to top right, transparent 47%, currentColor 48% 52%, transparent 53%)
    }
    .paragraph { margin: 0.8em 0 } .display { overflow-x: auto; margin: 0.6em 0 }
    mtable.aligned mtd { padding: 0.2em 0 }
    pre { overflow-x: auto } table { border-collapse: collapse }
    th, td { border: 1px solid; padding: 0.2em 0.6em }
    """
}

/// The text as HTML elements; see `Document.html`.
public func html(_ source: String, marks: [Mark] = [], ranges: [StyledRange] = []) -> String {
  Document(source).html(marks: marks, ranges: ranges)
}

/// Writes blocks as HTML.
struct PageWriter {
  let ranges: [StyledRange]
  private var page = ""
  /// The lists that are open, outermost first.
  private var lists: [(indent: Int, tag: String)] = []

  init(ranges: [StyledRange]) {
    self.ranges = ranges
  }

  mutating func finished() -> String {
    closeLists(below: -1)
    return page
  }

  mutating func write(_ block: Block, _ marks: [Mark]) {
    if case .item(let marker) = block.kind {
      openItem(block, marker)
      page += words(block.passage, marks)
      return
    }
    closeLists(below: block.indent > 0 ? block.indent - 1 : -1)
    switch block.kind {
    case .paragraph: page += paragraph(words(block.passage, marks))
    case .heading(let level):
      let tag = "h\(min(level + 2, 6))"
      page += "<\(tag)>\(words(block.passage, marks))</\(tag)>\n"
    case .quote:
      page += "<blockquote>\n\(paragraph(words(block.passage, marks)))</blockquote>\n"
    case .code:
      let text = block.passage.text(0..<block.passage.count, keeping: [.newline, .tab])
      page += "<pre><code>\(escaped(text))</code></pre>\n"
      if !marks.isEmpty { page += "<p>\(notes(marks))</p>\n" }
    case .table: table(block.passage, marks)
    case .rule: page += "<hr>\n" + (marks.isEmpty ? "" : "<p>\(notes(marks))</p>\n")
    case .item: break
    }
  }

  /// A paragraph, parted where a display stands in it.
  private func paragraph(_ words: String) -> String {
    "<div class=\"paragraph\">\(words)</div>\n"
  }

  private func notes(_ marks: [Mark]) -> String {
    marks.map { "<span class=\"mark\">\($0.sign.html)</span>" }.joined(separator: " ")
  }

  // MARK: Lists

  private mutating func openItem(_ block: Block, _ marker: String) {
    closeLists(below: block.indent)
    let isOrdered = marker.count > 1
    let tag = isOrdered ? "ol" : "ul"
    if let last = lists.last, last.indent == block.indent, last.tag != tag { closeList() }
    if let last = lists.last, last.indent == block.indent {
      page += "</li>\n"
    } else {
      page += "<\(tag)>\n"
      lists.append((block.indent, tag))
    }
    let number = marker.dropLast().allSatisfy(\.isNumber) ? Int(marker.dropLast()) : nil
    page += number.map { isOrdered ? "<li value=\"\($0)\">" : "<li>" } ?? "<li>"
  }

  private mutating func closeLists(below indent: Int) {
    while let last = lists.last, last.indent > indent { closeList() }
  }

  private mutating func closeList() {
    guard let last = lists.popLast() else { return }
    page += "</li>\n</\(last.tag)>\n"
  }

  // MARK: Tables

  private mutating func table(_ passage: Passage, _ marks: [Mark]) {
    let table = TableReader(passage)
    let places = table.rows.flatMap { $0 }
    let shares = marks.shared(by: places.map { passage.offset($0.lowerBound) })
    var index = 0
    page += "<table>\n"
    for (number, row) in table.rows.enumerated() {
      let tag = number == 0 ? "th" : "td"
      page += "<tr>"
      for range in row {
        page += "<\(tag)>\(words(passage.slice(range), shares[index]))</\(tag)>"
        index += 1
      }
      page += "</tr>\n"
    }
    page += "</table>\n"
  }
}

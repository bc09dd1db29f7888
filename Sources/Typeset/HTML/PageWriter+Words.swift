extension PageWriter {
  /// The words of a passage, with marks and styled stretches.
  func words(_ passage: Passage, _ marks: [Mark]) -> String {
    let pieces = InlineParser(passage).pieces
    var rest = marks.sorted { $0.end < $1.end }[...]
    var html = ""
    for (index, piece) in pieces.enumerated() {
      let next = index + 1 < pieces.count ? start(of: pieces[index + 1], passage) : Int.max
      let own = rest.prefix { $0.end <= next }
      rest = rest.dropFirst(own.count)
      if case .lineBreak = piece.kind, isDisplay(pieces, index - 1) || isDisplay(pieces, index + 1)
      {
        html += own.map(note).joined() + "\n"
      } else {
        html += write(piece, passage, Array(own))
      }
    }
    return html + rest.map(note).joined()
  }

  private func isDisplay(_ pieces: [Inline], _ index: Int) -> Bool {
    guard pieces.indices.contains(index), case .formula(let found) = pieces[index].kind else {
      return false
    }
    return found.isDisplay
  }

  private func start(of piece: Inline, _ passage: Passage) -> Int {
    switch piece.kind {
    case .text(let range), .literal(_, let range), .code(let range), .address(let range):
      passage.offset(range.lowerBound)
    case .formula(let found): passage.offset(found.outer.lowerBound)
    case .lineBreak(let index): passage.offset(index)
    }
  }

  private func write(_ piece: Inline, _ passage: Passage, _ marks: [Mark]) -> String {
    switch piece.kind {
    case .text(let range):
      return styled(text(range, passage, marks), piece, passage)
    case .literal(let text, let range):
      return styled(
        text.isEmpty ? "" : span(escaped(text), at: passage.offset(range.lowerBound)), piece,
        passage)
        + marks.map(note).joined()
    case .code(let range):
      let code = "<code>\(escaped(passage.text(range)))</code>"
      return span(styled(code, piece, passage), at: passage.offset(range.lowerBound))
        + marks.map(note).joined()
    case .formula(let found): return formula(found, piece, passage, marks)
    case .lineBreak: return marks.map(note).joined() + "<br>\n"
    case .address(let range):
      // The address of a link that is one already stands in the link itself.
      let text = isLinked(range, passage) ? "" : " (\(escaped(passage.text(range))))"
      return text + marks.map(note).joined()
    }
  }

  private func note(_ mark: Mark) -> String {
    guard let title = mark.title else { return " <span class=\"mark\">\(mark.sign.html)</span>" }
    return "<sup class=\"mark\"\(Mark.attributes(title))>\(mark.sign.html)</sup>"
  }

  /// Text with the marks and styled stretches that fall into it.
  private func text(_ range: Range<Int>, _ passage: Passage, _ marks: [Mark]) -> String {
    var cuts = marks.map(\.end)
    for range in ranges { cuts += [range.start, range.end] }
    let places = cuts.compactMap { index(of: $0, range, passage) }
    let bounds = Set(places + [range.lowerBound, range.upperBound]).sorted()
    var html = ""
    var rest = marks[...]
    for (from, to) in zip(bounds, bounds.dropFirst()) {
      while let mark = rest.first, mark.end <= passage.offset(from) {
        html += note(mark)
        rest = rest.dropFirst()
      }
      html += span(escaped(passage.text(from..<to, keeping: .newline)), at: passage.offset(from))
    }
    return html + rest.map(note).joined()
  }

  /// The place in the range of a source offset, moved to the start of a character; `nil` outside.
  private func index(of offset: Int, _ range: Range<Int>, _ passage: Passage) -> Int? {
    guard passage.offset(range.lowerBound) < offset, offset <= passage.offset(range.upperBound)
    else {
      return nil
    }
    var index = range.upperBound
    for place in range where passage.offset(place) >= offset {
      index = place
      break
    }
    while index < range.upperBound, passage.byte(index) & 0xC0 == 0x80 { index += 1 }
    return index
  }

  /// The HTML in the styles of the ranges an offset lies in.
  private func span(_ html: String, at offset: Int) -> String {
    let style = ranges.reduce(Style.plain) {
      $1.start <= offset && offset < $1.end ? $0 + $1.style : $0
    }
    if style == .plain || html.isEmpty { return html }
    return "<span class=\"\(style.names.joined(separator: " "))\">\(html)</span>"
  }

  private func styled(_ html: String, _ piece: Inline, _ passage: Passage) -> String {
    var html = html
    let attributes = piece.style.attributes
    if attributes.contains(.bold) { html = "<strong>\(html)</strong>" }
    if attributes.contains(.italic) { html = "<em>\(html)</em>" }
    if attributes.contains(.strike) { html = "<s>\(html)</s>" }
    if let link = piece.link {
      if isLinked(link, passage) {
        let address = escaped(passage.text(link))
        html = "<a href=\"\(address)\" rel=\"noopener noreferrer\">\(html)</a>"
      }
    } else if attributes.contains(.underline) {
      html = "<u>\(html)</u>"
    }
    return html
  }

  /// Whether the address may be a link.
  private func isLinked(_ range: Range<Int>, _ passage: Passage) -> Bool {
    passage.has("http://", at: range.lowerBound) || passage.has("https://", at: range.lowerBound)
  }

  private func formula(
    _ found: FoundFormula, _ piece: Inline, _ passage: Passage, _ marks: [Mark]
  ) -> String {
    let end = passage.offset(found.outer.upperBound)
    let inner = marks.filter { $0.end <= end }
    let outer = marks.filter { $0.end > end }
    var html: String
    if let node = MathParser.parse(passage, found.inner) {
      let latex = passage.text(found.inner, keeping: [.newline])
      html =
        found.isDisplay
        ? MathML(marks: inner).display(node, latex: latex)
        : MathML(marks: inner).element(node, latex: latex, isDisplay: false)
    } else {
      html =
        "<code>\(escaped(passage.text(found.outer, keeping: [.newline])))</code>"
        + inner.map(note).joined()
    }
    if piece.style.attributes.contains(.bold) { html = "<strong>\(html)</strong>" }
    html = span(html, at: passage.offset(found.inner.lowerBound))
    if found.isDisplay { html = "<div class=\"display\">\(html)</div>" }
    return html + outer.map(note).joined()
  }
}

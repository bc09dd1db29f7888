/// Sets blocks for one kind of terminal: rows of glyphs, none wider than the ink.
struct BlockSetter {
  let ink: Ink
  var ranges: [StyledRange] = []

  private var math: MathSetter { MathSetter(ink: ink) }

  init(ink: Ink, ranges: [StyledRange] = []) {
    self.ink = ink
    self.ranges = ranges
  }

  /// A part of a paragraph: a line of words or a display.
  private struct Unit {
    enum Kind {
      case flow(Flow)
      case display([DisplayRow])
    }

    var kind: Kind
    var start: Int

    var isTall: Bool {
      if case .display(let rows) = kind {
        return rows.count > 1 || rows.contains { $0.box.height > 1 }
      }
      return false
    }
  }

  /// The rows of a block.
  func rows(of block: Block, marks: [Mark] = []) -> [[Glyph]] {
    let margin = blanks(min(block.indent, ink.width / 4))
    switch block.kind {
    case .paragraph:
      return paragraph(block.passage, first: margin, rest: margin, marks: marks)
    case .heading(let level):
      let style: Style = level == 1 ? .bold + .underline : .bold
      let hashes = ink.colour ? [] : ink.glyphs(String(repeating: "#", count: level) + " ")
      return paragraph(
        block.passage, style: style, first: hashes, rest: blanks(hashes.count), marks: marks)
    case .item(let marker):
      let sign = marker.count == 1 ? (ink.unicode ? "•" : "-") : marker
      let first = margin + ink.glyphs(Gate.safe(sign, keeping: []) + " ", at: -1)
      return paragraph(block.passage, first: first, rest: blanks(first.columns), marks: marks)
    case .quote:
      let bar = margin + ink.glyphs(ink.unicode ? "│ " : "> ", style: .dim, at: -1)
      return paragraph(block.passage, first: bar, rest: bar, marks: marks)
    case .code: return code(block.passage, margin: margin + blanks(2), marks: marks)
    case .table: return TableSetter(setter: self).rows(of: block, margin: margin, marks: marks)
    case .rule:
      let dash = Glyph(ink.unicode ? "─" : "-", style: .dim, at: block.start)
      return [[Glyph](repeating: dash, count: min(ink.width, 40))]
    }
  }

  /// Whether a passage of prose has anything to show.
  func isBlank(_ passage: Passage) -> Bool {
    units(passage, style: .plain, width: ink.width).isEmpty
  }

  // MARK: Paragraphs

  private func paragraph(
    _ passage: Passage, style: Style = .plain, first: [Glyph], rest: [Glyph], marks: [Mark]
  ) -> [[Glyph]] {
    let units = units(passage, style: style, width: ink.width - rest.columns)
    if units.isEmpty {
      let flow = Flow(start: passage.start)
      return wrap(flow.marked(marks, ink), width: ink.width, first: first, rest: rest)
    }
    let shares = marks.shared(by: units.map(\.start))
    var rows: [[Glyph]] = []
    for (index, unit) in units.enumerated() {
      if index > 0, unit.isTall || units[index - 1].isTall { rows.append(trimmed(rest)) }
      switch unit.kind {
      case .flow(let flow):
        rows += wrap(
          ranges.styled(flow.marked(shares[index], ink)), width: ink.width,
          first: index == 0 ? first : rest, rest: rest)
      case .display(let display):
        if index == 0, first != rest { rows.append(first) }
        rows += set(display, margin: rest, marks: shares[index])
      }
    }
    return rows
  }

  private func trimmed(_ row: [Glyph]) -> [Glyph] {
    row.allSatisfy(\.isBlank) ? [] : row
  }

  /// The rows of a display, each with its marks behind it.
  private func set(_ display: [DisplayRow], margin: [Glyph], marks: [Mark]) -> [[Glyph]] {
    var shares = [[Mark]](repeating: [], count: display.count)
    for mark in marks {
      shares[display.firstIndex { mark.end <= $0.end } ?? display.count - 1].append(mark)
    }
    let inset = margin + blanks(inset)
    var rows: [[Glyph]] = []
    for line in MathView.lines(display) {
      let row = line.glyphs.isEmpty ? trimmed(margin) : inset + ranges.styled(line.glyphs)
      guard let index = line.row, !shares[index].isEmpty else {
        rows.append(row)
        continue
      }
      let note = shares[index].map { $0.sign.glyphs(ink, at: -1) }.joined(separator: [.space])
      let gap = row.last?.isBlank == true && row.count > inset.count ? 1 : 2
      if row.columns + gap + Array(note).columns <= ink.width {
        rows.append(row + blanks(gap) + note)
      } else {
        rows.append(row)
        rows += wrap(Array(note), width: ink.width, first: inset, rest: inset)
      }
    }
    return rows
  }

  /// How far a display is set in.
  private var inset: Int { ink.width < 60 ? 2 : 4 }

  /// The words and displays of a passage.
  private func units(_ passage: Passage, style: Style, width: Int) -> [Unit] {
    let parser = InlineParser(passage)
    var units: [Unit] = []
    var flow = Flow(start: passage.start)
    var displayEnd: Int?
    func settle(next: Int) {
      while flow.glyphs.last?.isBlank == true,
        flow.formulas.last?.place.upperBound != flow.glyphs.count
      {
        flow.glyphs.removeLast()
      }
      if !flow.glyphs.isEmpty { units.append(Unit(kind: .flow(flow), start: flow.start)) }
      flow = Flow(start: next)
    }
    for piece in parser.pieces {
      switch piece.kind {
      case .formula(let found) where found.isDisplay:
        settle(next: passage.offset(found.outer.upperBound))
        displayEnd = found.outer.upperBound
        let rows = display(found, in: passage, width: width - inset)
        units.append(Unit(kind: .display(rows), start: passage.offset(found.outer.lowerBound)))
      case .lineBreak(let index): settle(next: passage.offset(index + 1))
      case .text(let range):
        var glyphs = passage.glyphs(range, style: style + piece.style, ink: ink)
        if flow.glyphs.isEmpty {
          if case .display(let rows)? = units.last?.kind, let row = rows.last,
            displayEnd == range.lowerBound
          {
            let stops = glyphs.prefix { ".,;:".contains($0.character) }
            let next = glyphs.dropFirst(stops.count).first
            let hasRoom = row.box.width + Array(stops).columns <= width - inset
            if !stops.isEmpty, hasRoom, next == nil || next?.isBlank == true {
              units[units.count - 1].kind = .display(
                rows.dropLast() + [row.followed(by: Array(stops))])
              glyphs.removeFirst(stops.count)
            }
          }
          glyphs = Array(glyphs.drop(while: \.isBlank))
        }
        flow.glyphs += glyphs
      default: flow.append(piece, passage, style: style, math: math)
      }
    }
    settle(next: passage.end)
    return units
  }

  private func display(_ found: FoundFormula, in passage: Passage, width: Int) -> [DisplayRow] {
    if let node = MathParser.parse(passage, found.inner) {
      let rows = math.display(node, width: width)
      if !rows.isEmpty { return rows }
    }
    var rows: [DisplayRow] = []
    var start = found.outer.lowerBound
    for line in passage.bytes[found.outer].split(separator: 0x0A, omittingEmptySubsequences: true) {
      start = line.startIndex
      let glyphs = passage.glyphs(start..<line.endIndex, style: .plain, ink: ink)
      for row in wrap(glyphs, width: width) {
        rows.append(DisplayRow(box: MathBox(row), end: passage.offset(line.endIndex)))
      }
    }
    return rows
  }

  /// The words of a short passage, such as a table's cell, on one line.
  func flow(_ passage: Passage, style: Style = .plain) -> Flow {
    var flow = Flow(start: passage.start)
    for piece in InlineParser(passage).pieces {
      switch piece.kind {
      case .text(let range):
        flow.glyphs += passage.glyphs(range, style: style + piece.style, ink: ink)
      case .lineBreak: flow.glyphs.append(.space)
      default: flow.append(piece, passage, style: style, math: math)
      }
    }
    return flow
  }

  // MARK: Code

  private func code(_ passage: Passage, margin: [Glyph], marks: [Mark]) -> [[Glyph]] {
    var rows: [[Glyph]] = []
    var lines: [Range<Int>] = []
    var start = 0
    for index in 0...passage.count where index == passage.count || passage.byte(index) == 0x0A {
      lines.append(start..<index)
      start = index + 1
    }
    let shares = marks.shared(by: lines.map { passage.offset($0.lowerBound) })
    for (line, marks) in zip(lines, shares) {
      var glyphs: [Glyph] = []
      for part in passage.bytes[line].split(separator: 0x09, omittingEmptySubsequences: false) {
        if part.startIndex > line.lowerBound { glyphs += blanks(4 - glyphs.columns % 4) }
        glyphs += passage.glyphs(part.startIndex..<part.endIndex, style: .cyan, ink: ink)
      }
      let room = ink.width - margin.count
      var row: [Glyph] = []
      var filled = 0
      for glyph in ranges.styled(glyphs) {
        if filled + glyph.width > room {
          rows.append(margin + row)
          row = []
          filled = 0
        }
        row.append(glyph)
        filled += glyph.width
      }
      let flow = Flow(glyphs: row, start: passage.offset(line.lowerBound))
      rows += wrap(flow.marked(marks, ink).tied, width: ink.width, first: margin, rest: margin)
    }
    return rows
  }
}

extension DisplayRow {
  /// The row with punctuation level with its baseline.
  func followed(by stops: [Glyph]) -> DisplayRow {
    var row = self
    row.box = .side(by: [box, MathBox(stops)])
    return row
  }
}

extension Flow {
  /// Adds a piece other than text, a line break or a display.
  mutating func append(_ piece: Inline, _ passage: Passage, style: Style, math: MathSetter) {
    let ink = math.ink
    let style = style + piece.style
    switch piece.kind {
    case .literal(let text, let range):
      glyphs += ink.glyphs(
        Gate.safe(text, keeping: []), style: style, at: passage.offset(range.lowerBound))
    case .code(let range):
      glyphs += passage.glyphs(range, style: style + .cyan, ink: ink)
    case .address(let range):
      glyphs += ink.glyphs(" (", style: style + .dim, at: passage.offset(range.lowerBound))
      glyphs += passage.glyphs(range, style: style + .dim, ink: ink)
      glyphs += ink.glyphs(")", style: style + .dim, at: passage.offset(range.upperBound))
    case .formula(let found): appendFormula(found, passage, style: style, math: math)
    case .text, .lineBreak: break
    }
  }

  private mutating func appendFormula(
    _ found: FoundFormula, _ passage: Passage, style: Style, math: MathSetter
  ) {
    let from = glyphs.count
    var row: [Glyph]
    var stops: [(end: Int, index: Int)] = []
    if let node = MathParser.parse(passage, found.inner) {
      (row, stops) = math.lineWithStops(node)
    } else {
      row = passage.glyphs(found.outer, style: .plain, ink: math.ink)
    }
    row = math.tied(row)
    glyphs += style == .plain ? row : row.map { $0.adding(style) }
    formulas.append(
      Formula(
        place: from..<glyphs.count, start: passage.offset(found.outer.lowerBound),
        end: passage.offset(found.outer.upperBound),
        stops: stops.map { ($0.end, $0.index + from) }))
  }
}

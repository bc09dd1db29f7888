// Reads the words of one block: formulas first, then code, emphasis, links, escapes.
//
// Emphasis follows CommonMark's flanking rules, made stricter for arithmetic: an asterisk or
// underscore beside a letter or a digit opens nothing ("2*3*4", "x_1"), and emphasis, code and links
// end with their line. A link needs an address with a scheme or a path, so `[2](3)` stays a product.

struct InlineParser {
  let passage: Passage
  private let finder: FormulaFinder
  private(set) var pieces: [Inline] = []
  /// Where the first thing opens that more text might close.
  private(set) var firstOpen: Int
  /// Formulas in which no closer of emphasis was looked for: cut off within one, the text reads otherwise.
  private(set) var skipped: [Range<Int>] = []
  /// Delimiters known to have no closer from a place on, by their spelling.
  private var hopeless: [String: Range<Int>] = [:]
  private var depth = 0
  /// The rest of the line that was looked at last.
  private var lastLine = 0..<0

  private static let deepest = 6
  /// Code that reaches further than this hides no closer of emphasis, in bytes.
  private static let longestCode = 1000
  /// Longer addresses than this are none, in bytes.
  private static let longestAddress = 2000

  /// Reads a whole passage.
  init(_ passage: Passage) {
    self.passage = passage
    finder = FormulaFinder(passage)
    firstOpen = passage.count
    parse(0..<passage.count, style: .plain, link: nil)
  }

  private mutating func parse(_ range: Range<Int>, style: Style, link: Range<Int>?) {
    depth += 1
    defer { depth -= 1 }
    var index = range.lowerBound
    var textStart = index
    func flush(_ stop: Int, _ pieces: inout [Inline]) {
      if textStart < stop {
        let isNested = depth > 1
        pieces.append(
          Inline(kind: .text(textStart..<stop), style: style, link: link, isNested: isNested))
      }
    }
    while index < range.upperBound {
      guard InlineParser.isSpecial(passage.byte(index)) else {
        index += 1
        continue
      }
      let before = pieces.count
      let mark = index
      guard let next = special(at: index, range, style: style, link: link) else {
        let isPair = passage.byte(index) == UInt8(ascii: "\\") && passage.byte(index + 1) > 0x20
        index = min(index + (isPair ? 2 : 1), range.upperBound)
        continue
      }
      var added = Array(pieces[before...])
      if depth > 1 { for index in added.indices { added[index].isNested = true } }
      pieces.removeSubrange(before...)
      flush(mark, &pieces)
      pieces += added
      index = next
      textStart = next
    }
    flush(range.upperBound, &pieces)
  }

  private static func isSpecial(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "\\"), UInt8(ascii: "$"), UInt8(ascii: "`"), UInt8(ascii: "*"),
      UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "["), UInt8(ascii: "!"),
      UInt8(ascii: "<"), UInt8(ascii: "&"), 0x0A:
      true
    default: false
    }
  }

  /// What starts here, appended to the pieces; the place behind it, or `nil` if nothing does.
  private mutating func special(
    at index: Int, _ range: Range<Int>, style: Style, link: Range<Int>?
  ) -> Int? {
    switch passage.byte(index) {
    case 0x0A:
      pieces.append(Inline(kind: .lineBreak(index), style: style, link: nil))
      return index + 1
    case UInt8(ascii: "\\"), UInt8(ascii: "$"):
      switch finder.formula(at: index) {
      case .found(let formula) where formula.outer.upperBound <= range.upperBound:
        pieces.append(Inline(kind: .formula(formula), style: style, link: link))
        return formula.outer.upperBound
      case .open: firstOpen = min(firstOpen, index)
      default: break
      }
      if passage.byte(index) == UInt8(ascii: "$") { return nil }
      return escape(at: index, range, style: style, link: link)
    case UInt8(ascii: "`"): return code(at: index, range, style: style, link: link)
    case UInt8(ascii: "*"), UInt8(ascii: "_"), UInt8(ascii: "~"):
      return emphasis(at: index, range, style: style, link: link)
    case UInt8(ascii: "["), UInt8(ascii: "!"):
      return bracket(at: index, range, style: style, link: link)
    case UInt8(ascii: "<"): return angle(at: index, range, style: style)
    case UInt8(ascii: "&"): return entity(at: index, range, style: style, link: link)
    default: return nil
    }
  }

  /// The end of the line, which ends emphasis, code and links.
  private mutating func lineEnd(from index: Int, in range: Range<Int>) -> Int {
    if !lastLine.contains(index) {
      var place = index
      while place < passage.count, passage.bytes[place] != 0x0A { place += 1 }
      lastLine = index..<place
    }
    return min(lastLine.upperBound, range.upperBound)
  }

  // MARK: Escapes and entities

  private mutating func escape(
    at index: Int, _ range: Range<Int>, style: Style, link: Range<Int>?
  ) -> Int? {
    guard index + 1 < range.upperBound else { return nil }
    let next = passage.byte(index + 1)
    let commands: [(StaticString, Style)] = [
      ("\\textbf{", .bold), ("\\emph{", .italic), ("\\textit{", .italic),
      ("\\underline{", .underline), ("\\text{", .plain),
    ]
    for (command, more) in commands where passage.has(command, at: index) && depth < Self.deepest {
      let open = index + command.utf8CodeUnitCount - 1
      guard let close = finder.closingBrace(from: open), close < range.upperBound else {
        firstOpen = min(firstOpen, index)
        return nil
      }
      parse(open + 1..<close, style: style + more, link: link)
      return close + 1
    }
    // `\(` and `\[` without an end stay as they are; so does a doubled backslash.
    let plain = Array("!\"#$%&'*+,-./:;<=>?@]^_`{|}~".utf8)
    guard plain.contains(next) else { return nil }
    pieces.append(Inline(kind: .text(index + 1..<index + 2), style: style, link: link))
    return index + 2
  }

  private mutating func entity(
    at index: Int, _ range: Range<Int>, style: Style, link: Range<Int>?
  ) -> Int? {
    let entities: [(StaticString, String)] = [
      ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"), ("&quot;", "\""), ("&#39;", "'"),
      ("&nbsp;", " "), ("&times;", "×"), ("&minus;", "−"), ("&le;", "≤"), ("&ge;", "≥"),
    ]
    for (name, text) in entities where passage.has(name, at: index) {
      let end = index + name.utf8CodeUnitCount
      guard end <= range.upperBound else { return nil }
      pieces.append(Inline(kind: .literal(text, index..<end), style: style, link: link))
      return end
    }
    return nil
  }

  // MARK: Code

  private mutating func code(
    at index: Int, _ range: Range<Int>, style: Style, link: Range<Int>?
  ) -> Int? {
    let stop = lineEnd(from: index, in: range)
    let ticks = run(at: index, to: stop)
    let key = "`\(ticks)"
    if isHopeless(key, index, stop) { return nil }
    var place = index + ticks
    while place < stop {
      guard passage.byte(place) == UInt8(ascii: "`") else {
        place += 1
        continue
      }
      let run = run(at: place, to: stop)
      if run == ticks {
        var inner = index + ticks..<place
        if inner.count > 2, passage.byte(inner.lowerBound) == 0x20,
          passage.byte(inner.upperBound - 1) == 0x20
        {
          inner = inner.lowerBound + 1..<inner.upperBound - 1
        }
        pieces.append(Inline(kind: .code(inner), style: style, link: link))
        return place + ticks
      }
      place += run
    }
    giveUp(key, from: index, to: stop)
    // The run of ticks is text as a whole.
    pieces.append(Inline(kind: .text(index..<index + ticks), style: style, link: link))
    return index + ticks
  }

  private func isHopeless(_ key: String, _ index: Int, _ stop: Int) -> Bool {
    guard let known = hopeless[key] else { return false }
    return known.lowerBound <= index && stop <= known.upperBound
  }

  private mutating func giveUp(_ key: String, from index: Int, to stop: Int) {
    hopeless[key] = index..<stop
    if stop == passage.count { firstOpen = min(firstOpen, index) }
  }

  // MARK: Emphasis

  private mutating func emphasis(
    at index: Int, _ range: Range<Int>, style: Style, link: Range<Int>?
  ) -> Int? {
    let sign = passage.byte(index)
    let stop = lineEnd(from: index, in: range)
    let run = run(at: index, to: stop)
    let asText = Inline(kind: .text(index..<index + run), style: style, link: link)
    let next = index + run < stop ? passage.byte(index + run) : 0x20
    let isOpening = !isBlank(next) && !isWord(before: index)
    guard run <= 3, isOpening, depth < Self.deepest, sign != UInt8(ascii: "~") || run == 2 else {
      if index + run == passage.count { firstOpen = min(firstOpen, index) }
      pieces.append(asText)
      return index + run
    }
    guard let close = closer(of: sign, run, from: index + run, to: stop) else {
      pieces.append(asText)
      return index + run
    }
    let more: Style =
      sign == UInt8(ascii: "~") ? .strike : run == 1 ? .italic : run == 2 ? .bold : .bold + .italic
    parse(index + run..<close, style: style + more, link: link)
    return close + run
  }

  /// Where a run of the same length ends what was opened.
  private mutating func closer(of sign: UInt8, _ run: Int, from start: Int, to stop: Int) -> Int? {
    let key = "\(sign) \(run)"
    if isHopeless(key, start, stop) { return nil }
    var place = start
    while place < stop {
      let byte = passage.byte(place)
      if byte == UInt8(ascii: "\\") || byte == UInt8(ascii: "$") {
        switch finder.formula(at: place) {
        case .found(let formula):
          skipped.append(formula.outer)
          place = formula.outer.upperBound
          continue
        // What closes it may come on a later line, behind what looks like the closer.
        case .open: firstOpen = min(firstOpen, start - run)
        default: break
        }
        place += byte == UInt8(ascii: "\\") ? 2 : 1
        continue
      }
      if byte == UInt8(ascii: "`") {
        if let end = codeEnd(from: place, to: stop) {
          place = end
        } else {
          // More text may make code of this, with what looks like the closer in it.
          if stop == passage.count, stop - place < Self.longestCode {
            firstOpen = min(firstOpen, start - run)
          }
          // The run is text as a whole, as `code` has it.
          place += self.run(at: place, to: stop)
        }
        continue
      }
      guard byte == sign else {
        place += 1
        continue
      }
      let length = self.run(at: place, to: stop)
      let isClosing = !isBlank(passage.byte(place - 1))
      let after = place + length < stop ? passage.byte(place + length) : 0x20
      let isFree = run > 1 || !isAlphanumeric(after)
      if length == run || length == 3 && run < 3, isClosing, isFree {
        return length == run ? place : place + length - run
      }
      place += length
    }
    giveUp(key, from: start, to: stop)
    if stop == passage.count { firstOpen = min(firstOpen, start - run) }
    return nil
  }

  private func codeEnd(from index: Int, to stop: Int) -> Int? {
    let ticks = run(at: index, to: stop)
    var place = index + ticks
    var run = 0
    while place < stop, place - index < Self.longestCode {
      run = passage.byte(place) == UInt8(ascii: "`") ? run + 1 : 0
      place += 1
      if run == ticks, passage.byte(place) != UInt8(ascii: "`") { return place }
    }
    return nil
  }

  /// How often the byte at a place stands there in a row.
  private func run(at index: Int, to stop: Int) -> Int {
    var length = 0
    while index + length < stop, passage.byte(index + length) == passage.byte(index) { length += 1 }
    return length
  }

  private func isBlank(_ byte: UInt8) -> Bool { byte <= 0x20 }

  private func isAlphanumeric(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "A")...UInt8(ascii: "Z"), 0x80...:
      true
    default: false
    }
  }

  /// Whether a factor stands before: then a sign is an operator.
  private func isWord(before index: Int) -> Bool {
    index > 0
      && (isAlphanumeric(passage.byte(index - 1)) || passage.byte(index - 1) == UInt8(ascii: ")"))
  }

  // MARK: Links

  private mutating func bracket(
    at index: Int, _ range: Range<Int>, style: Style, link: Range<Int>?
  ) -> Int? {
    let isImage = passage.byte(index) == UInt8(ascii: "!")
    let open = isImage ? index + 1 : index
    guard passage.byte(open) == UInt8(ascii: "["), link == nil, depth < Self.deepest else {
      return nil
    }
    let stop = lineEnd(from: index, in: range)
    if isHopeless("[", index, stop) { return nil }
    var place = open + 1
    while place + 1 < stop, !passage.has("](", at: place) {
      if passage.byte(place) == UInt8(ascii: "\\") { place += 1 }
      place += 1
    }
    guard place + 1 < stop else {
      giveUp("[", from: index, to: stop)
      return nil
    }
    var close = place + 2
    let last = min(stop, close + Self.longestAddress)
    while close < last, passage.byte(close) != UInt8(ascii: ")"), !isBlank(passage.byte(close)) {
      close += 1
    }
    guard close < stop, passage.byte(close) == UInt8(ascii: ")") else {
      if close == passage.count { firstOpen = min(firstOpen, index) }
      return nil
    }
    let address = place + 2..<close
    guard isAddress(address) else { return nil }
    parse(open + 1..<place, style: style + .underline, link: address)
    let isSame = passage.bytes[open + 1..<place].elementsEqual(passage.bytes[address])
    if !isSame {
      pieces.append(Inline(kind: .address(address), style: style, link: nil))
    }
    return close + 1
  }

  private func isAddress(_ range: Range<Int>) -> Bool {
    let text = String(decoding: passage.bytes[range], as: UTF8.self)
    return [
      "http://", "https://", "mailto:", "/", "./", "../", "#", "www.", "javascript:", "data:",
    ]
    .contains { text.hasPrefix($0) }
  }

  private mutating func angle(at index: Int, _ range: Range<Int>, style: Style) -> Int? {
    for tag in ["<br>", "<br/>", "<br />"] as [StaticString] where passage.has(tag, at: index) {
      let end = index + tag.utf8CodeUnitCount
      guard end <= range.upperBound else { return nil }
      pieces.append(Inline(kind: .lineBreak(index), style: style, link: nil))
      return end
    }
    guard passage.has("<http://", at: index) || passage.has("<https://", at: index) else {
      return nil
    }
    var close = index + 1
    let last = min(range.upperBound, close + Self.longestAddress)
    while close < last, passage.byte(close) != UInt8(ascii: ">"),
      !isBlank(passage.byte(close))
    {
      close += 1
    }
    guard close < range.upperBound, passage.byte(close) == UInt8(ascii: ">") else { return nil }
    pieces.append(
      Inline(kind: .text(index + 1..<close), style: style + .underline, link: index + 1..<close))
    return close + 1
  }
}

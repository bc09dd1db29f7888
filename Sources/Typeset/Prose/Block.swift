/// A block of a document: what a blank line or a marker ends.
struct Block: Sendable {
  enum Kind: Hashable {
    case paragraph
    case heading(Int)
    /// A list item with its marker, such as `-` or `2.`.
    case item(String)
    case quote
    case code
    case table
    case rule
  }

  var kind: Kind
  /// The words without the block's markers, lines parted by line feeds.
  var passage: Passage
  /// The UTF-8 offset of the block's first byte.
  var start: Int
  /// How far the block is set in, in columns.
  var indent = 0
  /// Whether a blank line stands before it.
  var isSpaced = false
}

/// Parts a text into blocks, line by line.
///
/// A block is handed out as soon as a line ends it, and it never changes after that. Which kind a line
/// starts is seen from its first bytes, but for a rule and for a table, whose second line decides.
struct BlockScanner: Sendable {
  private(set) var open: Block?
  private var fence: (mark: UInt8, length: Int, indent: Int)?
  private var isFigure = false
  /// What the open block's unfinished formula waits for.
  private var formulaEnd: String?
  private var formulaLines = 0
  private var isTableCertain = false
  private var hasBlank = false
  private var listIndent: Int?
  private var hasLine = false
  /// The source offset of index 0 of the line being read.
  private var base = 0

  /// A formula of more lines than this is taken for prose.
  private static let mostFormulaLines = 60

  /// Whether lines so far end in a code block or figure.
  var isCode: Bool { fence != nil || isFigure }

  /// Whether lines so far end in an unfinished display.
  var isInFormula: Bool { formulaEnd != nil }

  /// The blocks that a line, without its line feed, ends.
  mutating func add(_ line: ArraySlice<UInt8>, at offset: Int) -> [Block] {
    var done: [Block] = []
    base = offset - line.startIndex
    let line = line.dropLast(line.reversed().prefix { $0 == 0x0D }.count)
    if isCode {
      addCode(line, &done)
      return done
    }
    if formulaEnd != nil {
      formulaLines += 1
      if formulaLines <= Self.mostFormulaLines {
        extend(line)
        return done
      }
      formulaEnd = nil
    }
    let (indent, body) = BlockScanner.split(line)
    if body.isEmpty {
      close(&done)
      hasBlank = true
    } else {
      start(body, indent: indent, &done)
    }
    return done
  }

  /// The last block.
  mutating func finish() -> [Block] {
    var done: [Block] = []
    close(&done)
    return done
  }

  // MARK: Lines

  private mutating func start(_ body: ArraySlice<UInt8>, indent: Int, _ done: inout [Block]) {
    let first = body.first ?? 0
    if let length = BlockScanner.fence(body) {
      begin(.code, body, words: body.suffix(0), indent: listed(indent), &done)
      hasLine = false
      fence = (first, length, indent)
    } else if BlockScanner.has(body, "[asy]") {
      begin(.code, body, words: body, indent: listed(indent), &done)
      isFigure = !BlockScanner.contains(body, "[/asy]")
      if !isFigure { close(&done) }
    } else if let level = BlockScanner.heading(body) {
      listIndent = nil
      let words = BlockScanner.headingWords(body.dropFirst(level))
      begin(.heading(level), body, words: words, indent: 0, &done)
      close(&done)
    } else if BlockScanner.isRule(body) {
      begin(.rule, body, words: body.suffix(0), indent: 0, &done)
      close(&done)
    } else if first == UInt8(ascii: ">") {
      let words = body.dropFirst(body.dropFirst().first == 0x20 ? 2 : 1)
      if open?.kind == .quote {
        extend(words)
      } else {
        begin(.quote, body, words: words, indent: listed(indent), &done)
      }
    } else if let marker = BlockScanner.marker(body) {
      let words = body.dropFirst(marker.utf8.count).drop { $0 == 0x20 || $0 == 0x09 }
      begin(.item(marker), body, words: words, indent: min(indent, 12), &done)
      listIndent = min(indent, 12) + marker.utf8.count + 1
    } else if first == UInt8(ascii: "|") {
      row(body, indent: indent, &done)
    } else {
      paragraph(body, indent: indent, &done)
    }
  }

  private mutating func paragraph(
    _ body: ArraySlice<UInt8>, indent: Int, _ done: inout [Block]
  ) {
    switch open?.kind {
    case .paragraph, .item: extend(body)
    case .table where !isTableCertain:
      open?.kind = .paragraph
      watch(from: 0)
      extend(body)
    default:
      if indent == 0, hasBlank { listIndent = nil }
      begin(.paragraph, body, words: body, indent: listed(indent), &done)
    }
  }

  private mutating func row(_ body: ArraySlice<UInt8>, indent: Int, _ done: inout [Block]) {
    guard open?.kind == .table else {
      begin(.table, body, words: body, indent: listed(indent), &done)
      isTableCertain = false
      return
    }
    if !isTableCertain {
      isTableCertain = BlockScanner.isDelimiterRow(body)
      if !isTableCertain {
        open?.kind = .paragraph
        watch(from: 0)
      }
    }
    extend(body)
  }

  private mutating func addCode(_ line: ArraySlice<UInt8>, _ done: inout [Block]) {
    let (indent, body) = BlockScanner.split(line)
    if let fence {
      let run = body.prefix { $0 == fence.mark }.count
      if run >= fence.length, body.dropFirst(run).allSatisfy({ $0 == 0x20 }) {
        self.fence = nil
        close(&done)
      } else {
        append(line.dropFirst(min(indent, fence.indent)))
      }
    } else {
      append(line)
      if BlockScanner.contains(body, "[/asy]") {
        isFigure = false
        close(&done)
      }
    }
  }

  // MARK: The open block

  private mutating func begin(
    _ kind: Block.Kind, _ body: ArraySlice<UInt8>, words: ArraySlice<UInt8>, indent: Int,
    _ done: inout [Block]
  ) {
    close(&done)
    open = Block(
      kind: kind, passage: Passage([], at: base + words.startIndex), start: base + body.startIndex,
      indent: indent, isSpaced: hasBlank)
    hasBlank = false
    hasLine = false
    if kind == .code {
      if !words.isEmpty { append(words) }
    } else {
      extend(words)
    }
  }

  /// Adds a line of prose and sees whether a formula stays open at its end.
  private mutating func extend(_ words: ArraySlice<UInt8>) {
    let from = open?.passage.count ?? 0
    append(words)
    switch open?.kind {
    case .paragraph, .item, .quote: watch(from: from)
    default: break
    }
  }

  private mutating func append(_ words: ArraySlice<UInt8>) {
    guard var passage = open?.passage else { return }
    open?.passage = Passage()
    if hasLine { passage.append([0x0A], at: base + words.startIndex - 1) }
    passage.append(words, at: base + words.startIndex)
    open?.passage = passage
    hasLine = true
  }

  private mutating func close(_ done: inout [Block]) {
    guard var block = open else { return }
    if block.kind == .table, !isTableCertain { block.kind = .paragraph }
    done.append(block)
    open = nil
    formulaEnd = nil
    fence = nil
    isFigure = false
  }

  /// The indentation of a block that may belong to a list item above.
  private func listed(_ indent: Int) -> Int {
    guard let listIndent, indent >= 2 else { return 0 }
    return min(listIndent, 16)
  }

  /// Looks for a display that is opened but not closed in the block from a place on.
  private mutating func watch(from start: Int) {
    guard let passage = open?.passage else { return }
    var index = start
    while index < passage.count {
      if let wanted = formulaEnd {
        while index < passage.count, !BlockScanner.has(passage.bytes[index...], wanted) {
          index += 1
        }
        if index >= passage.count { return }
        index += wanted.utf8.count
        formulaEnd = nil
        continue
      }
      switch passage.byte(index) {
      case UInt8(ascii: "\\"):
        if passage.has("\\[", at: index) {
          formulaEnd = "\\]"
        } else if passage.has("\\begin{", at: index) {
          let name = passage.bytes[(index + 7)...].prefix(16).prefix { $0 != UInt8(ascii: "}") }
          let text = String(decoding: name, as: UTF8.self)
          if MathParser.displays.contains(text) { formulaEnd = "\\end{\(text)}" }
        }
        index += 2
      case UInt8(ascii: "$") where passage.byte(index + 1) == UInt8(ascii: "$"):
        formulaEnd = "$$"
        index += 2
      default: index += 1
      }
      if formulaEnd != nil { formulaLines = 0 }
    }
  }
}

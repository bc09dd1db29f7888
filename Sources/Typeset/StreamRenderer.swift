// Renders a text while it arrives.
//
// Append-only: a line is handed out once, when nothing that may still come can change it. That is a line
// of a finished block, or a line of the open one that ends before the last blank outside any formula,
// emphasis, code or link, and before anything that is opened but not closed. The lines together are
// those of the whole text, however it was cut into chunks.

/// Renders a text that arrives in chunks.
public struct StreamRenderer: Sendable {
  private var ink: Ink
  /// What the terminal has become while a block of which rows were handed out was still open.
  private var nextInk: Ink?
  private let marking: (@Sendable (String) -> [Mark])?
  /// The source so far, kept only for `marking`.
  private var source: [UInt8] = []
  private var scanner = BlockScanner()
  /// The bytes of the unfinished source line.
  private var tail: [UInt8] = []
  private var offset = 0
  /// How many rows of the blocks that are not finished yet were handed out.
  private var printed: [Int] = []
  private var hasBlock = false
  /// The bytes to be read before the open block is set again.
  private var patience = 0
  /// The bytes that came since `newPending` last gave something.
  private var unseen = 0

  /// A renderer at the start of a text.
  ///
  /// - Parameter marking: The marks in the source so far, asked for when blocks are finished; a block is then
  ///   handed out as a whole, with its marks. What it finds in a block must not hang on what comes after.
  public init(ink: Ink, marking: (@Sendable (String) -> [Mark])? = nil) {
    self.ink = ink
    self.marking = marking
  }

  /// Sets what follows for a terminal that has changed; a block that is handed out in part already
  /// goes on as it began.
  public mutating func change(to ink: Ink) {
    nextInk = ink
    takeInk()
  }

  private mutating func takeInk() {
    guard let next = nextInk, printed.allSatisfy({ $0 == 0 }) else { return }
    ink = next
    nextInk = nil
  }

  /// Takes the next chunk.
  ///
  /// - Returns: The lines that are finished now, to be printed once, in order.
  public mutating func add(_ chunk: String) -> [String] {
    var lines: [String] = []
    for byte in chunk.utf8 {
      if byte == 0x0A {
        takeLine(&lines)
      } else {
        tail.append(byte)
      }
    }
    patience -= chunk.utf8.count
    unseen += chunk.utf8.count
    if patience <= 0, marking == nil { printAhead(&lines) }
    return lines
  }

  /// The last line as far as it is known, without colours, empty where there is none; it may be
  /// redrawn. With `marking` all lines of the block that is not handed out yet, as one.
  public var pending: String {
    let plain = Ink(width: ink.width, unicode: ink.unicode)
    var copy = scanner
    let blocks = copy.add(tail[...], at: offset) + copy.finish()
    guard let last = blocks.last else { return "" }
    let rows = rows(of: last, isFirst: !hasBlock && blocks.count == 1, in: plain)
    let already = blocks.count <= printed.count ? printed[blocks.count - 1] : 0
    guard rows.count > already else { return "" }
    if marking == nil { return rows.last ?? "" }
    return rows.map { $0.drop { $0 == " " } }.joined(separator: " ").drop { $0 == " " }.description
  }

  /// What is `pending` now; `nil` while so little has come that a long block need not be set again
  /// for it.
  ///
  /// - Complexity: Asked for after every chunk, all together linear in the text.
  public mutating func newPending() -> String? {
    let block = tail.count + (scanner.open?.passage.count ?? 0)
    guard unseen >= block / 64 else { return nil }
    unseen = 0
    return pending
  }

  /// The lines that were not handed out yet: the text has ended.
  public mutating func finish() -> [String] {
    var lines: [String] = []
    if !tail.isEmpty { takeLine(&lines) }
    hand(scanner.finish(), &lines)
    self = StreamRenderer(ink: nextInk ?? ink, marking: marking)
    return lines
  }

  private mutating func takeLine(_ lines: inout [String]) {
    let blocks = scanner.add(tail[...], at: offset)
    if marking != nil { source += tail + [0x0A] }
    offset += tail.count + 1
    tail = []
    patience = 0
    hand(blocks, &lines)
  }

  private mutating func hand(_ blocks: [Block], _ lines: inout [String]) {
    guard !blocks.isEmpty else { return }
    let marks = marking?(String(decoding: source, as: UTF8.self)) ?? []
    let starts = blocks.map(\.start)
    let next = scanner.open?.start ?? Int.max
    let own = marks.filter { ($0.end > starts[0] || !hasBlock) && $0.end <= next }
    for (block, marks) in zip(blocks, own.shared(by: starts)) {
      let rows = rows(of: block, isFirst: !hasBlock, marks: marks)
      lines += rows.dropFirst(printed.first ?? 0)
      if !printed.isEmpty { printed.removeFirst() }
      hasBlock = true
    }
    takeInk()
  }

  private func rows(
    of block: Block, isFirst: Bool, marks: [Mark] = [], in other: Ink? = nil
  ) -> [String] {
    let ink = other ?? ink
    let gap = !isFirst && (block.isSpaced || block.needsSpace) ? [""] : []
    return gap + BlockSetter(ink: ink).rows(of: block, marks: marks).map(ink.render)
  }

  // MARK: Ahead of the block's end

  private mutating func printAhead(_ lines: inout [String]) {
    var copy = scanner
    var blocks: [Block] = []
    if isDecided { blocks = copy.add(tail[...], at: offset) }
    var isOpen = false
    if let open = copy.open {
      isOpen = true
      blocks.append(open)
    }
    for (index, block) in blocks.enumerated() {
      let isLast = isOpen && index == blocks.count - 1
      let rows =
        isLast
        ? settled(block, isFirst: !hasBlock && index == 0)
        : rows(of: block, isFirst: !hasBlock && index == 0)
      if printed.count <= index { printed.append(0) }
      lines += rows.dropFirst(printed[index])
      printed[index] = max(printed[index], rows.count)
      // Long blocks are not set again for every word.
      if isLast { patience = block.passage.count / 64 }
    }
  }

  /// Whether the unfinished line's first bytes tell what it starts.
  private var isDecided: Bool {
    if scanner.isCode || scanner.isInFormula { return !scanner.isCode }
    let body = tail.drop { $0 == 0x20 || $0 == 0x09 }
    guard let first = body.first else { return false }
    switch first {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "$"), UInt8(ascii: "("), UInt8(ascii: "\\"), UInt8(ascii: "="), 0x80...:
      return true
    case UInt8(ascii: "0")...UInt8(ascii: "9"): return body.count > 12
    case UInt8(ascii: "*"), UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "_"):
      return body.contains { UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 | 0x20 }
    default: return false
    }
  }

  /// The rows of an open block that nothing can change any more.
  private func settled(_ block: Block, isFirst: Bool) -> [String] {
    var block = block
    switch block.kind {
    case .code:
      return block.passage.count == 0 ? [] : rows(of: block, isFirst: isFirst)
    case .paragraph, .item, .quote:
      guard let (cut, isLineEnd) = InlineParser(block.passage).settledEnd else { return [] }
      block.passage = block.passage.prefix(cut)
      if BlockSetter(ink: ink).isBlank(block.passage) { return [] }
      let rows = rows(of: block, isFirst: isFirst)
      return isLineEnd ? rows : rows.dropLast()
    case .heading, .table, .rule: return []
    }
  }
}

extension InlineParser {
  /// Up to where more text changes nothing, and whether a line ends there; `nil` if that is nowhere.
  fileprivate var settledEnd: (cut: Int, isLineEnd: Bool)? {
    for piece in pieces.reversed() {
      switch piece.kind {
      case .lineBreak(let index) where index < firstOpen && !piece.isNested && isWhole(upTo: index):
        return (index, true)
      case .text(let range) where !piece.isNested && piece.link == nil:
        var index = min(range.upperBound, firstOpen) - 1
        while index >= range.lowerBound {
          if passage.byte(index) == 0x20, passage.isSettledBlank(at: index), isWhole(upTo: index) {
            return (index, false)
          }
          index -= 1
        }
      default: break
      }
    }
    return nil
  }

  private func isWhole(upTo cut: Int) -> Bool { !skipped.contains { $0.contains(cut) } }
}

extension Passage {
  /// Whether what follows the blank is known and does not join it, as a combining mark would.
  fileprivate func isSettledBlank(at index: Int) -> Bool {
    let next = bytes[(index + 1)...].prefix(4)
    guard let first = next.first else { return false }
    if first < 0x80 { return true }
    guard let scalar = String(decoding: next, as: UTF8.self).unicodeScalars.first else {
      return false
    }
    var joined = String.UnicodeScalarView(" ".unicodeScalars)
    joined.append(scalar)
    return String(joined).count == 2
  }
}

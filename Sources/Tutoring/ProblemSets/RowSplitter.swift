// Cuts a file into the JSON texts of its rows, piece by piece, so that a file of any size is read in
// the memory of its largest row. Two shapes are published: one JSON value a line, and one array.
// Which it is, the first byte that is no space says. Of the array only brackets, braces and strings
// are looked at; what stands in a row is its decoder's to judge.

/// The JSON text of one row with the line it begins on.
struct RawRow: Hashable {
  /// Counted from 1.
  let line: Int
  let bytes: [UInt8]
}

struct RowSplitter {
  private enum Shape { case unknown, lines, array, ended }
  private var shape = Shape.unknown
  private var line = 1
  private var row: [UInt8] = []
  private var rowLine = 1
  /// Of the array: open brackets and braces within the row.
  private var depth = 0
  private var isInString = false
  private var isEscaped = false

  /// The rows that end within the next piece of the file.
  mutating func take(_ piece: some Sequence<UInt8>) throws(RowFault) -> [RawRow] {
    var rows: [RawRow] = []
    for byte in piece {
      if shape == .unknown { recognise(byte) }
      switch shape {
      case .unknown: break
      case .lines: takeOfLines(byte, &rows)
      case .array: try takeOfArray(byte, &rows)
      case .ended:
        if !byte.isJSONSpace { throw RowFault("something follows the end of the array") }
      }
      if byte == UInt8(ascii: "\n") { line += 1 }
    }
    return rows
  }

  /// The row that the end of the file ends.
  mutating func end() throws(RowFault) -> [RawRow] {
    if shape == .array { throw RowFault("the array has no end") }
    var rows: [RawRow] = []
    endRow(&rows)
    return rows
  }

  /// The line that was reached, counted from 1.
  var currentLine: Int { line }

  private mutating func recognise(_ byte: UInt8) {
    // A byte order mark says nothing.
    if byte.isJSONSpace || [0xEF, 0xBB, 0xBF].contains(byte) { return }
    shape = byte == UInt8(ascii: "[") ? .array : .lines
    if shape == .array { depth = -1 }
  }

  private mutating func takeOfLines(_ byte: UInt8, _ rows: inout [RawRow]) {
    if byte == UInt8(ascii: "\n") { endRow(&rows) } else { append(byte) }
  }

  private mutating func takeOfArray(_ byte: UInt8, _ rows: inout [RawRow]) throws(RowFault) {
    if isInString {
      row.append(byte)
      if isEscaped {
        isEscaped = false
      } else if byte == UInt8(ascii: "\\") {
        isEscaped = true
      } else if byte == UInt8(ascii: "\"") {
        isInString = false
      }
      return
    }
    switch byte {
    case UInt8(ascii: "\""): isInString = true
    case UInt8(ascii: "["), UInt8(ascii: "{"):
      depth += 1
      if depth == 0 { return }
    case UInt8(ascii: "]"), UInt8(ascii: "}"):
      depth -= 1
      if depth < 0 {
        guard byte == UInt8(ascii: "]") else { throw RowFault("a `}` closes the array") }
        endRow(&rows)
        shape = .ended
        return
      }
    case UInt8(ascii: ",") where depth == 0:
      endRow(&rows)
      return
    default: break
    }
    append(byte)
  }

  private mutating func append(_ byte: UInt8) {
    if row.isEmpty {
      if byte.isJSONSpace { return }
      rowLine = line
    }
    row.append(byte)
  }

  private mutating func endRow(_ rows: inout [RawRow]) {
    if !row.isEmpty { rows.append(RawRow(line: rowLine, bytes: row)) }
    row.removeAll(keepingCapacity: true)
  }
}

extension UInt8 {
  fileprivate var isJSONSpace: Bool { self == 0x20 || (0x09...0x0D).contains(self) }
}

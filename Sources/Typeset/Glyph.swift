/// One character on a line, with its look and where in the source it came from.
struct Glyph: Sendable, Hashable {
  var character: Character
  /// Columns: 0, 1 or 2.
  var width: Int
  var style: Style
  /// The UTF-8 offset in the source of what it was made from, -1 for a blank of the layout.
  var at: Int

  init(_ character: Character, style: Style = .plain, at offset: Int = 0) {
    self.character = character
    self.style = style
    at = offset
    width = Glyph.columns(of: character)
  }

  private static func columns(of character: Character) -> Int {
    if character.isASCII { return 1 }
    let columns = displayWidth(of: String(character))
    // Cut off from what stands before it, it can still make that an emoji, a column wider.
    return character.unicodeScalars.first == "\u{FE0F}" ? columns + 1 : columns
  }

  /// A blank at which a line may be broken.
  static let space = Glyph(" ", at: -1)
  /// A blank at which no line is broken; it prints as a space.
  static let tie = Glyph("\u{A0}", at: -1)

  var isBlank: Bool { character == " " || character == "\u{A0}" }
}

extension [Glyph] {
  /// The columns the line takes.
  var columns: Int { reduce(0) { $0 + $1.width } }

  /// The characters alone.
  var text: String { String(map(\.character)) }

  /// The line with every breakable blank made a tie.
  var tied: [Glyph] {
    map { glyph in
      guard glyph.character == " " else { return glyph }
      var tie = glyph
      tie.character = "\u{A0}"
      return tie
    }
  }
}

/// Breaks a line greedily at blanks so that no row is wider than `width`; a word wider than a row is
/// cut.
///
/// - Parameters:
///   - first: What the first row starts with.
///   - rest: What the other rows start with; narrower than `width`.
/// - Returns: At least one row. A row depends only on the words up to the first of the next row.
func wrap(
  _ line: [Glyph], width: Int, first: [Glyph] = [], rest: [Glyph] = []
) -> [[Glyph]] {
  var rows: [[Glyph]] = []
  var row = first
  var filled = first.columns
  let margin = rest.columns
  var isFresh = true
  var index = 0
  while index < line.count {
    var gap = index
    while gap < line.count, line[gap].character == " " { gap += 1 }
    var end = gap
    var word = 0
    while end < line.count, line[end].character != " " {
      word += line[end].width
      end += 1
    }
    if gap == end { break }
    // A row's own leading blanks stay; blanks at a break go.
    let blanks = isFresh && !rows.isEmpty ? 0 : gap - index
    if filled + blanks + word <= width {
      row += line[(gap - blanks)..<end]
      filled += blanks + word
    } else if !isFresh, margin + word <= width {
      rows.append(row)
      row = rest + line[gap..<end]
      filled = margin + word
    } else {
      if !isFresh, filled + blanks < width {
        row += line[(gap - blanks)..<gap]
        filled += blanks
      }
      for glyph in line[gap..<end] {
        if filled + glyph.width > width, filled > margin {
          rows.append(row)
          row = rest
          filled = margin
        }
        row.append(glyph)
        filled += glyph.width
      }
    }
    isFresh = false
    index = end
  }
  rows.append(row)
  return rows
}

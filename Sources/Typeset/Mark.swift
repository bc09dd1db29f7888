/// What is put right behind a claim, such as ✓.
public struct Mark: Sendable, Hashable {
  /// Where the claim ends, as a UTF-8 offset in the source.
  public var end: Int
  public var text: StyledText
  /// What the sign means, in a word, for pages: a sign with one is raised, so that it is not read as
  /// a part of the formula it stands in.
  public var title: String?

  public init(end: Int, text: StyledText, title: String? = nil) {
    self.end = end
    self.text = text
    self.title = title
  }

  /// The text without blanks before it: the layout has its own.
  var sign: StyledText { text.trimmed }

  /// The attributes of an element that stand for the title.
  static func attributes(_ title: String) -> String {
    " title=\"\(escaped(title))\" aria-label=\"\(escaped(title))\""
  }
}

/// A stretch of the source that is shown in a style of its own, such as a struck old step.
public struct StyledRange: Sendable, Hashable {
  /// UTF-8 offsets in the source, from `start` up to but not including `end`.
  public var start: Int
  public var end: Int
  public var style: Style

  public init(start: Int, end: Int, style: Style) {
    self.start = start
    self.end = end
    self.style = style
  }
}

extension [Mark] {
  /// The marks by the piece they belong to: the last one that starts before the mark.
  func shared(by starts: [Int]) -> [[Mark]] {
    var shares = [[Mark]](repeating: [], count: starts.count)
    var piece = 0
    for mark in sorted(by: { $0.end < $1.end }) where !starts.isEmpty {
      while piece + 1 < starts.count, starts[piece + 1] < mark.end { piece += 1 }
      shares[piece].append(mark)
    }
    return shares
  }
}

extension [StyledRange] {
  /// The glyphs with the styles of the ranges they come from; a blank of the layout goes with its
  /// neighbours.
  func styled(_ line: [Glyph]) -> [Glyph] {
    if isEmpty { return line }
    func style(at offset: Int) -> Style {
      reduce(.plain) { $1.start <= offset && offset < $1.end ? $0 + $1.style : $0 }
    }
    let own = line.map { $0.at < 0 ? nil : style(at: $0.at) }
    var following = [Style](repeating: .plain, count: line.count)
    var next = Style.plain
    for index in line.indices.reversed() {
      next = own[index] ?? next
      following[index] = next
    }
    var last = Style.plain
    return line.indices.map { index in
      if let style = own[index] {
        last = style
        return line[index].adding(style)
      }
      return last == following[index] ? line[index].adding(last) : line[index]
    }
  }
}

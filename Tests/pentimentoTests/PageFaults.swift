// What an exported page must not have, whatever its session says. The fuzzer asks the same.

/// A page of HTML: only the elements and attributes of the format, each closed in its turn, links only
/// to the web, one style sheet, its own, and no text that is not escaped.
enum Markup {
  private static let elements = Set(
    """
    html head meta title style body main header article section footer h1 h2 h3 h4 h5 h6 p div span \
    time strong em s u q br hr wbr code pre blockquote ul ol li table tr th td a del ins sup math \
    mrow mi mo mn mtext mspace mfrac msqrt mroot msub msup msubsup munder mover munderover mtable \
    mtr mtd mphantom
    """.split(separator: " ").map { Array($0.utf8) })
  private static let attributes = Set(
    """
    lang charset http-equiv content name class datetime href rel value display displaystyle alttext \
    title aria-label width fence stretchy separator accent linethickness lspace rspace
    """.split(separator: " ").map { Array($0.utf8) })
  private static let empty = Set(
    "meta br hr wbr mspace".split(separator: " ").map { Array($0.utf8) })
  private static let entities = ["&amp;", "&lt;", "&gt;", "&quot;", "&#39;"].map { Array($0.utf8) }

  /// The first thing in a page that should not be there, or `nil`.
  static func fault(in page: String) -> String? {
    var scanner = Scanner(bytes: Array(page.utf8))
    return scanner.fault()
  }

  private struct Scanner {
    let bytes: [UInt8]
    var at = 0
    var open: [[UInt8]] = []
    var styles = 0

    mutating func fault() -> String? {
      let beginning = "<!DOCTYPE html>"
      guard bytes.starts(with: beginning.utf8) else { return "no doctype" }
      at = beginning.utf8.count
      while at < bytes.count {
        switch bytes[at] {
        case UInt8(ascii: "<"):
          if let fault = tag() { return fault }
        case UInt8(ascii: ">"): return "a bare >"
        case UInt8(ascii: "&"):
          guard entities.contains(where: bytes[at...].starts) else { return "a bare &" }
          at += 1
        default: at += 1
        }
      }
      if let last = open.last { return "<\(words(last))> stays open" }
      return styles == 1 ? nil : "\(styles) style sheets"
    }

    private mutating func tag() -> String? {
      at += 1
      let isEnd = take("/")
      let name = name()
      guard elements.contains(name) else { return "<\(words(name))>" }
      if isEnd {
        guard take(">") else { return "</\(words(name))" }
        return open.popLast() == name ? nil : "</\(words(name))> closes another"
      }
      while take(" ") {
        if let fault = attribute() { return fault }
      }
      let isClosed = take("/")
      guard take(">") else { return "<\(words(name))" }
      if !isClosed, !empty.contains(name) { open.append(name) }
      if name == Array("style".utf8) { skipStyles() }
      return nil
    }

    private mutating func attribute() -> String? {
      let name = name()
      guard attributes.contains(name) else { return "the attribute \(words(name))" }
      guard take("="), take("\"") else { return "\(words(name)) without a value" }
      let value = bytes[at...].prefix { $0 != UInt8(ascii: "\"") }
      at += value.count
      guard take("\"") else { return "\(words(name)) without its end" }
      if value.contains(UInt8(ascii: "<")) || value.contains(UInt8(ascii: ">")) {
        return "a bracket in \(words(name))"
      }
      if name == Array("href".utf8), !value.starts(with: "http://".utf8),
        !value.starts(with: "https://".utf8)
      {
        return "a link to \(words(Array(value)))"
      }
      if name == Array("http-equiv".utf8), !value.elementsEqual("Content-Security-Policy".utf8) {
        return "http-equiv=\(words(Array(value)))"
      }
      return nil
    }

    /// The sheet is the program's own; it ends at its first `<`.
    private mutating func skipStyles() {
      styles += 1
      while at < bytes.count, bytes[at] != UInt8(ascii: "<") { at += 1 }
    }

    private mutating func name() -> [UInt8] {
      let name = bytes[at...].prefix {
        (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "-")
      }
      at += name.count
      return Array(name)
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
      guard at < bytes.count, bytes[at] == UInt8(ascii: character) else { return false }
      at += 1
      return true
    }

    private func words(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
  }
}

/// A page of Markdown, read as its readers (CommonMark) do: code first, and by code points, so that a
/// backtick with an accent behind it is a backtick.
enum Markdown {
  private typealias Text = String.UnicodeScalarView
  private static let tick: Unicode.Scalar = "`"

  /// A bracket of HTML outside code, or `nil`.
  static func fault(in page: String) -> String? {
    withoutCode(page.unicodeScalars).first { $0.contains("<") }.map { "a bare < in \(String($0))" }
  }

  /// The paragraphs of a page without fenced blocks and code spans.
  private static func withoutCode(_ page: Text) -> [Text] {
    var paragraphs = [Text()]
    var fence = 0
    for line in page.split(separator: "\n", omittingEmptySubsequences: false) {
      let body = line.drop { $0 == " " || $0 == ">" }
      let ticks = body.prefix { $0 == tick }.count
      if fence > 0 {
        if ticks >= fence, ticks == body.count { fence = 0 }
      } else if ticks >= 3, !body.dropFirst(ticks).contains(tick) {
        fence = ticks
        paragraphs.append(Text())
      } else if body.isEmpty {
        paragraphs.append(Text())
      } else {
        paragraphs[paragraphs.count - 1] += Text(body) + Text("\n".unicodeScalars)
      }
    }
    return paragraphs.map(withoutSpans)
  }

  /// A span begins with backticks that no backslash escapes, and ends at the next as many.
  private static func withoutSpans(_ paragraph: Text) -> Text {
    var text = Text()
    var rest = paragraph[...]
    while let first = rest.first {
      if first == "\\" {
        text += rest.prefix(2)
        rest = rest.dropFirst(2)
        continue
      }
      let ticks = rest.prefix { $0 == tick }.count
      rest = rest.dropFirst(ticks)
      if ticks == 0 {
        text.append(first)
        rest = rest.dropFirst()
      } else if let end = spanEnd(in: rest, ticks) {
        rest = rest[end...]
      }
    }
    return text
  }

  private static func spanEnd(in text: Text.SubSequence, _ ticks: Int) -> Text.Index? {
    var rest = text
    while let start = rest.firstIndex(of: tick) {
      let run = rest[start...].prefix { $0 == tick }
      rest = rest[run.endIndex...]
      if run.count == ticks { return run.endIndex }
    }
    return nil
  }
}

/// A page of LaTeX.
enum TeX {
  /// Commands that a formula has no use for: they read, write, run or redefine.
  private static let forbidden: Set<String> = [
    "input", "include", "includegraphics", "openin", "openout", "read", "write", "immediate",
    "special", "csname", "catcode", "def", "let", "directlua", "href",
  ]

  /// The first such command in a page, or `nil`. `^^` spells any, so that it is one itself.
  ///
  /// Commands are read as TeX does: a backslash with the letters behind it, or with one other
  /// character, so that `\\input` breaks a line and `\\\input` reads a file.
  static func fault(in page: String) -> String? {
    let bytes = Array(page.utf8)
    // By bytes: an accent behind it would make another character of the second.
    if zip(bytes, bytes.dropFirst()).contains(where: { $0 == 0x5E && $1 == 0x5E }) { return "^^" }
    var rest = bytes[...]
    while let backslash = rest.firstIndex(of: UInt8(ascii: "\\")) {
      rest = rest[(backslash + 1)...]
      let letters = rest.prefix { (0x61...0x7A).contains($0 | 0x20) }
      let name = String(decoding: letters, as: UTF8.self)
      if forbidden.contains(name) { return "\\" + name }
      rest = rest.dropFirst(max(letters.count, 1))
    }
    return nil
  }
}

extension String {
  /// Whether it holds nothing that a terminal obeys or that turns the direction of reading.
  var isSafe: Bool {
    unicodeScalars.allSatisfy { scalar in
      if scalar.value < 0x7F { return scalar.value >= 0x20 }
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: return false
      default: return true
      }
    }
  }

  /// Whether that holds of its lines, tabs apart.
  var isSafePage: Bool {
    split { $0 == "\n" || $0 == "\t" }.allSatisfy { String($0).isSafe }
  }
}

import Testing
import Typeset

/// Marks that join the character before them, wherever a line is cut or pieces meet.
@Suite struct CombiningMarkTests {
  private static let pieces = [
    "(", "\\(", "\\)", "\u{301}", "\u{20E3}", "\u{FE0F}", "|", "\n|", "|-|-|\n", "a", "word ", " ",
    "5", "❤", "中", "$", "*", "`", "\n", "~~", "👍", "\u{1F3FB}", "\u{1F1E9}", "\u{1F1EA}", "-", "[",
  ]

  @Sendable private static func marks(in source: String) -> [Mark] {
    [Mark(end: 7, text: "✓"), Mark(end: 31, text: "✗ 12")]
  }

  @Test func `no line is wider than the terminal, finished or not`() {
    var soup = Soup(seed: 3)
    for _ in 0..<100 {
      let count = 10 + soup.number(below: 70)
      let text = (0..<count).map { _ in Self.pieces[soup.number(below: Self.pieces.count)] }
        .joined()
      for isMarked in [false, true] {
        var renderer = StreamRenderer(
          ink: Ink(width: 40), marking: isMarked ? Self.marks(in:) : nil)
        var lines: [String] = []
        for scalar in text.unicodeScalars {
          lines += renderer.add(String(Character(scalar)))
          if !isMarked { lines.append(renderer.pending) }
        }
        lines += renderer.finish()
        for line in lines where displayWidth(of: line) > 40 {
          Issue.record("\(displayWidth(of: line)) in \(text.debugDescription)")
          return
        }
      }
    }
  }
}

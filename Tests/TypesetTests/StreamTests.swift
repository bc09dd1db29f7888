import Testing
import Typeset

/// The lines of a text that arrives in the chunks that `size` cuts, counted in scalars.
func streamed(_ text: String, ink: Ink, size: () -> Int) -> [String] {
  var renderer = StreamRenderer(ink: ink)
  var lines: [String] = []
  var rest = text.unicodeScalars[...]
  while !rest.isEmpty {
    let chunk = rest.prefix(max(size(), 1))
    rest = rest.dropFirst(chunk.count)
    lines += renderer.add(String(String.UnicodeScalarView(chunk)))
  }
  return lines + renderer.finish()
}

@Suite struct StreamTests {
  private static let source = #"""
    # Title
    Step 1: We know that **7 · 8** is \(7 \cdot 8 = 56\), which costs $5 and $7; a long line breaks.
    So $x$ and
    \[ x = \frac{a+b}{2}, \] then *stop*.
    - item one with `code` and [link](https://a.b)
    - two

    | a | b |
    |---|---|
    | 1 | $|x|$ |
    ```
    let x = 1

    ```
    \begin{align*} a &= b \\ c &= d \end{align*}
    **open
    """#

  @Test func `a text cut anywhere gives the lines of the whole`() {
    let ink = Ink(width: 40)
    let whole = render(Self.source, ink: ink)
    for size in [1, 2, 3, 5, 8, 13, 40] {
      #expect(streamed(Self.source, ink: ink) { size } == whole, "chunks of \(size)")
    }
    let count = Self.source.unicodeScalars.count
    for cut in stride(from: 0, to: count, by: 2) {
      var sizes = [count, cut]
      #expect(
        streamed(Self.source, ink: ink) { sizes.popLast() ?? count } == whole, "cut at \(cut)")
    }
  }

  @Test(arguments: [
    ("`b", "** *`"), ("`b", "** `"), ("`b", "** \n`"), ("`b", "** and on"), ("``b", "** ``"),
    ("``b", "** `c"), (" $b", "** c$"), (" \\(b", "**\nc \\)"),
    (" \\begin{pmatrix}", "** \\end{pmatrix}"),
  ])
  func `code or a formula in emphasis may still take its end`(opener: String, end: String) {
    let text = "**a" + opener + String(repeating: " word", count: 30) + end
    let ink = Ink(width: 40)
    #expect(streamed(text, ink: ink) { 1 } == render(text, ink: ink))
  }

  @Test(arguments: ["\r\r\n\u{FFFD}", "\r\t\n)\n", "$$>$$<br>;", "a\r\r\nb"])
  func `a return or a stop at the end of a line is the same before the next line`(text: String) {
    let ink = Ink(width: 40)
    #expect(streamed(text, ink: ink) { 1 } == render(text, ink: ink))
  }

  @Test func `a stop behind a display keeps within the width`() {
    let letters = String(repeating: "a", count: 38)
    #expect(render("$$" + letters + "$$.", ink: Ink(width: 40)) == ["  " + letters, "."])
    #expect(
      render("$$" + letters.dropLast() + "$$.", ink: Ink(width: 40))
        == ["  " + letters.dropLast() + "."])
  }

  @Test func `few delimiters in any order give the lines of the whole`() {
    var soup = Soup(seed: 7)
    let ink = Ink(width: 40)
    for _ in 0..<400 {
      let text = soup.fewPieces()
      #expect(streamed(text, ink: ink) { 1 } == render(text, ink: ink), "\(text.debugDescription)")
    }
  }

  @Test func `any document cut at random gives the lines of the whole`() {
    var soup = Soup(seed: 5)
    for _ in 0..<60 {
      let text = soup.text()
      for width in [40, 80] {
        let ink = Ink(width: width)
        let whole = render(text, ink: ink)
        #expect(streamed(text, ink: ink) { 1 } == whole, "\(text.debugDescription)")
        #expect(
          streamed(text, ink: ink) { 1 + soup.number(below: 12) } == whole,
          "\(text.debugDescription)")
      }
    }
  }

  @Test func `what is pending of a long paragraph is not set again for every word`() {
    var renderer = StreamRenderer(ink: Ink(width: 40)) { _ in [] }
    var shown: [String] = []
    for _ in 0..<4000 {
      _ = renderer.add("and on ")
      if let pending = renderer.newPending() { shown.append(pending) }
    }
    // A 64th more each time: 64 words at first, and then the logarithm.
    #expect(shown.count < 600)
    #expect(shown.prefix(2) == ["and on", "and on and on"])
    _ = renderer.finish()
    _ = renderer.add("new")
    #expect(renderer.newPending() == "new")
  }

  @Test func `a line is handed out as soon as nothing can change it`() {
    var renderer = StreamRenderer(ink: Ink(width: 40))
    #expect(renderer.add("one two three four five six seven ") == [])
    #expect(renderer.pending == "one two three four five six seven")
    #expect(
      renderer.add("eight nine ten eleven twelve ") == ["one two three four five six seven eight"])
    #expect(renderer.pending == "nine ten eleven twelve")
    #expect(renderer.add("\nnext") == ["nine ten eleven twelve"])
    #expect(renderer.pending == "next")
    #expect(renderer.add(" \\[ x = ") == [])
    #expect(renderer.pending == "next \\[ x =")
    #expect(renderer.add("1 \\]") == [])
    #expect(renderer.pending == "    x = 1".dropFirst(2))
    #expect(renderer.add("\n\nmore") == ["next", "  x = 1"])
    #expect(renderer.finish() == ["", "more"])
    #expect(renderer.pending == "")
    #expect(renderer.finish() == [])
  }

  @Test func `with marks each block comes as a whole, marked as in one piece`() {
    let ink = Ink(width: 40)
    let marking: @Sendable (String) -> [Mark] = { source in
      source.utf8.enumerated().filter { $0.element == UInt8(ascii: "6") }
        .map { Mark(end: $0.offset + 1, text: " ✓") }
    }
    let source = "7 * 8 = 56\nso\n- 6\n\\[ x = 36 \\]\n\n$$\n\n6\n\n$$\n|6|\n|-|\n|x6|\n\n\n6"
    let whole = render(source, marks: marking(source), ink: ink)
    for size in 1...20 {
      var renderer = StreamRenderer(ink: ink, marking: marking)
      var lines: [String] = []
      var rest = Array(source)[...]
      while !rest.isEmpty {
        lines += renderer.add(String(rest.prefix(size)))
        rest = rest.dropFirst(size)
      }
      #expect(lines + renderer.finish() == whole, "chunks of \(size)")
    }
    #expect(whole.first == "7 * 8 = 56 ✓")
  }

  @Test func `lines of code come one by one, a table as a whole`() {
    var renderer = StreamRenderer(ink: Ink(width: 40))
    #expect(renderer.add("```\na\nb\n") == ["  a", "  b"])
    #expect(renderer.add("c") == [])
    #expect(renderer.pending == "  c")
    #expect(renderer.add("\n```\n|x|y|\n") == ["  c"])
    #expect(renderer.add("|-|-|\n|1|2|\n") == [])
    #expect(renderer.finish() == ["x │ y", "──┼──", "1 │ 2"])
  }

  @Test func `the pending line is one safe line within the width`() {
    var soup = Soup(seed: 11)
    for _ in 0..<25 {
      var renderer = StreamRenderer(ink: Ink(width: 40))
      for scalar in soup.text().unicodeScalars {
        _ = renderer.add(String(Character(scalar)))
        let pending = renderer.pending
        if displayWidth(of: pending) > 40 || !isSafe(pending) {
          Issue.record("\(pending.debugDescription)")
        }
      }
    }
  }
}

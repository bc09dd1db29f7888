/// Documents made of pieces that openers, closers and hostile characters are cut into, from a seed.
struct Soup {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  /// A number from 0 up to but not including `bound` (Knuth's MMIX linear congruence).
  mutating func number(below bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 33) % bound
  }

  /// The next document.
  mutating func text() -> String {
    let count = 1 + number(below: 50)
    return (0..<count).map { _ in Soup.pieces[number(below: Soup.pieces.count)] }.joined()
  }

  /// A short text of few pieces and some words, so that what belongs together comes together.
  mutating func fewPieces() -> String {
    let few = (0..<2 + number(below: 6)).map { _ in Soup.pieces[number(below: Soup.pieces.count)] }
    let words = few + ["word word word word word "]
    return (0..<2 + number(below: 14)).map { _ in words[number(below: words.count)] }.joined()
  }

  private static let pieces = [
    "a", "word ", "Step 1: ", "\n", "\n\n", "$", "$$", "\\(", "\\)", "\\[", "\\]", "\\", "\\\\",
    "{",
    "}", "\\frac{1}{2}", "\\frac", "^", "_", "**", "*", "`", "```", "```py\n", "\n```\n", "~~", "[",
    "](http://x)", "![", "|", "\n| a | b |\n", "\n|---|--:|\n", "# ", "\n## H\n", "- ",
    "\n- item ", "\n  2. x ", "> ", "\n> q ", "---", "\n***\n", "5", "$5 and ", "x = 1 ",
    "\\begin{align*}", "\\end{align*}", "\\begin{pmatrix}", "\\end{pmatrix}", "&", "\\left(",
    "\\right)", "\\sqrt", "\\text{", "\\boxed{", "é", "中文", "😀", "\u{202E}", "\u{1B}[2J", "\u{7}",
    "\u{200B}", "<br>", "&lt;", "<script>", "\t", "    ", "\r\n", "\\textbf{", "\\sum_{k=1}^n",
    "\\binom{n}{k}", "'", "''", ".", ", ", "[asy]", "[/asy]", "<https://a.b>", "\\cancel{x}",
    "\\overline{AB}", "e\u{301}", "\u{301}", "~", "%", "\\begin{cases}", "\\end{cases}", "$x$",
    "$x+1$ ", "\\[ y = \\frac{a+b}{c} \\]", "](javascript:alert(1))", "\" onerror=", "&", "'", "\r",
  ]
}

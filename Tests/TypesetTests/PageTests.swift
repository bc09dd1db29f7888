import Testing
import Typeset

@Suite struct PageTests {
  @Test(arguments: [
    ("a < b & c", "<div class=\"paragraph\">a &lt; b &amp; c</div>\n"),
    ("# T", "<h3>T</h3>\n"),
    (
      "**b** *i* `c`",
      "<div class=\"paragraph\"><strong>b</strong> <em>i</em> <code>c</code></div>\n"
    ),
    ("- a\n  - b\n- c", "<ul>\n<li>a<ul>\n<li>b</li>\n</ul>\n</li>\n<li>c</li>\n</ul>\n"),
    ("2. a\n3. b", "<ol>\n<li value=\"2\">a</li>\n<li value=\"3\">b</li>\n</ol>\n"),
    ("|a|\n|-|\n|<|", "<table>\n<tr><th>a</th></tr>\n<tr><td>&lt;</td></tr>\n</table>\n"),
    ("```\n<x>\n```", "<pre><code>&lt;x&gt;</code></pre>\n"),
    (
      "$x^2$",
      "<div class=\"paragraph\"><math alttext=\"x^2\"><msup><mi>x</mi><mn>2</mn></msup></math></div>\n"
    ),
    (
      #"\[ \frac{a}{\sqrt{2}} \]"#,
      "<div class=\"paragraph\"><div class=\"display\"><math display=\"block\""
        + " alttext=\" \\frac{a}{\\sqrt{2}} \"><mfrac><mi>a</mi><msqrt><mn>2</mn></msqrt></mfrac>"
        + "</math></div></div>\n"
    ),
    (
      #"$\begin{pmatrix} 1 & 2 \end{pmatrix}$"#,
      "<div class=\"paragraph\"><math alttext=\"\\begin{pmatrix} 1 &amp; 2 \\end{pmatrix}\"><mrow>"
        + "<mo fence=\"true\" stretchy=\"true\">(</mo><mtable><mtr><mtd><mn>1</mn></mtd><mtd><mn>2</mn>"
        + "</mtd></mtr></mtable><mo fence=\"true\" stretchy=\"true\">)</mo></mrow></math></div>\n"
    ),
    (
      #"$\foo{<b>}$"#,
      "<div class=\"paragraph\"><code>$\\foo{&lt;b&gt;}$</code></div>\n"
    ),
    (
      "[t](https://a.b/?q=\"x\"&y)",
      "<div class=\"paragraph\"><a href=\"https://a.b/?q=&quot;x&quot;&amp;y\""
        + " rel=\"noopener noreferrer\">t</a></div>\n"
    ),
    ("[t](javascript:alert)", "<div class=\"paragraph\">t (javascript:alert)</div>\n"),
    (
      "![t](https://a.b/x.png)",
      "<div class=\"paragraph\"><a href=\"https://a.b/x.png\" rel=\"noopener noreferrer\">t</a></div>\n"
    ),
  ])
  func `a text as HTML`(source: String, page: String) {
    #expect(html(source) == page)
  }

  @Test func `marks stand behind their claims`() {
    let mark = { Mark(end: $0, text: StyledText("✓", .green)) }
    let note = " <span class=\"mark\"><span class=\"green\">✓</span></span>"
    #expect(
      html("a = b, c", marks: [mark(5)]) == "<div class=\"paragraph\">a = b\(note), c</div>\n")
    #expect(
      html("$a=b$", marks: [mark(4)])
        == "<div class=\"paragraph\"><math alttext=\"a=b\"><mrow><mi>a</mi><mo>=</mo><mi>b</mi>"
        + "<mspace width=\"0.4em\"/><mtext class=\"mark green\">✓</mtext></mrow></math></div>\n")
    #expect(
      html("old new", ranges: [StyledRange(start: 0, end: 3, style: .strike)])
        == "<div class=\"paragraph\"><span class=\"strike\">old</span> new</div>\n")
  }

  @Test func `no text becomes an element or an attribute of its own`() {
    let attacks = [
      "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "\"><svg onload=alert(1)>",
      "' onclick='alert(1)", "</math><script>", "<style>*{background:url(//x)}</style>",
      "<a href=javascript:alert(1)>", "<iframe src=//x>", "&lt;script&gt;", "]]><!--",
      "<br onload=x>",
    ]
    let places = [
      "%", "$%$", "$\\text{%}$", "\\[ x % \\]", "`%`", "```%\n%\n```", "**%**", "# %", "- %", "> %",
      "|%|\n|-|\n|%|", "[%](https://a.b/%)", "[a](%)", "<https://a.b/%>", "[asy]%[/asy]",
      "$\\operatorname{%}$", "$\\color{%}{x}$", "[a](data:text/html,%)", "1. %", "&%;",
    ]
    for place in places {
      for attack in attacks {
        let source = place.split(separator: "%", omittingEmptySubsequences: false).joined(
          separator: attack)
        let page = html(
          source, marks: [Mark(end: 3, text: StyledText(attack, .red))],
          ranges: [StyledRange(start: 1, end: 9, style: .strike)])
        expectPlain(page, of: source)
      }
    }
    var soup = Soup(seed: 21)
    for _ in 0..<500 {
      let source = soup.text()
      expectPlain(html(source), of: source)
    }
  }

  /// Expects known elements with known attributes only, each closed in its turn.
  private func expectPlain(_ page: String, of source: String) {
    var open: [String] = []
    // By scalars: a combining mark must not hide the bracket it stands on.
    for part in page.unicodeScalars.split(separator: "<", omittingEmptySubsequences: false)
      .dropFirst()
    {
      guard let end = part.firstIndex(of: ">") else {
        Issue.record("a bare < from \(source.debugDescription)")
        return
      }
      let tag = Substring(part[..<end])
      if tag.hasPrefix("/") {
        #expect(open.popLast() == String(tag.dropFirst()), "\(source.debugDescription)")
        continue
      }
      let name = String(tag.prefix { $0.isLetter || $0.isNumber })
      #expect(Self.elements.contains(name), "<\(tag)> from \(source.debugDescription)")
      expectKnownAttributes(tag.dropFirst(name.count), of: source)
      if !["br", "hr", "wbr"].contains(name), !tag.hasSuffix("/") { open.append(name) }
    }
    #expect(open.isEmpty, "\(source.debugDescription)")
  }

  private func expectKnownAttributes(_ text: Substring, of source: String) {
    let parts = text.split(separator: "\"", omittingEmptySubsequences: false)
    for index in stride(from: 0, to: parts.count - 1, by: 2) {
      let name = parts[index].drop { $0 == " " }
      #expect(Self.attributes.contains(String(name)), "\(name) from \(source.debugDescription)")
      if name == "href=" {
        #expect(parts[index + 1].hasPrefix("http://") || parts[index + 1].hasPrefix("https://"))
      }
    }
    #expect(["", "/"].contains(parts.last ?? ""), "\(source.debugDescription)")
  }

  private static let elements: Set<String> = [
    "a", "blockquote", "br", "code", "div", "em", "h3", "h4", "h5", "h6", "hr", "li", "math",
    "mfrac",
    "mi", "mn", "mo", "mover", "mphantom", "mroot", "mrow", "mspace", "msqrt", "msub", "msubsup",
    "msup", "mtable", "mtd", "mtext", "mtr", "munder", "munderover", "ol", "p", "pre", "s", "span",
    "strong", "table", "td", "th", "tr", "u", "ul", "wbr",
  ]

  private static let attributes: Set<String> = [
    "accent=", "alttext=", "class=", "display=", "displaystyle=", "fence=", "href=",
    "linethickness=", "lspace=",
    "rel=", "rspace=", "separator=", "stretchy=", "value=", "width=",
  ]

  @Test(arguments: [
    (
      "50% of $5 & #1_a ~ ^ {x}",
      "50\\% of \\$5 \\& \\#1\\_a \\textasciitilde{} \\textasciicircum{} \\{x\\}\n"
    ),
    (#"so $x^2$ and \[ y \]"#, "so \\(x^2\\) and \\[ y \\]\n"),
    (#"$\input{/etc/passwd}$"#, "\\texttt{\\$\\textbackslash{}input\\{/etc/passwd\\}\\$}\n"),
    (#"\input{x}"#, "\\textbackslash{}input\\{x\\}\n"),
    // TeX reads `^^5c` as a backslash, before anything else is looked at.
    (
      "$\\color{^^5cinput}{x}$",
      "\\texttt{\\$\\textbackslash{}color\\{\\textasciicircum{}\\textasciicircum{}5cinput\\}\\{x\\}\\$}\n"
    ),
    (
      "$\\text{^^5cx}$",
      "\\texttt{\\$\\textbackslash{}text\\{\\textasciicircum{}\\textasciicircum{}5cx\\}\\$}\n"
    ),
    ("# T\n**b**", "\\section*{T}\n\n\\textbf{b}\n"),
    ("$50%$", "\\(50\\%\\)\n"),
    (
      "- a\n- b",
      "\\noindent\\hspace*{0em}\\textbullet{} a\n\n\\noindent\\hspace*{0em}\\textbullet{} b\n"
    ),
    (#"\begin{align*} x &= 1 \end{align*}"#, "\\begin{align*} x &= 1 \\end{align*}\n"),
    (#"\begin{cases} x \end{cases}"#, "\\[\\begin{cases} x \\end{cases}\\]\n"),
  ])
  func `a text as LaTeX`(source: String, body: String) {
    #expect(tex(source) == body)
  }
}

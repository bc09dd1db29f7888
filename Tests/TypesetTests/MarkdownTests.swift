import Testing
import Typeset

@Suite struct MarkdownTests {
  @Test(arguments: [
    ("a < b & *c* _d_ [e](f)", "a &lt; b &amp; *c* *d* \\[e\\](f)\n"),
    ("# Title\ntext", "### Title\n\ntext\n"), ("- a\n- b\n\nc", "- a\n- b\n\nc\n"),
    ("> q\n> r", "> q  \n> r\n"), ("```\n`<x>`\n```", "```\n`<x>`\n```\n"),
    ("~~~\n````\n~~~", "`````\n````\n`````\n"), ("`a<b`", "`a<b`\n"),
    ("so $x < 2$ holds", "so $x \\lt  2$ holds\n"),
    ("so\n\\[ x = 1 \\]\nthen", "so\n$$x = 1 $$\nthen\n"),
    ("[t](javascript:x) [u](https://a.b)", "t (javascript:x) u (https://a.b)\n"),
    ("a = 1\nb = 2\nc = 3", "a = 1  \nb = 2  \nc = 3\n"),
    ("<b>bold</b>", "&lt;b&gt;bold&lt;/b&gt;\n"),
    ("2 * 3 * 4 #5 |6|", "2 \\* 3 \\* 4 \\#5 \\|6\\|\n"),
    // Readers look for code first: every backtick must find the one that was meant for it.
    ("is $a`b$ or `<b>`", "is $a‘b$ or `<b>`\n"),
    ("`a`**`\u{7EC}<`**", "`a` `\u{7EC}<`\n"),
    ("an` `<b> `x", "an` `&lt;b&gt; \\`x\n"), ("`a`$\\foo{`}<b>$", "`a` `` $\\foo{`}<b>$ ``\n"),
    ("`````` a ````` <b> ``````", "`````` a ````` <b> ``````\n"),
    ("$\\foo `````<b>$", "`````` $\\foo `````<b>$ ``````\n"),
    ("$\\foo{<b>}$", "`$\\foo{<b>}$`\n"), ("\u{202e}x\u{1b}[2J", "\\\\u{202E}x\\\\e\\[2J\n"),
    ("", ""),
  ])
  func `a text as Markdown`(source: String, page: String) {
    #expect(markdown(source) == page)
  }

  @Test func `marks stand behind their claims`() {
    let mark = { Mark(end: $0, text: StyledText("✓", .green)) }
    #expect(markdown("a = b, c", marks: [mark(5)]) == "a = b ✓, c\n")
    #expect(markdown("is $a=b$ so", marks: [mark(7)]) == "is $a=b$ ✓ so\n")
    #expect(markdown("so\n\\[a=b\\]\nend", marks: [mark(8)]) == "so\n$$a=b$$ ✓\nend\n")
    #expect(markdown("π = π", marks: [mark(7)]) == "π = π ✓\n")
    #expect(markdown("", marks: [mark(0)]) == "✓\n")
  }

  @Test func `a long display is written in pieces that may be broken`() {
    let page = html("\\[ a = b + c = d \\]", marks: [Mark(end: 17, text: "✓")])
    #expect(
      page == """
        <div class="paragraph"><div class="display"><math displaystyle="true" alttext=" a = b + c = d ">\
        <mrow><mi>a</mi></mrow></math><wbr><math displaystyle="true"><mrow><mo>=</mo>\
        <mi>b</mi><mo>+</mo><mi>c</mi></mrow></math><wbr><math displaystyle="true"><mrow>\
        <mo>=</mo><mi>d</mi><mspace width="0.4em"/><mtext class="mark">✓</mtext></mrow>\
        </math></div></div>

        """)
  }

  @Test func `what is set for a changed terminal is set at its width`() {
    var renderer = StreamRenderer(ink: Ink(width: 80), marking: { _ in [] })
    #expect(renderer.add("one two three four five six seven eight nine ten eleven\n").isEmpty)
    renderer.change(to: Ink(width: 40))
    #expect(
      renderer.add("\nnext") == ["one two three four five six seven eight", "nine ten eleven"])
    #expect(renderer.pending == "next")
    #expect(renderer.finish() == ["", "next"])
  }

  @Test func `a block that was begun goes on at the width it began with`() {
    var renderer = StreamRenderer(ink: Ink(width: 60))
    let words = "one two three four five six seven eight nine ten eleven twelve thirteen "
    #expect(renderer.add(words) == ["one two three four five six seven eight nine ten eleven"])
    renderer.change(to: Ink(width: 40))
    #expect(
      renderer.add("fourteen fifteen sixteen\n\nnow this is set anew at forty columns wide") == [
        "twelve thirteen fourteen fifteen sixteen", "",
      ])
    #expect(
      renderer.finish() == ["now this is set anew at forty columns", "wide"])
  }
}

import FoundationEssentials
import Testing

@testable import Tutoring
@testable import pentimento

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A session for other readers; `make test-browser` looks at the pages in a browser.
@Suite struct ExportTests {
  private static func exported(
    _ name: String, as form: ExportForm, from folder: String = SessionsTests.goldens
  ) throws -> String {
    let target = try TemporaryFolder()
    let file = Path.joined(target.path, "page")
    let reader = try SavedTranscript.reader(file: "\(folder)/\(name).jsonl")
    try Export(form: form).write(reader, named: name, to: ExportFile(path: file))
    return String(decoding: FileManager.default.contents(atPath: file) ?? Data(), as: UTF8.self)
  }

  @Test(arguments: [
    ("a `<b>` c", nil), ("a <b> c", "a bare < in a <b> c\n"), ("`\u{7EC}` &lt; `<b>`", nil),
    ("```\u{301}` <b>", "a bare < in \u{301} <b>\n"), ("```\n<b>\n```\n", nil),
  ])
  func `code of Markdown is found as its readers do`(page: String, fault: String?) {
    #expect(Markdown.fault(in: page) == fault)
  }

  @Test(arguments: [
    (#"a \\input b"#, nil), (#"\(\\\input b\)"#, #"\input"#), (#"\left( \let x"#, #"\let"#),
    (#"\defx \textbackslash{}def"#, nil), ("^\u{308}^", nil), ("a^^\u{308}5c", "^^"), ("\\", nil),
  ])
  func `commands of LaTeX are found as it reads them`(page: String, fault: String?) {
    #expect(TeX.fault(in: page) == fault)
  }

  @Test func `the page holds everything, and asks for nothing`() throws {
    let page = try Self.exported("pentagon", as: .html)
    #expect(page.hasPrefix("<!DOCTYPE html>\n<html lang=\"en\">"))
    #expect(page.contains("content=\"default-src 'none'; style-src 'unsafe-inline'; base-uri"))
    #expect(page.contains("<math displaystyle=\"true\" alttext="))
    #expect(page.contains("<h3>Revised from step 5</h3>"))
    #expect(page.contains("<del><span class=\"label\">before</span>"))
    #expect(page.contains("<p>critic: wrong</p>"))
    #expect(page.contains("<div class=\"verdict accepted\">"))
    #expect(page.contains("prefers-color-scheme: dark") && page.contains("@media print"))
    #expect(page.hasSuffix("</body>\n</html>\n"))
    for word in ["<script", "<link", "<img", "@import", "url("] {
      #expect(!page.contains(word), "\(word)")
    }
  }

  @Test func `an open claim has a raised question mark that no formula has`() throws {
    let page = try Self.exported("pentagon", as: .html)
    let label = "title=\"undecided\" aria-label=\"undecided\""
    #expect(page.contains("<msup \(label)><mrow></mrow><mtext class=\"mark dim\">?</mtext></msup>"))
    #expect(page.contains("<sup class=\"mark\">?</sup></span>undecided</p>"))
    #expect(!page.contains(">·<"))
  }

  @Test func `soft words can be read on every ground, light and dark`() {
    for palette in HTMLPage.styles.split(separator: "color-scheme: ").suffix(2) {
      func luminance(_ name: String) -> Double {
        guard let place = palette.firstRange(of: "--\(name): #") else { return .nan }
        let value = Int(palette[place.upperBound...].prefix(6), radix: 16) ?? 0
        let parts = [value >> 16, value >> 8 & 255, value & 255].map { part in
          let share = Double(part) / 255
          return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
        }
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
      }
      for ink in ["ink", "soft", "old", "wait"] {
        for ground in ["paper", "card", "old-paper", "new-paper"] {
          let pair = [luminance(ink), luminance(ground)].sorted()
          #expect((pair[1] + 0.05) / (pair[0] + 0.05) >= 4.5, "\(ink) on \(ground)")
        }
      }
    }
    #expect(HTMLPage.styles.contains(".dim { opacity: 1; color: var(--soft) }"))
  }

  @Test func `a refuted claim has the right value beside it in every form`() throws {
    let folder = try TemporaryFolder()
    var lines = try Transcript(file: "\(SessionsTests.goldens)/pentagon.jsonl").lines
    for index in lines.indices {
      guard case .checked(var checked) = lines[index].event else { continue }
      for place in checked.report.findings.indices
      where checked.report.findings[place].claim == "25 - 6 = 19 \\text{ square units}" {
        checked.report.findings[place].outcome = .refuted
        checked.report.findings[place].correction = "42"
      }
      lines[index].event = .checked(checked)
    }
    try folder.write(
      String(decoding: lines.flatMap { $0.encoded() }, as: UTF8.self), to: "edited.jsonl")
    for (form, mark) in [
      (ExportForm.html, "<mtext class=\"mark bold red\">✗ 42</mtext>"), (.md, " ✗ 42"),
      (.tex, " ✗ 42"),
    ] {
      let page = try Self.exported("edited", as: form, from: folder.path)
      #expect(page.contains(mark), "\(form)")
    }
  }

  @Test func `Markdown holds the working, what was struck and what stands instead`() throws {
    let page = try Self.exported("pentagon", as: .md)
    #expect(page.hasPrefix("# pentagon\n\n2026-11-2"))
    #expect(page.contains("\n### Revised from step 5\n"))
    #expect(page.contains("\nStruck:\n\n> The pentagon $ABCDE$ is formed by removing"))
    #expect(page.contains("\nInstead:\n\nFinally, the area of the pentagon $ABCDE$"))
    #expect(page.contains("= 25 - 6 = 19 \\text{ square units}$$ · · ✓\n"))
    #expect(page.contains("\n**accepted**  $31$  the critic; 6 claims hold, 10 undecided\n"))
  }

  @Test func `LaTeX is a whole file`() throws {
    let page = try Self.exported("gsm8k-failed-repair", as: .tex)
    #expect(page.hasPrefix("\\documentclass"))
    #expect(page.hasSuffix("\\end{document}\n"))
    #expect(page.contains("\\subsubsection*{Revised from step 6}"))
    let opened = page.split(separator: "\\begin{").count
    #expect(opened == page.split(separator: "\\end{").count)
  }

  @Test func `JSON lines are a transcript again`() throws {
    let text = try Self.exported("gsm8k-failed-repair", as: .jsonl)
    let saved = try Transcript(file: "\(SessionsTests.goldens)/gsm8k-failed-repair.jsonl")
    #expect(try Transcript(reading: text.utf8, file: "x").lines == saved.lines)
  }

  @Test func `nothing from a transcript becomes markup`() throws {
    let hostile =
      "<script>alert(1)</script> <img src=x onerror=y> [a](javascript:b) \"><svg onload=c> "
      + "\\input{/etc/passwd} $\\write18{x} \\input{y}$"
    let folder = try TemporaryFolder()
    let text = FileManager.default.contents(atPath: "\(SessionsTests.goldens)/pentagon.jsonl")
    var lines = try Transcript(reading: try #require(text), file: "x").lines
    for index in lines.indices { lines[index].event = lines[index].event.spoilt(by: hostile) }
    lines.append(Line(at: 9, event: .failed(hostile)))
    lines.append(Line(at: 9, event: .note(hostile)))
    try folder.write(
      String(decoding: lines.flatMap { $0.encoded() }, as: UTF8.self), to: "hostile.jsonl")
    let page = try Self.exported("hostile", as: .html, from: folder.path)
    for word in ["<script", "<img", "<svg", "href=\"javascript"] {
      #expect(!page.contains(word), "\(word)")
    }
    let times = page.split(separator: "&lt;script&gt;alert(1)").count - 1
    #expect(times > 15, "\(times)")
    let markdown = try Self.exported("hostile", as: .md, from: folder.path)
    // What stands between backticks is shown as it is.
    let words = markdown.replacing(/`[^`]*`/, with: "")
    #expect(!words.contains("<") && !words.contains(/[^\\]\]\(javascript/))
    let tex = try Self.exported("hostile", as: .tex, from: folder.path)
    #expect(!tex.contains("\\input") && !tex.contains("\\write"))
  }

  /// What `make test-browser` shows to a browser: words that a careless page would obey.
  private static let hostileWords: [String] = {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Benchmarks/browser/hostile.jsonl").path
    let text = FileManager.default.contents(atPath: file) ?? Data()
    return text.split(separator: UInt8(ascii: "\n")).compactMap { line in
      let word = try? JSONDecoder().decode(String.self, from: line)
      return word?.replacing("{run}", with: "alert(1)").replacing("{url}", with: "http://a.b")
    }
  }()

  @Test func `hostile words in every field of a page stay words`() {
    #expect(Self.hostileWords.count > 50)
    for word in Self.hostileWords {
      let session = HostileSession(words: [word], numbers: [0, 2, 0, 40, 3])
      let page = session.written(as: HTMLPage(), named: word)
      #expect(Markup.fault(in: page) == nil, "\(word.debugDescription)")
      #expect(page.isSafePage, "\(word.debugDescription)")
    }
  }

  @Test func `hostile words beside one another stay words in every form`() {
    var words = Self.hostileWords.map { "so **\($0)** $\($0)$ `\($0)`\n\n- \($0)" }
    for _ in 0..<8 {
      words = Array(words[7...] + words[..<7])
      let session = HostileSession(words: words, numbers: [0, 2, 0, 40, 3])
      let page = session.written(as: HTMLPage(), named: words[0])
      #expect(Markup.fault(in: page) == nil)
      let markdown = session.written(as: MarkdownPage(), named: words[0])
      #expect(Markdown.fault(in: markdown) == nil)
      let tex = session.written(as: TeXPage(), named: words[0])
      #expect(TeX.fault(in: tex) == nil)
      #expect([page, markdown, tex].allSatisfy { $0.isSafePage })
    }
  }

  @Test(arguments: [
    ("<p onclick=\"x\">", "the attribute onclick"), ("<script>", "<script>"),
    ("<a href=\"javascript:x\">", "a link to javascript:x"), ("a & b", "a bare &"),
    (">", "a bare >"),
    ("<p>", "<p> stays open"), ("<p></div>", "</div> closes another"), ("", "0 style sheets"),
    ("<style>a</style>", nil),
  ])
  func `what should not be on a page is found`(words: String, fault: String?) {
    #expect(Markup.fault(in: "<!DOCTYPE html>\(words)") == fault)
  }

  @Test(arguments: [
    ("a `<b>` c", true), ("a ` <b>` c", true), ("a \\` <b>` c", false), ("`a`` <b>`", true),
    ("``a` <b>", false), ("```\n<b>\n```\n", true), ("```\n```\n<b>\n", false),
    ("a &lt;b> c", true), ("` a\n\n<b> `", false),
  ])
  func `code is told from HTML as readers of Markdown do`(page: String, isCode: Bool) {
    #expect((Markdown.fault(in: page) == nil) == isCode)
  }

  @Test func `the program writes to stdout or to a file of its own`() async throws {
    let program = try SessionsTests.program(with: ["pentagon"])
    let shown = try await program.run(["export", "pen", "--to", "md"])
    #expect(shown.output == (try Self.exported("pentagon", as: .md)) && shown.status == 0)
    let file = "\(program.home.path)/page.html"
    let written = try await program.run(["export", "pen", "--out", file])
    #expect(written.output == "" && written.complaints == "" && written.status == 0)
    #expect(program.text(of: file) == (try Self.exported("pentagon", as: .html)))
    let again = try await program.run(["export", "pen", "--out", file, "--to", "md"])
    #expect(again.status == 74 && again.complaints.contains("is there already"))
    let forced = try await program.run(["export", "pen", "--out", file, "--to", "md", "--force"])
    #expect(forced.status == 0 && program.text(of: file) == shown.output)
    let formless = try await program.run(["export", "pen"])
    #expect(formless.status == 64 && formless.complaints.contains("--to wants md, html, tex"))
  }
}

extension Event {
  /// The event with hostile words behind everything that a model or a person wrote.
  fileprivate func spoilt(by words: String) -> Event {
    switch self {
    case .session(var header):
      header.provenance = words
      header.program += words
      return .session(header)
    case .problem(var posed):
      posed.problem.statement += "\n\n" + words
      return .problem(posed)
    case .checked(var checked):
      checked.candidate.text += "\n\n" + words
      for index in checked.report.findings.indices {
        checked.report.findings[index].outcome = .refuted
        checked.report.findings[index].evidence += words
        checked.report.findings[index].correction = words
      }
      return .checked(checked)
    case .critiqued(let round, var critique):
      critique.text += words
      critique.remark?.quote += words
      critique.remark?.correction += words
      critique.remark?.reason += words
      critique.remark?.dismissal = words
      return .critiqued(round: round, critique)
    case .decided(.revise(let round, var evidence)):
      evidence.reason += words
      return .decided(.revise(round: round, evidence))
    case .verdict(var verdict, let cost):
      verdict.answer = words
      verdict.others = [words]
      verdict.voucher += words
      return .verdict(verdict, cost)
    case .resumed, .exchange, .decided, .failed, .note: return self
    }
  }
}

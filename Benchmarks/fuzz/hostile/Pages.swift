// Exports of sessions whose every field says what it likes: a page of HTML has only the elements and
// attributes of the format, each closed in its turn, links only to the web, one style sheet, its own,
// and no text that is not escaped; LaTeX has no command that reads, writes or runs anything; nothing
// has a control character.
//
// The first sixteen bytes are the numbers, the byte 0xFF parts the words of the fields.

import Tutoring

@testable import pentimento

@Sendable func fuzzPages(_ input: [UInt8]) {
  guard input.count > 17 else { return }
  let numbers = input[..<16].map { $0 > 250 ? Int($0 - 250) * 100_000_000 : Int($0) % 64 }
  let words = input[16...].split(separator: 0xFF, omittingEmptySubsequences: false).map {
    String(decoding: $0, as: UTF8.self)
  }
  let events = Sample(words: words, numbers: numbers).events
  expectPage(written(HTMLPage(), events, words[0]))
  let choice = input[0] % 4
  if choice == 1 { expectTeX(written(TeXPage(), events, words[0])) }
  if choice == 2 { expectMarkdown(written(MarkdownPage(), events, words[0])) }
}

private func written(_ page: some ExportPage, _ events: [Event], _ name: String) -> String {
  guard case .session(let header) = events[0], case .problem(let posed) = events[1] else {
    return ""
  }
  var record = ProblemRecord(posed)
  for event in events { record.take(event) }
  return page.opening(header, named: name) + page.problem(record, number: 1) + page.closing
}

private func expectPage(_ page: String) {
  if let fault = Markup.fault(in: page) { expect(false, "\(fault) in \(page)") }
  expectNoControl(page)
}

/// Words of TeX that a formula has no use for: they read, write, run or redefine.
private let forbidden = [
  "\\input", "\\include", "\\openin", "\\openout", "\\read", "\\write", "\\immediate", "\\special",
  "\\csname", "\\catcode", "\\def", "\\let", "\\directlua", "\\usepackage{shell", "\\href", "^^",
]

private func expectTeX(_ page: String) {
  for word in forbidden {
    // `\left` and `\let` begin alike; a command ends where its letters do.
    var rest = page[...]
    while let place = rest.firstRange(of: word) {
      rest = rest[place.upperBound...]
      let isWhole = word == "^^" || rest.utf8.first.map { !isLetter($0) } ?? true
      expect(!isWhole, "\(word) in \(page)")
    }
  }
  expectNoControl(page)
}

/// Read as its readers do, code first: no bracket of HTML stands outside code, and no link.
private func expectMarkdown(_ page: String) {
  for line in Markdown.withoutCode(page) {
    expect(!line.contains("<"), "no HTML in Markdown: \(page)")
  }
  expectNoControl(page)
}

private func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }

private func expectNoControl(_ page: String) {
  let isSound = page.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 0x0A || $0 == 0x09 }
  expect(isSound, "no control character in \(page)")
  if page.utf8.allSatisfy({ $0 < 0x80 }) { return }
  for line in page.split(whereSeparator: { $0 == "\n" || $0 == "\t" }) where !String(line).isSafe {
    expect(false, "no format character in \(line)")
  }
}

// Exports of sessions whose every field says what it likes; what a page may have, the tests say too.
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
  let session = HostileSession(words: words, numbers: numbers)
  expectSound(session.written(as: HTMLPage(), named: words[0]), Markup.fault)
  let choice = input[0] % 4
  if choice == 1 { expectSound(session.written(as: TeXPage(), named: words[0]), TeX.fault) }
  if choice == 2 {
    expectSound(session.written(as: MarkdownPage(), named: words[0]), Markdown.fault)
  }
}

private func expectSound(_ page: String, _ fault: (String) -> String?) {
  if let fault = fault(page) { expect(false, "\(fault) in \(page)") }
  expect(page.isSafePage, "no control or format character in \(page)")
}

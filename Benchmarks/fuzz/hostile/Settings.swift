// Settings files: a fault has its line, what is read has the lines of the text, and the ways to
// write a line end make no difference.

@testable import pentimento

@Sendable func fuzzSettings(_ input: [UInt8]) {
  let text = String(decoding: input, as: UTF8.self)
  _ = FileValue(reading: text)
  let count = 1 + input.count { $0 == 0x0A }
  let entries: [FileEntry]
  do throws(TOMLFault) {
    entries = try TOMLReader.entries(of: text)
  } catch {
    expect((1...count).contains(error.line), "a fault has its line")
    expect(!error.reason.isEmpty, "a fault has words")
    return
  }
  expectInOrder(entries, lines: count)
  if !text.utf8.contains(0x0D) {
    expectSame(text.split(separator: "\n", omittingEmptySubsequences: false), "\r\n", entries)
  }
  expectSame([text[...], "# the end"], "\n", entries)
  expectSettings(text, lines: count)
}

/// Every key has its line and stands once, a table's keys behind its own.
private func expectInOrder(_ entries: [FileEntry], lines: Int) {
  var last = 1
  for entry in entries {
    expect(last <= entry.line && entry.line <= lines, "keys come in the order of their lines")
    last = entry.line
    if case .table(let inner) = entry.value { expectInOrder(inner, lines: lines) }
  }
  expect(Set(entries.map(\.key)).count == entries.count, "a key stands once")
}

/// Reads some lines joined otherwise.
private func expectSame(_ lines: [Substring], _ lineEnd: String, _ entries: [FileEntry]) {
  guard let again = try? TOMLReader.entries(of: lines.joined(separator: lineEnd)) else {
    return expect(false, "other line ends make no fault")
  }
  expect(isSame(.table(again), .table(entries)), "other line ends change no value")
}

/// Equality in which what is no number equals itself.
private func isSame(_ one: FileValue, _ other: FileValue) -> Bool {
  switch (one, other) {
  case (.number(let one), .number(let other)): one == other || one.isNaN && other.isNaN
  case (.list(let one), .list(let other)):
    one.count == other.count && zip(one, other).allSatisfy(isSame)
  case (.table(let one), .table(let other)):
    one.count == other.count
      && zip(one, other).allSatisfy {
        $0.key == $1.key && $0.line == $1.line && isSame($0.value, $1.value)
      }
  default: one == other
  }
}

/// The same text as settings: values within their bounds, or an error that repeats no key.
private func expectSettings(_ text: String, lines: Int) {
  var reading = ConfigurationReading(flags: ConfigurationFlags(), environment: [:])
  do throws(ConfigurationError) {
    try reading.read(text, path: "f")
    let configuration = try reading.finish()
    for key in LoopKey.all {
      var again = configuration.loop
      try key.set(key.value(in: again), in: &again, from: .standard)
    }
    for origin in configuration.origins.values {
      if case .file(_, let line) = origin {
        expect((0...lines).contains(line), "a setting has its line")
      }
    }
  } catch {
    let words = error.description
    expect(!words.isEmpty, "an error has words")
    if case .keyInFile = error { expect(!words.contains("hunter2"), "a key is not repeated") }
  }
}

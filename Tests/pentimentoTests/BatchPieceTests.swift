import Testing

@testable import Tutoring
@testable import pentimento

/// The parts of a batch that are pure: which rows are solved, and what is said of how far it is.
@Suite struct BatchPieceTests {
  private static func line(_ number: Int, _ text: String) -> LineReader.TextLine {
    LineReader.TextLine(
      number: number, offset: 0, bytes: Array(text.utf8), isEnded: true, isCut: false)
  }

  private static func ids(_ rows: BatchRows, _ texts: [String]) -> [String] {
    var rows = rows
    return texts.enumerated().compactMap { index, text in
      if case .entry(let entry, _) = rows.take(line(index + 1, text)) { entry.id } else { nil }
    }
  }

  private static let texts = (0..<6).map { #"{"id":"p\#($0)","problem":"x"}"# }

  @Test func `blank rows, done rows and rows over the limit are left out`() {
    #expect(Self.ids(BatchRows(), ["", " \t", Self.texts[0]]) == ["p0"])
    let done = BatchRows(
      limit: 3, done: [Fingerprint("p1"): Fingerprint("x"), Fingerprint("p5"): nil])
    #expect(Self.ids(done, Self.texts) == ["p0", "p2"])
  }

  @Test func `a done id with other words is solved again`() {
    let done = BatchRows(done: [Fingerprint("p1"): Fingerprint("y"), Fingerprint("p2"): nil])
    #expect(Self.ids(done, Self.texts) == ["p0", "p1", "p3", "p4", "p5"])
  }

  @Test func `a row without a problem keeps its id`() {
    #expect(Self.ids(BatchRows(), [#"{"id":"a","note":"x"}"#, #"{"id":7}"#]) == ["a", "7"])
  }

  @Test func `a taken id gets its line, even if that is taken too`() {
    let texts = [
      #"{"id":"a","problem":"x"}"#, #"{"id":"a@3","problem":"x"}"#, #"{"id":"a","problem":"x"}"#,
      #"{"problem":"x"}"#, #"{"problem":"x"}"#,
    ]
    let hash = "h\(Fingerprint("x"))"
    #expect(Self.ids(BatchRows(), texts) == ["a", "a@3", "a@3@3", hash, "\(hash)@5"])
  }

  @Test(arguments: [
    ("1/1", 1, 1), ("2/8", 2, 8), ("8/8", 8, 8), ("0/2", nil, nil), ("3/2", nil, nil),
    ("1", nil, nil), ("1/", nil, nil), ("a/b", nil, nil), ("1/2/3", nil, nil),
  ])
  func `a shard is i of n`(text: String, number: Int?, count: Int?) {
    let shard = Shard(reading: text)
    #expect(shard?.number == number && shard?.count == count)
  }

  private static func tally(total: Int?, solved: Int, errors: Int) -> BatchTally {
    var tally = BatchTally()
    tally.total = total
    tally.verdicts = [.accepted: solved]
    tally.errors = errors
    tally.cost.completionTokens = 1000
    return tally
  }

  @Test(arguments: [
    (
      tally(total: 500, solved: 98, errors: 2), 10.0,
      "100/500 · 10/s · 100 tokens/s · 2 errors · 40 s left"
    ),
    (
      tally(total: 500, solved: 5, errors: 0), 10.0,
      "5/500 · 0.5/s · 100 tokens/s · 16 min 30 s left"
    ),
    (tally(total: nil, solved: 5, errors: 1), 2.0, "6 done · 3.0/s · 500 tokens/s · 1 error"),
    (tally(total: 500, solved: 0, errors: 0), 2.0, "0/500"),
    (tally(total: 5, solved: 5, errors: 0), 2.0, "5/5 · 2.5/s · 500 tokens/s"),
  ])
  func `how far a batch is`(tally: BatchTally, seconds: Double, text: String) {
    #expect(tally.progress(seconds: seconds) == text)
  }

  @Test func `the bar fits the terminal`() {
    let tally = Self.tally(total: 4, solved: 1, errors: 0)
    let text = tally.progress(seconds: 1)
    #expect(tally.bar(seconds: 1, columns: 80).hasPrefix("[#######-----------------------] 1/4 · "))
    for columns in [20, 50, 60, 100] {
      let bar = tally.bar(seconds: 1, columns: columns)
      #expect(bar == text || bar.count < columns && bar.hasSuffix(text))
    }
  }

  @Test(arguments: [
    (0.4, "0 s"), (59.4, "59 s"), (91, "1 min 31 s"), (7500, "2 h 5 min"), (-1, "0 s"),
  ])
  func `spans of time`(seconds: Double, text: String) {
    #expect(BatchTally.span(seconds) == text)
  }
}

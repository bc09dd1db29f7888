import Algebra
import Testing

@testable import Tutoring

@Suite struct ProblemRecordTests {
  /// The first problem of a golden transcript.
  static func golden(_ name: String) throws -> ProblemRecord {
    let transcript = try Transcript(file: "\(GoldenTests.top)/transcripts/golden/\(name).jsonl")
    let lines = try #require(transcript.problems.first)
    guard case .problem(let posed)? = lines.first?.event else {
      throw TranscriptError.empty(file: name)
    }
    var record = ProblemRecord(posed)
    for line in lines { record.take(line.event) }
    return record
  }

  @Test func `the pentagon's correction`() throws {
    let record = try Self.golden("pentagon")
    #expect(record.attempts.count == 2 && record.verdict?.answer == "31")
    let correction = try #require(record.corrections.first)
    #expect(record.corrections.count == 1)
    #expect(correction.evidence.quote == "25 - 6 = 19" && correction.evidence.step == 4)
    #expect(correction.changes == [Correction.Change(old: 4..<6, new: 4..<6)])
    let old = correction.old.excerpt(4..<6)
    #expect(old.text.hasPrefix("The pentagon \\(ABCDE\\) is formed by removing"))
    #expect(old.text.hasSuffix("\\(\\boxed{19}\\)."))
    let claims = old.findings.map { finding in
      String(decoding: Array(old.text.utf8)[finding.start..<finding.end], as: UTF8.self)
    }
    #expect(
      claims == old.findings.map(\.claim) && claims.contains("25 - 6 = 19 \\text{ square units}"))
  }

  @Test func `a mistake is what was corrected, with the answer somebody vouches for`() throws {
    let mistake = try #require(Mistake(of: Self.golden("pentagon"), id: "a", date: 5))
    #expect(mistake.step == "25 - 6 = 19" && mistake.fix == "25 + 6 = 31")
    #expect(mistake.kind == "reasoning" && mistake.answer == "31" && mistake.date == 5)
    let disputed = try #require(Mistake(of: Self.golden("gsm8k-failed-repair"), id: "a", date: 5))
    #expect(disputed.answer == nil)
    #expect(Mistake(of: try Self.golden("gsm8k-right"), id: "a", date: 5) == nil)
  }

  private static func checked(_ steps: [String]) -> Checked {
    var start = 0
    let all = steps.map { text in
      defer { start += text.utf8.count + 1 }
      return Step(start: start, end: start + text.utf8.count, text: text)
    }
    return Checked(
      round: 0, candidate: Candidate(origin: .greedy, text: steps.joined(separator: "\n")),
      report: Report(steps: all, findings: [], answer: nil), proof: nil)
  }

  @Test(arguments: [
    ("a b c", "a b c", []),
    ("a b c", "a x c", [[1, 2, 1, 2]]),
    ("a b c", "a c", [[1, 2, 1, 1]]),
    ("a c", "a b c", [[1, 1, 1, 2]]),
    ("", "a", [[0, 0, 0, 1]]),
    ("a b c d e", "x b y d z", [[0, 1, 0, 1], [2, 3, 2, 3], [4, 5, 4, 5]]),
    ("a b", "x y", [[0, 2, 0, 2]]),
  ])
  func `what a revision changed`(old: String, new: String, changes: [[Int]]) {
    let split = { (text: String) in text.split(separator: " ").map(String.init) }
    let correction = Correction(
      evidence: Evidence(source: .checker, step: 0, quote: "", reason: ""),
      old: Self.checked(split(old)), new: Self.checked(split(new)))
    #expect(
      correction.changes
        == changes.map { Correction.Change(old: $0[0]..<$0[1], new: $0[2]..<$0[3]) })
  }

  @Test func `the changes lead from the old steps to the new ones, whatever they are`() {
    var state: UInt64 = 7
    func number(_ count: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % count
    }
    for _ in 0..<300 {
      let old = (0..<number(9)).map { _ in "s\(number(4))" }
      let new = (0..<number(9)).map { _ in "s\(number(4))" }
      let correction = Correction(
        evidence: Evidence(source: .checker, step: 0, quote: "", reason: ""),
        old: Self.checked(old), new: Self.checked(new))
      var built: [String] = []
      var at = 0
      for change in correction.changes {
        built += old[at..<change.old.lowerBound]
        built += new[change.new]
        at = change.old.upperBound
      }
      built += old[at...]
      #expect(built == new, "\(old) \(new)")
    }
  }

  @Test func `steps that point outside the text are cut to it`() {
    var checked = Self.checked(["ab", "cd"])
    checked.report.steps[0].start = -5
    checked.report.steps[1].end = .max
    checked.report.findings = [
      Finding(step: 0, start: .min, end: .max, claim: "", outcome: .holds, evidence: ""),
      Finding(step: 0, start: -3, end: 2, claim: "", outcome: .holds, evidence: ""),
    ]
    let excerpt = checked.excerpt(0..<9)
    #expect(excerpt.text == "ab\ncd")
    #expect(excerpt.findings.map { [$0.start, $0.end] } == [[0, 2]])
    #expect(checked.excerpt(5..<9) == Excerpt(text: "", findings: []))
  }

  @Test func `a tally counts by what was asked for`() throws {
    let transcript = try Transcript(
      file: "\(GoldenTests.top)/transcripts/golden/gsm8k-failed-repair.jsonl")
    var tally = Tally()
    for line in transcript.lines { tally.take(line.event) }
    #expect(tally.problems == 1 && tally.verdicts == [.disputed: 1] && tally.broken == 0)
    #expect(
      tally.costs.mapValues(\.calls) == [.propose: 1, .critique: 2, .probability: 2, .revise: 1])
    #expect(tally.total.calls == 6 && tally.total.promptTokens == 7361)
  }
}

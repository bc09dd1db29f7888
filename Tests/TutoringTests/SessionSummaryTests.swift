import FoundationEssentials
import Testing

@testable import Tutoring

@Suite struct SessionSummaryTests {
  private static func write(_ text: String, _ folder: TemporaryFolder) throws -> String {
    let file = "\(folder.path)/t.jsonl"
    try Data(text.utf8).write(to: URL(filePath: file))
    return file
  }

  @Test(arguments: [
    ("pentagon", Verdict.Word.accepted, "As shown, a square"),
    ("gsm8k-disputed", .disputed, "Betty is saving"), ("gsm8k-truncated", .unresolved, "Julie is"),
  ])
  func `a golden transcript in a row of a list`(
    name: String, word: Verdict.Word, problem: String
  ) throws {
    let file = "\(GoldenTests.top)/transcripts/golden/\(name).jsonl"
    let summary = try SessionSummary(file: file)
    let header = try Transcript(file: file).header
    #expect(summary.id == header.id && summary.started == header.started)
    #expect(summary.verdicts == [word: 1] && summary.problems == 1)
    #expect(summary.problem?.hasPrefix(problem) == true)
  }

  @Test func `lines in another order of keys, damaged ones and a torn end do no harm`() throws {
    let folder = try TemporaryFolder()
    let file = try Self.write(
      """
      {"session":{"id":"s","started":5,"program":"p","version":1},"at":0}
      {"problem":{"problem":{"id":"p1","statement":"first"}},"at":1}
      garbage

      {"at":2,"problem":{"problem":{"id":"p2","statement":"second"}}}
      {"verdict":{"cost":{},"verdict":{"word":"proved"}},"at":3}
      {"at":4,"verdict":{"cost":{},"verdict":{"word":"proved"}}}
      {"at":5,"verd
      """, folder)
    let summary = try SessionSummary(file: file)
    #expect(summary.id == "s" && summary.problem == "first" && summary.problems == 2)
    #expect(summary.verdicts == [.proved: 2])
  }

  @Test func `what the tutor does out of sight, and own work, is no verdict`() throws {
    let folder = try TemporaryFolder()
    let file = try Self.write(
      """
      {"session":{"id":"s","started":5,"program":"p","version":1},"at":0}
      {"at":1,"problem":{"problem":{"id":"p1","statement":"first"},"isReference":true}}
      {"at":2,"verdict":{"cost":{},"verdict":{"word":"accepted"}}}
      {"at":3,"problem":{"problem":{"id":"p2","statement":"first"},"working":"so"}}
      {"at":4,"verdict":{"cost":{},"verdict":{"word":"accepted"}}}
      {"at":5,"note":"own work: not the tutor's answer"}
      {"at":6,"problem":{"problem":{"id":"p3","statement":"first"},"working":"so"}}

      """, folder)
    let summary = try SessionSummary(file: file)
    #expect(summary.problem == "first" && summary.problems == 2 && summary.verdicts.isEmpty)
    #expect(summary.ownWork == [.differing: 1, .unjudged: 1])
  }

  @Test(arguments: [("", "holds no events"), ("{}\n", "not a line of a transcript")])
  func `what is no transcript says why`(text: String, reason: String) throws {
    let folder = try TemporaryFolder()
    let file = try Self.write(text, folder)
    let error = #expect(throws: TranscriptError.self) { _ = try SessionSummary(file: file) }
    #expect(error?.description.contains(reason) == true)
  }

  @Test(arguments: [
    (["hypotenuse"], "hypotenuse"), (["HYPOTENUSE of"], "hypotenuse of"),
    (["pythagorean", "\\triangle"], "Pythagorean"), (["AB = \\sqrt{AC^2"], "AB = \\sqrt{AC^2"),
    (["built outward"], "built outward"), (["pair a,b"], "pair a,b"),
  ])
  func `all phrases are found, in any case`(phrases: [String], found: String) throws {
    let file = "\(GoldenTests.top)/transcripts/golden/pentagon.jsonl"
    let match = try #require(try TranscriptSearch(phrases).match(in: file))
    #expect(match.phrase == found)
  }

  @Test(arguments: [
    ["hexagon"], ["hypotenuse", "hexagon"], ["exchange"], ["maxTokens"], ["squareunits"],
  ])
  func `what is only partly there, or only in a request, is not found`(phrases: [String]) throws {
    let file = "\(GoldenTests.top)/transcripts/golden/pentagon.jsonl"
    #expect(try TranscriptSearch(phrases).match(in: file) == nil)
  }

  @Test func `words beyond ASCII and in quotation marks are found`() throws {
    let folder = try TemporaryFolder()
    let header = Line(
      at: 0, event: .session(SessionHeader(id: "s", started: 0, program: "p")))
    let note = Line(at: 1, event: .note("Die Übung „Wurzel“ says \"\\pi\" / 2\nund mehr"))
    let file = try Self.write(
      String(decoding: header.encoded() + note.encoded(), as: UTF8.self), folder)
    for phrase in ["übung", "„wurzel“ SAYS", "\"\\pi\"", "\\pi", "/ 2 und"] {
      #expect(try TranscriptSearch([phrase]).match(in: file) != nil, "\(phrase)")
    }
  }

  @Test func `lines of any length come whole, block by block`() throws {
    let folder = try TemporaryFolder()
    let lengths = [0, 1, 262_143, 262_144, 262_145, 700_000, 3]
    let text = lengths.map { String(repeating: "x", count: $0) }.joined(separator: "\n")
    let lines = try FileLines(try Self.write(text, folder))
    var found: [Int] = []
    var offsets: [Int] = []
    while let row = try lines.next() {
      #expect(row.bytes.allSatisfy { $0 == UInt8(ascii: "x") })
      found.append(row.bytes.count)
      offsets.append(lines.offset)
      #expect(row.isEnded == (found.count < lengths.count))
    }
    #expect(found == lengths)
    try lines.seek(to: offsets[5])
    #expect(try lines.next()?.bytes.count == 700_000)
  }

  @Test func `a reader goes on with the last problems`() throws {
    let folder = try TemporaryFolder()
    let posed = try ProblemRecordTests.golden("pentagon").posed
    var lines = [Line(at: 0, event: .session(SessionHeader(id: "s", started: 0, program: "p")))]
    for number in 1...5 {
      var one = posed
      one.problem.id = "p\(number)"
      lines += [Line(at: 1, event: .problem(one)), Line(at: 2, event: .note("n\(number)"))]
    }
    let file = try Self.write(
      String(decoding: lines.flatMap { $0.encoded() }, as: UTF8.self), folder)
    for (count, expected) in [(1, 2), (2, 4), (5, 10), (9, 10)] {
      let reader = try TranscriptReader(file: file)
      #expect(try reader.skip(toLastProblems: count) == 5)
      var rest: [Line] = []
      while let line = try reader.next() { rest.append(line) }
      #expect(rest == Array(lines.suffix(expected)))
    }
  }
}

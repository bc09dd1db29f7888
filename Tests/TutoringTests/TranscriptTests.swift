import Algebra
import FoundationEssentials
import Synchronization
import Testing

@testable import Tutoring

struct TranscriptTests {
  static let header = SessionHeader(
    id: "s1", started: 1_700_000_000.25, program: "pentimento 0.1.0", provenance: "recorded")

  /// The lines of a session that solves one problem with a revision and one that breaks off.
  static func session() async throws -> [Line] {
    let lines = Mutex<[Line]>([Line(at: 0, event: .session(header))])
    let solver = ScriptedModel([
      .text(TutorTests.minus), .text(TutorTests.plus), .broken("7 * 8 = ", .cut),
    ])
    let critic = ScriptedModel([
      .text("Wrong step: 2\nQuote: 25 - 6 = 19\nCorrect: 25 + 6 = 31\nConclusion: wrong [END]"),
      .word("wrong", ["wrong": 0.7, "right": 0.3]),
      .text("Conclusion: right [END]"), .word("right", ["right": 0.9, "wrong": 0.1]),
    ])
    let tutor = try TutorTests.tutor(solver, critic, logprobs: true)
    for problem in [TutorTests.pentagon, TutorTests.sum] {
      _ = try await tutor.solve(problem) { progress in
        guard case .event(let event) = progress else { return }
        lines.withLock { $0.append(Line(at: $0.count, event: event)) }
      }
    }
    return lines.withLock { $0 }
  }

  static func bytes(_ lines: [Line]) -> [UInt8] { lines.flatMap { $0.encoded() } }

  @Test func `what is written is read back`() async throws {
    let lines = try await Self.session()
    let transcript = try Transcript(reading: Self.bytes(lines), file: "t.jsonl")
    #expect(transcript.header == Self.header)
    #expect(transcript.lines == lines)
    #expect(transcript.remarks.isEmpty)
    #expect(Self.bytes(transcript.lines) == Self.bytes(lines))
    #expect(transcript.problems.map(\.count) == [lines.count - 1 - 6, 6])
  }

  @Test(arguments: [
    (Event.session(header), "session"), (.resumed(header), "resumed"),
    (.note("a\nb\u{2028}"), "note"),
    (.failed("no answer"), "failed"), (.decided(.propose(sample: 0)), "decision"),
    (.decided(.critique(round: 2)), "decision"),
    (
      .decided(.revise(round: 1, Evidence(source: .critic, step: 0, quote: "q", reason: "r"))),
      "decision"
    ),
    (
      .verdict(
        Verdict(.disputed, answer: nil, others: ["19"], voucher: "v", ending: .budget), Cost()),
      "verdict"
    ),
    (
      .critiqued(
        round: 0,
        .adding(0.5, exceeds: 0.25, written: .unparsed)), "critique"
    ),
    (
      .exchange(
        Exchange(
          phase: .bound, round: 0,
          request: ChatRequest(
            model: "m", messages: [Message(role: .user, content: "\u{0}\u{1B}[31m\"\\/\u{FFFD}😀")],
            options: RequestOptions(
              temperature: 0.1, topP: 0.2, maxTokens: 3, seed: -4, stop: ["[END]"],
              topLogprobs: 5, grammar: "root ::= \"a\"")),
          reply: Reply(
            text: "t", reasoning: "r", finish: .filtered, fault: "f", promptTokens: 1,
            completionTokens: 2, milliseconds: 3, firstTokenMilliseconds: 4, attempts: 5,
            logprobs: [TokenLogprob("a", ["a": 0.1])]))), "exchange"
    ),
  ])
  func `every kind of event survives writing, on one line`(event: Event, key: String) throws {
    let line = Line(at: 12, event: event)
    let bytes = line.encoded()
    #expect(bytes.count { $0 == UInt8(ascii: "\n") } == 1)
    #expect(String(decoding: bytes, as: UTF8.self).contains("\"\(key)\":"))
    let header = Line(at: 0, event: .session(Self.header)).encoded()
    let transcript = try Transcript(reading: header + bytes, file: "t.jsonl")
    #expect(transcript.lines.last == line)
  }

  @Test func `a setting that an older transcript lacks has its default`() throws {
    let text = #"{"rounds":7,"checker":false,"threshold":0.25,"unknown":1}"#
    let policy = try JSONDecoder().decode(Policy.self, from: Data(text.utf8))
    let expected = Policy.with {
      $0.rounds = 7
      $0.checker = false
      $0.threshold = 0.25
    }
    #expect(policy == expected)
    #expect(try JSONDecoder().decode(Policy.self, from: JSONEncoder().encode(expected)) == expected)
  }

  @Test func `a number that is none is written, and refused when read`() throws {
    var reply = Reply(text: "")
    reply.logprobs = [TokenLogprob(token: "a", logprob: -.infinity)]
    let request = ChatRequest(model: "m", messages: [], options: RequestOptions(temperature: .nan))
    let line = Line(
      at: 0,
      event: .exchange(Exchange(phase: .propose, round: 0, request: request, reply: reply)))
    let bytes = Line(at: 0, event: .session(Self.header)).encoded() + line.encoded()
    #expect(
      throws: TranscriptError.damaged(file: "t", line: 2, reason: "not a line of a transcript")
    ) { _ = try Transcript(reading: bytes, file: "t") }
  }

  @Test(arguments: [
    #"{"at":9223372036854775807,"note":"x"}"#,
    #"{"at":0,"decision":{"next":"critique","round":9223372036854775807}}"#,
    #"{"at":0,"decision":{"next":"propose","sample":-1}}"#,
    #"{"at":0,"critique":{"round":0,"critique":{"text":"","factored":[],"finish":"stop","remark":"#
      + #"{"step":9223372036854775807,"quote":"","correction":"","reason":"","isVerified":false}}}}"#,
    #"{"at":0,"verdict":{"verdict":{"word":"unresolved","others":[],"voucher":"","ending":"judged"},"#
      + #""cost":{"calls":1,"promptTokens":1,"completionTokens":9223372036854775807,"milliseconds":60}}}"#,
  ])
  func `a number that no session can have is damage`(line: String) {
    let bytes = Line(at: 0, event: .session(Self.header)).encoded() + Array("\(line)\n".utf8)
    #expect(
      throws: TranscriptError.damaged(file: "t", line: 2, reason: "not a line of a transcript")
    ) { _ = try Transcript(reading: bytes, file: "t") }
    let sound = line.replacing("9223372036854775807", with: "7").replacing("-1", with: "0")
    let others = Line(at: 0, event: .session(Self.header)).encoded() + Array("\(sound)\n".utf8)
    #expect((try? Transcript(reading: others, file: "t"))?.lines.count == 2)
  }

  @Test func `every beginning of a transcript is readable or says why not`() async throws {
    // The short lines will do: an exchange holds its whole prompt.
    let lines = try await Self.session().filter { $0.encoded().count < 600 }.prefix(5)
    let bytes = Self.bytes(Array(lines))
    let firstEnd = try #require(bytes.firstIndex(of: UInt8(ascii: "\n")))
    for count in 0...bytes.count {
      let beginning = bytes.prefix(count)
      do {
        let transcript = try Transcript(reading: beginning, file: "t.jsonl")
        let whole = beginning.count { $0 == UInt8(ascii: "\n") }
        let isTorn = !transcript.remarks.isEmpty
        // A line that lacks only its line end is whole.
        let isEnded = beginning.last == UInt8(ascii: "\n")
        #expect(transcript.lines.count == whole + (isEnded || isTorn ? 0 : 1))
        #expect(transcript.remarks == (isTorn ? ["the last line is torn and was left out"] : []))
      } catch {
        #expect(error == .empty(file: "t.jsonl"))
        #expect(count < firstEnd)
      }
    }
  }

  @Test(arguments: [
    ("", TranscriptError.empty(file: "t")),
    ("\n\n", .empty(file: "t")),
    ("{", .empty(file: "t")),
    ("\u{0}\u{0}\u{0}", .empty(file: "t")),
    ("{}\n", .damaged(file: "t", line: 1, reason: "not a line of a transcript")),
    ("not JSON\n", .damaged(file: "t", line: 1, reason: "not a line of a transcript")),
    ("[]\n", .damaged(file: "t", line: 1, reason: "not a line of a transcript")),
    (
      "{\"at\":0,\"note\":\"hello\"}\n",
      .damaged(
        file: "t", line: 1, reason: "a transcript begins with its session line")
    ),
    (
      "{\"at\":0,\"note\":\"a\",\"failed\":\"b\"}\n",
      .damaged(
        file: "t", line: 1, reason: "not a line of a transcript")
    ),
    (
      "{\"at\":0,\"session\":{\"version\":2,\"id\":\"x\",\"started\":0,\"program\":\"p\"}}\n",
      .newer(file: "t", version: 2)
    ),
    (
      "{\"at\":\"now\",\"session\":{\"version\":3,\"author\":\"x\"}}\n",
      .newer(file: "t", version: 3)
    ),
  ])
  func `what is no transcript says why`(text: String, expected: TranscriptError) {
    #expect(throws: expected) { _ = try Transcript(reading: text.utf8, file: "t") }
  }

  @Test func `a damaged line is named, a torn one is left out`() async throws {
    let lines = try await Self.session()
    var damaged = Self.bytes(Array(lines.prefix(2))) + Array("garbage\n".utf8)
    damaged += Self.bytes(Array(lines.suffix(3)))
    #expect(
      throws: TranscriptError.damaged(file: "t", line: 3, reason: "not a line of a transcript")
    ) { _ = try Transcript(reading: damaged, file: "t") }
    let torn = Self.bytes(Array(lines.prefix(2))) + Array("{\"at\":3,\"dec".utf8)
    let transcript = try Transcript(reading: torn, file: "t")
    #expect(transcript.lines == Array(lines.prefix(2)))
    #expect(transcript.remarks == ["the last line is torn and was left out"])
  }

  @Test(arguments: [
    (TranscriptError.empty(file: "t"), "t holds no events"),
    (.unreadable(file: "t", reason: "gone"), "cannot read the transcript t: gone"),
    (
      .unwritable(file: "t", reason: "No space left on device"),
      "cannot write the transcript t: No space left on device; free the disk or choose another folder"
    ),
    (.inUse(file: "t"), "t is being written by another pentimento; close that one first"),
    (.damaged(file: "t", line: 3, reason: "r"), "t:3: r; mend or delete that line to use the rest"),
    (
      .newer(file: "t", version: 2),
      "t is in format 2, and this program knows 1; update pentimento"
    ),
  ])
  func `errors say what happened, where, and what to do`(error: TranscriptError, text: String) {
    #expect(error.description == text)
  }
}

import FoundationEssentials
import Synchronization
import Testing

@testable import Tutoring

/// The lines of a batch's output: written, read back, and computed again.
@Suite struct RunRecordTests {
  static let problem = Problem(
    id: "p1", statement: "There are 7 rows of 8 chairs. How many chairs are there?")
  static let row: [String: JSONValue] = ["answer": .int(56), "tags": .array([.string("times")])]

  /// A run with one revision, and everything that happened in it.
  private func solved() async throws -> RunRecord {
    let model = ScriptedModel(
      "7 * 8 = 54\nThe answer is \\boxed{54}.", "7 * 8 = 56\nThe answer is \\boxed{56}.",
      "Fine.\nConclusion: right [END]")
    let voice = Voice(model: model, settings: .init(model: "m"))
    let events = Mutex<[Line]>([])
    let run = try await Tutor(solver: voice, critic: voice, prompts: .builtin()).solve(
      Self.problem
    ) { progress in
      if case .event(let event) = progress {
        events.withLock { $0.append(Line(at: $0.count, event: event)) }
      }
    }
    return RunRecord(run, row: Self.row, events: events.withLock { $0 })
  }

  @Test func `a record says how the problem ended and what became of every candidate`()
    async throws
  {
    let record = try await solved()
    #expect(record.id == "p1")
    #expect(record.problem == Self.problem.statement)
    #expect(record.verdict == .accepted)
    #expect(record.answer == "56")
    #expect(record.error == nil)
    #expect(record.cost.calls == 3)
    #expect(record.rounds.map(\.answer) == ["54", "56"])
    #expect(record.rounds.map(\.origin) == [.greedy, .revised(round: 0)])
    #expect(record.rounds.map(\.refuted) == [1, 0])
    #expect(record.rounds.map(\.faultyStep) == [0, nil])
    #expect(record.rounds.map(\.written) == [[], [.right]])
    #expect(record.exchanges.map(\.phase) == [.propose, .revise, .critique])
  }

  @Test func `a record is one line, and what is read back is what was written`() async throws {
    let record = try await solved()
    let bytes = record.encoded()
    #expect(bytes.count { $0 == 0x0A } == 1 && bytes.last == 0x0A)
    #expect(try JSONDecoder().decode(RunRecord.self, from: Data(bytes)) == record)
    #expect(try JSONDecoder().decode(RunRecord.self, from: Data(bytes)).encoded() == bytes)
    let brief = record.brief
    #expect(brief.events.isEmpty && brief.rounds == record.rounds)
    #expect(try JSONDecoder().decode(RunRecord.self, from: Data(brief.encoded())) == brief)
  }

  @Test func `a record computes its verdict again without a model`() async throws {
    var record = try await solved()
    let transcript = try #require(record.transcript())
    #expect(transcript.problems.count == 1)
    let prompts = try Prompts.builtin()
    #expect(await transcript.verify(prompts: prompts).differences == [])
    let verdict = try #require(record.judged)
    record.events[record.events.count - 1].event = .verdict(
      Verdict(.refuted, answer: verdict.answer, voucher: ""), record.cost)
    #expect(await record.transcript()?.verify(prompts: prompts).holds == false)
    #expect(record.brief.transcript() == nil)
  }

  @Test func `what an error left says what there was up to it`() async throws {
    let events = try await solved().events.filter {
      if case .verdict = $0.event { false } else { true }
    }
    let failed = RunRecord(
      id: "p1", problem: Self.problem.statement, row: Self.row, error: "no answer", events: events)
    #expect(failed.verdict == nil && failed.judged == nil)
    #expect(failed.cost.calls == 3)
    let rounds = try await solved().rounds
    #expect(failed.rounds == rounds)
    #expect(try JSONDecoder().decode(RunRecord.self, from: Data(failed.encoded())) == failed)
  }

  @Test func `of several lines of a problem the last counts`() throws {
    try withTemporaryFolder { folder in
      let file = "\(folder)/runs.jsonl"
      let lines = #"""
        {"id":"b","error":"no answer"}
        {"id":"a","verdict":"accepted","answer":"1"}

        {"id":"b","verdict":"disputed"}
        {"id":"c","verd
        """#
      try Data(lines.utf8).write(to: URL(filePath: file))
      let (records, remarks) = try RunFile.latest(file)
      #expect(records.map(\.id) == ["b", "a"])
      #expect(records.map(\.verdict) == [.disputed, .accepted])
      #expect(remarks == ["the last line of \(file) is torn and was left out"])
      try Data((lines + "\n").utf8).write(to: URL(filePath: file))
      #expect(
        throws: TranscriptError.damaged(
          file: file, line: 5, reason: "no line of a batch's output")
      ) { try RunFile.latest(file) }
    }
  }
}

/// Rows of problems, and dealing them out.
@Suite struct ProblemRowTests {
  @Test(arguments: [
    (#"{"id":"a","problem":"1 + 1?","answer":2}"#, "a", "1 + 1?", ["answer"]),
    (#"{"id":7,"question":"1 + 1?"}"#, "7", "1 + 1?", []),
    (
      #"{"question":"1 + 1?","id":null}"#, "he62e0ad56d3c64bf6e6a1d415ce5dd87", "1 + 1?", []
    ),
    (#"{"id":"a","question":"q","problem":"p"}"#, "a", "p", ["question"]),
  ])
  func `a row has a problem, a name and whatever else`(
    line: String, id: String, statement: String, rest: [String]
  ) throws {
    let row = try ProblemRow(reading: Array(line.utf8))
    #expect(row.id == id)
    #expect(row.statement == statement)
    #expect(row.rest.keys.sorted() == rest)
  }

  @Test(arguments: [
    ("", ProblemRowFault.noObject), ("[1]", .noObject), (#"{"problem":"x""#, .noObject),
    (#"{"id":"a"}"#, .noProblem), (#"{"problem":" \n"}"#, .noProblem),
    (#"{"problem":3}"#, .noProblem), (#"{"id":"","problem":"x"}"#, .badID),
    (#"{"id":[1],"problem":"x"}"#, .badID), (#"{"id":1.5,"problem":"x"}"#, .badID),
  ])
  func `a bad row says what is wrong with it`(line: String, fault: ProblemRowFault) {
    #expect(throws: fault) { try ProblemRow(reading: Array(line.utf8)) }
  }

  /// The first two are test vectors of draft-eastlake-fnv.
  @Test(arguments: [
    ("", "6c62272e07bb014262b821756295c58d"), ("a", "d228cb696f1a8caf78912b704e4a8964"),
    ("foobar", "343e1662793c64bf6f0d3597ba446f18"),
  ])
  func `a fingerprint is the same everywhere`(text: String, digits: String) {
    #expect(Fingerprint(text).description == digits)
    #expect(Fingerprint(reading: digits) == Fingerprint(text))
    #expect(Fingerprint(reading: digits + "0") == nil)
  }

  @Test func `parts share texts fairly`() {
    for count in [2, 3, 4, 7, 16] {
      var sizes = [Int](repeating: 0, count: count)
      for number in 0..<(100 * count) { sizes[Fingerprint("p\(number)").part(of: count)] += 1 }
      #expect(sizes.allSatisfy { (60...140).contains($0) }, "\(sizes)")
    }
  }
}

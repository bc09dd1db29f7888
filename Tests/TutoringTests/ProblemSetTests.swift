import Algebra
import FoundationEssentials
import Testing

@testable import Tutoring

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

struct ProblemSetTests {
  private func read(_ text: String, _ format: ProblemSetFormat? = nil, name: String = "set_a.jsonl")
    throws -> [EvaluationItem]
  {
    try withTemporaryFolder { folder in
      let path = "\(folder)/\(name)"
      try Data(text.utf8).write(to: URL(filePath: path))
      return try ProblemSet.read(path: path, format: format)
    }
  }

  /// Rows of the published shapes; the numbers are made up.
  @Test(arguments: [
    (
      #"{"question": "How many?", "answer": "3 * 4 = <<3*4=12>>12\n#### 1,200"}"#,
      EvaluationItem(
        id: "set-a-0000", statement: "How many?", reference: "1200",
        worked: "3 * 4 = <<3*4=12>>12\n#### 1,200")
    ),
    (
      #"{"id":0,"problem":"How far?","answer":27.0,"url":"u","question":"How far?"}"#,
      EvaluationItem(id: "set-a-0000", statement: "How far?", reference: "27")
    ),
    (
      #"{"problem": "Simplify.", "solution": "So $\\boxed{\\frac{7}{2}}$.", "answer": "\\frac{7}{2}", "level": 2}"#,
      EvaluationItem(
        id: "set-a-0000", statement: "Simplify.", reference: "\\frac{7}{2}",
        worked: "So $\\boxed{\\frac{7}{2}}$.")
    ),
    (
      #"{"question": "Q", "ground_truth": "W\nA: 18", "6b": {"is_correct": false, "solution": "A: 26"}, "175b": {"is_correct": true, "solution": "A: 18"}}"#,
      EvaluationItem(
        id: "set-a-0000", statement: "Q", reference: "18", worked: "W\nA: 18",
        solutions: [
          GivenSolution(text: "A: 18", isRight: true, hasRightAnswer: true, kind: "175b"),
          GivenSolution(text: "A: 26", isRight: false, hasRightAnswer: false, kind: "6b"),
        ])
    ),
    (
      #"{"idx": 0, "question": "Q", "gt": "420", "answer": "420", "code": ["a", "b"], "score": [true, false], "pred": ["420", "1"]}"#,
      EvaluationItem(
        id: "set-a-0000", statement: "Q", reference: "420",
        solutions: [
          GivenSolution(text: "a", isRight: true, hasRightAnswer: true),
          GivenSolution(text: "b", isRight: false, hasRightAnswer: false),
        ])
    ),
    (
      #"{"idx": 0, "question": "Q", "gt_cot": "W", "gt": "540", "answer": "W\n#### 540", "reasoning": "R", "model": "m", "previous_score": [true]}"#,
      EvaluationItem(
        id: "set-a-0000", statement: "Q", reference: "540", worked: "W",
        solutions: [GivenSolution(text: "R", isRight: true, hasRightAnswer: true, kind: "m")])
    ),
    (
      #"{"input": "(1 - 2) =", "steps": ["1 - 2 = 1", "So 1"], "target": "-1", "answer": "1", "mistake_index": 0}"#,
      EvaluationItem(
        id: "set-a-0000", statement: "(1 - 2) =", reference: "-1",
        solutions: [
          GivenSolution(
            text: "1 - 2 = 1\n\nSo 1", steps: ["1 - 2 = 1", "So 1"], isRight: false,
            hasRightAnswer: false, firstFault: 0, kind: "trace")
        ])
    ),
    (
      #"{"input": "(1 - 2) =", "steps": ["-1"], "target": "-1", "answer": "-1", "mistake_index": null}"#,
      EvaluationItem(
        id: "set-a-0000", statement: "(1 - 2) =", reference: "-1",
        solutions: [
          GivenSolution(
            text: "-1", steps: ["-1"], isRight: true, hasRightAnswer: true, kind: "trace")
        ])
    ),
  ])
  func `a row is read in the format its fields show`(_ row: String, _ item: EvaluationItem) throws {
    #expect(try read(row + "\n") == [item])
  }

  @Test func `an array keeps its labels of steps, and its rows have their lines`() throws {
    let text = """
      [
        {"id": "g-0", "generator": "m", "problem": "P, [\\"{", "steps": ["a", "b"],
         "final_answer_correct": true, "label": 1},
        {"id": "g-1", "generator": "m", "problem": "P", "steps": ["a"], "label": -1}
      ]

      """
    let items = try read(text, name: "bench.json")
    #expect(items.map(\.id) == ["bench-0000", "bench-0001"])
    #expect(items[0].statement == "P, [\"{")
    #expect(items[0].reference == nil)
    #expect(
      items.map(\.solutions) == [
        [
          GivenSolution(
            text: "a\n\nb", steps: ["a", "b"], isRight: false, hasRightAnswer: true, firstFault: 1,
            kind: "m")
        ],
        [GivenSolution(text: "a", steps: ["a"], isRight: true, kind: "m")],
      ])
    let short = text.split(separator: "\"label\": -1").joined(separator: "\"label\": 5")
    #expect(
      throws: ProblemSetError.damaged(
        file: "bench.json", line: 4, reason: "`label` is 5, and there are 1 steps")
    ) {
      try readNamed(short, "bench.json")
    }
  }

  /// Reads without the temporary folder's path in messages.
  private func readNamed(_ text: String, _ name: String, _ format: ProblemSetFormat? = nil)
    throws(ProblemSetError)
  {
    do {
      _ = try read(text, format, name: name)
    } catch let error as ProblemSetError {
      throw switch error {
      case .damaged(_, let line, let reason): .damaged(file: name, line: line, reason: reason)
      case .unrecognised(_, let keys): .unrecognised(file: name, keys: keys)
      case .empty: .empty(file: name)
      case .unreadable(_, let reason): .unreadable(file: name, reason: reason)
      }
    } catch {
      throw .unreadable(file: name, reason: "\(error)")
    }
  }

  @Test func `a student's solution has its first fault, and the corrected one no judge`() throws {
    let row = #"""
      [{"problem": "P", "reference_solution": "6 * 2 = 12\n 12", "student_incorrect_solution":
      ["6 + 2 = 8", " 8"], "incorrect_index": 0, "error_category": "None of the above",
      "error_description": "adds", "student_correct_response": "6 x 2 = 12."}]
      """#
    let item = try #require(try read(row, name: "students.json").first)
    #expect(item.reference == "12")
    #expect(
      item.solutions == [
        GivenSolution(
          text: "6 + 2 = 8\n\n 8", steps: ["6 + 2 = 8", " 8"], isRight: false, firstFault: 0,
          kind: "None of the above", remark: "adds"),
        GivenSolution(text: "6 x 2 = 12.", kind: "corrected"),
      ])
  }

  @Test func `fields can be named, and usual names are guessed`() throws {
    let row = #"{"key": 7, "q": "Q", "a": "So\n#### 5", "try": ["x", "y"], "ok": true}"#
    let fields = NamedFields(problem: "q", answer: "a", id: "key", solution: "try", isRight: "ok")
    let solutions = [
      GivenSolution(text: "x", isRight: true), GivenSolution(text: "y", isRight: true),
    ]
    #expect(
      try read(row, .named(fields)) == [
        EvaluationItem(id: "7", statement: "Q", reference: "5", solutions: solutions)
      ])
    let each = #"{"q": "Q", "a": "5", "key": 7, "try": ["x", "y"], "ok": [true, false]}"#
    #expect(try read(each, .named(fields))[0].solutions.map(\.isRight) == [true, false])
    let short = #"{"q": "Q", "a": "5", "key": 7, "try": ["x", "y"], "ok": [true, false, true]}"#
    #expect(throws: ProblemSetError.self) { try read(short, .named(fields)) }
    #expect(
      try read(#"{"problem": "P", "reference": "5", "candidates": [{"text": "x"}]}"#) == [
        EvaluationItem(
          id: "set-a-0000", statement: "P", reference: "5", solutions: [GivenSolution(text: "x")])
      ])
  }

  @Test func `candidates that this program kept are solutions nobody has judged`() throws {
    let item = EvaluationItem(
      id: "p-7", statement: "P", reference: "5",
      solutions: [GivenSolution(text: "x", kind: "candidate")])
    let recording = Recording(
      problem: item.problem, reference: "5",
      replies: [
        RecordedReply(phase: .propose, subject: "sample 0", request: "", reply: Reply(text: "x")),
        RecordedReply(
          phase: .propose, subject: "sample 1", request: "",
          reply: Reply(text: "y", finish: .length)),
        RecordedReply(phase: .critique, subject: "", request: "", reply: Reply(text: "z")),
      ])
    let encoded = try JSONEncoder().encode(recording)
    #expect(try read(String(decoding: encoded, as: UTF8.self)) == [item])
    var run = RunRecord(id: "p-7", problem: "P", row: ["answer": .string("So\n#### 5")])
    let round = Round(
      candidate: Candidate(origin: .greedy, text: "x"),
      report: Report(steps: [], findings: [], answer: nil))
    run.rounds = [RoundSummary(round)]
    #expect(try read(String(decoding: run.encoded(), as: UTF8.self)) == [item])
  }

  @Test(arguments: [
    ("", ProblemSetError.empty(file: "a.jsonl")),
    ("[]", .empty(file: "a.jsonl")),
    (#"{"title": 1, "body": 2}"#, .unrecognised(file: "a.jsonl", keys: ["body", "title"])),
    (
      "{\"question\": \"Q\", \"answer\": \"5\"}\n\n{\"question\": \"Q\"",
      .damaged(file: "a.jsonl", line: 3, reason: "the row is not whole JSON")
    ),
    (
      "{\"question\": \"Q\", \"answer\": \"5\"}\n{\"question\": \"Q\", \"answer\": null}",
      .damaged(file: "a.jsonl", line: 2, reason: "the row has no field `answer`")
    ),
    (
      #"{"question": ["Q"], "answer": "5"}"#,
      .damaged(file: "a.jsonl", line: 1, reason: "the field `question` is not a text")
    ),
    ("5\n", .damaged(file: "a.jsonl", line: 1, reason: "the row is no JSON object")),
    (
      #"[{"question": "Q", "answer": "5"}"#,
      .damaged(file: "a.jsonl", line: 1, reason: "the array has no end")
    ),
    (
      #"[{"question": "Q", "answer": "5"}]"# + "\nx",
      .damaged(file: "a.jsonl", line: 2, reason: "something follows the end of the array")
    ),
    (
      "{\"question\": \"Q\", \"answer\": \"#### \"}",
      .damaged(file: "a.jsonl", line: 1, reason: "the right answer is empty")
    ),
  ])
  func `what cannot be read is an error with its line`(_ text: String, _ error: ProblemSetError) {
    #expect(throws: error) { try readNamed(text, "a.jsonl") }
  }

  @Test(arguments: [
    ("109,200,000", "109200000"), ("1,2", "1,2"), ("(1,200)", "(1,200)"), ("$1,080", "$1080"),
    ("x\n 12", "12"), ("A: 18", "18"), ("-1,000.5", "-1000.5"), ("12,34", "12,34"),
  ])
  func `only commas that group digits are left out of a reference`(_ text: String, _ value: String)
    throws
  {
    #expect(try Reference.of(text) == value)
  }

  @Test(arguments: [1, 2, 3, 7, 64])
  func `rows do not depend on how a file arrives`(_ size: Int) throws {
    let bytes = Array("\u{FEFF}[ {\"a\": \"]\\\"\"} ,\n [1, {}]\n, 5 ]\n".utf8)
    var splitter = RowSplitter()
    var rows: [RawRow] = []
    for start in stride(from: 0, to: bytes.count, by: size) {
      rows += try splitter.take(bytes[start..<min(start + size, bytes.count)])
    }
    rows += try splitter.end()
    #expect(
      rows.map { String(decoding: $0.bytes, as: UTF8.self) } == [
        "{\"a\": \"]\\\"\"} ", "[1, {}]\n", "5 ",
      ])
    #expect(rows.map(\.line) == [1, 2, 3])
  }

  @Test func `an offset of the text finds its given step`() {
    let solution = GivenSolution(
      steps: ["ab", "ü", "c"], isRight: nil, hasRightAnswer: nil, firstFault: nil, kind: "")
    #expect([0, 3, 4, 7, 8, 99].map(solution.step(at:)) == [0, 0, 1, 1, 2, 2])
    #expect(GivenSolution(text: "ab").step(at: 0) == nil)
  }

  /// The published files themselves, where they are at hand.
  @Test(
    .enabled(if: dataFolder != nil, "PENTIMENTO_DATA names no folder"),
    arguments: [
      "gsm8k_train.jsonl", "gsm8k_test.jsonl", "gsm8k_model_solutions.jsonl", "math500.jsonl",
      "amc23.jsonl", "math_cot_100.jsonl", "processbench_gsm8k.json", "processbench_math.json",
      "realcritic_gsm8k.jsonl", "realcritic_math.jsonl", "bigbench_mistake_arithmetic.jsonl",
      "student_solutions.json",
    ])
  func `the published files are read`(_ name: String) throws {
    var set = try ProblemSet(path: "\(dataFolder ?? "")/\(name)")
    for row in 0..<40 {
      let item = try #require(try set.next())
      #expect(item.id == "\(ProblemSet.stem(of: name))-00\(row < 10 ? "0" : "")\(row)")
      #expect(!item.statement.isEmpty)
      #expect(item.solutions.allSatisfy { !$0.text.isEmpty })
      #expect(item.reference != nil || name.hasPrefix("processbench"))
    }
  }
}

private var dataFolder: String? { getenv("PENTIMENTO_DATA").map { String(cString: $0) } }

import FoundationEssentials
import Testing

@testable import Tutoring

struct CritiqueRecordTests {
  private let record = CritiqueRecord(
    question: "What is \"7 × 8\"?", solution: "7 \\cdot 8 = 54\n\n#### 54",
    critique: "Step 1: 7 * 8 is 56.\tNo.\n\nConclusion: wrong [END]")

  @Test func `instruction, input and output are written as they are published`() {
    #expect(
      CritiqueLayout.instruction.encoded(record) == """
        {"instruction": "Please critique whether the following solution to the question is \
        correct.\\n\\n", "input": "Question:\\nWhat is \\"7 × 8\\"?\\n\\nSolution:\\n7 \\\\cdot 8 = \
        54\\n\\n#### 54\\n\\n", "output": "Critique:\\nStep 1: 7 * 8 is 56.\\tNo.\\n\\n\
        Conclusion: wrong [END]"}
        """)
  }

  @Test func `messages have the same texts, of a user and an assistant`() {
    #expect(
      CritiqueLayout.messages.encoded(record) == """
        {"messages": [{"role": "user", "content": "Please critique whether the following solution \
        to the question is correct.\\n\\nQuestion:\\nWhat is \\"7 × 8\\"?\\n\\nSolution:\\n7 \
        \\\\cdot 8 = 54\\n\\n#### 54\\n\\n"}, {"role": "assistant", "content": "Critique:\\nStep 1: \
        7 * 8 is 56.\\tNo.\\n\\nConclusion: wrong [END]"}]}
        """)
  }

  @Test(arguments: CritiqueLayout.allCases)
  func `what is written is read back`(_ layout: CritiqueLayout) throws {
    #expect(try CritiqueRecord(Row(reading: Array(layout.encoded(record).utf8))) == record)
  }

  /// What real files hold: bold conclusions, no heading, no verdict.
  @Test func `an inspection counts what a file holds`() throws {
    let rows = [
      layout("1 + 1 = 2", "Critique:\nFine.\n\nConclusion: right [END]"),
      layout("1 + 1 = 3", "Step 1 is wrong: 1 + 1 = 2.\n\n**Conclusion: wrong [END]**"),
      layout("1 + 1 = 3", "Step 1 is wrong: 1 + 1 = 4.\n\nConclusion: wrong [END]"),
      layout("1 + 1 = 2", "I cannot say."),
    ]
    try withTemporaryFolder { folder in
      for text in [rows.joined(separator: "\n"), "[\(rows.joined(separator: ","))]"] {
        try Data(text.utf8).write(to: URL(filePath: "\(folder)/file"))
        let found = try CritiqueInspection(path: "\(folder)/file")
        #expect([found.records, found.right, found.wrong, found.unreadable] == [4, 1, 2, 1])
        #expect([found.bold, found.unended, found.located, found.repeated] == [1, 1, 2, 2])
        #expect(found.questions == 1)
        #expect(found.examples == ["record 3: 1 + 1 = 4: 1 + 1 is 2"])
        #expect(found.length(atShare: 0) == 23)
      }
    }
  }

  private func layout(_ solution: String, _ output: String) -> String {
    let record = CritiqueRecord(question: "Q", solution: solution, critique: "")
    let json = CritiqueLayout.instruction.encoded(record)
    let ending = output.split(separator: "\n", omittingEmptySubsequences: false)
      .joined(separator: "\\n")
    return json.split(separator: "\"Critique:")[0] + "\"\(ending)\"}"
  }
}

struct ContaminationTests {
  private let benchmark = """
    A store sells pens at 3 dollars each and pads at 5 dollars each; Ann buys 4 pens and 2 pads. \
    How much does she pay?
    """

  @Test(arguments: [
    (
      "a store sells PENS at 3 dollars each, and pads at 5 dollars each — Ann buys 4 pens and 2 pads. How much does she pay",
      true
    ),
    ("Bob's store sells pens at 3 dollars each and pads at 5 dollars each; what is dearer?", false),
    ("A shop sells pens at 3 dollars each and pads at 5 dollars. How much does she pay?", nil),
    ("How much does she pay?", nil),
  ])
  func `equal words or thirteen in a row are a match`(_ text: String, _ isWhole: Bool?) {
    var benchmarks = Benchmarks()
    benchmarks.add(benchmark, id: "b-0007")
    let match = benchmarks.match(text, id: "r")
    #expect(match?.isWhole == isWhole)
    #expect(match.map(\.benchmark) == isWhole.map { _ in "b-0007" })
  }

  @Test func `typographic marks are no words`() {
    #expect(
      Words.fingerprint(of: "Janet’s “16” ducks") == Words.fingerprint(of: "janet's 16 ducks"))
    #expect(Words.fingerprint(of: "πr") != Words.fingerprint(of: "r"))
  }
}

struct CritiqueSelectionTests {
  private func selection(_ ids: some Sequence<Int>) -> CritiqueSelection {
    var selection = CritiqueSelection(seed: 3)
    for id in ids { selection.offer(id: "row-\(id)", isRight: id % 4 != 0) }
    return selection
  }

  @Test(
    arguments: [
      (nil, nil, 400, 300), (0.5, nil, 200, 100), (0.56, nil, 227, 127), (0.8, nil, 375, 300),
      (0.5, 50, 50, 25), (1, nil, 300, 300), (0, 10, 10, 0), (nil, 7, 7, nil),
    ] as [(Double?, Int?, Int, Int?)])
  func `the balance is kept`(_ balance: Double?, _ limit: Int?, _ count: Int, _ right: Int?) {
    let chosen = selection(0..<400).chosen(balance: balance, limit: limit)
    #expect(chosen.count == count)
    if let right { #expect(chosen.count(where: \.isRight) == right) }
    #expect(Set(chosen.map(\.place)).count == count)
  }

  @Test func `the choice does not depend on the order`() {
    let forward = selection(0..<100).chosen(balance: 0.5, limit: nil).map(\.place)
    let backward = selection((0..<100).reversed()).chosen(balance: 0.5, limit: nil)
    #expect(backward.map { 99 - $0.place } == forward)
  }
}

import Algebra
import Testing

@testable import Tutoring

/// Critiques by template. Clips and Marcus are rows of GSM8K train (MIT) and of the student
/// solutions to it (CC BY 4.0), shortened.
struct CritiqueBuilderTests {
  private static let clips = EvaluationItem(
    id: "clips",
    statement: """
      Natalia sold clips to 48 of her friends in April, and then she sold half as many clips in \
      May. How many clips did Natalia sell altogether in April and May?
      """,
    reference: "72",
    worked: """
      Natalia sold 48/2 = <<48/2=24>>24 clips in May.
      Natalia sold 48+24 = <<48+24=72>>72 clips altogether in April and May.
      #### 72
      """)

  private static let marcus = EvaluationItem(
    id: "marcus",
    statement: """
      Before a road trip, Marcus' car had 1728 miles on it. He drove 1200 miles. How many miles \
      does the car have on it now?
      """,
    reference: "2928",
    worked: "The car has 1728 + 1200 = 2928 miles on it\n 2928",
    solutions: [
      GivenSolution(
        steps: [
          "He drove 600 + 600 = 1200 miles.", "The car has 1728 - 1200 = 528 miles.", " 528",
        ],
        isRight: false, hasRightAnswer: nil, firstFault: 1, kind: "None of the above")
    ])

  private func drafts(_ item: EvaluationItem, seed: Int = 1) -> [CritiqueDraft] {
    CritiqueBuilder(seed: seed).outcomes(for: item).compactMap {
      if case .draft(let draft) = $0 { draft } else { nil }
    }
  }

  private func refusals(_ item: EvaluationItem) -> [Refusal?] {
    CritiqueBuilder().outcomes(for: item).map {
      if case .refused(let refusal) = $0 { refusal } else { nil }
    }
  }

  @Test func `a right solution is gone through step by step`() throws {
    let draft = try #require(drafts(Self.clips).first)
    #expect(draft.isRight && draft.source == .gold && draft.id == "clips/0")
    #expect(
      draft.record.solution == """
        Natalia sold 48/2 = 24 clips in May.

        Natalia sold 48+24 = 72 clips altogether in April and May.

        So the final answer is \\boxed{72}.
        """)
    #expect(
      draft.record.critique == """
        Step 1 is right, 48/2 = 24; 48 is given.
        Step 2 is correct: 48+24 = 72; 24 was found in step 1 and the problem states 48.
        Every step uses the numbers of the problem as it means them, and the final answer 72 \
        answers the question.

        Conclusion: right [END]
        """)
  }

  @Test func `a wrong operation is named with what was needed`() throws {
    let drafts = drafts(Self.marcus)
    #expect(drafts.map(\.isRight) == [true, false])
    let wrong = try #require(drafts.last)
    #expect(wrong.source == .human && wrong.kind == "None of the above")
    #expect(
      wrong.record.critique == """
        In step 1, 600 + 600 = 1200 is correct.
        The first mistake is in step 2: "1728 - 1200 = 528". 1200 and 1728 are subtracted although \
        the problem calls for them to be added.
        Instead: 1728 + 1200 = 2928.
        A right way:
        The car has 1728 + 1200 = 2928 miles on it
        The answer should be 2928 instead of 528.

        Conclusion: wrong [END]
        """)
  }

  @Test func `a step beyond the answer is called that`() throws {
    var item = Self.clips
    item.solutions = [
      GivenSolution(
        steps: ["48 / 2 = 24 in May.", "48 + 24 = 72 in both.", "So 72 + 24 = 96 clips.", "96"],
        isRight: false, hasRightAnswer: nil, firstFault: 2, kind: "")
    ]
    let wrong = try #require(drafts(item).last)
    #expect(Critique(reading: wrong.record.critique).remark?.step == 2)
    #expect(wrong.record.critique.contains("72"))
    let reasons = ["already; nothing more", "this goes beyond it", "changes it for no reason"]
    #expect(reasons.contains(where: wrong.record.critique.contains))
  }

  /// Whatever the seed draws: the program's own reader finds verdict, step and quote, and the
  /// checker finds nothing false.
  @Test func `every wording is read back`() throws {
    var wordings: Set<String> = []
    for seed in 0..<60 {
      let drafts = drafts(Self.marcus, seed: seed)
      let wrong = try #require(drafts.last)
      let critique = Critique(reading: wrong.record.critique)
      #expect(critique.written == .wrong)
      #expect(critique.remark?.step == 1)
      #expect(critique.remark?.quote == "1728 - 1200 = 528")
      #expect(wrong.record.critique.contains("1728 + 1200 = 2928"))
      #expect(Critique(reading: drafts[0].record.critique).written == .right)
      wordings.insert(wrong.record.critique)
    }
    #expect(wordings.count > 50)
    #expect(drafts(Self.marcus, seed: 9) == drafts(Self.marcus, seed: 9))
  }

  @Test(arguments: [
    ("A sum that the checker refutes", "48/2 = 24\n24 + 48 = 82\nThe answer is 82.", "48 = 82"),
    ("A wrong operation", "48/2 = 24\nThen 48*24 = 1152.\nThe answer is 1152.", "48*24 = 1152"),
  ])
  func `a model's wrong solution is criticised where something shows the fault`(
    _ what: String, _ text: String, _ quote: String
  ) throws {
    var item = Self.clips
    item.solutions = [GivenSolution(text: text, kind: "model")]
    let draft = try #require(drafts(item).last)
    #expect(!draft.isRight)
    #expect(draft.record.solution == text)
    let remark = try #require(Critique(reading: draft.record.critique).remark)
    #expect(remark.step == 1)
    #expect(remark.quote.hasSuffix(quote))
  }

  @Test(arguments: [
    (GivenSolution(text: "It is 24 + 48 = 72.\nThe answer is 70."), Refusal.unlocated),
    (GivenSolution(text: "No idea."), .undecided),
    (GivenSolution(text: "Many: 48 and more, 80"), .undecided),
    (GivenSolution(text: "48 + 24 = 74, so\nthe answer is 72."), .refutedThoughRight),
    (GivenSolution(text: "The answer is 72."), .uncheckable),
    (GivenSolution(text: "48 + 48 = 96\nThe answer is 96.", isRight: true), .contradicted),
    (
      GivenSolution(
        steps: ["48 + 24 = 72", "72"], isRight: false, hasRightAnswer: nil, firstFault: 0, kind: ""),
      .contradicted
    ),
    (
      GivenSolution(
        steps: ["48 * 24 = 1152", "1152"], isRight: false, hasRightAnswer: nil, firstFault: 0,
        kind: "", remark: "There is no error here"),
      .contradicted
    ),
    (
      GivenSolution(
        steps: ["48 + 24 = 70", "So 70 * 1 = 70", "70"], isRight: false, hasRightAnswer: nil,
        firstFault: 1, kind: ""),
      .unlocated
    ),
  ])
  func `what nothing supports gets no critique`(_ solution: GivenSolution, _ refusal: Refusal) {
    var item = Self.clips
    item.solutions = [solution]
    #expect(refusals(item) == [nil, refusal])
  }

  @Test func `without a reference or a judgement nothing is said`() {
    var item = EvaluationItem(
      id: "p", statement: "How many?", solutions: [GivenSolution(text: "2")])
    #expect(refusals(item) == [.unjudged])
    item.solutions = [GivenSolution(text: "1 + 1 = 2\nThe answer is 2.", isRight: true)]
    #expect(refusals(item) == [nil])
  }

  @Test(arguments: [
    ("student forgot to add the 200 miles", "The student forgot to add the 200 miles."),
    ("Counted the 12 trips twice.", "Counted the 12 trips twice."),
    ("Can you tell me what the 200 is for?", nil),
    ("forgot the 300 miles of the trip", nil),
    ("wrong", nil),
    ("There is no error, the solution is correct", nil),
    ("Did not understand the question at all", nil),
    ("The student multiply the trips by two", nil),
    ("Missed a trip. Ask about it.", nil),
    ("Missed one whole trip. Ask about it.", "Missed one whole trip."),
  ])
  func `a person's remark is quoted if it is a sentence on the step`(
    _ remark: String, _ sentence: String?
  ) {
    #expect(HumanRemark.sentence(remark, knowing: ["200 miles", "12 trips"]) == sentence)
  }

  @Test(arguments: [
    ("1,200 and 0.50 and .5 and 3.", ["1200", "0.5", "0.5", "3"]), ("$1,000,000.00", ["1000000"]),
    ("no. one, two", []), ("007", ["7"]), ("1.2.3", []), ("0", ["0"]),
  ])
  func `numbers have one plain form`(_ text: String, _ plain: [String]) {
    #expect(PlainNumeral.all(in: text) == plain)
  }

  @Test(arguments: [
    ("2 x 4 = 8", [Calculation.Operation.multiplication], false),
    ("18 x $3 = $54", [.multiplication], false), ("10 - 5 = 5", [.subtraction], false),
    ("2x - 4 + 5 = 2x + 1", [.addition, .subtraction], true),
    ("20 gallons * 2 = 40", [.multiplication], false),
  ])
  func `operations are told from letters and words`(
    _ claim: String, _ operations: [Calculation.Operation], _ isAlgebraic: Bool
  ) throws {
    let finding = Finding(
      step: 0, start: 0, end: 1, claim: claim, outcome: .holds, evidence: "")
    let calculation = try #require(Calculation(finding, step: 0))
    #expect(calculation.operations == Set(operations))
    #expect(calculation.isAlgebraic == isAlgebraic)
  }
}

struct PlantingTests {
  private let item = EvaluationItem(
    id: "p",
    statement: "Ann packs 3 boxes of 14 pens, takes 5 out and shares them among 2 friends.",
    reference: "18.5",
    worked: """
      She packs 42 pens because 3 * 14 = <<3*14=42>>42.
      Of the 42 pens, 42 - 5 = <<42-5=37>>37 are left.
      Each friend gets 37 / 2 = $<<37/2=18.5>>18.5 worth of pens.
      #### 18.5
      """)

  /// Whatever is planted: one faulty step, and what follows agrees with it.
  @Test func `a planted fault is the only one`() throws {
    var kinds: Set<String> = []
    for seed in 0..<80 {
      let outcomes = CritiqueBuilder(seed: seed, planting: 1).outcomes(for: item)
      guard outcomes.count == 2, case .draft(let draft) = outcomes[1] else { continue }
      #expect(draft.kind == "planted" && draft.source == .gold && !draft.isRight)
      let steps = draft.record.solution.split(separator: "\n").map(String.init)
      #expect(steps.count == 4)
      let remark = try #require(Critique(reading: draft.record.critique).remark)
      let fault = try #require(remark.step)
      for (index, step) in steps.enumerated() where index < 3 {
        let refuted = Checker().check(solution: step).findings.filter { $0.outcome == .refuted }
        #expect(refuted.isEmpty || index == fault)
      }
      // No value of the right solution is told any more once it has changed.
      if fault == 0 { #expect(!draft.record.solution.contains("42")) }
      #expect(!steps[3].contains("18.5"))
      kinds.insert(remark.quote)
    }
    #expect(kinds.count > 8)
  }

  @Test(arguments: [
    ("x = 3 + 4\nSo 7 pens.\n#### 7", "an equation with a letter"),
    ("She has 3 * 14 - 5 = 37.\n#### 37", "two operations in one"),
    ("She has 3 * 14 = 42, and 42 - 5 = 37.\n#### 37", "two calculations in a step"),
    (
      "She has 3 * 14 = 42 pens.\nShe gives some away.\n#### 37", "an answer that is not calculated"
    ),
  ])
  func `nothing is planted where it is not clear what follows`(_ worked: String, _ what: String) {
    var item = item
    item.worked = worked
    item.reference = nil
    for seed in 0..<20 {
      #expect(CritiqueBuilder(seed: seed, planting: 1).outcomes(for: item).count == 1)
    }
  }

  @Test(arguments: [
    ("40 marbles, 4 left, 40.", "22 marbles, 4 left, 22."), ("1,040 and 40.0", "1,040 and 22"),
    ("a40b", "a22b"), ("", ""),
  ])
  func `a number is replaced where it stands as a whole`(_ text: String, _ replaced: String) {
    #expect(PlainNumeral.replacing(["40": "22"], in: text) == replaced)
  }
}

struct CritiqueSourceTests {
  @Test func `a confirmed correction of a transcript becomes two records`() throws {
    let path = "\(GoldenTests.top)/transcripts/golden/pentagon.jsonl"
    let transcript = try Transcript(file: path)
    let outcomes = CritiqueBuilder().outcomes(for: transcript) { _ in true }
    let drafts = outcomes.compactMap { if case .draft(let draft) = $0 { draft } else { nil } }
    #expect(drafts.map(\.isRight) == [false, true])
    let remark = try #require(Critique(reading: drafts[0].record.critique).remark)
    #expect(remark.quote == "25 - 6 = 19")
    #expect(drafts[0].record.critique.contains("25 + 6 = 31"))
    #expect(CritiqueBuilder().outcomes(for: transcript) { _ in false } == [])
    let failed = try Transcript(
      file: "\(GoldenTests.top)/transcripts/golden/gsm8k-failed-repair.jsonl")
    #expect(CritiqueBuilder().outcomes(for: failed) { _ in true } == [])
  }

  @Test(
    arguments: [
      ("48/2 is 24, and 48 + 24 is 72.\nConclusion: right [END]", Finish.stop, nil),
      ("Step 2 is wrong.\nConclusion: wrong [END]", .stop, Refusal.misread),
      ("48 + 24 = 71, fine.\nConclusion: right [END]", .stop, .falseClaim),
      ("All fine.", .stop, .misread),
      ("48/2 is 24", .length, .unfinished),
    ] as [(String, Finish, Refusal?)])
  func `a teacher's critique is kept if it agrees and says nothing false`(
    _ reply: String, _ finish: Finish, _ refusal: Refusal?
  ) throws {
    let item = EvaluationItem(
      id: "p", statement: "Half of 48, and 48?", reference: "72",
      solutions: [GivenSolution(text: "48/2 = 24\n48 + 24 = 72\nThe answer is 72.")])
    let builder = CritiqueBuilder()
    let question = try builder.questions(for: item, prompts: .builtin())[0].get()
    #expect(question.messages.map(\.role) == [.system, .user])
    #expect(question.options == RequestOptions(temperature: 0.3, topP: 0.95, maxTokens: 3_200))
    switch builder.outcome(of: Reply(text: reply, finish: finish), to: question) {
    case .draft(let draft):
      #expect(refusal == nil)
      #expect(draft.source == .teacher)
      #expect(draft.record.critique == reply)
    case .refused(let given): #expect(given == refusal)
    }
  }
}

import Algebra

@testable import Tutoring
@testable import pentimento

/// A session of one event of each kind, with given words and numbers in all fields.
struct HostileSession {
  /// One that says nothing odd.
  static let mild = HostileSession(words: ["7 * 8 = 54\n\n#### 54"], numbers: [1, 0, 3, 10])

  private var words: [String]
  private var numbers: [Int]
  private(set) var events: [Event] = []

  /// - Parameters:
  ///   - words: Put into the fields in turn, from the first again when they run out; at least one.
  ///   - numbers: The same for steps, places and counts; at least one.
  init(words: [String], numbers: [Int]) {
    self.words = words
    self.numbers = numbers
    let header = SessionHeader(
      id: word(), started: Double(number()) * 1e9, program: word(), provenance: word())
    let posed = posed()
    let checked = [checked(.greedy, round: 0), checked(.revised(round: 0), round: 1)]
    let evidence = evidence()
    events = [
      .session(header), .problem(posed), .exchange(exchange()), .checked(checked[0]),
      .critiqued(round: 0, critique()), .decided(.revise(round: 0, evidence)),
      .checked(checked[1]), .critiqued(round: 1, critique()), .failed(word()), .note(word()),
      .verdict(verdict(), cost()),
    ]
  }

  private mutating func word() -> String {
    words.append(words.removeFirst())
    return words.last ?? ""
  }

  private mutating func number() -> Int {
    numbers.append(numbers.removeFirst())
    return numbers.last ?? 0
  }

  private mutating func posed() -> PosedProblem {
    PosedProblem(
      problem: Problem(id: word(), statement: word()), policy: Policy(),
      solver: Voice.Settings(model: word()), critic: Voice.Settings(model: word()),
      working: number() % 5 == 0 ? word() : nil)
  }

  private mutating func exchange() -> Exchange {
    let request = ChatRequest(model: word(), messages: [Message(role: .user, content: word())])
    let reply = Reply(
      text: word(), reasoning: word(), finish: .cut, fault: word(), promptTokens: number(),
      completionTokens: number(), milliseconds: number(), attempts: number())
    return Exchange(phase: .propose, round: number(), request: request, reply: reply)
  }

  private mutating func checked(_ origin: Candidate.Origin, round: Int) -> Checked {
    let steps = (0..<3).map { _ in Step(start: number(), end: number(), text: word()) }
    let outcomes: [Outcome] = [.refuted, .holds, .undecided, .refuted]
    let findings = outcomes.map { finding($0) }
    let report = Report(steps: steps, findings: findings, answer: nil)
    return Checked(
      round: round,
      candidate: Candidate(
        origin: origin, text: word(), finish: number() % 3 == 0 ? .cut : .stop),
      report: report, proof: number() % 2 == 0 ? finding(.refuted) : nil)
  }

  private mutating func finding(_ outcome: Outcome) -> Finding {
    Finding(
      step: number(), start: number(), end: number(), claim: word(), outcome: outcome,
      evidence: word(), correction: number() % 2 == 0 ? word() : nil)
  }

  private mutating func critique() -> Critique {
    let remark = Remark(
      step: number(), quote: word(), correction: word(), reason: word(),
      dismissal: number() % 2 == 0 ? word() : nil)
    let right = number() % 3 == 0
    return Critique(
      written: right ? .unparsed : .wrong, text: word(), remark: right ? nil : remark,
      probability: 0.25)
  }

  private mutating func evidence() -> Evidence {
    Evidence(
      source: .critic, step: number(), quote: word(), reason: word(), correction: word())
  }

  private mutating func verdict() -> Verdict {
    Verdict(
      .disputed, answer: word(), others: [word()], round: number(), voucher: word())
  }

  private mutating func cost() -> Cost {
    var cost = Cost()
    (cost.calls, cost.promptTokens) = (number(), number())
    (cost.completionTokens, cost.milliseconds) = (number(), number())
    return cost
  }

  /// The session as an exported page.
  func written(as page: some ExportPage, named name: String) -> String {
    guard case .session(let header) = events[0], case .problem(let posed) = events[1] else {
      return ""
    }
    var record = ProblemRecord(posed)
    for event in events { record.take(event) }
    return page.opening(header, named: name) + page.problem(record, number: 1) + page.closing
  }
}

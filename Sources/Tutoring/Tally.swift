/// What a session has cost, by what the requests were for, and what came of it.
public struct Tally: Hashable, Sendable {
  public var costs: [Phase: Cost] = [:]
  public var verdicts: [Verdict.Word: Int] = [:]
  /// What came of the learner's own solutions; no verdict counts them.
  public var ownWork: [OwnWork: Int] = [:]
  public var problems = 0
  /// Problems that ended without a verdict, for want of a usable reply.
  public var failures = 0
  /// Replies that broke off, for whatever reason.
  public var broken = 0

  /// The problem that the next events belong to.
  private var posed: PosedProblem?

  public init() {}

  /// Takes the next event of the session.
  public mutating func take(_ event: Event) {
    switch event {
    case .problem(let posed):
      self.posed = posed
      problems += posed.isReference == true ? 0 : 1
      if posed.working != nil { ownWork[.unjudged, default: 0] += 1 }
    case .exchange(let exchange):
      costs[exchange.phase, default: Cost()].add(exchange.reply)
      // A question for one word ends at its limit, as it should.
      let isOneWord = exchange.phase.asksForOneWord && exchange.reply.finish == .length
      if !exchange.reply.finish.isComplete, !isOneWord { broken += 1 }
    case .verdict(let verdict, _):
      if posed?.isReference == true || posed?.working != nil { return }
      verdicts[verdict.word, default: 0] += 1
    case .failed: failures += posed?.isReference == true ? 0 : 1
    case .note(let note):
      if posed?.working != nil, let own = OwnWork(note: note) { ownWork.settle(own) }
    case .session, .resumed, .checked, .critiqued, .decided: break
    }
  }

  /// The sum over all phases.
  public var total: Cost {
    costs.values.reduce(into: Cost()) { $0.add($1) }
  }
}

extension [OwnWork: Int] {
  /// Notes what came of a solution that was counted as not judged.
  mutating func settle(_ own: OwnWork) {
    guard let open = self[.unjudged] else { return }
    self[.unjudged] = open > 1 ? open - 1 : nil
    self[own, default: 0] += 1
  }
}

extension Cost {
  /// Adds what something else cost.
  public mutating func add(_ other: Cost) {
    calls += other.calls
    promptTokens += other.promptTokens
    completionTokens += other.completionTokens
    milliseconds += other.milliseconds
  }
}

extension Phase {
  /// Whether the reply is one word, cut off by its limit of tokens.
  public var asksForOneWord: Bool {
    switch self {
    case .probability, .combine, .bound: true
    case .propose, .calculate, .critique, .revise, .hint, .ask: false
    }
  }
}

/// What a session has cost, by what the requests were for, and what came of it.
public struct Tally: Hashable, Sendable {
  public var costs: [Phase: Cost] = [:]
  public var verdicts: [Verdict.Word: Int] = [:]
  public var problems = 0
  /// Problems that ended without a verdict, for want of a usable reply.
  public var failures = 0
  /// Replies that broke off, for whatever reason.
  public var broken = 0

  public init() {}

  /// Takes the next event of the session.
  public mutating func take(_ event: Event) {
    switch event {
    case .problem(let posed): problems += posed.isReference == true ? 0 : 1
    case .exchange(let exchange):
      costs[exchange.phase, default: Cost()].add(exchange.reply)
      // A question for one word ends at its limit, as it should.
      let isOneWord = exchange.phase.asksForOneWord && exchange.reply.finish == .length
      if !exchange.reply.finish.isComplete, !isOneWord { broken += 1 }
    case .verdict(let verdict, _): verdicts[verdict.word, default: 0] += 1
    case .failed: failures += 1
    case .session, .resumed, .checked, .critiqued, .decided, .note: break
    }
  }

  /// The sum over all phases.
  public var total: Cost {
    costs.values.reduce(into: Cost()) { $0.add($1) }
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

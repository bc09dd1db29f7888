import Synchronization

/// What came out when the problems of a transcript were solved again from its exchanges.
public struct ReplayReport: Hashable, Sendable {
  public struct Difference: Hashable, Sendable {
    /// The problem's place in the transcript, counted from 0.
    public var problem: Int
    /// What differs: "verdict", "decision", "findings", "critique" …
    public var what: String
    public var recorded: String
    public var computed: String
    /// Whether it makes the replay fail; a changed prompt does not.
    public var isFailure: Bool
  }
  /// Problems that were recomputed.
  public var problems: Int
  public var differences: [Difference]

  public init(problems: Int = 0, differences: [Difference] = []) {
    self.problems = problems
    self.differences = differences
  }

  public var holds: Bool { !differences.contains(where: \.isFailure) }
}

extension Transcript {
  /// Recomputes everything but the exchanges and compares it with what is recorded.
  public func verify(prompts: Prompts) async -> ReplayReport {
    var report = ReplayReport(problems: 0, differences: [])
    for (index, lines) in problems.enumerated() {
      guard case .problem(let posed)? = lines.first?.event else { continue }
      report.problems += 1
      let differences = await Self.recompute(posed, lines.map(\.event), prompts: prompts)
      report.differences += differences.map {
        ReplayReport.Difference(
          problem: index, what: $0.what, recorded: $0.recorded, computed: $0.computed,
          isFailure: $0.isFailure)
      }
    }
    return report
  }

  private typealias Comparison = (
    what: String, recorded: String, computed: String, isFailure: Bool
  )

  private static func recompute(_ posed: PosedProblem, _ recorded: [Event], prompts: Prompts) async
    -> [Comparison]
  {
    let model = ReplayModel(
      recorded.compactMap { if case .exchange(let exchange) = $0 { exchange } else { nil } })
    let tutor = Tutor(
      solver: Voice(model: model, settings: posed.solver),
      critic: posed.critic.map { Voice(model: model, settings: $0) }, prompts: prompts,
      policy: posed.policy)
    let events = Mutex<[Event]>([])
    // A run that failed or was killed when it was recorded fails again, for want of a reply.
    _ = try? await tutor.solve(posed.problem, working: posed.working) { progress in
      switch progress {
      case .began(let phase, let round): model.expect(phase, round: round)
      case .part: break
      case .event(let event): events.withLock { $0.append(event) }
      }
    }
    var comparisons = compare(recorded, events.withLock { $0 })
    comparisons += model.drift.map {
      ("prompt", "\($0.phase.rawValue) of round \($0.round + 1)", "other words", false)
    }
    return comparisons
  }

  /// Compares event by event, each kind by itself, so that one more critique does not shift the
  /// verdict. Only a changed outcome is a failure: better evidence for the same outcome, or another
  /// way to it, is drift, as a changed prompt is.
  private static func compare(_ recorded: [Event], _ computed: [Event]) -> [Comparison] {
    let (old, new) = (recorded.compactMap(\.compared), computed.compactMap(\.compared))
    let isWhole = old.contains { $0.kind == .verdict }
    var comparisons: [Comparison] = []
    for kind in Event.Kind.allCases {
      let (before, after) = (old.filter { $0.kind == kind }, new.filter { $0.kind == kind })
      // What a killed program did not come to write is no difference.
      for index in 0..<(isWhole ? max(before.count, after.count) : before.count) {
        let was = index < before.count ? before[index] : nil
        let now = index < after.count ? after[index] : nil
        if was?.text != now?.text {
          comparisons.append(
            (
              kind.rawValue, was?.text ?? "nothing", now?.text ?? "nothing",
              was?.outcome != now?.outcome
            ))
        }
      }
    }
    return comparisons
  }
}

extension Event {
  fileprivate enum Kind: String, CaseIterable {
    case findings, critique, decision, verdict
  }

  /// What a replay compares; `nil` for what it takes as given. `outcome` is the part that must not
  /// change: of a verdict its word and its answers, of the others nothing.
  fileprivate var compared: (kind: Kind, text: String, outcome: String?)? {
    switch self {
    case .session, .resumed, .problem, .exchange, .failed, .note: return nil
    case .checked(let checked): return (.findings, Self.json(.checked(checked)), nil)
    case .critiqued(let round, let critique):
      return (.critique, Self.json(.critiqued(round: round, critique)), nil)
    case .decided(let decision): return (.decision, Self.json(.decided(decision)), nil)
    case .verdict(let verdict, _):
      let outcome = [verdict.word.rawValue, verdict.answer ?? ""] + verdict.others
      return (.verdict, Self.json(.verdict(verdict, Cost())), outcome.joined(separator: "\t"))
    }
  }

  private static func json(_ event: Event) -> String {
    String(decoding: Line(at: 0, event: event).encoded().dropLast(), as: UTF8.self)
  }
}

import Algebra

/// What a request was made for.
public enum Phase: String, Codable, Hashable, Sendable, CaseIterable {
  case propose, calculate, critique, probability, combine, bound, revise
  /// A hint for a learner, and the answer to a learner's question; no verdict comes of them.
  case hint, ask

  /// Whether the critic is asked, and not the solver.
  var isOfCritic: Bool {
    switch self {
    case .critique, .probability, .combine, .bound: true
    case .propose, .calculate, .revise, .hint, .ask: false
    }
  }
}

/// One request with its reply, word for word.
public struct Exchange: Codable, Hashable, Sendable {
  public var phase: Phase
  /// The round it belongs to, counted from 0 within its problem.
  public var round: Int
  public var request: ChatRequest
  public var reply: Reply

  public init(phase: Phase, round: Int, request: ChatRequest, reply: Reply) {
    self.phase = phase
    self.round = round
    self.request = request
    self.reply = reply
  }
}

/// One thing that happened, as it is recorded.
///
/// A transcript holds all that is needed to repeat a run without a model: everything but the
/// exchanges is computed again by a replay and compared.
public enum Event: Hashable, Sendable {
  /// The first line of a transcript.
  case session(SessionHeader)
  /// The transcript was taken up again.
  case resumed(SessionHeader)
  case problem(PosedProblem)
  case exchange(Exchange)
  case checked(Checked)
  case critiqued(round: Int, Critique)
  case decided(Decision)
  case verdict(Verdict, Cost)
  /// A model gave no usable reply; the problem has no verdict.
  case failed(String)
  /// Anything a person should know that no replay looks at.
  case note(String)
}

/// What a transcript begins with.
public struct SessionHeader: Codable, Hashable, Sendable {
  /// Of the format; a reader refuses a newer one.
  public static let currentVersion = 1
  public var version: Int
  public var id: String
  /// Seconds since 1970 at the start.
  public var started: Double
  /// Of the program, such as `pentimento 0.1.0`.
  public var program: String
  /// What a reader must know of where the replies come from; `nil` if they were simply recorded.
  public var provenance: String?

  public init(id: String, started: Double, program: String, provenance: String? = nil) {
    version = Self.currentVersion
    self.id = id
    self.started = started
    self.program = program
    self.provenance = provenance
  }
}

/// A problem with the settings it is solved under.
public struct PosedProblem: Codable, Hashable, Sendable {
  public var problem: Problem
  public var policy: Policy
  public var solver: Voice.Settings
  public var critic: Voice.Settings?
  /// The learner's own working, if it is to be checked instead of proposing one.
  public var working: String?
  /// Whether the tutor solved it for itself, to give hints; `nil` for no.
  public var isReference: Bool?

  public init(
    problem: Problem, policy: Policy, solver: Voice.Settings, critic: Voice.Settings?,
    working: String? = nil
  ) {
    self.problem = problem
    self.policy = policy
    self.solver = solver
    self.critic = critic
    self.working = working
  }
}

/// A candidate with the checker's reading of it.
public struct Checked: Codable, Hashable, Sendable {
  public var round: Int
  public var candidate: Candidate
  public var report: Report
  public var proof: Finding?

  public init(round: Int, candidate: Candidate, report: Report, proof: Finding?) {
    self.round = round
    self.candidate = candidate
    self.report = report
    self.proof = proof
  }
}

/// An event with the moment it happened, as one line of a transcript.
///
/// The line is a JSON object with `at` (milliseconds since the session began) and one more key,
/// which names the kind of event.
public struct Line: Codable, Hashable, Sendable {
  public var at: Int
  public var event: Event

  public init(at: Int, event: Event) {
    self.at = at
    self.event = event
  }

  private struct Critiqued: Codable {
    var round: Int
    var critique: Critique
  }

  private struct Judged: Codable {
    var verdict: Verdict
    var cost: Cost
  }

  private enum Key: String, CodingKey, CaseIterable {
    case at, session, resumed, problem, exchange, checked, critique, decision, verdict, failed, note
  }

  public init(from decoder: any Decoder) throws {
    let line = try decoder.container(keyedBy: Key.self)
    at = try line.decode(Int.self, forKey: .at)
    let kinds = line.allKeys.filter { $0 != .at }
    guard kinds.count == 1, let key = kinds.first else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: [], debugDescription: "the line does not name one kind of event"))
    }
    switch key {
    case .session: event = .session(try line.decode(SessionHeader.self, forKey: key))
    case .resumed: event = .resumed(try line.decode(SessionHeader.self, forKey: key))
    case .problem: event = .problem(try line.decode(PosedProblem.self, forKey: key))
    case .exchange: event = .exchange(try line.decode(Exchange.self, forKey: key))
    case .checked: event = .checked(try line.decode(Checked.self, forKey: key))
    case .critique:
      let value = try line.decode(Critiqued.self, forKey: key)
      event = .critiqued(round: value.round, value.critique)
    case .decision: event = .decided(try line.decode(Decision.self, forKey: key))
    case .verdict:
      let value = try line.decode(Judged.self, forKey: key)
      event = .verdict(value.verdict, value.cost)
    case .failed: event = .failed(try line.decode(String.self, forKey: key))
    case .at, .note: event = .note(try line.decode(String.self, forKey: .note))
    }
    guard at.magnitude <= Self.longestSession, event.isSound else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: [], debugDescription: "a number of the line is out of bounds"))
    }
  }

  /// Milliseconds: thousands of years.
  private static let longestSession: UInt = 1_000_000_000_000_000

  public func encode(to encoder: any Encoder) throws {
    var line = encoder.container(keyedBy: Key.self)
    try line.encode(at, forKey: .at)
    switch event {
    case .session(let value): try line.encode(value, forKey: .session)
    case .resumed(let value): try line.encode(value, forKey: .resumed)
    case .problem(let value): try line.encode(value, forKey: .problem)
    case .exchange(let value): try line.encode(value, forKey: .exchange)
    case .checked(let value): try line.encode(value, forKey: .checked)
    case .critiqued(let round, let critique):
      try line.encode(Critiqued(round: round, critique: critique), forKey: .critique)
    case .decided(let value): try line.encode(value, forKey: .decision)
    case .verdict(let verdict, let cost):
      try line.encode(Judged(verdict: verdict, cost: cost), forKey: .verdict)
    case .failed(let value): try line.encode(value, forKey: .failed)
    case .note(let value): try line.encode(value, forKey: .note)
    }
  }
}

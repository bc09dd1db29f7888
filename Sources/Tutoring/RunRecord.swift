import Algebra
import FoundationEssentials

// One line of a batch's output: how a problem ended, what it cost, and all that is needed to
// compute it again without a model. The line is a JSON object with sorted keys; `events` are lines
// of a transcript, without its first.

/// How one problem of a batch ended.
public struct RunRecord: Codable, Hashable, Sendable {
  public var id: String
  /// The statement that was solved; empty if the row had none.
  public var problem: String
  /// The members of the row that are not the problem, such as its reference answer.
  public var row: [String: JSONValue]
  /// `nil` if an error kept the problem from one.
  public var verdict: Verdict.Word?
  public var answer: String?
  /// Other answers that still stand, best first.
  public var others: [String]
  public var voucher: String?
  public var ending: Verdict.Ending?
  /// The round whose candidate gave the answer, from 0.
  public var round: Int?
  public var cost: Cost
  /// Every candidate, in the order in which they came.
  public var rounds: [RoundSummary]
  /// Why there is no verdict: what happened, where, and what to do next.
  public var error: String?
  /// Everything that happened, in milliseconds since the problem was begun; empty if it was not
  /// kept.
  public var events: [Line]

  /// How a row stands that was not solved, or not yet.
  public init(
    id: String, problem: String = "", row: [String: JSONValue] = [:], error: String? = nil,
    events: [Line] = []
  ) {
    self.id = id
    self.problem = problem
    self.row = row
    self.error = error
    self.events = events
    others = []
    cost = events.cost
    rounds = events.rounds
  }

  /// How a row was solved.
  public init(_ run: Run, row: [String: JSONValue] = [:], events: [Line] = []) {
    self.init(id: run.problem.id, problem: run.problem.statement, row: row, events: events)
    cost = run.cost
    rounds = run.rounds.map(RoundSummary.init)
    guard let judged = run.verdict else { return }
    verdict = judged.word
    answer = judged.answer
    others = judged.others
    voucher = judged.voucher
    ending = judged.ending
    round = judged.round
  }

  /// Without its events; what they were summed up to stays.
  public var brief: RunRecord {
    var brief = self
    brief.events = []
    return brief
  }

  /// The verdict as the referee gave it, or `nil`.
  public var judged: Verdict? {
    verdict.map {
      Verdict(
        $0, answer: answer, others: others, round: round, voucher: voucher ?? "",
        ending: ending ?? .judged)
    }
  }

  /// Reads a record; what is missing is empty.
  public init(from decoder: any Decoder) throws {
    let line = try decoder.container(keyedBy: CodingKeys.self)
    id = try line.decode(String.self, forKey: .id)
    problem = try line.decodeIfPresent(String.self, forKey: .problem) ?? ""
    row = try line.decodeIfPresent([String: JSONValue].self, forKey: .row) ?? [:]
    verdict = try line.decodeIfPresent(Verdict.Word.self, forKey: .verdict)
    answer = try line.decodeIfPresent(String.self, forKey: .answer)
    others = try line.decodeIfPresent([String].self, forKey: .others) ?? []
    voucher = try line.decodeIfPresent(String.self, forKey: .voucher)
    ending = try line.decodeIfPresent(Verdict.Ending.self, forKey: .ending)
    round = try line.decodeIfPresent(Int.self, forKey: .round)
    cost = try line.decodeIfPresent(Cost.self, forKey: .cost) ?? Cost()
    rounds = try line.decodeIfPresent([RoundSummary].self, forKey: .rounds) ?? []
    error = try line.decodeIfPresent(String.self, forKey: .error)
    events = try line.decodeIfPresent([Line].self, forKey: .events) ?? []
  }

  /// The record as it stands in a file, with its line end.
  public func encoded() -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "infinite", negativeInfinity: "-infinite", nan: "not a number")
    guard let json = try? encoder.encode(self) else {
      preconditionFailure("a record always has a JSON form")
    }
    return Array(json) + [UInt8(ascii: "\n")]
  }
}

/// A candidate and what was found out about it, without its working's steps.
public struct RoundSummary: Codable, Hashable, Sendable {
  public var origin: Candidate.Origin
  public var text: String
  public var finish: Finish
  /// `nil` if it has none or broke off.
  public var answer: String?
  /// Claims that hold, that are refuted and that are open.
  public var holds: Int
  public var refuted: Int
  public var undecided: Int
  /// The first step with a refuted claim, from 0.
  public var faultyStep: Int?
  /// What putting the answer back into the problem gave.
  public var proof: Outcome?
  /// The written verdicts, in the order in which they were asked for.
  public var written: [Critique.Judgement]
  /// The last probability that the critic gave it.
  public var probability: Double?

  public init(_ round: Round) {
    let findings = round.report.findings
    origin = round.candidate.origin
    text = round.candidate.text
    finish = round.candidate.finish
    answer = round.answer
    holds = findings.count { $0.outcome == .holds }
    refuted = findings.count { $0.outcome == .refuted }
    undecided = findings.count { $0.outcome == .undecided }
    faultyStep = findings.first { $0.outcome == .refuted }?.step
    proof = round.proof?.outcome
    written = round.critiques.compactMap(\.written)
    probability = round.probability
  }
}

extension [Line] {
  /// What the exchanges cost.
  var cost: Cost {
    reduce(into: Cost()) { cost, line in
      if case .exchange(let exchange) = line.event { cost.add(exchange.reply) }
    }
  }

  /// The rounds of a problem that came to no verdict.
  fileprivate var rounds: [RoundSummary] {
    var rounds: [Round] = []
    for line in self {
      switch line.event {
      case .checked(let checked):
        rounds.append(
          Round(candidate: checked.candidate, report: checked.report, proof: checked.proof))
      case .critiqued(let round, let critique) where rounds.indices.contains(round):
        rounds[round].critiques.append(critique)
      default: continue
      }
    }
    return rounds.map(RoundSummary.init)
  }
}

extension RunRecord {
  /// The record as a transcript of one problem, which can be shown, verified and exported; `nil` if
  /// its events were not kept.
  ///
  /// - Parameter program: What the transcript says wrote it.
  public func transcript(program: String = "pentimento batch") -> Transcript? {
    guard !events.isEmpty else { return nil }
    let header = SessionHeader(id: id, started: 0, program: program)
    return Transcript(header: header, events: events)
  }

  /// The settings under which it was solved, if its events were kept.
  public var posed: PosedProblem? {
    for line in events { if case .problem(let posed) = line.event { return posed } }
    return nil
  }

  /// Every request with its reply, in order.
  public var exchanges: [Exchange] {
    events.compactMap { if case .exchange(let exchange) = $0.event { exchange } else { nil } }
  }
}

extension Transcript {
  /// A transcript that stands in no file of its own.
  init(header: SessionHeader, events: [Line]) {
    self.header = header
    lines = [Line(at: 0, event: .session(header))] + events
    remarks = []
  }
}

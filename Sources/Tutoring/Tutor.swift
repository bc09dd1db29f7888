import Algebra

/// The path of one problem: propose, check, critique, decide, revise, until the referee stops.
///
/// Everything a model says, however odd, is a value that ends in a verdict; only a broken wire is
/// an error. Every arrow leaves an event, so that the run can be repeated without a model.
public struct Tutor: Sendable {
  public let solver: Voice
  public let critic: Voice?
  public let prompts: Prompts
  public var policy: Policy

  public init(solver: Voice, critic: Voice?, prompts: Prompts, policy: Policy = Policy()) {
    self.solver = solver
    self.critic = critic
    self.prompts = prompts
    self.policy = policy
  }

  /// Solves a problem, or checks the learner's own `working` of it.
  ///
  /// - Parameter observe: Receives what happens, in order, as it happens.
  /// - Throws: `ModelError` if a model gave no usable reply; the events so far are recorded.
  public func solve(
    _ problem: Problem, working: String? = nil,
    observe: @escaping @Sendable (Progress) -> Void = { _ in }
  ) async throws(ModelError) -> Run {
    var run = Run(problem: problem, observe: observe)
    let referee = Referee(policy: effectivePolicy)
    run.record(.problem(posed(problem, working)))
    if let working { check(Candidate(origin: .learner, text: working), in: &run) }
    do {
      while true {
        let decision = referee.decide(run.rounds, cost: run.cost)
        run.record(.decided(decision))
        switch decision {
        case .propose(let sample):
          check(try await propose(sample, in: &run), in: &run)
        case .calculate(let sample):
          check(try await calculate(sample, in: &run), in: &run)
        case .critique(let round):
          try await critique(round, in: &run)
        case .revise(let round, let evidence):
          check(try await revise(round, evidence, in: &run), in: &run)
        case .stop(let verdict):
          run.verdict = verdict
          run.record(.verdict(verdict, run.cost))
          return run
        }
      }
    } catch {
      run.record(.failed("\(error)"))
      throw error
    }
  }

  /// The policy with what the voices cannot do switched off.
  private var effectivePolicy: Policy {
    var policy = policy
    policy.critic = policy.critic && critic != nil
    return policy
  }

  func posed(_ problem: Problem, _ working: String? = nil) -> PosedProblem {
    PosedProblem(
      problem: problem, policy: policy, solver: solver.settings, critic: critic?.settings,
      working: working)
  }

  func check(_ candidate: Candidate, in run: inout Run) {
    let checker = Checker()
    var report = checker.check(solution: candidate.text)
    if !policy.checker { report = report.withoutFindings() }
    var proof: Finding?
    if policy.checker, candidate.finish.isComplete, let answer = report.answer {
      proof = checker.test(answer: answer.text, against: run.problem.statement)
    }
    run.record(
      .checked(
        Checked(round: run.rounds.count, candidate: candidate, report: report, proof: proof)))
    run.rounds.append(Round(candidate: candidate, report: report, proof: proof))
  }
}

/// A problem on its way, and in the end with its verdict.
public struct Run: Sendable {
  public let problem: Problem
  public internal(set) var rounds: [Round] = []
  public internal(set) var cost = Cost()
  /// `nil` until the referee has stopped the run.
  public internal(set) var verdict: Verdict?
  let observe: @Sendable (Progress) -> Void

  func record(_ event: Event) {
    observe(.event(event))
  }

  /// Asks a voice, recording the exchange and its cost.
  mutating func ask(
    _ voice: Voice, _ phase: Phase, round: Int, _ messages: [Message], _ options: RequestOptions
  ) async throws(ModelError) -> Reply {
    let request = voice.request(messages, options)
    let observe = observe
    observe(.began(phase, round: round))
    let reply = try await voice.model.reply(to: request) { observe(.part(phase, $0)) }
    cost.add(reply)
    record(.exchange(Exchange(phase: phase, round: round, request: request, reply: reply)))
    return reply
  }
}

/// What an observer of a run is told.
public enum Progress: Sendable {
  /// A request is about to be sent.
  case began(Phase, round: Int)
  /// A piece of the reply.
  case part(Phase, ReplyPart)
  /// Something that belongs into the transcript.
  case event(Event)
}

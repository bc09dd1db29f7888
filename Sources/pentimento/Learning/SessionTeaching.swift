import Endpoint
import Synchronization
import Tutoring
import Typeset

// What a tutor does besides solving: the learner works on a posed problem, gets hints one rung at a
// time, and asks. The tutor's own solution is made out of sight, while the learner thinks.

extension Command {
  /// Whether it belongs to the learner's own work.
  var teaches: Bool {
    switch self {
    case .pose, .mine, .hint, .ask, .similar: true
    default: false
    }
  }
}

/// The tutor's own solution as it came out, with what is still to be written into the transcript.
struct ReferenceRun: Sendable {
  var run: Run?
  var failure: ModelError?
  var events: [Event]
}

extension Session {
  func teach(_ command: Command, _ words: String) async throws(Failure) -> ExitStatus {
    switch command {
    case .pose:
      guard !words.isEmpty else { throw Failure(.usage, "/pose wants a problem to work on") }
      pose(words)
      tell("posed; /mine checks your own solution, /hint helps a little")
      return .fine
    case .mine: return try await mine(words)
    case .hint: return try await hint()
    case .ask: return try await ask(words)
    case .similar: return try await similar()
    default: return .fine
    }
  }

  /// Sets a problem for the learner to work on; the tutor begins to solve it out of sight.
  func pose(_ statement: String) {
    begin(Problem(id: "p\(count())", statement: statement), isWithheld: true)
    _ = try? making()
  }

  // MARK: - The tutor's own solution

  /// The making of the reference solution, begun if need be; `nil` if there is one already.
  private func making() throws(Failure) -> Task<ReferenceRun, Never>? {
    let (problem, begun, isMade) = study.withLock { ($0.problem, $0.making, $0.reference != nil) }
    guard let problem, !isMade else { return nil }
    if let begun { return begun }
    let tutor = try tutor()
    let task = Task { [weak self] in
      let made = await Self.reference(of: problem, by: tutor)
      self?.study.withLock { if $0.problem == problem { $0.isMade = true } }
      return made
    }
    study.withLock { $0.making = task }
    return task
  }

  private static func reference(of problem: Problem, by tutor: Tutor) async -> ReferenceRun {
    let events = Mutex<[Event]>([])
    @Sendable func observe(_ progress: Tutoring.Progress) {
      guard case .event(var event) = progress else { return }
      if case .problem(var posed) = event {
        posed.isReference = true
        event = .problem(posed)
      }
      events.withLock { $0.append(event) }
    }
    do throws(ModelError) {
      let run = try await tutor.solve(problem) { observe($0) }
      return ReferenceRun(run: run, events: events.withLock { $0 })
    } catch {
      return ReferenceRun(failure: error, events: events.withLock { $0 })
    }
  }

  /// The tutor's own solution, waited for if need be.
  func referenceAtHand() async throws(Failure) -> ReferenceSolution {
    if let reference = study.withLock({ $0.reference }) { return reference }
    guard let problem = problemAtHand, let task = try making() else {
      throw Failure(.usage, "no problem yet; set one with /pose PROBLEM")
    }
    let isLong = attend(true)
    screen.status("the tutor solves it first, out of sight")
    let made = await withTaskCancellationHandler {
      await task.value
    } onCancel: {
      task.cancel()
    }
    screen.status(nil)
    attend(isLong)
    study.withLock { if $0.problem == problem { ($0.making, $0.isMade) = (nil, false) } }
    try write(made.events)
    if let failure = made.failure { throw Failure(failure.status, failure.description) }
    guard let run = made.run, let verdict = run.verdict, verdict.ending != .interrupted,
      let reference = ReferenceSolution(of: run)
    else { throw Failure(.interrupted, "stopped; /hint begins again") }
    study.withLock { if $0.problem == problem { $0.reference = reference } }
    return reference
  }

  /// Writes what happened out of sight into the transcript.
  func write(_ events: [Event]) throws(Failure) {
    guard !events.isEmpty else { return }
    try open()
    let fault = Mutex<TranscriptError?>(nil)
    for event in events { record(event, fault) }
    if let fault = fault.withLock({ $0 }) { throw Failure(.files, fault.description) }
  }

  // MARK: - Hints

  private func hint() async throws(Failure) -> ExitStatus {
    guard problemAtHand != nil else {
      throw Failure(.usage, "no problem yet; set one with /pose PROBLEM, then /hint helps with it")
    }
    let reference = try await referenceAtHand()
    let (working, slip, last) = study.withLock { ($0.working, $0.slip, $0.rung) }
    let standing = Standing(reference, working: working?.report, slip: slip)
    guard let rung = last.map({ $0.next }) ?? .nudge else {
      tell("that was the last hint")
      return .fine
    }
    let hint = try await draw(rung, standing)
    guard !Task.isCancelled else { throw Failure(.interrupted, "stopped; /hint tries again") }
    study.withLock { study in
      study.rung = rung
      if rung == .answer { study.isWithheld = false }
    }
    if rung == .nudge, !reference.isCertain {
      tell("(the tutor is not certain of its own solution: \(reference.verdict.word.rawValue))")
    }
    try write([.note("hint, \(rung.name): \(hint.text)\(hint.remark)")])
    show(hint)
    return .fine
  }

  private func draw(_ rung: Rung, _ standing: Standing) async throws(Failure) -> Hint {
    let tutor = try tutor()
    try open()
    let asking = Observed(self)
    let isLong = attend(true)
    defer {
      screen.status(nil)
      attend(isLong)
    }
    let hint: Hint
    do throws(ModelError) {
      hint = try await tutor.hint(rung, standing) { asking.take($0) }
    } catch {
      throw Failure(error.status, error.description)
    }
    try asking.raise()
    return hint
  }

  private func show(_ hint: Hint) {
    let name = "hint \(hint.rung.rawValue + 1) of \(Rung.allCases.count), \(hint.rung.name): "
    guard case .terminal = output else { return screen.say(name + hint.text) }
    screen.line(StyledText(name, .dim))
    screen.lines(render(hint.text, ink: screen.ink))
  }
}

extension Hint {
  /// For the transcript: where it comes from if not from the model's first try.
  fileprivate var remark: String {
    let leaks = draws.count { !$0.leaks.isEmpty }
    switch source {
    case .model: return draws.count > 1 ? " [draw \(draws.count)]" : ""
    case .template:
      return draws.isEmpty
        ? " [template]" : " [template: \(leaks) of \(draws.count) draws would have told too much]"
    case .reference: return ""
    case .withheld: return " [withheld]"
    }
  }
}

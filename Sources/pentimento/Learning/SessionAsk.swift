import Endpoint
import Synchronization
import Tutoring
import Typeset

// Questions about the last solution that was judged. While the learner still looks for the answer, a
// reply is held back until it is known that it gives nothing away.

extension Session {
  /// Carries out `/ask QUESTION`.
  func ask(_ question: String) async throws(Failure) -> ExitStatus {
    guard !question.isEmpty else {
      throw Failure(.usage, "/ask wants a question about the last solution, such as /ask why add?")
    }
    let (judged, isWithheld) = study.withLock { ($0.judged, $0.isWithheld) }
    guard let judged else {
      throw Failure(
        .usage, "there is nothing to ask about yet: give a problem, or your own solution with /mine"
      )
    }
    let guarding = isWithheld ? try await guardAtHand() : nil
    let tutor = try tutor()
    try open()
    try write([.note("asked: \(question)")])
    let stream = AnswerStream(screen: screen, isShown: guarding == nil && output.isForPerson)
    let observed = Observed(self) { stream.add($0) }
    var reply: Reply?
    do throws(ModelError) {
      reply = try await tutor.ask(question, about: judged, guarding: guarding) { observed.take($0) }
    } catch {
      screen.status(nil)
      throw Failure(error.status, error.description)
    }
    screen.status(nil)
    stream.finish()
    try observed.raise()
    return try answered(reply, isShown: stream.isShown)
  }

  private func answered(_ reply: Reply?, isShown: Bool) throws(Failure) -> ExitStatus {
    guard let reply else {
      tell("an answer to that might give away what you are to find; /hint goes on step by step")
      try write([.note("answered: nothing, since every reply told too much")])
      return .fine
    }
    try write([.note("answered: \(reply.text)")])
    if reply.finish == .interrupted { return .interrupted }
    if !isShown {
      if case .terminal = output {
        screen.lines(render(reply.text, ink: screen.ink))
      } else {
        screen.say(reply.text)
      }
    }
    if let shortfall = reply.shortfall { screen.say(shortfall) }
    return reply.finish.isComplete ? .fine : .truncated
  }

  /// What guards the learner's problem now.
  ///
  /// - Returns: `nil` if the learner's own answer turns out to be the tutor's.
  private func guardAtHand() async throws(Failure) -> LeakGuard? {
    let reference = try await referenceAtHand()
    if unlock(by: reference) { return nil }
    let (working, slip) = study.withLock { ($0.working, $0.slip) }
    return Standing(reference, working: working?.report, slip: slip).guarding(.nudge)
  }
}

/// A reply that is set while it arrives.
private final class AnswerStream: Sendable {
  let isShown: Bool
  private let screen: Screen
  private let renderer: Mutex<StreamRenderer>

  init(screen: Screen, isShown: Bool) {
    self.screen = screen
    self.isShown = isShown
    renderer = Mutex(StreamRenderer(ink: screen.ink))
  }

  func add(_ text: String) {
    guard isShown else { return }
    let (lines, pending) = renderer.withLock { ($0.add(text), $0.newPending()) }
    screen.lines(lines)
    if let pending { screen.live(pending) }
  }

  func finish() {
    guard isShown else { return }
    screen.lines(renderer.withLock { $0.finish() })
  }
}

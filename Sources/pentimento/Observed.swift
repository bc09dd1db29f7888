import Synchronization
import Tutoring

/// Requests outside a run: their exchanges go into the transcript, their cost into the sum, and the
/// screen says what is waited for.
final class Observed: Sendable {
  private let session: Session
  private let fault = Mutex<TranscriptError?>(nil)
  /// Receives the pieces of the reply; `nil` to show none.
  private let onText: (@Sendable (String) -> Void)?

  init(_ session: Session, onText: (@Sendable (String) -> Void)? = nil) {
    self.session = session
    self.onText = onText
  }

  func take(_ progress: Tutoring.Progress) {
    switch progress {
    case .began(let phase, _): session.screen.status(phase.doing)
    case .part(_, .text(let text)): onText?(text)
    case .part(let phase, .waiting(let attempt, let seconds, let reason)):
      session.screen.say(TurnView.retry(attempt, seconds, reason))
      session.screen.status(phase.doing)
    case .part(_, .reasoning): break
    case .event(let event):
      session.record(event, fault)
      if case .exchange(let exchange) = event { tell(of: exchange) }
    }
  }

  /// Says why a hint that was drawn cannot be used; one that reached its limit of tokens can.
  private func tell(of exchange: Exchange) {
    guard exchange.phase == .hint, [.cut, .filtered].contains(exchange.reply.finish),
      let shortfall = exchange.reply.shortfall
    else { return }
    session.screen.say(shortfall)
  }

  /// Raises what went wrong with the transcript.
  func raise() throws(Failure) {
    if let fault = fault.withLock({ $0 }) { throw Failure(.files, fault.description) }
  }
}

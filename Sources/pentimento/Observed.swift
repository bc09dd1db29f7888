import Synchronization
import Tutoring
import Typeset

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
    case .part(_, .waiting(let attempt, _, let reason)):
      session.screen.say("try \(attempt) failed (\(Gate.safe(reason)))")
    case .part(_, .reasoning): break
    case .event(let event):
      session.record(event, fault)
    }
  }

  /// Raises what went wrong with the transcript.
  func raise() throws(Failure) {
    if let fault = fault.withLock({ $0 }) { throw Failure(.files, fault.description) }
  }
}

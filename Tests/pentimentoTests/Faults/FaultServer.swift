import LoopbackServer
import Synchronization

/// A server that solves two problems soundly, but for one phase of the first one.
final class FaultServer: Sendable {
  static let first = "Box 1 has 3 rows of 4 pens. How many?"
  static let second = "Box 2 has 3 rows of 5 pens. How many?"
  static let hint = "What are the rows for?"

  private final class Course: Sendable {
    struct State {
      /// How often it still misbehaves.
      var left: Int
      /// Whether the next connection is the one for the phase.
      var isNext: Bool
    }
    let state: Mutex<State>

    init(_ cell: FaultCell) {
      state = Mutex(
        State(left: cell.fault.times, isNext: cell.phase == .propose))
    }

    /// Whether it is to misbehave now, which counts.
    func misbehaves() -> Bool {
      state.withLock { state in
        guard state.left > 0 else { return false }
        state.left -= 1
        return true
      }
    }
  }

  let server: LoopbackServer
  /// The server at an address of its own, where the fault is in TLS.
  private let apart: LoopbackServer?

  init(_ cell: FaultCell) {
    let (fault, phase) = (cell.fault, cell.phase)
    let course = Course(cell)
    apart =
      fault.place == .tls
      ? LoopbackServer(greeting: { fault.response("") }, answering: { _, _ in .dropped }) : nil
    server = LoopbackServer(
      greeting: {
        guard fault.place == .accept, course.state.withLock({ $0.isNext }), course.misbehaves()
        else { return nil }
        return fault.response("")
      },
      answering: { request, _ in
        let (asked, isFirst) = FaultServer.asked(by: request)
        let text = FaultServer.sound(asked, isFirst: isFirst, isFaulty: phase == .revise)
        if isFirst, asked == phase, fault.place == .reply, course.misbehaves() {
          return fault.response(text)
        }
        course.state.withLock { $0.isNext = isFirst && asked == phase.before.last }
        // In one write, because deadlines of a fraction of a second run.
        return .reply(text).inOnePiece.framed(fault.place == .accept ? .untilClose : .length)
      })
  }

  /// The base URL of the model that misbehaves.
  var url: String { apart.map { "https://127.0.0.1:\($0.port)/v1" } ?? server.url }

  private static func asked(
    by request: LoopbackServer.Request
  ) -> (phase: FaultPhase, isFirst: Bool) {
    let text = request.text
    let phase: FaultPhase =
      if text.contains("Ask the student ONE") {
        .hint
      } else if text.contains("What should stand there") {
        .revise
      } else if text.contains("Please critique whether") {
        .critique
      } else { .propose }
    return (phase, text.contains("Box 1 has"))
  }

  /// What it says where nothing is amiss.
  ///
  /// - Parameter isFaulty: Whether the first proposal has a slip, so that it is revised.
  static func sound(_ phase: FaultPhase, isFirst: Bool, isFaulty: Bool) -> String {
    let (pens, sum) = isFirst ? (4, 12) : (5, 15)
    switch phase {
    case .propose where isFirst && isFaulty:
      return "Each row has $3 \\cdot 4 = 13$ pens: $\\boxed{13}$"
    case .propose, .revise:
      return "There are $3 \\cdot \(pens) = \(sum)$ pens ✎.\n\nThe answer is $\\boxed{\(sum)}$."
    case .critique:
      return "Step 1: 3 rows of \(pens) are \(sum).\nConclusion: right [END]"
    case .hint: return hint
    }
  }
}

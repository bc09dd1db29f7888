import LoopbackServer

/// What a cell must show, whatever way in it takes.
struct FaultExpectation {
  /// What must be said.
  var words: [String] = []
  /// How the first problem ends; `nil` for an error and where it is only hinted at.
  var verdict: (word: String, answer: String)?
  /// What the first problem contributes to the exit status.
  var status: Int32 = 0

  /// - Parameter url: The address that is asked in the phase.
  init(_ cell: FaultCell, url: String) {
    let phase = cell.phase
    if phase == .hint { words.append("hint 1 of 5, nudge:") }
    switch cell.fault.outcome {
    case .nothing: verdict = Self.accepted
    case .delay(let reason):
      words.append("try 1 failed (\(reason)")
      verdict = Self.accepted
    case .error(let text, let status):
      words = [text.replacing("<url>", with: url), url]
      self.status = status
    case .broken(let reason):
      words.append("the reply broke off: \(reason)")
      verdict = Self.verdict(without: phase)
      status = phase == .hint ? 0 : phase == .propose ? 75 : 1
    case .empty:
      verdict = Self.verdict(without: phase)
      status = phase == .hint ? 0 : 1
    }
    if phase == .hint { verdict = nil }
  }

  private static let accepted = (word: "accepted", answer: "12")

  /// How a problem ends that lacks the reply of a phase.
  private static func verdict(without phase: FaultPhase) -> (word: String, answer: String) {
    switch phase {
    case .propose: ("unresolved", "")
    case .critique: ("unresolved", "12")
    // The first solution stands as it was, with its slip.
    case .revise: ("refuted", "13")
    case .hint: accepted
    }
  }

  /// Its line on stdout, where that is kept for answers.
  var line: String? { verdict.map { "\($0.word)\t\($0.answer)" } }
}

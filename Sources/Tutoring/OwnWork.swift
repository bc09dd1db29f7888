// A learner's own solution gets no verdict of the tutor's: what came of it is a note of its own in the
// transcript, which lists and pages show in the verdict's place.

/// What came of a learner's own solution, as it is recorded.
public enum OwnWork: String, Codable, Hashable, Sendable, CaseIterable {
  /// A step is shown or argued to be faulty.
  case faulty = "a step is faulty"
  /// Its answer differs from the one that is known exactly.
  case wrong = "not the answer"
  /// Its answer differs from the one that the tutor vouches for.
  case differing = "not the tutor's answer"
  /// Its answer is the one that is known exactly.
  case right = "the right answer"
  /// Its answer is the one that the tutor vouches for.
  case agreeing = "the tutor's answer"
  /// The critic doubts it, and nothing shows that it is wrong.
  case doubted = "doubted"
  /// Nothing speaks against it, and no answer is there to compare with.
  case clear = "no fault found"
  /// It was not looked at to the end, or nobody wrote down what came of it.
  case unjudged = "not judged"

  /// The words of a note before what came of it.
  private static let opening = "own work: "

  /// Reads a transcript's note; `nil` if it says something else.
  public init?(note: String) {
    guard note.hasPrefix(Self.opening) else { return nil }
    self.init(rawValue: String(note.dropFirst(Self.opening.count)))
  }

  /// The transcript's note.
  public var note: String { Self.opening + rawValue }

  /// Whether the learner has the answer.
  public var isRight: Bool { self == .right || self == .agreeing }
}

extension Event {
  /// A note as it is shown: where a hint came from is for those who read the transcript's lines.
  public static func shown(note: String) -> String {
    guard note.hasPrefix("hint, "), note.hasSuffix("]"), let open = note.lastIndex(of: "[") else {
      return note
    }
    let remark = note[note.index(after: open)...]
    guard ["draw ", "template", "withheld"].contains(where: remark.hasPrefix) else { return note }
    return note[..<open].trimmed()
  }
}

extension Run {
  /// The run that a record of it tells of, its exchanges apart.
  public init(of record: ProblemRecord) {
    self.init(problem: record.posed.problem, observe: { _ in })
    rounds = record.attempts.map { attempt in
      Round(
        candidate: attempt.checked.candidate, report: attempt.checked.report,
        proof: attempt.checked.proof, critiques: attempt.critiques)
    }
    cost = record.cost
    verdict = record.verdict
  }
}

import Algebra

/// What calls an answer right when a loop is measured.
public enum AnswerGrader: Sendable {
  /// Equal by an exact comparison.
  case exact
  /// The lenient grader behind the published scores of Critique Fine-Tuning, which calls 25 and 2500
  /// equal; for comparison with those scores only.
  case published

  func accepts(_ answer: String, _ reference: String, _ checker: Checker) -> Bool {
    switch self {
    case .exact: checker.compare(answer, reference).equality == .equal
    case .published: checker.compareLeniently(answer, reference).equality == .equal
    }
  }
}

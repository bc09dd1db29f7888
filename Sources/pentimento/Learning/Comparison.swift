import Algebra
import Synchronization
import Tutoring
import Typeset

/// How the learner's answer stands to the one there is to compare it with.
struct Comparison: Hashable, Sendable {
  var isEqual: Bool
  /// The tutor's verdict on its own answer; `nil` if the answer is known exactly.
  var verdict: Verdict?

  /// - Parameter known: The answer, if it is known exactly; then the reference is not looked at.
  /// - Returns: `nil` if there is nothing to compare, or it cannot be decided.
  init?(of answer: String?, known: String?, reference: ReferenceSolution?) {
    guard let answer else { return nil }
    let checker = Checker()
    if let known {
      let equality = checker.compare(answer, known).equality
      guard equality != .undecided else { return nil }
      isEqual = equality == .equal
      return
    }
    guard let reference, !reference.answers.isEmpty else { return nil }
    let equalities = reference.answers.map { checker.compare(answer, $0).equality }
    isEqual = equalities.contains(.equal)
    guard isEqual || !equalities.contains(.undecided) else { return nil }
    verdict = reference.verdict
  }

  /// Whether somebody vouches for the answer that is compared with.
  var isCertain: Bool {
    verdict.map { $0.word == .accepted || $0.word == .proved } ?? true
  }

  /// What the learner is told: whether the answer is met, not what it is.
  func line(isSlipShown: Bool) -> StyledText {
    let place = isSlipShown ? "" : "; nothing here shows where"
    guard let verdict else {
      return isEqual
        ? StyledText("your answer is right", .green)
        : StyledText("your answer is not the right one\(place)")
    }
    let sure =
      isCertain
      ? " (\(verdict.word.rawValue)\(verdict.word == .accepted ? "; it may err" : ""))"
      : ", but is not certain of it (\(verdict.word.rawValue))"
    return isEqual
      ? StyledText("the tutor gets the same answer\(sure)", isCertain ? .green : .plain)
      : StyledText("the tutor gets another answer\(sure)\(place)", .yellow)
  }
}

extension OwnWork {
  /// What came of a learner's solution.
  init(_ assessment: Assessment, _ comparison: Comparison?) {
    if let slip = assessment.slip, slip.certainty != .doubted {
      self = .faulty
    } else if let comparison, comparison.isCertain {
      let isExact = comparison.verdict == nil
      self = comparison.isEqual ? isExact ? .right : .agreeing : isExact ? .wrong : .differing
    } else if assessment.slip != nil {
      self = .doubted
    } else {
      self = assessment.ending == .judged ? .clear : .unjudged
    }
  }
}

extension Session {
  /// The tutor's own solution if it is made already; nothing is waited for.
  func readyReference() async -> ReferenceSolution? {
    let (reference, task) = study.withLock { ($0.reference, $0.isMade ? $0.making : nil) }
    if let reference { return reference }
    guard let run = await task?.value.run, run.verdict?.ending != .interrupted else { return nil }
    return ReferenceSolution(of: run)
  }

  /// Lets the learner see everything once their own answer is the tutor's.
  ///
  /// - Returns: Whether it is.
  func unlock(by reference: ReferenceSolution?) -> Bool {
    study.withLock { study in
      let comparison = Comparison(
        of: study.working?.answer, known: study.known, reference: reference)
      guard let comparison, comparison.isEqual, comparison.isCertain || study.slip == nil else {
        return false
      }
      study.isWithheld = false
      return true
    }
  }
}

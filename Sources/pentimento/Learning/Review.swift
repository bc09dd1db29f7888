import Algebra
import Tutoring

/// A review of mistakes, question by question.
///
/// An answer is compared by value with the one that is wanted. A second try is given; right at the
/// first counts as remembered well, at the second as remembered with effort.
struct Review: Hashable, Sendable {
  /// What an answer led to.
  enum Outcome: Hashable, Sendable {
    /// It cannot be compared; the question stands.
    case unclear(String)
    /// Not right, and there is one more try.
    case retry
    /// Settled, with the grade to be recorded.
    case settled(Memory.Grade)
  }

  /// Those that are still to be asked, the one that is being asked first.
  private(set) var pages: [Notebook.Page]
  private(set) var right = 0
  private(set) var wrong = 0
  private var isSecondTry = false

  init(_ pages: [Notebook.Page]) {
    self.pages = pages
  }

  var current: Notebook.Page? { pages.first }

  /// Takes an answer; `nil` gives up.
  mutating func take(_ answer: String?) -> Outcome {
    guard let current else { return .unclear("nothing is asked") }
    guard let answer else { return settle(.again) }
    let comparison = current.judge(answer)
    switch comparison.equality {
    case .undecided: return .unclear(comparison.reason)
    case .equal: return settle(isSecondTry ? .hard : .good)
    case .unequal:
      if isSecondTry { return settle(.again) }
      isSecondTry = true
      return .retry
    }
  }

  private mutating func settle(_ grade: Memory.Grade) -> Outcome {
    pages.removeFirst()
    isSecondTry = false
    if grade == .again { wrong += 1 } else { right += 1 }
    return .settled(grade)
  }
}

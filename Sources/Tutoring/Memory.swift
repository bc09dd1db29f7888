// When a mistake comes up again: FSRS-4.5, with its published default weights.
//
// What is remembered has a stability S, the days until it is recalled with probability 90 %, and a
// difficulty D from 1 to 10. After t days it is recalled with probability (1 + 19/81 · t/S)^−½. A
// review changes both; the next one is due when the probability has fallen to 90 %, S days later.
//
// Source: J. Ye, J. Su, Y. Cao, "A Stochastic Shortest Path Algorithm for Optimizing Spaced
// Repetition Scheduling", KDD 2022; the formulas and weights of version 4.5 are those of the wiki of
// open-spaced-repetition/fsrs4anki, "The Algorithm".

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// How well something is remembered, after at least one review.
public struct Memory: Hashable, Sendable {
  /// How a review went.
  public enum Grade: Int, Codable, Hashable, Sendable, CaseIterable {
    case again = 1
    case hard, good, easy
  }

  /// Days until the probability of recall has fallen to 90 %, above 0.
  public var stability: Double
  /// 1 is easy, 10 is hard.
  public var difficulty: Double

  private static let w = [
    0.4872, 1.4003, 3.7145, 13.8206, 5.1618, 1.2298, 0.8975, 0.031, 1.6474, 0.1367, 1.0461, 2.1072,
    0.0793, 0.3246, 1.587, 0.2272, 2.8755,
  ]

  /// What the first review leaves.
  public init(first grade: Grade) {
    stability = Self.w[grade.rawValue - 1]
    difficulty = Self.difficulty(first: grade)
  }

  /// The probability of recall some days after the last review.
  public func retrievability(after days: Double) -> Double {
    pow(1 + 19.0 / 81 * max(days, 0) / stability, -0.5)
  }

  /// What another review leaves, so many days after the last one.
  public func reviewed(_ grade: Grade, after days: Double) -> Memory {
    var next = self
    let recall = retrievability(after: days)
    next.stability = max(
      0.01, grade == .again ? forgotten(recall) : recalled(recall, grade))
    let shifted = difficulty - Self.w[6] * Double(grade.rawValue - 3)
    let reverted = Self.w[7] * Self.difficulty(first: .good) + (1 - Self.w[7]) * shifted
    next.difficulty = min(max(reverted, 1), 10)
    return next
  }

  private static func difficulty(first grade: Grade) -> Double {
    min(max(w[4] - Double(grade.rawValue - 3) * w[5], 1), 10)
  }

  private func recalled(_ recall: Double, _ grade: Grade) -> Double {
    let w = Self.w
    let factor = grade == .hard ? w[15] : grade == .easy ? w[16] : 1
    let growth =
      exp(w[8]) * (11 - difficulty) * pow(stability, -w[9]) * (exp(w[10] * (1 - recall)) - 1)
    return stability * (growth * factor + 1)
  }

  private func forgotten(_ recall: Double) -> Double {
    let w = Self.w
    return w[11] * pow(difficulty, -w[12]) * (pow(stability + 1, w[13]) - 1)
      * exp(w[14] * (1 - recall))
  }
}

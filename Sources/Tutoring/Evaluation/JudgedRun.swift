import Algebra

// What a batch of runs comes to, as a pure function of the runs. Besides the builder of critique
// records this is the only place that looks at a problem's reference answer: the loop never does.

/// One run held against its reference answer.
public struct JudgedRun: Codable, Hashable, Sendable {
  public var id: String
  public var verdict: Verdict.Word
  public var answer: String?
  /// Whether the first candidate was right, and whether the final answer is.
  public var wasRight: Bool
  public var isRight: Bool
  public var cost: Cost

  /// - Parameter reference: The right answer; one that cannot be shown to be equal to it is wrong.
  public init(_ run: Run, reference: String, checker: Checker = Checker()) {
    id = run.problem.id
    verdict = run.verdict?.word ?? .unresolved
    answer = run.verdict?.answer
    wasRight = Self.isRight(run.rounds.first?.answer, reference, checker)
    isRight = Self.isRight(answer, reference, checker)
    cost = run.cost
  }

  private static func isRight(_ answer: String?, _ reference: String, _ checker: Checker) -> Bool {
    answer.map { checker.compare($0, reference).equality == .equal } ?? false
  }
}

/// What happened to first answers on their way through the loop. The loop gains if and only if more
/// wrong answers became right than right ones wrong.
public struct FlipCells: Codable, Hashable, Sendable {
  public var rightToRight = 0
  public var rightToWrong = 0
  public var wrongToRight = 0
  public var wrongToWrong = 0

  /// Which problems were right before and after; both lists are in the same order.
  public init(before: [Bool], after: [Bool]) {
    precondition(before.count == after.count, "every problem has one answer before and one after")
    for (was, isNow) in zip(before, after) {
      switch (was, isNow) {
      case (true, true): rightToRight += 1
      case (true, false): rightToWrong += 1
      case (false, true): wrongToRight += 1
      case (false, false): wrongToWrong += 1
      }
    }
  }

  public init(_ runs: [JudgedRun]) {
    self.init(before: runs.map(\.wasRight), after: runs.map(\.isRight))
  }

  public var total: Int { rightToRight + rightToWrong + wrongToRight + wrongToWrong }
  public var before: Proportion { Proportion(rightToRight + rightToWrong, of: total) }
  public var after: Proportion { Proportion(rightToRight + wrongToRight, of: total) }
}

/// A vote over answers, equal values counting as one.
public enum Vote {
  /// The answer that most agree on.
  ///
  /// - Parameter answers: In the order in which they were given; `nil` abstains.
  /// - Returns: The first answer of the largest group, of equal groups the one that was there first;
  ///   `nil` if all abstain.
  /// - Complexity: O(answers × groups) comparisons.
  public static func majority(_ answers: [String?], checker: Checker = Checker()) -> String? {
    var groups: [(answer: String, votes: Int)] = []
    for answer in answers.compactMap({ $0 }) {
      let group = groups.firstIndex {
        $0.answer == answer || checker.compare($0.answer, answer).equality == .equal
      }
      if let group { groups[group].votes += 1 } else { groups.append((answer, 1)) }
    }
    let most = groups.map(\.votes).max()
    return groups.first { $0.votes == most }?.answer
  }
}

/// How well first faulty steps are found, as ProcessBench counts it (arXiv 2412.06559).
public struct FaultScore: Codable, Hashable, Sendable {
  /// Of the solutions with a fault, those whose first faulty step was named.
  public var faulty: Proportion
  /// Of the solutions without one, those in which no step was named.
  public var flawless: Proportion

  /// - Parameters:
  ///   - truth: The first faulty step of each solution, counted from 0; `nil` if it has none.
  ///   - named: The step that was named for it, in the same order.
  public init(truth: [Int?], named: [Int?]) {
    precondition(truth.count == named.count, "every solution needs its truth")
    let pairs = zip(truth, named)
    faulty = Proportion(
      pairs.count { $0 != nil && $0 == $1 }, of: truth.count { $0 != nil })
    flawless = Proportion(
      pairs.count { $0 == nil && $1 == nil }, of: truth.count { $0 == nil })
  }

  /// The harmonic mean of both shares; 0 if one of them is 0 or has no cases.
  public var f1: Double { harmonicMean(faulty.share ?? 0, flawless.share ?? 0) }
}

/// What each verdict was worth: of the runs that ended so, how many answers are right.
public struct VerdictTable: Codable, Hashable, Sendable {
  public var rows: [Verdict.Word: Proportion]

  public init(_ runs: [JudgedRun]) {
    rows = Dictionary(grouping: runs, by: \.verdict).mapValues { runs in
      Proportion(runs.count { $0.isRight }, of: runs.count)
    }
  }
}

extension [JudgedRun] {
  /// What all of them cost together.
  public var cost: Cost {
    reduce(into: Cost()) { sum, run in
      sum.calls += run.cost.calls
      sum.promptTokens += run.cost.promptTokens
      sum.completionTokens += run.cost.completionTokens
      sum.milliseconds += run.cost.milliseconds
    }
  }
}

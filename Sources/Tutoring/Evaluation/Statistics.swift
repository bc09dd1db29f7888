// The few figures that a measurement of the loop is reported with. Every function is pure; the
// standard normal quantile for 95 % is written out, since nothing else here needs quantiles.

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// How many of a number of cases came out one way.
public struct Proportion: Codable, Hashable, Sendable {
  public var count: Int
  public var total: Int

  /// - Precondition: `0 <= count <= total`.
  public init(_ count: Int, of total: Int) {
    precondition(count >= 0 && count <= total, "\(count) of \(total) is no proportion")
    self.count = count
    self.total = total
  }

  /// 0...1; `nil` of no cases.
  public var share: Double? { total == 0 ? nil : Double(count) / Double(total) }

  /// The score interval (Wilson, JASA 22, 1927), which keeps within 0...1 and means something also
  /// for 0 of n; 0...1 of no cases.
  ///
  /// - Parameter z: Of the standard normal distribution; as it stands, for 95 %.
  public func interval(z: Double = normalQuantile95) -> ClosedRange<Double> {
    guard let share else { return 0...1 }
    let n = Double(total)
    let centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    let spread =
      z / (1 + z * z / n) * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot()
    let low = count == 0 ? 0 : max(centre - spread, 0)
    let high = count == total ? 1 : min(centre + spread, 1)
    return low...high
  }
}

/// z for an interval that holds 95 %.
public let normalQuantile95 = 1.959_963_984_540_054

/// Two ways to answer the same problems, compared problem by problem.
public struct PairedDifference: Codable, Hashable, Sendable {
  public var pairs: Int
  /// Discordant pairs: right the first way only, and right the second way only.
  public var firstOnly: Int
  public var secondOnly: Int

  /// Which problems were right either way; both lists are in the same order.
  public init(_ first: [Bool], _ second: [Bool]) {
    precondition(first.count == second.count, "pairs need two lists of one length")
    pairs = first.count
    firstOnly = zip(first, second).count { $0 && !$1 }
    secondOnly = zip(first, second).count { !$0 && $1 }
  }

  /// What the second way gains in accuracy, -1...1; `nil` without pairs.
  public var gain: Double? {
    pairs == 0 ? nil : Double(secondOnly - firstOnly) / Double(pairs)
  }

  /// An interval for the gain: Wald's after half a case is added to each of the four cells
  /// (Agresti and Min, Statistics in Medicine 24, 2005); -1...1 without pairs.
  public func interval(z: Double = normalQuantile95) -> ClosedRange<Double> {
    guard pairs > 0 else { return -1...1 }
    let n = Double(pairs) + 2
    let (b, c) = (Double(firstOnly) + 0.5, Double(secondOnly) + 0.5)
    let gain = (c - b) / n
    let spread = z * (b + c - (c - b) * (c - b) / n).squareRoot() / n
    return max(gain - spread, -1)...min(gain + spread, 1)
  }

  /// The exact two-sided p-value of McNemar's test: how often discordant pairs alone, falling either
  /// way with equal chance, would differ as much; 1 without any.
  public var pValue: Double {
    let n = firstOnly + secondOnly
    let tail = (0...min(firstOnly, secondOnly)).reduce(0.0) { sum, k in
      let ways = lgamma(Double(n) + 1) - lgamma(Double(k) + 1) - lgamma(Double(n - k) + 1)
      return sum + exp(ways - Double(n) * log(2.0))
    }
    return min(2 * tail, 1)
  }
}

/// How well scores tell right cases from wrong ones.
public enum Discrimination {
  /// The area under the ROC curve: the chance that a right case scores higher than a wrong one, a
  /// tie counting half (Mann and Whitney).
  ///
  /// - Returns: `nil` unless there are both kinds, or if a score is no number.
  /// - Complexity: O(n log n).
  public static func area(_ scores: [Double], _ isRight: [Bool]) -> Double? {
    precondition(scores.count == isRight.count, "every score needs its truth")
    let rights = isRight.count { $0 }
    let wrongs = isRight.count - rights
    guard rights > 0, wrongs > 0, !scores.contains(where: \.isNaN) else { return nil }
    let order = scores.indices.sorted { scores[$0] < scores[$1] }
    var rankSum = 0.0
    var start = 0
    while start < order.count {
      var end = start
      while end < order.count, scores[order[end]] == scores[order[start]] { end += 1 }
      // All of a tie have the mean of its ranks, which count from 1.
      let rank = Double(start + end + 1) / 2
      rankSum += rank * Double(order[start..<end].count { isRight[$0] })
      start = end
    }
    let pairs = Double(rights) * Double(wrongs)
    return (rankSum - Double(rights) * Double(rights + 1) / 2) / pairs
  }

  /// A threshold for "right" with what it does.
  public struct Cut: Hashable, Sendable {
    /// A score from which a case counts as right.
    public var threshold: Double
    /// Of the right cases, those that are let through.
    public var rightPassed: Proportion
    /// Of the wrong cases, those that are held back.
    public var wrongStopped: Proportion

    /// The harmonic mean of both shares; 0 if one of them is 0 or has no cases.
    public var balance: Double {
      harmonicMean(rightPassed.share ?? 0, wrongStopped.share ?? 0)
    }
  }

  /// The threshold with the best balance; between two scores it lies halfway, and of equal ones the
  /// lowest is taken.
  ///
  /// - Returns: `nil` unless there are both kinds, or if a score is no number.
  /// - Complexity: O(n log n).
  public static func bestCut(_ scores: [Double], _ isRight: [Bool]) -> Cut? {
    precondition(scores.count == isRight.count, "every score needs its truth")
    let rights = isRight.count { $0 }
    let wrongs = isRight.count - rights
    guard rights > 0, wrongs > 0, !scores.contains(where: \.isNaN) else { return nil }
    let order = scores.indices.sorted { scores[$0] < scores[$1] }
    var best: Cut?
    var (rightsBelow, wrongsBelow) = (0, 0)
    for (place, index) in order.enumerated() {
      let previous = place == 0 ? nil : scores[order[place - 1]]
      if previous != scores[index] {
        let cut = Cut(
          threshold: previous.map { ($0 + scores[index]) / 2 } ?? scores[index],
          rightPassed: Proportion(rights - rightsBelow, of: rights),
          wrongStopped: Proportion(wrongsBelow, of: wrongs))
        if cut.balance > best?.balance ?? -1 { best = cut }
      }
      if isRight[index] { rightsBelow += 1 } else { wrongsBelow += 1 }
    }
    return best
  }
}

/// 2ab / (a + b); 0 if either is 0.
func harmonicMean(_ a: Double, _ b: Double) -> Double {
  a + b > 0 ? 2 * a * b / (a + b) : 0
}

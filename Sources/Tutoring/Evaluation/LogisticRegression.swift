// A probability from a few features, such as the logprobs of a critic and what the checker found.
//
// The weights maximise the log-likelihood less half of `ridge` times the sum of their squares, the
// intercept left out; with any ridge above 0 there is exactly one maximum, also where the features
// separate the cases. It is found by Newton's method (iteratively reweighted least squares), each
// step halved until it improves; everything is summed in the order given, so a fit repeats exactly.

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A fitted logistic model.
public struct LogisticRegression: Codable, Hashable, Sendable {
  public var intercept: Double
  /// One a feature.
  public var weights: [Double]

  public init(intercept: Double, weights: [Double]) {
    self.intercept = intercept
    self.weights = weights
  }

  /// The probability of "true" for a case.
  public func probability(_ features: [Double]) -> Double {
    Self.logistic(zip(weights, features).reduce(intercept) { $0 + $1.0 * $1.1 })
  }

  /// Fits a model to cases.
  ///
  /// - Parameters:
  ///   - rows: One list of features a case, all of one length and finite. Features of about the
  ///     same size are held back by `ridge` alike.
  ///   - ridge: Above 0.
  /// - Returns: `nil` without rows.
  /// - Complexity: O(steps × rows × features²), seldom more than ten steps.
  public init?(fitting rows: [[Double]], _ labels: [Bool], ridge: Double = 1) {
    precondition(rows.count == labels.count, "every row needs its label")
    precondition(ridge > 0, "the ridge keeps the fit unique")
    guard let width = rows.first?.count else { return nil }
    precondition(rows.allSatisfy { $0.count == width }, "rows differ in length")
    // The intercept is the weight of a feature that is always 1.
    let cases = rows.map { [1] + $0 }
    var weights = [Double](repeating: 0, count: width + 1)
    var value = Self.objective(weights, cases, labels, ridge)
    for _ in 0..<100 {
      let step = Self.newtonStep(weights, cases, labels, ridge)
      var length = 1.0
      var next = weights
      var nextValue = value
      repeat {
        next = zip(weights, step).map { $0 + length * $1 }
        nextValue = Self.objective(next, cases, labels, ridge)
        length /= 2
      } while nextValue < value && length > 1e-10
      guard nextValue >= value else { break }
      let change = zip(next, weights).map { abs($0 - $1) }.max() ?? 0
      (weights, value) = (next, nextValue)
      if change < 1e-12 { break }
    }
    self.init(intercept: weights[0], weights: Array(weights.dropFirst()))
  }

  /// The mean of −log of the probability given to what was the case; 0 is perfect.
  public func logLoss(_ rows: [[Double]], _ labels: [Bool]) -> Double {
    let sum = zip(rows, labels).reduce(0.0) { sum, row in
      let score = zip(weights, row.0).reduce(intercept) { $0 + $1.0 * $1.1 }
      return sum + Self.softplus(row.1 ? -score : score)
    }
    return rows.isEmpty ? 0 : sum / Double(rows.count)
  }

  private static func objective(
    _ weights: [Double], _ cases: [[Double]], _ labels: [Bool], _ ridge: Double
  ) -> Double {
    let likelihood = zip(cases, labels).reduce(0.0) { sum, row in
      let score = dot(weights, row.0)
      return sum - softplus(row.1 ? -score : score)
    }
    return likelihood - ridge / 2 * weights.dropFirst().reduce(0) { $0 + $1 * $1 }
  }

  /// What Newton's method adds to the weights: the gradient divided by the curvature.
  private static func newtonStep(
    _ weights: [Double], _ cases: [[Double]], _ labels: [Bool], _ ridge: Double
  ) -> [Double] {
    let size = weights.count
    var gradient = [Double](repeating: 0, count: size)
    var curvature = [[Double]](repeating: gradient, count: size)
    for (row, label) in zip(cases, labels) {
      let p = logistic(dot(weights, row))
      let spread = p * (1 - p)
      for i in 0..<size {
        gradient[i] += ((label ? 1 : 0) - p) * row[i]
        for j in 0...i { curvature[i][j] += spread * row[i] * row[j] }
      }
    }
    for i in 1..<max(size, 1) {
      gradient[i] -= ridge * weights[i]
      curvature[i][i] += ridge
    }
    // Where every case is certain the intercept has no curvature left.
    curvature[0][0] += 1e-12
    return solve(curvature, gradient)
  }

  /// Solves a symmetric positive definite system, given by its lower half (Cholesky).
  private static func solve(_ matrix: [[Double]], _ right: [Double]) -> [Double] {
    var lower = matrix
    var x = right
    for i in x.indices {
      for j in 0...i {
        var sum = lower[i][j]
        for k in 0..<j { sum -= lower[i][k] * lower[j][k] }
        lower[i][j] = i == j ? max(sum, 1e-300).squareRoot() : sum / lower[j][j]
      }
      for k in 0..<i { x[i] -= lower[i][k] * x[k] }
      x[i] /= lower[i][i]
    }
    for i in x.indices.reversed() {
      for k in (i + 1)..<max(x.count, i + 1) { x[i] -= lower[k][i] * x[k] }
      x[i] /= lower[i][i]
    }
    return x
  }

  private static func dot(_ a: [Double], _ b: [Double]) -> Double {
    zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
  }

  private static func logistic(_ score: Double) -> Double {
    score >= 0 ? 1 / (1 + exp(-score)) : exp(score) / (1 + exp(score))
  }

  /// log(1 + exp(score)) without overflow.
  private static func softplus(_ score: Double) -> Double {
    max(score, 0) + log1p(exp(-abs(score)))
  }
}

import Algebra

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

// How sure one may be of an answer, from everything that is known of the candidates that give it: a
// logistic model whose weights `pentimento calibrate` fits to recorded runs. Without weights the
// referee goes by the critic's word and its probability alone.

extension Referee {
  /// What the weights of a calibration stand for, after the intercept.
  public static let featureNames = ["critic", "agreement", "written", "checked"]

  /// What is known of the answer that a candidate gives, over all candidates that give it and have
  /// nothing refuted:
  ///
  /// - critic: the mean of log(p / (1 − p)) of the critic's probabilities, within ±4; 0 without any;
  /// - agreement: the share of the other standing candidates that give it too, less ½; 0 if there is
  ///   no other;
  /// - written: the mean of the written verdicts, right 1 and wrong −1; 0 without any;
  /// - checked: the share of the claims that hold among those found, less ½; 0 without any.
  ///
  /// - Parameter index: A round with an answer.
  public func features(of index: Int, in rounds: [Round]) -> [Double] {
    guard let answer = rounds[index].answer else { return [0, 0, 0, 0] }
    let standing = rounds.filter { $0.answer != nil && $0.refutation == nil }
    let agreeing = standing.filter { $0.answer.map { isSame($0, answer) } ?? false }
    let critiques = agreeing.flatMap(\.critiques)
    let odds = agreeing.compactMap(\.probability).map { p in
      let p = min(max(p, 1e-6), 1 - 1e-6)
      return min(max(log(p / (1 - p)), -4), 4)
    }
    let words = critiques.compactMap(\.written).map { word in
      word == .right ? 1.0 : word == .wrong ? -1 : 0
    }
    let claims = agreeing.flatMap(\.report.findings)
    let held = Double(claims.count { $0.outcome == .holds })
    let share = Double(agreeing.count - 1) / Double(max(standing.count - 1, 1))
    return [
      odds.mean { $0 }, standing.count > 1 ? share - 0.5 : 0, words.mean { $0 },
      claims.isEmpty ? 0 : held / Double(claims.count) - 0.5,
    ]
  }

  /// The probability that a candidate's answer is right, 0...1; `nil` without a calibration, without
  /// an answer, and for one that is refuted.
  public func confidence(in index: Int, of rounds: [Round]) -> Double? {
    guard let model = policy.calibrated, rounds[index].answer != nil,
      rounds[index].refutation == nil
    else { return nil }
    return model.probability(features(of: index, in: rounds))
  }
}

extension Policy {
  /// The fitted model, or `nil` if there is none.
  var calibrated: LogisticRegression? {
    guard let intercept = calibration.first else { return nil }
    return LogisticRegression(intercept: intercept, weights: Array(calibration.dropFirst()))
  }
}

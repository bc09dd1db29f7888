import Algebra

/// Answers whose truth is known, with what the referee knows of them: what a calibration is fitted
/// to.
public struct CalibrationCases: Sendable {
  public private(set) var features: [[Double]] = []
  public private(set) var isRight: [Bool] = []
  /// For each problem, which of the cases are its answers.
  private var problems: [Range<Int>] = []
  /// Problems that could not be recomputed from their recordings.
  public private(set) var uncovered = 0

  public init() {}

  /// Adds the answers of one problem, each once however many candidates give it.
  ///
  /// - Parameter tutor: Its policy says which candidates and critiques count.
  public mutating func add(_ recording: Recording, by tutor: Tutor, checker: Checker = Checker())
    async
  {
    var tutor = tutor
    tutor.policy.calibration = []
    // A revision has a round of its own; the fit is about what is known before.
    tutor.policy.rounds = 0
    let model = RecordedModel(recording.replies)
    guard
      let run = try? await tutor.replaying(model).solve(
        recording.problem, observe: { model.observe($0) })
    else {
      uncovered += 1
      return
    }
    let referee = Referee(policy: tutor.policy)
    let begin = features.count
    let judged = tutor.policy.judge == .best ? referee.judgedOnce(run.rounds) : run.rounds
    for index in referee.firsts(run.rounds) {
      features.append(referee.features(of: index, in: judged))
      let answer = run.rounds[index].answer ?? ""
      isRight.append(checker.compare(answer, recording.reference).equality == .equal)
    }
    problems.append(begin..<features.count)
  }

  /// The weights that fit best; `nil` unless there are right and wrong answers.
  ///
  /// - Parameter ridge: Above 0; holds the weights back where there are few cases.
  public func fit(ridge: Double) -> LogisticRegression? {
    guard isRight.contains(true), isRight.contains(false) else { return nil }
    return LogisticRegression(fitting: features, isRight, ridge: ridge)
  }

  /// The surest answer of every problem, with whether it is right.
  public func best(by model: LogisticRegression) -> [(confidence: Double, isRight: Bool)] {
    problems.compactMap { range in
      range.map { (model.probability(features[$0]), isRight[$0]) }.max { $0.0 < $1.0 }
    }
  }

  /// The lowest threshold from which on at least `target` of the answers kept are right, as far as
  /// the cases go; the threshold with the best balance if none does. It is never below ½: what is
  /// more likely wrong than right is not accepted, however well that went so far.
  public static func threshold(
    _ best: [(confidence: Double, isRight: Bool)], target: Double
  ) -> Double? {
    let sorted = best.sorted { $0.confidence > $1.confidence }
    var right = 0
    var threshold: Double?
    for (count, answer) in sorted.enumerated() {
      right += answer.isRight ? 1 : 0
      // Equal ones pass together.
      let isLast = count + 1 == sorted.count || sorted[count + 1].confidence < answer.confidence
      if isLast, Double(right) >= target * Double(count + 1) { threshold = answer.confidence }
    }
    let cut =
      threshold ?? Discrimination.bestCut(best.map(\.confidence), best.map(\.isRight))?.threshold
    return cut.map { max($0, 0.5) }
  }
}

extension Referee {
  /// The rounds with the critic's word on the first candidate of each answer alone, which is what a
  /// calibrated policy asks for.
  fileprivate func judgedOnce(_ rounds: [Round]) -> [Round] {
    let firsts = Set(firsts(rounds))
    var rounds = rounds
    for index in rounds.indices where !firsts.contains(index) { rounds[index].critiques = [] }
    return rounds
  }
}

import Algebra
import Testing

@testable import Tutoring

/// How sure one may be of an answer, by what critic, checker and the other candidates know.
struct ConfidenceTests {
  /// Intercept, critic, agreement, written, checked.
  private static func referee(_ weights: [Double], threshold: Double = 0.5) -> Referee {
    Referee(policy: .with { ($0.calibration, $0.threshold) = (weights, threshold) })
  }

  @Test func `the features are those of all candidates that give the answer`() {
    let rounds: [Round] = [
      .giving("19", .likely(0.5, .wrong)), .giving("31", .likely(0.5, .right)),
      .giving("31.0", .likely(0.5, .right)), .giving("19", refuted: "31", .likely(0.9)),
    ]
    let referee = Self.referee([])
    // Of the two other standing candidates one gives 31 too.
    #expect(referee.features(of: 1, in: rounds) == [0, 0, 1, 0])
    #expect(referee.features(of: 0, in: rounds) == [0, -0.5, -1, 0])
  }

  @Test func `a single candidate neither agrees nor disagrees`() {
    let referee = Self.referee([])
    #expect(referee.features(of: 0, in: [.giving("7", .likely(0.5))]) == [0, 0, 0, 0])
  }

  @Test(arguments: [(0.0, -4.0), (1.0, 4.0), (0.5, 0.0)])
  func `no probability counts without bounds`(p: Double, feature: Double) {
    let features = Self.referee([]).features(of: 0, in: [.giving("7", .likely(p))])
    #expect(features[0] == feature)
  }

  @Test func `agreement can outweigh the critic, and the other way round`() {
    let rounds: [Round] = [
      .giving("19", .likely(0.7)), .giving("31", .likely(0.4)), .giving("31", .likely(0.4)),
    ]
    #expect(Self.referee([0, 1, 4, 0, 0]).ranked(rounds).first == 1)
    #expect(Self.referee([0, 4, 0.1, 0, 0]).ranked(rounds).first == 0)
  }

  @Test func `the verdict says how sure it is, and accepts from the threshold on`() {
    let rounds: [Round] = [.giving("31", .likely(0.5)), .giving("31", .likely(0.5))]
    let sure = Self.referee([1, 0, 0, 0, 0], threshold: 0.7).verdict(of: rounds, isCutShort: false)
    #expect(sure.word == .accepted)
    #expect(sure.confidence.map { abs($0 - 0.731) < 0.001 } == true)
    #expect(sure.voucher.hasPrefix("73 % sure"))
    let unsure = Self.referee([1, 0, 0, 0, 0], threshold: 0.8)
      .verdict(of: rounds, isCutShort: false)
    #expect(unsure.word == .disputed)
    #expect(unsure.voucher == "only 73 % sure")
  }

  @Test func `a refuted candidate has no confidence and wins nothing`() {
    let rounds: [Round] = [
      .giving("19", refuted: "31", .likely(0.99)), .giving("31", .likely(0.01)),
    ]
    let referee = Self.referee([0, 4, 0, 0, 0])
    #expect(referee.confidence(in: 0, of: rounds) == nil)
    #expect(referee.ranked(rounds) == [1, 0])
  }

  @Test func `evidence counts however sure one is`() {
    let rounds: [Round] = [.giving("19", .wrong(correcting: "25 + 6 = 31"))]
    let referee = Self.referee([5, 0, 0, 0, 0])
    #expect(referee.stance(0, in: rounds) == .wrong)
    guard case .revise(let round, let evidence) = referee.decide(rounds) else {
      Issue.record("evidence must lead to a revision")
      return
    }
    #expect(round == 0)
    #expect(evidence.correction == "25 + 6 = 31")
  }

  @Test func `without weights nothing is different`() {
    let rounds: [Round] = [.giving("31", .likely(0.8))]
    let verdict = Self.referee([]).verdict(of: rounds, isCutShort: false)
    #expect(verdict.confidence == nil)
    #expect(verdict.word == .accepted)
  }

  @Test func `a fit on recordings finds out what the critic is worth`() async throws {
    var cases = CalibrationCases()
    for number in 0..<12 {
      let isRight = number % 3 != 0
      // The critic is wrong about every sixth.
      let p = (number % 6 == 1) == isRight ? 0.2 : 0.8
      let script = ScriptedModel([
        .text("#### \(isRight ? 56 : 54)"), RecordingTests.doubt(p),
      ])
      let replies = try await RecordingTests.tutor(script).sample(
        RecordingTests.problem, plan: SamplingPlan(candidates: 1, judged: 1))
      let recording = Recording(
        problem: RecordingTests.problem, reference: "56", replies: replies)
      await cases.add(recording, by: try RecordingTests.tutor(ScriptedModel()))
    }
    #expect(cases.isRight.count == 12)
    #expect(cases.uncovered == 0)
    let model = try #require(cases.fit(ridge: 0.1))
    #expect(model.weights[0] > 0.3)
    #expect(abs(model.weights[2]) < 1e-9)
  }

  @Test func `the threshold is the lowest that keeps what was asked for`() {
    let best = [(0.9, true), (0.8, true), (0.7, false), (0.6, true), (0.5, false)]
      .map { (confidence: $0.0, isRight: $0.1) }
    #expect(CalibrationCases.threshold(best, target: 1) == 0.8)
    #expect(CalibrationCases.threshold(best, target: 0.75) == 0.6)
    let tied = [(0.9, true), (0.9, false), (0.9, true)].map { (confidence: $0.0, isRight: $0.1) }
    #expect(CalibrationCases.threshold(tied + best, target: 1) != 0.9)
    #expect(CalibrationCases.threshold([(0.3, true), (0.2, true)], target: 0.9) == 0.5)
  }
}

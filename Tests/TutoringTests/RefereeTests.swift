import Testing

@testable import Tutoring

struct RefereeTests {
  @Test(
    arguments: [
      ("the greedy candidate comes first", Policy(), [], "propose 0"),
      (
        "then the samples", .with { $0.samples = 3 }, [.giving("31")], "propose 1"
      ),
      (
        "then every candidate is criticised", .with { $0.samples = 2 },
        [.giving("31", .right), .giving("19", from: .sampled(sample: 1))], "critique 1"
      ),
      ("a candidate without an answer is not", Policy(), [.giving(nil)], "stop unresolved -"),
      (
        "nor is one that the checker refutes: it is revised", Policy(),
        [.giving("54", refuted: "56")], "revise 0 by checker"
      ),
      (
        "nor one that misses the problem's own condition", Policy(),
        [.giving("3", condition: .refuted)], "revise 0 by problem"
      ),
      (
        "a bare wrong revises nothing", Policy(), [.giving("31", .wrong)], "stop disputed 31"
      ),
      (
        "a low probability revises nothing", Policy(), [.giving("31", .likely(0.01))],
        "stop disputed 31"
      ),
      (
        "a verified correction revises", Policy(),
        [.giving("19", .wrong(correcting: "25 + 6 = 31"))],
        "revise 0 by critic"
      ),
      (
        "a dismissed remark revises nothing", Policy(),
        [.giving("19", .wrong(correcting: "25 + 6 = 32", dismissed: "its own claim is false"))],
        "stop disputed 19"
      ),
      (
        "a correction that nothing verified revises nothing", .noChecker,
        [.giving("19", .wrong(correcting: "25 + 6 = 31"))], "stop disputed 19"
      ),
      (
        "both factored answers against the operation revise", Policy(),
        [.giving("19", .adding(0.9, exceeds: 0.8))], "revise 0 by factored"
      ),
      (
        "the operation alone does not", Policy(), [.giving("19", .adding(0.9, exceeds: 0.2))],
        "stop accepted 19"
      ),
      (
        "nor an operation that is not clear", Policy(), [.giving("19", .adding(0.7, exceeds: 0.9))],
        "stop accepted 19"
      ),
      (
        "nor one whose bound was not asked for", Policy(),
        [.giving("19", .adding(0.9, exceeds: nil))],
        "stop accepted 19"
      ),
      (
        "a revision is criticised like any candidate", Policy(),
        [.giving("54", refuted: "56"), .giving("56", from: .revised(round: 0))], "critique 1"
      ),
      (
        "the revision is revised, not its parent again", Policy(),
        [
          .giving("54", refuted: "56"), .giving("55", from: .revised(round: 0), refuted: "56"),
        ], "revise 1 by checker"
      ),
      (
        "after the last revision it stops", .with { $0.rounds = 1 },
        [.giving("54", refuted: "56"), .giving("55", from: .revised(round: 0), refuted: "56")],
        "stop refuted 54"
      ),
      (
        "no rounds, no revision", .with { $0.rounds = 0 }, [.giving("54", refuted: "56")],
        "stop refuted 54"
      ),
      (
        "the same answer twice ends the revisions", Policy(),
        [
          .giving("19", .wrong(correcting: "25 + 6 = 31")),
          .giving("19", from: .revised(round: 0), .wrong(correcting: "25 + 6 = 31")),
        ], "stop disputed 19"
      ),
      (
        "the same answer twice is one more vote, then the table", Policy(),
        [
          .giving("19", .wrong(correcting: "25 + 6 = 31")),
          .giving("19", from: .revised(round: 0), .right),
        ],
        "stop accepted 19"
      ),
      (
        "A, B, A ends the revisions", .with { $0.rounds = 9 },
        [
          .giving("19", .wrong(correcting: "25 + 6 = 31")),
          .giving("31", from: .revised(round: 0), .wrong(correcting: "25 - 6 = 19")),
          .giving("19", from: .revised(round: 1), .right),
        ], "stop disputed 19 31"
      ),
      (
        "an accepted candidate ends the revisions of others", .with { $0.samples = 2 },
        [.giving("54", refuted: "56"), .giving("56", from: .sampled(sample: 1), .right)],
        "stop accepted 56"
      ),
      (
        "a broken revision leaves the next candidate to revise", .with { $0.samples = 2 },
        [
          .giving("54", refuted: "56"), .giving("55", from: .sampled(sample: 1), refuted: "56"),
          .giving(nil, from: .revised(round: 0), finish: .cut),
        ], "revise 1 by checker"
      ),
      (
        "the learner's working is criticised", .with { $0.samples = 5 },
        [.giving("19", from: .learner)], "critique 0"
      ),
      (
        "but never revised", Policy(), [.giving("19", from: .learner, refuted: "31")],
        "stop refuted 19"
      ),
      (
        "and nothing is proposed beside it", .with { $0.samples = 5 },
        [.giving("19", from: .learner, .wrong(correcting: "25 + 6 = 31"))], "stop disputed 19"
      ),
    ] as [(String, Policy, [Round], String)])
  func `what comes next`(rule: String, policy: Policy, rounds: [Round], expected: String) {
    let referee = Referee(policy: policy)
    let decision = referee.decide(rounds)
    #expect(decision.short == expected, "\(rule)")
    #expect(referee.decide(rounds) == decision)
  }

  @Test(
    arguments: [
      ("one pass is not two", [.right], "critique 0"),
      ("two in a row accept", [.right, .right], "stop accepted 31"),
      ("a wrong on the way ends it", [.right, .wrong], "stop disputed 31"),
      ("a wrong is not made good", [.wrong, .right], "stop disputed 31"),
      ("a doubt on the way ends it", [.likely(0.2, .right)], "stop disputed 31"),
      ("a doubt is not made good", [.likely(0.2, .right), .right], "stop disputed 31"),
      ("no verdict on the way ends it", [.right, .unparsed], "stop unresolved 31"),
      ("no verdict is not made good", [.unparsed, .right], "stop unresolved 31"),
      ("probabilities pass too", [.likely(0.9), .likely(0.9)], "stop accepted 31"),
    ] as [(String, [Critique], String)])
  func `acceptance takes two passes in a row`(
    rule: String, critiques: [Critique], expected: String
  ) {
    var round = Round.giving("31")
    round.critiques = critiques
    let referee = Referee(policy: .with { $0.passes = 2 })
    #expect(referee.decide([round]).short == expected, "\(rule)")
  }

  @Test(arguments: [
    (39, 0, "critique 0"), (40, 0, "stop unresolved 31 (budget)"),
    (1, 60_000, "stop unresolved 31 (budget)"),
  ])
  func `a spent budget ends it unjudged`(calls: Int, tokens: Int, expected: String) {
    var cost = Cost()
    cost.calls = calls
    cost.completionTokens = tokens
    #expect(Referee(policy: Policy()).decide([.giving("31")], cost: cost).short == expected)
  }

  @Test(
    arguments: [
      ([], "stop unresolved - (budget)"),
      ([.giving("31", .right)], "stop accepted 31"),
      ([.giving("31", .wrong)], "stop disputed 31"),
      ([.giving("54", refuted: "56")], "stop refuted 54"),
      ([.giving("2", condition: .holds)], "stop proved 2"),
      ([.giving("31", .unparsed)], "stop unresolved 31"),
      ([.giving("31", .unparsed), .giving(nil, finish: .cut)], "stop unresolved 31"),
    ] as [([Round], String)])
  func `what was found before the budget was spent counts`(rounds: [Round], expected: String) {
    var cost = Cost()
    cost.calls = 1_000
    #expect(Referee(policy: Policy()).decide(rounds, cost: cost).short == expected)
  }

  @Test func `the evidence of a revision says where, what and why`() {
    let decision = Referee(policy: Policy()).decide([.giving("54", refuted: "56")])
    #expect(
      decision
        == .revise(
          round: 0,
          Evidence(
            source: .checker, step: 1, quote: "Second", reason: "it is 56", correction: "56")))
  }

  @Test func `factored evidence carries the exactly recomputed sum`() {
    let decision = Referee(policy: Policy()).decide([.giving("19", .adding(0.9, exceeds: 0.8))])
    #expect(
      decision
        == .revise(
          round: 0,
          Evidence(
            source: .factored, step: 1, quote: "25 - 6 = 19",
            reason: "asked without the answer in sight, the critic adds them",
            correction: "25 + 6 = 31")))
  }

  @Test func `of several candidates the best with evidence against it is revised`() {
    let rounds: [Round] = [
      .giving("54", refuted: "56"),
      .giving("19", from: .sampled(sample: 1), .wrong(correcting: "25 + 6 = 31")),
    ]
    let referee = Referee(policy: .with { $0.samples = 2 })
    #expect(referee.decide(rounds).short == "revise 1 by critic")
  }

  @Test func `the ranking is refutation, critic, votes, probability, order`() {
    let rounds: [Round] = [
      .giving("1", refuted: "2", .right),
      .giving("2", .likely(0.1)),
      .giving("3", .unparsed),
      .giving("4", .likely(0.7)),
      .giving("5", .likely(0.9)),
      .giving("4", .likely(0.6)),
      .giving(nil, .right),
      .giving("7", .likely(0.9)),
    ]
    #expect(Referee(policy: .with { $0.threshold = 0.5 }).ranked(rounds) == [3, 5, 4, 7, 2, 1, 0])
  }
}

import Testing

@testable import Tutoring

/// The verdict table, row by row: the word, the answers shown, and who vouches.
struct VerdictTests {
  @Test(
    arguments: [
      // Proved: the problem itself says so.
      (
        "proved", Policy(), [.giving("2", condition: .holds)], "proved 2", "2 + 1 is 3"
      ),
      (
        "proved outranks the critic", Policy(), [.giving("2", condition: .holds, .wrong)],
        "proved 2",
        "2 + 1 is 3"
      ),
      (
        "proved without a critic", .noCritic, [.giving("2", condition: .holds)], "proved 2",
        "2 + 1 is 3"
      ),
      (
        "a broken candidate proves nothing", .noCritic,
        [.giving("2", finish: .length, condition: .holds)], "unresolved - (truncated)",
        "the solution broke off before its answer"
      ),
      // Accepted: nothing refuted, and the critic says right.
      (
        "accepted in writing", Policy(), [.giving("31", .right)], "accepted 31",
        "the critic; the checker found no claim it can read"
      ),
      (
        "accepted by probability", Policy(), [.giving("31", .likely(0.8))], "accepted 31",
        "the critic (p 80 %); the checker found no claim it can read"
      ),
      (
        "a probability of just the threshold is enough", Policy(), [.giving("31", .likely(0.8))],
        "accepted 31", "the critic (p 80 %); the checker found no claim it can read"
      ),
      (
        "a probability stands in for an unreadable critique", Policy(),
        [.giving("31", .likely(0.8, .unparsed))], "accepted 31",
        "the critic (p 80 %); the checker found no claim it can read"
      ),
      (
        "accepted without a checker", .noChecker, [.giving("31", .right)], "accepted 31",
        "the critic; the checker was off"
      ),
      (
        "the best is kept, not the last", .with { $0.rounds = 1 },
        [
          .giving("31", .wrong(correcting: "25 - 6 = 19")),
          .giving("19", from: .revised(round: 0), refuted: "31"),
        ], "disputed 31", "the critic says wrong"
      ),
      (
        "an accepted answer stands alone", .with { $0.samples = 2 },
        [.giving("19", .wrong), .giving("31", from: .sampled(sample: 1), .right)], "accepted 31",
        "the critic; the checker found no claim it can read"
      ),
      (
        "votes separate two accepted answers", .with { $0.samples = 3 },
        [
          .giving("19", .right), .giving("31", from: .sampled(sample: 1), .right),
          .giving("31", from: .sampled(sample: 2), .right),
        ], "accepted 31", "the critic; the checker found no claim it can read"
      ),
      (
        "so does the probability", .with { $0.samples = 2 },
        [.giving("19", .likely(0.8)), .giving("31", from: .sampled(sample: 1), .likely(0.9))],
        "accepted 31",
        "the critic (p 90 %); the checker found no claim it can read"
      ),
      // Disputed: nothing refuted, but somebody objects or nothing separates two answers.
      (
        "a bare wrong", Policy(), [.giving("31", .wrong)], "disputed 31", "the critic says wrong"
      ),
      (
        "a wrong whose remark was dismissed", Policy(),
        [
          .giving("31", .wrong(correcting: "7", dismissed: "its own claim is false: 2 + 2 is 4"))
        ], "disputed 31", "the critic says wrong, but its own claim is false: 2 + 2 is 4"
      ),
      (
        "a low probability", Policy(), [.giving("31", .likely(0.3))], "disputed 31",
        "the critic doubts it (p 30 %)"
      ),
      (
        "right in words but a low probability", Policy(), [.giving("31", .likely(0.3, .right))],
        "disputed 31", "the critic doubts it (p 30 %)"
      ),
      (
        "factored evidence that may not be used any more", .with { $0.rounds = 0 },
        [.giving("19", .adding(0.9, exceeds: 0.9))], "disputed 19", "the critic objects to step 2"
      ),
      (
        "A, B, A", Policy(),
        [
          .giving("19", .wrong(correcting: "25 + 6 = 31")),
          .giving("31", from: .revised(round: 0), .wrong(correcting: "25 - 6 = 19")),
          .giving("19", from: .revised(round: 1), .right),
        ], "disputed 19 31", "the revisions went in a circle"
      ),
      (
        "A, B, A, and no verdict on the last", Policy(),
        [
          .giving("19", .wrong(correcting: "25 + 6 = 31")),
          .giving("31", from: .revised(round: 0), .wrong(correcting: "25 - 6 = 19")),
          .giving("19", from: .revised(round: 1), .unparsed),
        ], "disputed 19 31", "the revisions went in a circle"
      ),
      (
        "two accepted answers", .with { $0.samples = 2 },
        [.giving("19", .right), .giving("31", from: .sampled(sample: 1), .right)], "disputed 19 31",
        "the critic accepts two answers"
      ),
      (
        "two answers and no verdict on either", .with { $0.samples = 2 },
        [.giving("19", .unparsed), .giving("31", from: .sampled(sample: 1), .unparsed)],
        "disputed 19 31", "nothing separates two answers"
      ),
      // Refuted: every answer has a false claim on its way.
      (
        "refuted", .with { $0.rounds = 0 }, [.giving("54", refuted: "56")], "refuted 54",
        "the checker: it is 56"
      ),
      (
        "refuted by the problem's own condition", .with { $0.rounds = 0 },
        [.giving("3", condition: .refuted)], "refuted 3", "the checker: 2 + 1 is 3"
      ),
      (
        "the critic does not outweigh a refutation", .with { $0.rounds = 0 },
        [.giving("54", refuted: "56", .right)], "refuted 54", "the checker: it is 56"
      ),
      (
        "refuted without a critic",
        .with {
          $0.critic = false
          $0.rounds = 0
        },
        [.giving("54", refuted: "56")], "refuted 54", "the checker: it is 56"
      ),
      (
        "one candidate without a refutation is enough against it", Policy(),
        [.giving("54", refuted: "56"), .giving("56", from: .revised(round: 0), .unparsed)],
        "unresolved 56",
        "the critic gave no verdict that can be read; the checker found no claim it can read"
      ),
      // Unresolved: nobody vouches and nobody objects.
      ("no answer", Policy(), [.giving(nil)], "unresolved -", "no answer was found"),
      (
        "truncated", Policy(), [.giving("31", finish: .length)], "unresolved - (truncated)",
        "the solution broke off before its answer"
      ),
      (
        "withheld by the server", Policy(), [.giving("31", finish: .filtered)],
        "unresolved - (truncated)", "the solution broke off before its answer"
      ),
      (
        "an unreadable critique and no probability", Policy(), [.giving("31", .unparsed)],
        "unresolved 31",
        "the critic gave no verdict that can be read; the checker found no claim it can read"
      ),
      (
        "a critic that was asked nothing", Policy(), [.giving("31", .silent)], "unresolved 31",
        "the critic gave no verdict that can be read; the checker found no claim it can read"
      ),
      (
        "unchecked by a critic", .noCritic, [.giving("31")], "unresolved 31",
        "unchecked by a critic; the checker found no claim it can read"
      ),
      (
        "unchecked by anybody",
        .with {
          $0.critic = false
          $0.checker = false
        }, [.giving("31")],
        "unresolved 31", "unchecked by a critic; the checker was off"
      ),
      (
        "two answers and no critic",
        .with {
          $0.critic = false
          $0.samples = 2
        },
        [.giving("19"), .giving("31", from: .sampled(sample: 1))], "unresolved 19 31",
        "unchecked by a critic; the checker found no claim it can read"
      ),
      (
        "a circle and no critic", .noCritic,
        [
          .giving("19", refuted: "31"), .giving("31", from: .revised(round: 0), refuted: "19"),
          .giving("19", from: .revised(round: 1)),
        ], "unresolved 19", "unchecked by a critic; the checker found no claim it can read"
      ),
      (
        "votes without a verdict", .with { $0.samples = 3 },
        [
          .giving("19", .unparsed), .giving("31", from: .sampled(sample: 1), .unparsed),
          .giving("31", from: .sampled(sample: 2), .unparsed),
        ], "unresolved 31 19",
        "the critic gave no verdict that can be read; the checker found no claim it can read"
      ),
      (
        "interrupted while proposing", Policy(), [.giving(nil, finish: .interrupted)],
        "unresolved - (interrupted)", "stopped before it was judged"
      ),
      (
        "interrupted while criticising", Policy(), [.giving("31", .stopped)],
        "unresolved 31 (interrupted)", "stopped before it was judged"
      ),
      (
        "interrupted while revising", Policy(),
        [
          .giving("54", refuted: "56"),
          .giving(nil, from: .revised(round: 0), finish: .interrupted),
        ],
        "unresolved 54 (interrupted)", "stopped before it was judged"
      ),
    ] as [(String, Policy, [Round], String, String)])
  func `the verdict`(
    row: String, policy: Policy, rounds: [Round], expected: String, voucher: String
  ) throws {
    let decision = Referee(policy: policy).decide(rounds)
    guard case .stop(let verdict) = decision else {
      Issue.record("\(row): \(decision.short)")
      return
    }
    #expect(verdict.short == expected, "\(row)")
    #expect(verdict.voucher == voucher, "\(row)")
  }

  @Test func `the voucher counts what the checker could decide`() {
    var round = Round.giving("31", Critique.right, .right)
    round.report.findings = [
      .init(step: 0, start: 0, end: 0, claim: "5 * 5 = 25", outcome: .holds, evidence: "25"),
      .init(step: 1, start: 0, end: 0, claim: "x = y", outcome: .undecided, evidence: "no value"),
    ]
    let verdict = Referee(policy: .with { $0.passes = 2 }).verdict(of: [round], isCutShort: false)
    #expect(verdict.voucher == "the critic, 2 times in a row; 1 claim holds, 1 undecided")
  }
}

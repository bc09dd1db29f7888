import Algebra

// The verdict table: which word a run ends with, and who vouches for it.

extension Referee {
  func unjudged(_ rounds: [Round], _ ending: Verdict.Ending, _ voucher: String) -> Verdict {
    let best = ranked(rounds).first
    return Verdict(
      .unresolved, answer: best.flatMap { rounds[$0].answer }, round: best, voucher: voucher,
      ending: ending)
  }

  /// The verdict on the best candidate there is.
  ///
  /// - Parameter isCutShort: Whether something was left to do when the budget was spent.
  func verdict(of rounds: [Round], isCutShort: Bool) -> Verdict {
    let order = ranked(rounds)
    guard let best = order.first else {
      if !rounds.isEmpty, rounds.allSatisfy({ !$0.candidate.finish.isComplete }) {
        return unjudged(rounds, .truncated, "the solution broke off before its answer")
      }
      return unjudged(rounds, isCutShort ? .budget : .judged, "no answer was found")
    }
    if isCutShort, stance(best, in: rounds) == .unknown, rounds[best].refutation == nil {
      return unjudged(rounds, .budget, "the budget was spent before it was judged")
    }
    return verdict(best, rounds)
  }

  /// The verdict if the candidate of `best` is kept.
  func verdict(_ best: Int, _ rounds: [Round]) -> Verdict {
    let round = rounds[best]
    let word: Verdict.Word
    var others: [String] = []
    var voucher: String
    if round.isProved {
      word = .proved
      voucher = round.proof?.evidence ?? ""
    } else if let refutation = round.refutation {
      word = .refuted
      voucher = "the checker: \(refutation.evidence)"
    } else {
      others = standingAnswers(besides: best, rounds)
      (word, voucher) = opinion(on: best, rounds)
      if word == .accepted { others = [] }
    }
    var verdict = Verdict(
      word, answer: round.answer, others: others, round: best, voucher: voucher)
    verdict.confidence = confidence(in: best, of: rounds)
    return verdict
  }

  private func opinion(on best: Int, _ rounds: [Round]) -> (Verdict.Word, String) {
    let round = rounds[best]
    guard policy.critic else {
      return (.unresolved, "unchecked by a critic; \(checkerWords(round))")
    }
    let stance = stance(best, in: rounds)
    if stance == .wrong {
      return (.disputed, objection(to: round, confidence(in: best, of: rounds)))
    }
    if isCircular(rounds) { return (.disputed, "the revisions went in a circle") }
    if rounds.indices.contains(where: { isTied($0, with: best, rounds) }) {
      let words =
        stance == .right ? "the critic accepts two answers" : "nothing separates two answers"
      return (.disputed, words)
    }
    if stance == .right {
      return (.accepted, voucher(for: round, confidence(in: best, of: rounds)))
    }
    return (.unresolved, "the critic gave no verdict that can be read; \(checkerWords(round))")
  }

  private func voucher(for round: Round, _ confidence: Double?) -> String {
    if let confidence { return "\(percent(confidence)) sure; \(checkerWords(round))" }
    let passes = round.critiques.count
    var words = passes > 1 ? "the critic, \(passes) times in a row" : "the critic"
    if let p = round.probability { words += " (p \(percent(p)))" }
    return "\(words); \(checkerWords(round))"
  }

  private func objection(to round: Round, _ confidence: Double?) -> String {
    let last = round.critiques.last
    if let dismissal = last?.remark?.dismissal {
      return "the critic says wrong, but \(dismissal)"
    }
    if round.critiques.contains(where: { $0.written == .wrong }) {
      return "the critic says wrong"
    }
    if let evidence = evidence(against: round) {
      return "the critic objects to step \(evidence.step + 1)"
    }
    if let confidence { return "only \(percent(confidence)) sure" }
    let p = round.probability.map { " (p \(percent($0)))" } ?? ""
    return "the critic doubts it\(p)"
  }

  private func checkerWords(_ round: Round) -> String {
    guard policy.checker else { return "the checker was off" }
    let held = round.report.findings.count { $0.outcome == .holds }
    let open = round.report.findings.count { $0.outcome == .undecided }
    if held + open == 0 { return "the checker found no claim it can read" }
    let claims = held == 1 ? "1 claim holds" : "\(held) claims hold"
    return open == 0 ? claims : "\(claims), \(open) undecided"
  }

  private func percent(_ p: Double) -> String {
    "\(Int((p * 100).rounded())) %"
  }

  // MARK: - Rivals

  /// Different answers with nothing refuted, best first.
  private func standingAnswers(besides best: Int, _ rounds: [Round]) -> [String] {
    var seen = [rounds[best].answer ?? ""]
    for index in ranked(rounds) where isRival(index, of: best, rounds) {
      guard let answer = rounds[index].answer, !seen.contains(where: { isSame($0, answer) }) else {
        continue
      }
      seen.append(answer)
    }
    return Array(seen.dropFirst())
  }

  private func isRival(_ index: Int, of best: Int, _ rounds: [Round]) -> Bool {
    guard rounds[index].refutation == nil, let answer = rounds[index].answer,
      let kept = rounds[best].answer
    else { return false }
    return !isSame(answer, kept)
  }

  /// Whether a different answer stands with just as much for it.
  private func isTied(_ index: Int, with best: Int, _ rounds: [Round]) -> Bool {
    isRival(index, of: best, rounds) && stance(index, in: rounds) == stance(best, in: rounds)
      && confidence(in: index, of: rounds) == confidence(in: best, of: rounds)
      && votes(for: rounds[index], in: rounds) == votes(for: rounds[best], in: rounds)
      && rounds[index].probability == rounds[best].probability
  }

  /// Whether a revision of a revision came back to the answer it started from.
  private func isCircular(_ rounds: [Round]) -> Bool {
    rounds.contains { round in
      guard let middle = round.candidate.parent, let first = rounds[middle].candidate.parent,
        let a = rounds[first].answer, let b = rounds[middle].answer, let c = round.answer
      else { return false }
      return isSame(a, c) && !isSame(a, b)
    }
  }
}

import Algebra

// The tables that an evaluation is reported with.

extension [LoopEvaluation] {
  /// Each policy with its accuracy, its flips and its cost, beside the votes at equal cost.
  ///
  /// All are compared on the problems that every one of them covers.
  public func table(_ title: String) -> EvaluationTable {
    var table = EvaluationTable(
      title,
      [
        "policy", "right", "share", "95 %", "against direct", "p", "r→r", "r→w", "w→r", "w→w",
        "calls", "tokens", "seconds",
      ])
    let covered = onCommonProblems
    guard let last = covered.last, !last.outcomes.isEmpty else {
      table.notes =
        [
          "No problem is covered. A reply counts only for the very model, options and prompts it was recorded with."
        ]
        + notes
      return table
    }
    for evaluation in covered {
      table.rows.append(
        row(
          evaluation.name, evaluation.outcomes, \.loop,
          seconds: evaluation.outcomes.mean { Double($0.milliseconds) / 1000 }))
    }
    let outcomes = last.outcomes
    table.rows.append(row("vote at the last one's calls", outcomes, \.voteAtCalls, seconds: nil))
    table.rows.append(row("vote at its tokens", outcomes, \.voteAtTokens, seconds: nil))
    let ceiling = last.accuracy(\.isReachable)
    table.rows.append(
      ["any candidate right", ceiling.counts, ceiling.percent, ceiling.range]
        + [String](repeating: "", count: 9))
    let capped = outcomes.count { $0.recorded < $0.loop.calls }
    if capped > 0 {
      table.notes.append(
        "For \(capped) of \(outcomes.count) problems fewer candidates are recorded than the last policy made calls; the vote takes all there are."
      )
    }
    let short = outcomes.count { $0.voteAtTokens.calls == $0.recorded }
    if short > 0 {
      table.notes.append(
        "For \(short) of \(outcomes.count) problems the last policy's tokens would pay for more candidates than are recorded; the vote takes all there are."
      )
    }
    table.notes.append(
      "Intervals: Wilson's for a share; for a difference in points, Agresti and Min's; p: McNemar's exact test."
    )
    table.notes += notes
    return table
  }

  private func row(
    _ name: String, _ outcomes: [LoopOutcome], _ way: (LoopOutcome) -> LoopOutcome.Way,
    seconds: Double?
  ) -> [String] {
    let isRight = outcomes.map { way($0).isRight }
    let direct = outcomes.map(\.direct.isRight)
    let right = Proportion(isRight.count { $0 }, of: isRight.count)
    let flips = FlipCells(before: direct, after: isRight)
    let difference = PairedDifference(direct, isRight)
    return [
      name, right.counts, right.percent, right.range,
      name == "direct" ? "" : difference.points,
      name == "direct" ? "" : difference.pValue < 0.001 ? "<0.001" : difference.pValue.digits(3),
      "\(flips.rightToRight)", "\(flips.rightToWrong)", "\(flips.wrongToRight)",
      "\(flips.wrongToWrong)", outcomes.mean { Double(way($0).calls) }.digits(1),
      "\(Int(outcomes.mean { Double(way($0).tokens) }.rounded()))", seconds?.digits(1) ?? "",
    ]
  }

  private var notes: [String] {
    filter { !$0.uncovered.isEmpty || $0.drift > 0 }.map { evaluation in
      var words = "\(evaluation.name): coverage \(evaluation.coverage.counts)"
      if evaluation.drift > 0 {
        words += ", \(evaluation.drift) replies to requests that read otherwise now"
      }
      return words
    }
  }

  /// Each evaluation cut down to the problems that all of them cover.
  public var onCommonProblems: [LoopEvaluation] {
    let common = map { Set($0.outcomes.map(\.id)) }.reduce(nil) { (all: Set<String>?, ids) in
      all.map { $0.intersection(ids) } ?? ids
    }
    return map { evaluation in
      var evaluation = evaluation
      evaluation.outcomes = evaluation.outcomes.filter { common?.contains($0.id) ?? false }
      return evaluation
    }
  }
}

extension LoopEvaluation {
  /// What each verdict word was worth.
  public var verdictTable: EvaluationTable {
    var table = EvaluationTable(
      "what the verdicts were worth (\(name))", ["verdict", "runs", "right", "share", "95 %"])
    for (word, right) in verdicts {
      let isFew = right.total < 30
      table.rows.append(
        [word.rawValue, "\(right.total)", "\(right.count)", right.percent]
          + [isFew ? "too few" : right.range])
    }
    return table
  }
}

extension CriticEvaluation {
  public var table: EvaluationTable {
    var table = EvaluationTable(name, ["measure", "count", "share", "95 %"])
    func add(_ name: String, _ share: Proportion) {
      if share.total > 0 { table.rows.append([name, share.counts, share.percent, share.range]) }
    }
    add("wrong solutions objected to", wrongFlagged)
    add("right solutions objected to", rightFlagged)
    add("objections that are just", objections.precision)
    if objections.precision.total > 0, objections.recall.total > 0 {
      table.rows.append(["F1 of the objections", "", objections.f1.digits(3), ""])
    }
    if faults.faulty.total > 0 {
      add("first faulty step named (error accuracy)", faults.faulty)
      add("no step named in a right one (correct accuracy)", faults.flawless)
      let f1 = faults.flawless.total > 0 ? faults.f1.digits(3) : "–"
      table.rows.append(["F1 of the steps (ProcessBench)", "", f1, ""])
    }
    if let area { table.rows.append(["AUC of the probability", "", area.digits(3), ""]) }
    add("written verdicts that cannot be read", unreadable)
    if flips.total > 0 {
      let cells = flips
      table.rows.append(
        [
          "answers r→r, r→w, w→r, w→w",
          "\(cells.rightToRight), \(cells.rightToWrong), \(cells.wrongToRight), \(cells.wrongToWrong)",
          "", "",
        ])
      add("right before", cells.before)
      add("right after the loop", cells.after)
    }
    let calls = outcomes.mean { Double($0.cost.calls) }
    let tokens = outcomes.mean { Double($0.cost.tokens) }
    if calls > 0 {
      table.notes.append("\(calls.digits(1)) calls and \(Int(tokens)) tokens a solution.")
    }
    if !uncovered.isEmpty { table.notes.append("coverage \(coverage.counts)") }
    if drift > 0 { table.notes.append("\(drift) replies to requests that read otherwise now") }
    return table
  }
}

extension Collection {
  func mean(_ value: (Element) -> Double) -> Double {
    isEmpty ? 0 : reduce(0) { $0 + value($1) } / Double(count)
  }
}

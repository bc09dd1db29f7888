import Algebra
import Synchronization
import Tutoring
import Typeset

// A learner's own solution: it goes the way of every candidate, but what is told of it is the first
// faulty step and its kind, not the right value.

extension Session {
  /// Carries out `/mine SOLUTION`.
  func mine(_ working: String) async throws(Failure) -> ExitStatus {
    guard let problem = problemAtHand else {
      throw Failure(
        .usage, "no problem yet; set one with /pose PROBLEM, then /mine checks your own solution")
    }
    guard !working.isEmpty else {
      throw Failure(.usage, "/mine wants your solution: the lines after it, up to an empty one")
    }
    do throws(Failure) {
      guard let (assessment, comparison) = try await assess(working, of: problem.statement) else {
        return .otherVerdict
      }
      for line in assessment.lines(comparison) { show(line) }
      let known = study.withLock { $0.known }
      try keep(assessment.slip, of: problem.statement, answer: known)
      let isWrong = comparison.map { !$0.isEqual && $0.isCertain } ?? false
      return assessment.status == .fine && isWrong ? .otherVerdict : assessment.status
    } catch {
      try await tellOfUncriticised(working)
      throw error
    }
  }

  /// Tells what the checker found where the critic could not be asked.
  private func tellOfUncriticised(_ working: String) async throws(Failure) {
    guard let record, record.posed.working == working, record.failure != nil else { return }
    var policy = policy
    policy.critic = false
    let run = Run(of: record)
    guard var assessment = Assessment(of: run, policy: policy) else { return }
    assessment.ending = .judged
    let comparison = try await took(assessment, of: run)
    for line in assessment.lines(comparison) { show(line) }
  }

  /// Checks and criticises a learner's solution.
  ///
  /// - Returns: `nil` if it was stopped before anything was found.
  func assess(
    _ working: String, of statement: String, id: String? = nil
  ) async throws(Failure) -> (Assessment, Comparison?)? {
    let policy = policy
    defer { screen.status(nil) }
    let run = try await perform(statement, id: id, working: working) { [screen] progress in
      switch progress {
      case .began(let phase, _): screen.status(phase.doing)
      case .part(let phase, .waiting(let attempt, let seconds, let reason)):
        screen.say(TurnView.retry(attempt, seconds, reason))
        screen.status(phase.doing)
      case .event(.exchange(let exchange)) where exchange.reply.finish == .cut:
        if let shortfall = exchange.reply.shortfall { screen.say(shortfall) }
      case .part, .event: break
      }
    }
    guard let assessment = Assessment(of: run, policy: policy) else { return nil }
    return (assessment, try await took(assessment, of: run))
  }

  /// Takes what came of the learner's solution as the last thing that was judged, and writes it down.
  private func took(
    _ assessment: Assessment, of run: Run
  ) async throws(Failure) -> Comparison? {
    study.withLock { study in
      if study.problem?.statement != run.problem.statement {
        study = Study(problem: run.problem, isWithheld: true)
      }
      let before = study.reference.map {
        Standing($0, working: study.working?.report, slip: study.slip)
      }
      study.working = run.rounds.first
      study.slip = assessment.slip
      let now = study.reference.map {
        Standing($0, working: study.working?.report, slip: study.slip)
      }
      // Hints begin anew when the learner has come further.
      if before?.position != now?.position { study.rung = nil }
      study.judged = run
      study.assessment = assessment.withheld
    }
    let reference = await readyReference()
    let comparison = Comparison(
      of: assessment.answer, known: study.withLock { $0.known }, reference: reference)
    _ = unlock(by: reference)
    var own = OwnWork(assessment, comparison)
    if own == .clear, run.verdict == nil { own = .unjudged }
    try write([.note(own.note)])
    // What the tutor found out of sight is written behind that, so that it is not taken for its own.
    if study.withLock({ $0.isMade }) { _ = try? await referenceAtHand() }
    return comparison
  }

  /// Tells what the checker made of the claims of the learner's solution, without its reasons: they
  /// hold the right values.
  ///
  /// - Returns: Whether the learner's solution was the last that was judged.
  func tellOfWorking(_ words: String) throws(Failure) -> Bool {
    let (working, judged) = study.withLock { ($0.working, $0.judged) }
    guard let working, judged?.rounds.first?.candidate.origin == .learner else { return false }
    let steps = working.report.steps.count
    let wanted = Int(words).map { $0 - 1 }
    guard words.isEmpty || wanted.map({ (0..<steps).contains($0) }) == true else {
      throw Failure(.usage, "your solution has steps 1 to \(steps)")
    }
    let findings = working.report.findings.filter { wanted == nil || $0.step == wanted }
    if findings.isEmpty { tell("the checker found no claim there") }
    for finding in findings {
      let claim = screen.set(finding.claim.collapsed())
      tell("step \(finding.step + 1)  \(finding.outcome.rawValue)  \(claim)", indent: 2)
    }
    return true
  }

  /// A line for the person; on stdout only where that is not kept for answers.
  func show(_ line: StyledText) {
    if case .terminal = output {
      screen.line(line, indent: 2)
    } else {
      screen.say(line.plain)
    }
  }
}

extension Assessment {
  /// What a shell is told: 1 for a solution that something speaks against.
  var status: ExitStatus {
    switch ending {
    case .interrupted: .interrupted
    case .truncated: .truncated
    case .judged, .budget: slip == nil ? .fine : .otherVerdict
    }
  }

  /// What the learner is told.
  ///
  /// - Parameter comparison: With the answer that is known, if there is one.
  func lines(_ comparison: Comparison?) -> [StyledText] {
    var lines: [StyledText] = []
    if let slip {
      lines += slip.lines(of: steps)
      if slip.certainty == .doubted { lines += checked }
    } else {
      lines.append(
        ending == .interrupted ? "stopped before all was checked" : "no faulty step was found")
      lines += checked
    }
    if let untraced { lines.append(untraced.question) }
    if let comparison { lines.append(comparison.line(isSlipShown: slip != nil)) }
    if answer == nil, slip == nil { lines.append("it states no answer that could be found") }
    return lines
  }

  /// What was checked, and what nobody has looked at.
  private var checked: [StyledText] {
    var lines: [StyledText] = []
    if isChecked {
      var counts: [String] = []
      if holds > 0 { counts.append("\(holds) claim\(holds == 1 ? " holds" : "s hold")") }
      if undecided > 0 { counts.append("\(undecided) could not be decided") }
      lines.append(
        StyledText(
          "checked: \(counts.isEmpty ? "no claim could be read" : counts.joined(separator: ", "))"))
      if !unread.isEmpty {
        let steps = unread.map { "\($0 + 1)" }.joined(separator: ", ")
        lines.append(
          StyledText(
            "not checked: step\(unread.count == 1 ? "" : "s") \(steps), where nothing could be decided"
          ))
      }
    } else {
      lines.append("the checker is off")
    }
    if let meetsCondition, meetsCondition {
      lines.append("the answer meets the problem's own condition")
    }
    switch critic {
    case .right: lines.append("the critic finds nothing wrong; it may err")
    case .wrong: lines.append("the critic calls it wrong, but shows no step where")
    case .unparsed where probability != nil:
      let p = Int(((probability ?? 0) * 100).rounded())
      lines.append(StyledText("the critic finds it right with probability \(p) %; it may err"))
    case .unparsed: lines.append("the critic gave no verdict that can be read")
    case nil:
      lines.append(
        "no critic was asked: whether the right numbers were put together is not checked")
    }
    return lines
  }
}

extension Untraced {
  /// What the learner is asked.
  var question: StyledText {
    StyledText("step \(step + 1)", .yellow) + ": " + StyledText(quote.collapsed(), .bold)
      + StyledText(
        " works with \(number), which the problem does not give and no earlier step works out: "
          + "where does it come from?")
  }
}

extension Slip {
  /// Where and what kind, never the right value.
  ///
  /// - Parameter steps: How many the solution has.
  func lines(of steps: Int) -> [StyledText] {
    let place = "step \(step + 1) of \(max(steps, step + 1))"
    let words = StyledText(quote.collapsed(), .bold)
    if certainty == .doubted {
      return [
        StyledText("no slip is shown, but the critic doubts ") + StyledText(place, .yellow) + ": "
          + words,
        "look at it again",
      ]
    }
    let against = against.map { " (it does not go with step \($0 + 1))" } ?? ""
    let first =
      StyledText("✗ ", .red)
      + StyledText(certainty == .argued ? "\(place), says the critic" : place, .red)
      + ": " + words
    return [first, StyledText(kind.words + against)]
  }
}

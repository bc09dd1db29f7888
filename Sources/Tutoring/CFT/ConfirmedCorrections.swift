import Algebra

// A person's own transcripts as training data: what the loop found wrong, and what it ended with.
// Only a correction that was confirmed counts: a solution was revised on evidence, and another
// answer was accepted or proved in the end.

extension CritiqueBuilder {
  /// One record for each revised solution of a transcript, and one for each that took its place.
  ///
  /// - Parameter isAllowed: Whether a problem may be trained on.
  public func outcomes(for transcript: Transcript, where isAllowed: (Problem) -> Bool) -> [Outcome]
  {
    transcript.problems.enumerated().flatMap { place, lines in
      let path = CorrectedPath(lines.map(\.event))
      guard let problem = path.problem, isAllowed(problem) else { return [Outcome]() }
      return outcomes(of: path, problem, id: "\(transcript.header.id)-\(place)")
    }
  }

  private func outcomes(of path: CorrectedPath, _ problem: Problem, id: String) -> [Outcome] {
    guard let verdict = path.verdict, let answer = verdict.answer,
      verdict.word == .proved || verdict.word == .accepted,
      let winner = verdict.round.flatMap({ path.candidates[$0] })
    else { return [] }
    let right = solution(winner)
    let wrong = path.revisions.compactMap { revision -> Outcome? in
      guard let candidate = path.candidates[revision.round] else { return nil }
      return outcome(
        judged(problem, solution(candidate), isRight: false, "\(id)/\(revision.round)", verdict),
        revision.evidence, answer: answer, right: right)
    }
    if wrong.isEmpty { return [] }
    let winning = judged(problem, right, isRight: true, "\(id)/\(verdict.round ?? 0)", verdict)
    return wrong + [outcome(winning, answer: answer)]
  }

  private func outcome(
    _ judged: Judged, _ evidence: Evidence, answer: String, right: WorkedSolution
  ) -> Outcome {
    guard let given = judged.solution.answer,
      Checker().compare(given, answer).equality == .unequal
    else { return .refused(.undecided) }
    guard let correction = evidence.correction, !evidence.quote.isEmpty else {
      return .refused(.unlocated)
    }
    let reason = evidence.reason.collapsed()
    let isChecked = evidence.source == .checker
    let fault = Fault(
      step: evidence.step, quote: evidence.quote.collapsed(),
      reason: isChecked
        ? .arithmetic(reason) : .remark(reason.hasSuffix(".") ? reason : reason + "."),
      correction: correction.collapsed(), isFirst: false, resumesAt: nil)
    var writer = writer(of: judged)
    let text = writer.wrong(fault, answer: answer, right: right)
    do throws(Refusal) {
      return .draft(
        try accepted(text, judged, source: isChecked ? .checker : .teacher, step: fault.step))
    } catch {
      return .refused(error)
    }
  }

  private func outcome(_ judged: Judged, answer: String) -> Outcome {
    if judged.solution.refutation != nil { return .refused(.refutedThoughRight) }
    var writer = writer(of: judged)
    guard let text = writer.right(answer: answer) else { return .refused(.uncheckable) }
    do throws(Refusal) {
      return .draft(try accepted(text, judged, source: judged.source))
    } catch {
      return .refused(error)
    }
  }

  private func solution(_ candidate: Candidate) -> WorkedSolution {
    WorkedSolution(text: candidate.text.trimmed(), checker: Checker())
  }

  private func judged(
    _ problem: Problem, _ solution: WorkedSolution, isRight: Bool, _ id: String, _ verdict: Verdict
  ) -> Judged {
    Judged(
      id: id, statement: problem.statement, solution: solution, isRight: isRight,
      reference: verdict.answer, source: verdict.word == .proved ? .checker : .teacher,
      kind: "transcript",
      fingerprint: WordHash.joined([
        Words.fingerprint(of: problem.statement), Words.fingerprint(of: solution.text),
      ]))
  }
}

extension Transcript {
  /// The problems in it.
  public var posed: [Problem] { problems.compactMap { CorrectedPath($0.map(\.event)).problem } }
}

/// What a run's events say about candidates, revisions and the end.
private struct CorrectedPath {
  var problem: Problem?
  var candidates: [Int: Candidate] = [:]
  var revisions: [(round: Int, evidence: Evidence)] = []
  var verdict: Verdict?

  init(_ events: [Event]) {
    for event in events {
      switch event {
      case .problem(let posed): problem = posed.problem
      case .checked(let checked): candidates[checked.round] = checked.candidate
      case .decided(.revise(let round, let evidence)): revisions.append((round, evidence))
      case .verdict(let verdict, _): self.verdict = verdict
      default: break
      }
    }
  }
}

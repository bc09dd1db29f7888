import Synchronization
import Tutoring

/// What a learner is working on: the problem, how far the hints have gone, and what was said last.
struct Study: Sendable {
  /// The last problem that was posed or solved; `nil` before the first.
  var problem: Problem?
  /// Its answer, if that is known without asking any model.
  var known: String?
  /// Whether the answer has not been shown, so that nothing may give it away.
  var isWithheld = false
  /// The tutor's own solution, once there is one.
  var reference: ReferenceSolution?
  /// The making of it, while it goes on.
  var making: Task<ReferenceRun, Never>?
  /// Whether the making has come to its end.
  var isMade = false
  /// The hint that was given last.
  var rung: Rung?
  /// The learner's last solution.
  var working: Round?
  /// The last solution that was judged, the learner's or the tutor's.
  var judged: Run?
  /// The first faulty step of it.
  var slip: Slip?
  /// Variants that were made of it.
  var variants = 0
  /// What the checker and the critic made of the learner's solution, told without right values.
  var assessment: Assessment?
}

extension Study {
  /// What a learner was working on when a session was left; `nil` if nothing was posed.
  init?(recalling tail: SessionTail) {
    guard let problem = (tail.isAtReference ? tail.reference : tail.last)?.posed.problem else {
      return nil
    }
    self.problem = problem
    isWithheld = true
    if let record = tail.reference, record.posed.problem.statement == problem.statement {
      reference = ReferenceSolution(of: Run(of: record))
      if record.notes.contains(where: { $0.hasPrefix("hint, answer: ") }) { isWithheld = false }
    }
    guard let last = tail.last, last.posed.problem.statement == problem.statement else { return }
    let run = Run(of: last)
    judged = run
    if last.posed.working == nil {
      isWithheld = false
      reference = ReferenceSolution(of: run)
    } else {
      working = run.rounds.first
      slip = working.flatMap { Slip(firstOf: $0, policy: last.posed.policy) }
      assessment = Assessment(of: run, policy: last.posed.policy)?.withheld
      if last.ownWork?.isRight == true { isWithheld = false }
    }
  }
}

extension Session {
  /// The problem that the learner works on.
  var problemAtHand: Problem? { study.withLock { $0.problem } }

  /// Begins to work on another problem.
  ///
  /// - Parameter known: Its answer, if that is known exactly.
  func begin(_ problem: Problem, isWithheld: Bool, known: String? = nil) {
    study.withLock { study in
      study.making?.cancel()
      study = Study(problem: problem, known: known, isWithheld: isWithheld)
    }
  }

  /// Remembers a solution that was shown with its verdict.
  func remember(_ run: Run) {
    begin(run.problem, isWithheld: false)
    study.withLock {
      $0.judged = run
      $0.reference = ReferenceSolution(of: run)
    }
  }
}

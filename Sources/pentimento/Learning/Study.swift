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

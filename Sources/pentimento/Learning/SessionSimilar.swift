import Synchronization
import Tutoring
import Typeset

extension Session {
  /// Carries out `/similar`: the same problem with other numbers, posed to work on.
  func similar() async throws(Failure) -> ExitStatus {
    guard let problem = problemAtHand else {
      throw Failure(.usage, "no problem yet; /similar varies the last one")
    }
    let reference = try await referenceAtHand()
    guard reference.isCertain, let answer = reference.verdict.answer else {
      throw Failure(
        .otherVerdict,
        "cannot vary it: its solution is not certain (\(reference.verdict.word.rawValue))")
    }
    let seed = study.withLock { study in
      study.variants += 1
      return study.variants
    }
    let variation: Variation
    do {
      variation = try Variation(
        of: problem.statement, solution: reference.solution, answer: answer, seed: seed)
    } catch {
      throw Failure(.otherVerdict, "cannot vary it: \(error)")
    }
    let varied = Problem(id: "p\(count())", statement: variation.statement)
    begin(varied, isWithheld: true, known: variation.answer)
    study.withLock {
      $0.reference = reference.varied(variation, as: varied)
      $0.variants = seed
    }
    try write([.note("posed a variant: \(variation.statement)")])
    if case .terminal = output {
      screen.lines(render(variation.statement, ink: screen.ink))
    } else {
      screen.lines([Gate.safe(variation.statement.collapsed(), keeping: [])])
    }
    tell("(its answer is known exactly; /mine checks your solution)")
    return .fine
  }
}

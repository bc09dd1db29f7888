import Algebra

extension Tutor {
  /// Answers a learner's question about a run that has its verdict.
  ///
  /// - Parameters:
  ///   - guarding: What must not be shown; `nil` if the answer is on the screen already. With it
  ///     nothing of the reply may be shown before it is known that it shows nothing.
  ///   - observe: Receives the reply as it comes, and the exchange.
  /// - Returns: The answer, or `nil` if every draw would have shown something.
  /// - Throws: `ModelError` if the solver gave no usable reply.
  public func ask(
    _ question: String, about run: Run, guarding: LeakGuard? = nil,
    observe: @escaping @Sendable (Progress) -> Void = { _ in }
  ) async throws(ModelError) -> Reply? {
    let messages = prompts.messages(.ask, fillings(question, run, isWithheld: guarding != nil))
    var asking = Run(problem: run.problem, observe: observe)
    for draw in 0..<(guarding == nil ? 1 : Self.draws) {
      var options = RequestOptions(temperature: 0, maxTokens: policy.critiqueTokens)
      if draw > 0 {
        options.temperature = policy.temperature
        options.seed = policy.seed &+ draw
      }
      let reply = try await asking.ask(solver, .ask, round: draw, messages, options)
      if reply.finish == .interrupted { return reply }
      if guarding?.leaks(in: reply.text).isEmpty ?? true { return reply }
    }
    return nil
  }

  /// What fills the blanks of the prompt. While the answer is withheld, the checker's reasons and the
  /// critic's are too: they hold the right values.
  private func fillings(_ question: String, _ run: Run, isWithheld: Bool) -> [String: String] {
    let round =
      (run.verdict?.round).flatMap { run.rounds.indices.contains($0) ? run.rounds[$0] : nil }
      ?? run.rounds.last
    let steps = round?.report.steps ?? []
    let numbered = steps.enumerated().map { "Step \($0 + 1): \($1.text.trimmed())" }
    let findings = (round?.report.findings ?? []).filter { $0.outcome != .undecided }.map {
      let reason = isWithheld ? "" : ", \($0.evidence)"
      return
        "Step \($0.step + 1): \($0.claim.collapsed()): \($0.outcome == .holds ? "true" : "FALSE\(reason)")"
    }
    let critique = round?.critiques.last
    let said = isWithheld ? critique?.written?.rawValue : critique?.text
    let verdict = run.verdict.map {
      isWithheld ? $0.word.rawValue : "\($0.word.rawValue), \($0.voucher)"
    }
    return [
      "problem": run.problem.statement, "steps": numbered.joined(separator: "\n"),
      "report": findings.isEmpty ? "It could decide nothing." : findings.joined(separator: "\n"),
      "critique": said.flatMap { $0.isEmpty ? nil : $0 } ?? "Nothing.",
      "verdict": verdict ?? "not judged", "question": question,
      "limits": isWithheld
        ? "The student is to find the values: write no number that the student has not written, and no answer."
        : "",
    ]
  }
}

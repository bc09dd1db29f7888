import Algebra

// What is sent to the models, and how their replies become values.

extension Tutor {
  /// The requests for all candidates that a problem begins with; none needs another's reply.
  public func proposals(_ problem: Problem) -> [ChatRequest] {
    (0..<max(policy.samples, 1)).map { sample in
      let (messages, options) = proposal(sample, problem)
      return solver.request(messages, options)
    }
  }

  func proposal(_ sample: Int, _ problem: Problem) -> ([Message], RequestOptions) {
    let messages = prompts.messages(.propose, ["problem": problem.statement])
    return (messages, options(ofSample: sample, maxTokens: policy.solutionTokens))
  }

  /// Sample 0 is greedy; each of the others has a seed of its own.
  private func options(ofSample sample: Int, maxTokens: Int) -> RequestOptions {
    guard sample > 0 else { return RequestOptions(temperature: 0, maxTokens: maxTokens) }
    return RequestOptions(
      temperature: policy.temperature, maxTokens: maxTokens, seed: policy.seed &+ (sample - 1))
  }

  func propose(_ sample: Int, in run: inout Run) async throws(ModelError) -> Candidate {
    let (messages, options) = proposal(sample, run.problem)
    let reply = try await run.ask(solver, .propose, round: run.rounds.count, messages, options)
    return Candidate(
      origin: sample == 0 ? .greedy : .sampled(sample: sample), text: reply.text,
      finish: reply.finish)
  }

  /// Asks for the problem as a calculation and computes it.
  func calculate(_ sample: Int, in run: inout Run) async throws(ModelError) -> Candidate {
    let options = options(ofSample: sample, maxTokens: min(policy.solutionTokens, 400))
    let messages = prompts.messages(.calculate, ["problem": run.problem.statement])
    let reply = try await run.ask(solver, .calculate, round: run.rounds.count, messages, options)
    // What cannot be computed is shown as it came; it has no answer.
    let working = reply.finish.isComplete ? Computation(reading: reply.text)?.working : nil
    return Candidate(
      origin: .calculated(sample: sample), text: working ?? reply.text,
      finish: working == nil && reply.finish.isComplete ? .unreadable : reply.finish)
  }

  /// Revises from the last good step: the steps before the faulty one are kept word for word.
  func revise(_ round: Int, _ evidence: Evidence, in run: inout Run) async throws(ModelError)
    -> Candidate
  {
    let steps = run.rounds[round].report.steps
    let text = run.rounds[round].candidate.text
    let end = steps.indices.contains(evidence.step) ? steps[evidence.step].start : 0
    var kept = String(decoding: text.utf8.prefix(end), as: UTF8.self)
    if let last = kept.last, !last.isWhitespace { kept += "\n" }
    let messages = prompts.messages(
      .revise,
      [
        "problem": run.problem.statement, "steps": numbered(steps), "kept": kept.trimmed(),
        "step": "\(evidence.step + 1)", "quote": evidence.quote, "evidence": evidence.reason,
        "correction": evidence.correction ?? "not known",
      ])
    let options = RequestOptions(temperature: 0, maxTokens: policy.solutionTokens)
    let reply = try await run.ask(solver, .revise, round: run.rounds.count, messages, options)
    return Candidate(
      origin: .revised(round: round), text: kept + reply.text, finish: reply.finish)
  }

  /// Asks the critic in every way that the policy names, the cheapest to believe first.
  func critique(_ round: Int, in run: inout Run) async throws(ModelError) {
    guard let critic else { return }
    let judged = run.rounds[round]
    let fillings = [
      "problem": run.problem.statement, "steps": numbered(judged.report.steps),
      "report": policy.checker ? words(of: judged.report) : "The checker was off.",
    ]
    let isTuned = critic.settings.isCritiqueTuned
    var critique = Critique()
    if policy.written {
      let messages = prompts.messages(isTuned ? .cftCritique : .critique, fillings)
      var options = RequestOptions(temperature: 0, maxTokens: policy.critiqueTokens)
      options.grammar = Critique.grammar
      if !judged.critiques.isEmpty {
        options.temperature = policy.temperature
        options.seed = policy.seed &+ judged.critiques.count
      }
      let reply = try await run.ask(critic, .critique, round: round, messages, options)
      critique = Critique(reading: reply.text, finish: reply.finish)
      critique.remark = critique.remark?.examined(
        against: judged.report, critique: reply.text, checker: policy.checker ? Checker() : nil)
    }
    // Both are asked greedily: a second pass would only repeat them.
    let isFirst = judged.critiques.isEmpty
    if policy.probability, critic.settings.givesLogprobs, isFirst || !policy.written,
      mayGoOn(critique, run)
    {
      let messages = prompts.messages(isTuned ? .cftProbability : .probability, fillings)
      let reply = try await run.ask(
        critic, .probability, round: round, messages,
        RequestOptions(temperature: 0, maxTokens: 2, topLogprobs: 10))
      critique.probability = Choice.probability(of: "right", against: "wrong", in: reply)
      critique.finish = critique.finish.worse(reply.finish)
    }
    if policy.checker, isFirst {
      // Who was trained to write critiques takes other questions for one.
      try await askFactored(isTuned ? solver : critic, round, &critique, in: &run)
    }
    run.record(.critiqued(round: round, critique))
    run.rounds[round].critiques.append(critique)
  }

  /// Whether the critic may be asked one more thing about a candidate.
  private func mayGoOn(_ critique: Critique, _ run: Run) -> Bool {
    critique.finish != .interrupted && !policy.isSpent(run.cost)
  }

  /// The factored questions about the last combining steps; see `CombiningStep`.
  private func askFactored(
    _ voice: Voice, _ round: Int, _ critique: inout Critique, in run: inout Run
  ) async throws(ModelError) {
    let report = run.rounds[round].report
    for combining in CombiningStep.all(in: report).suffix(max(policy.factored, 0)).reversed() {
      guard mayGoOn(critique, run) else { return }
      let before = report.steps.prefix(combining.step).map(\.text).joined(separator: "\n")
      let fillings = [
        "problem": run.problem.statement, "before": before, "left": combining.left,
        "right": combining.right, "larger": combining.descending(by: Checker()).larger,
      ]
      let adds = try await both(voice, .combine, ("add", "subtract"), round, fillings, in: &run)
      guard let adds = adds.probability else {
        critique.finish = critique.finish.worse(adds.finish)
        continue
      }
      var answer = FactoredAnswer(about: combining, adds: adds)
      if answer.doubt >= policy.factoredThreshold, mayGoOn(critique, run) {
        let words = ("larger", "smaller")
        let bound = try await both(voice, .bound, words, round, fillings, in: &run)
        answer.exceeds = bound.probability
        critique.finish = critique.finish.worse(bound.finish)
      }
      critique.factored.append(answer)
    }
  }

  /// Asks one question with its two choices in both orders; the mean probability of the first.
  private func both(
    _ voice: Voice, _ phase: Phase, _ choices: (String, String), _ round: Int,
    _ fillings: [String: String], in run: inout Run
  ) async throws(ModelError) -> (probability: Double?, finish: Finish) {
    guard let name = Prompts.Name(rawValue: phase.rawValue) else { return (nil, .stop) }
    var sum = 0.0
    for (first, second) in [choices, (choices.1, choices.0)] {
      let messages = prompts.messages(
        name, fillings.merging(["first": first, "second": second]) { $1 })
      let reply = try await run.ask(
        voice, phase, round: round, messages,
        RequestOptions(
          temperature: 0, maxTokens: 4, topLogprobs: 10,
          grammar: Choice.grammar(choices.0, choices.1)))
      guard let p = Choice.probability(of: choices.0, against: choices.1, in: reply) else {
        return (nil, reply.finish)
      }
      sum += p
    }
    return (sum / 2, .stop)
  }

  private func numbered(_ steps: [Step]) -> String {
    steps.enumerated().map { "Step \($0 + 1): \($1.text.trimmed())" }.joined(separator: "\n")
  }

  /// The checker's report as the critic reads it: what is refuted, else what holds.
  private func words(of report: Report) -> String {
    let decided = report.findings.filter { $0.outcome != .undecided }
    if decided.isEmpty { return "The checker could decide no claim." }
    return decided.map {
      "Step \($0.step + 1): \($0.claim.collapsed()): \($0.outcome == .holds ? "true" : "FALSE, \($0.evidence)")"
    }.joined(separator: "\n")
  }
}

extension Finish {
  /// An interruption outweighs everything; otherwise what broke off outweighs what is complete.
  func worse(_ other: Finish) -> Finish {
    if self == .interrupted || other == .interrupted { return .interrupted }
    return isComplete ? (other == .length ? self : other) : self
  }
}

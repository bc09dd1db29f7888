import Algebra

// A ladder of hints: a nudge, the idea, the next step in words, that step worked out, the answer; one
// rung a request. What a model says is shown only if it shows nothing that is still to be found; else
// it is asked again, and then a sentence that cannot give anything away takes its place.

/// A rung of the ladder, the lowest first.
public enum Rung: Int, Codable, Hashable, Sendable, CaseIterable {
  case nudge, concept, nextStep, workedStep, answer

  /// What it is called.
  public var name: String {
    switch self {
    case .nudge: "nudge"
    case .concept: "concept"
    case .nextStep: "next step"
    case .workedStep: "worked step"
    case .answer: "answer"
    }
  }

  /// The rung above it; `nil` from the answer on.
  public var next: Rung? { Rung(rawValue: rawValue + 1) }
}

/// A hint as it is shown.
public struct Hint: Hashable, Sendable {
  public enum Source: Hashable, Sendable {
    /// A model wrote it.
    case model
    /// A sentence of the program's, because what the model wrote leaked or could not be used.
    case template
    /// A step or the answer of the reference solution.
    case reference
    /// It would have given the answer away.
    case withheld
  }
  public var rung: Rung
  public var text: String
  public var source: Source
  /// What the model wrote, draw by draw, with what leaked; the last is shown if `source` is `.model`.
  public var draws: [Draw]

  public struct Draw: Hashable, Sendable {
    public var text: String
    public var leaks: [Leak]
  }

  public init(_ rung: Rung, _ text: String, from source: Source, draws: [Draw] = []) {
    self.rung = rung
    self.text = text
    self.source = source
    self.draws = draws
  }
}

/// Where a learner stands: the reference, and what they have of it.
public struct Standing: Hashable, Sendable {
  public var reference: ReferenceSolution
  /// The learner's own solution, with its first faulty step.
  public var working: Report?
  public var slip: Slip?
  /// The step of the reference that comes next; `nil` if the learner has all of them.
  public let position: Int?

  public init(_ reference: ReferenceSolution, working: Report? = nil, slip: Slip? = nil) {
    self.reference = reference
    self.working = working
    self.slip = slip
    position = reference.position(after: working, slip: slip)
  }

  /// What guards a rung: on the worked step only what comes after that step.
  public func guarding(_ rung: Rung) -> LeakGuard {
    let from = (position ?? reference.steps.count) + (rung == .workedStep ? 1 : 0)
    return LeakGuard(
      statement: reference.problem.statement,
      secrets: rung == .answer ? [] : reference.secrets(from: from))
  }
}

extension Tutor {
  /// Most times that a model is asked for one hint.
  public static let draws = 3

  /// Gives one hint.
  ///
  /// - Parameter observe: Receives the exchanges, as they happen.
  /// - Throws: `ModelError` if the solver gave no usable reply.
  public func hint(
    _ rung: Rung, _ standing: Standing,
    observe: @escaping @Sendable (Progress) -> Void = { _ in }
  ) async throws(ModelError) -> Hint {
    switch rung {
    case .answer: return standing.answer
    case .workedStep: return standing.workedStep
    case .nudge, .concept, .nextStep: break
    }
    guard let name = rung.prompt, standing.position != nil || rung == .nudge else {
      return Hint(rung, standing.template(rung), from: .template)
    }
    let guarding = standing.guarding(rung)
    let messages = prompts.messages(name, standing.fillings(guarding))
    var run = Run(problem: standing.reference.problem, observe: observe)
    var draws: [Hint.Draw] = []
    for draw in 0..<Self.draws {
      var options = RequestOptions(temperature: 0, maxTokens: 120)
      if draw > 0 {
        options.temperature = policy.temperature
        options.seed = policy.seed &+ draw
      }
      let reply = try await run.ask(solver, .hint, round: draw, messages, options)
      if reply.finish == .interrupted { break }
      let text = reply.hintText
      let leaks = guarding.leaks(in: text)
      draws.append(Hint.Draw(text: text, leaks: leaks))
      if leaks.isEmpty, text.contains(where: \.isLetter) {
        return Hint(rung, text, from: .model, draws: draws)
      }
    }
    return Hint(rung, standing.template(rung), from: .template, draws: draws)
  }
}

extension Rung {
  /// The prompt that asks a model for it; `nil` for what comes from the reference.
  fileprivate var prompt: Prompts.Name? {
    switch self {
    case .nudge: .hintNudge
    case .concept: .hintConcept
    case .nextStep: .hintNext
    case .workedStep, .answer: nil
    }
  }
}

extension Reply {
  /// What a model wrote as a hint: one paragraph, cut behind its last whole sentence if it broke off,
  /// for whatever reason.
  fileprivate var hintText: String {
    var text = self.text.trimmed()
    if let end = text.firstStart(of: "\n\n") { text = text[..<end].trimmed() }
    text = text.unquoted().collapsed()
    guard !finish.isComplete || text.count > 400 else { return text }
    text = String(text.prefix(400))
    let end = text.lastIndex { ".?!".contains($0) }
    return end.map { String(text[...$0]) } ?? ""
  }
}

extension Standing {
  /// What fills the blanks of a hint's prompt; every value to be found is hidden from the model.
  fileprivate func fillings(_ guarding: LeakGuard) -> [String: String] {
    let steps = reference.steps.map { guarding.masked($0.text) }
    let numbered = steps.enumerated().map { "Step \($0 + 1): \($1)" }.joined(separator: "\n")
    let step = position.map { steps[$0] } ?? ""
    var place = position.map { "step \($0 + 1) of the solution" } ?? "the answer"
    if let slip { place += " (their own step \(slip.step + 1) has a slip)" }
    return [
      "problem": reference.problem.statement, "solution": numbered, "step": step, "place": place,
      "working": working.map { $0.steps.map { $0.text.trimmed() }.joined(separator: "\n") }
        ?? "Nothing yet.",
    ]
  }

  /// The step that comes next, worked out, unless it gives the answer.
  fileprivate var workedStep: Hint {
    guard let position else { return Hint(.workedStep, template(.workedStep), from: .template) }
    let guarding = guarding(.workedStep)
    let step = reference.steps[position]
    guard !reference.isLast(position) else {
      return Hint(
        .workedStep, "The next step is the last: worked out, it is the answer.", from: .withheld
      )
    }
    let claims = Checker().check(solution: step.text).findings.filter { $0.outcome == .holds }
    for text in [step.text] + claims.map(\.claim) where guarding.leaks(in: text).isEmpty {
      return Hint(.workedStep, text, from: .reference)
    }
    return Hint(
      .workedStep, "The next step cannot be shown without giving the answer away.", from: .withheld)
  }

  /// The answer, said no surer than it is.
  fileprivate var answer: Hint {
    let verdict = reference.verdict
    guard let answer = verdict.answer else {
      return Hint(.answer, "The tutor found no answer: \(verdict.voucher).", from: .reference)
    }
    let word = verdict.word.rawValue
    if reference.isCertain {
      return Hint(.answer, "\(answer) (\(word): \(verdict.voucher))", from: .reference)
    }
    let others = verdict.others.isEmpty ? "" : " or " + verdict.others.joined(separator: " or ")
    return Hint(
      .answer, "perhaps \(answer)\(others), but that is not certain (\(word): \(verdict.voucher))",
      from: .reference)
  }
}

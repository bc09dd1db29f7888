import Algebra

// A policy held against reference answers, on recorded replies or on those of a live model.

/// One problem of a set, solved under one policy, with what else could have been answered from the
/// same candidates.
public struct LoopOutcome: Codable, Hashable, Sendable {
  /// An answer with what it cost.
  public struct Way: Codable, Hashable, Sendable {
    public var isRight: Bool
    /// HTTP requests.
    public var calls: Int
    /// Tokens, read and written.
    public var tokens: Int
  }
  public var id: String
  public var reference: String
  public var verdict: Verdict.Word
  public var answer: String?
  /// The first candidate alone.
  public var direct: Way
  /// What the policy came to.
  public var loop: Way
  /// The majority of as many candidates as the loop made calls, or of all there are.
  public var voteAtCalls: Way
  /// The majority of as many candidates as the loop's tokens pay for, at least one.
  public var voteAtTokens: Way
  /// Candidates that a vote could be held over.
  public var recorded: Int
  /// Whether any candidate, revisions among them, has the right answer.
  public var isReachable: Bool
  /// How sure the referee was of the answer, 0...1; `nil` where nothing was weighed.
  public var confidence: Double?
  public var milliseconds: Int
}

/// What a policy comes to on a set.
public struct LoopEvaluation: Codable, Hashable, Sendable {
  public var name: String
  public var outcomes: [LoopOutcome] = []
  /// Problems for which the policy needed a reply that was not recorded, or got none that is whole;
  /// they count for nothing.
  public var uncovered: [String] = []
  /// Replies that were taken although the request reads otherwise now.
  public var drift = 0

  public init(name: String) {
    self.name = name
  }

  public var coverage: Proportion {
    Proportion(outcomes.count, of: outcomes.count + uncovered.count)
  }
  public var flips: FlipCells {
    FlipCells(before: outcomes.map(\.direct.isRight), after: outcomes.map(\.loop.isRight))
  }

  /// How often a way of answering is right.
  public func accuracy(_ way: (LoopOutcome) -> Bool) -> Proportion {
    Proportion(outcomes.count(where: way), of: outcomes.count)
  }

  /// Of the runs that ended with each verdict, how many answers are right.
  public var verdicts: [(word: Verdict.Word, right: Proportion)] {
    Verdict.Word.allCases.compactMap { word in
      let some = outcomes.filter { $0.verdict == word }
      return some.isEmpty ? nil : (word, Proportion(some.count { $0.loop.isRight }, of: some.count))
    }
  }
}

extension Tutor {
  /// Solves a recorded problem under this tutor's policy and holds it against its reference.
  ///
  /// - Parameters:
  ///   - base: Who is asked for what is not recorded; `nil` asks nobody.
  ///   - critic: Who is asked instead for a critic's words; `nil` for `base`.
  ///   - drawsVotes: Whether `base` is asked for as many candidates as the run made calls, so that
  ///     the vote at equal calls can be held.
  ///   - grader: What calls an answer right; the loop itself always compares exactly.
  /// - Returns: `nil` if a reply was missing or broke off three times, and the recording with what
  ///   was added to it.
  /// - Throws: `ModelError` if `base` gave no usable reply.
  public func evaluate(
    _ recording: Recording, asking base: (any ChatModel)? = nil,
    critic: (any ChatModel)? = nil, drawsVotes: Bool = false,
    checker: Checker = Checker(), grader: AnswerGrader = .exact
  ) async throws(ModelError) -> (outcome: LoopOutcome?, drift: Int, recording: Recording) {
    let model = RecordedModel(recording.replies, asking: base, critic: critic)
    let tutor = replaying(model)
    var grown = recording
    // A reply that breaks off is not kept, so the next attempt asks for it again.
    for _ in 0..<(base == nil ? 1 : 3) {
      let run: Run
      do throws(ModelError) {
        run = try await tutor.solve(recording.problem) { model.observe($0) }
      } catch {
        if base == nil { return (nil, 0, recording) }
        throw error
      }
      grown.replies = model.replies
      if Task.isCancelled { break }
      guard !model.hasBrokenOff else { continue }
      if base != nil, drawsVotes {
        let plan = SamplingPlan(candidates: run.cost.calls, judged: 0)
        grown.replies = try await sample(recording.problem, plan: plan, replies: grown.replies)
      }
      return (outcome(of: run, grown, checker, grader), model.drift, grown)
    }
    return (nil, 0, grown)
  }

  /// This tutor with another model in both parts.
  func replaying(_ model: any ChatModel) -> Tutor {
    Tutor(
      solver: Voice(model: model, settings: solver.settings),
      critic: critic.map { Voice(model: model, settings: $0.settings) }, prompts: prompts,
      policy: policy)
  }

  private func outcome(
    of run: Run, _ recording: Recording, _ checker: Checker, _ grader: AnswerGrader
  ) -> LoopOutcome {
    func isRight(_ answer: String?) -> Bool {
      answer.map { grader.accepts($0, recording.reference, checker) } ?? false
    }
    let candidates = candidates(of: recording, checker)
    func vote(_ count: Int) -> LoopOutcome.Way {
      let some = candidates.prefix(count)
      return LoopOutcome.Way(
        isRight: isRight(Vote.majority(some.map(\.answer), checker: checker)), calls: some.count,
        tokens: some.reduce(0) { $0 + $1.tokens })
    }
    var affordable = 0
    var spent = 0
    for candidate in candidates {
      spent += candidate.tokens
      if spent > run.cost.tokens { break }
      affordable += 1
    }
    return LoopOutcome(
      id: recording.problem.id, reference: recording.reference,
      verdict: run.verdict?.word ?? .unresolved, answer: run.verdict?.answer, direct: vote(1),
      loop: LoopOutcome.Way(
        isRight: isRight(run.verdict?.answer), calls: run.cost.calls, tokens: run.cost.tokens),
      voteAtCalls: vote(run.cost.calls), voteAtTokens: vote(max(affordable, 1)),
      recorded: candidates.count,
      isReachable: run.rounds.contains { isRight($0.answer) }, confidence: run.verdict?.confidence,
      milliseconds: run.cost.milliseconds)
  }
}

extension Tutor {
  /// The recorded candidates that this tutor would ask for, the greedy one first, up to the first
  /// that is missing. Those of another model, or of other options, are others.
  private func candidates(
    of recording: Recording, _ checker: Checker
  ) -> [(answer: String?, tokens: Int)] {
    var candidates: [(answer: String?, tokens: Int)] = []
    while true {
      let (messages, options) = proposal(candidates.count, recording.problem)
      let request = solver.request(messages, options)
      guard let reply = recording.proposal(candidates.count, answering: request) else {
        return candidates
      }
      let answer =
        reply.finish.isComplete ? checker.check(solution: reply.text).answer?.text : nil
      candidates.append((answer, (reply.promptTokens ?? 0) + (reply.completionTokens ?? 0)))
    }
  }
}

extension Recording {
  /// The reply to a request for a candidate, or else the one to the same request in older words.
  fileprivate func proposal(_ sample: Int, answering request: ChatRequest) -> Reply? {
    let (key, settings) = (request.fingerprint, request.settingsFingerprint)
    let same = replies.first { $0.request == key }
    let like = replies.first {
      $0.phase == .propose && $0.subject == "sample \(sample)" && $0.settings == settings
    }
    return (same ?? like)?.reply
  }
}

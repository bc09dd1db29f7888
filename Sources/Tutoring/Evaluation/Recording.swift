import Synchronization

// Replies that were sampled once, so that any number of policies can be judged on the same ones.

/// A reply with the request it answers, without the request's words.
public struct RecordedReply: Codable, Hashable, Sendable {
  public var phase: Phase
  /// What the request is about: `sample 2`, or the fingerprint of the candidate's text.
  public var subject: String
  /// Fingerprint of the exact request, model and options included.
  public var request: String
  /// Fingerprint of the model and the options alone; `nil` in recordings that lack it.
  public var settings: String?
  public var reply: Reply

  public init(
    phase: Phase, subject: String, request: String, settings: String? = nil, reply: Reply
  ) {
    self.phase = phase
    self.subject = subject
    self.request = request
    self.settings = settings
    self.reply = reply
  }
}

/// All replies that were recorded for one problem, with its reference answer: one line of a file.
public struct Recording: Codable, Hashable, Sendable {
  public var problem: Problem
  /// The right answer. Only the evaluation and the builder of critique records look at it.
  public var reference: String
  public var replies: [RecordedReply]

  public init(problem: Problem, reference: String, replies: [RecordedReply] = []) {
    self.problem = problem
    self.reference = reference
    self.replies = replies
  }
}

/// A model that gives recorded replies, and asks another model, if there is one, for what is
/// missing.
///
/// A request that was recorded word for word gets its own reply. One whose words have changed since,
/// because a prompt or the checker's report reads otherwise now, gets the reply that was recorded in
/// the same phase about the same candidate, and is counted as drift. For anything else there is no
/// reply: without a model behind it, that is an error.
public final class RecordedModel: ChatModel {
  private struct State {
    var replies: [RecordedReply]
    var subjects: [Int: String] = [:]
    var place = (phase: Phase.propose, subject: "")
    var announced = ""
    var drift = 0
    var hasBrokenOff = false
  }

  private let state: Mutex<State>
  private let base: (any ChatModel)?
  private let critic: (any ChatModel)?
  /// The reply to the first proposal, whatever the request; it is no part of `replies`.
  private let given: RecordedReply?

  /// - Parameters:
  ///   - base: Who is asked for what is missing.
  ///   - critic: Who is asked instead for a critic's words; `nil` for `base`.
  public convenience init(
    _ replies: [RecordedReply], asking base: (any ChatModel)? = nil,
    critic: (any ChatModel)? = nil
  ) {
    self.init(replies, asking: base, critic: critic, given: nil)
  }

  init(
    _ replies: [RecordedReply], asking base: (any ChatModel)?, critic: (any ChatModel)?,
    given: RecordedReply?
  ) {
    state = Mutex(State(replies: replies))
    self.base = base
    self.critic = critic
    self.given = given
  }

  /// All replies, those that were added included.
  public var replies: [RecordedReply] { state.withLock { $0.replies } }
  /// Recorded replies that were given although the words of the request have changed.
  public var drift: Int { state.withLock { $0.drift } }

  /// Whether a reply of the last run broke off, or was stopped.
  var hasBrokenOff: Bool { state.withLock { $0.hasBrokenOff } }

  /// What the next request is about.
  var subject: String { state.withLock { $0.place.subject } }

  /// Follows the run, so that a request is known by what it is about.
  public func observe(_ progress: Progress) {
    state.withLock { state in
      switch progress {
      case .event(.checked(let checked)):
        state.subjects[checked.round] = Fingerprint(checked.candidate.text).description
      case .event(.decided(.propose(let sample))): state.announced = "sample \(sample)"
      case .event(.decided(.calculate(let sample))): state.announced = "sample \(sample)"
      case .event(.decided(.revise(let round, let evidence))):
        state.announced = "\(state.subjects[round] ?? "") step \(evidence.step)"
      case .event(.problem): (state.subjects, state.hasBrokenOff) = ([:], false)
      case .event, .part: break
      case .began(let phase, let round):
        let isNew = phase == .propose || phase == .calculate || phase == .revise
        state.place = (phase, isNew ? state.announced : state.subjects[round] ?? "")
      }
    }
  }

  public func reply(
    to request: ChatRequest, onPart: @escaping @Sendable (ReplyPart) -> Void
  ) async throws(ModelError) -> Reply {
    let key = request.fingerprint
    let (found, place) = state.withLock { state -> (Reply?, (phase: Phase, subject: String)) in
      let place = state.place
      if let given, given.phase == place.phase, given.subject == place.subject {
        return (given.reply, place)
      }
      if let same = state.replies.first(where: { $0.request == key }) {
        return (same.reply, place)
      }
      let settings = request.settingsFingerprint
      if base == nil,
        let like = state.replies.first(where: {
          $0.phase == place.phase && $0.subject == place.subject && $0.settings == settings
        })
      {
        state.drift += 1
        return (like.reply, place)
      }
      return (nil, place)
    }
    if let found {
      onPart(.text(found.text))
      return found
    }
    guard let asked = place.phase.isOfCritic ? critic ?? base : base else {
      throw .unreachable(url: "the recording", reason: "it holds no reply to this request")
    }
    let reply = try await asked.reply(to: request, onPart: onPart)
    // What broke off is asked again the next time.
    if reply.finish == .stop || reply.finish == .length {
      let recorded = RecordedReply(
        phase: place.phase, subject: place.subject, request: key,
        settings: request.settingsFingerprint, reply: reply.compacted)
      state.withLock { $0.replies.append(recorded) }
    } else {
      state.withLock { $0.hasBrokenOff = true }
    }
    return reply
  }
}

extension Reply {
  /// Without the alternatives that carry next to no probability, and the rest to four digits.
  var compacted: Reply {
    var reply = self
    reply.logprobs = logprobs.prefix(2).map { token in
      let alternatives = token.alternatives.filter { $0.logprob > -9 }
      return TokenLogprob(
        token: token.token, logprob: token.logprob.rounded(to: 4),
        alternatives: alternatives.map {
          TokenLogprob.Alternative(token: $0.token, logprob: $0.logprob.rounded(to: 4))
        })
    }
    return reply
  }
}

extension Double {
  fileprivate func rounded(to digits: Int) -> Double {
    let scale = (0..<digits).reduce(1.0) { product, _ in product * 10 }
    return (self * scale).rounded() / scale
  }
}

extension ChatRequest {
  /// Hexadecimal digits that differ for requests that differ in any word or option.
  var fingerprint: String {
    let words = messages.flatMap { [$0.role.rawValue, $0.content] }
    return Fingerprint(([model] + words + optionWords).joined(separator: "\u{1F}")).description
  }

  /// The same of everything but the messages.
  var settingsFingerprint: String {
    Fingerprint(([model] + optionWords).joined(separator: "\u{1F}")).description
  }

  private var optionWords: [String] {
    [
      "\(options.temperature ?? -1)", "\(options.topP ?? -1)", "\(options.maxTokens ?? -1)",
      "\(options.seed ?? -1)", "\(options.topLogprobs ?? -1)", options.grammar ?? "",
    ] + (options.stop ?? [])
  }
}

extension Recording {
  /// What a batch kept of a problem's exchanges; `nil` if it kept none.
  ///
  /// The reference answer is the row's `reference` or `answer`, read as a set's is, and empty if it
  /// has none.
  public init?(_ record: RunRecord) {
    let reference = ["reference", "answer"].compactMap { record.row[$0]?.plainText }.first
      .flatMap { try? Reference.of($0) }
    let model = RecordedModel([])
    var replies: [RecordedReply] = []
    for line in record.events {
      if case .exchange(let exchange) = line.event {
        model.observe(.began(exchange.phase, round: exchange.round))
        replies.append(
          RecordedReply(
            phase: exchange.phase, subject: model.subject, request: exchange.request.fingerprint,
            settings: exchange.request.settingsFingerprint, reply: exchange.reply))
      } else {
        model.observe(.event(line.event))
      }
    }
    if replies.isEmpty { return nil }
    self.init(
      problem: Problem(id: record.id, statement: record.problem), reference: reference ?? "",
      replies: replies)
  }
}

extension JSONValue {
  /// A text or a number in words; `nil` of anything else.
  fileprivate var plainText: String? {
    switch self {
    case .string(let text): text
    case .int(let number): "\(number)"
    case .double(let number): "\(number)"
    default: nil
    }
  }
}

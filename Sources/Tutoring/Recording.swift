import Synchronization

// Replies that were sampled once, so that any number of policies can be judged on the same ones.

/// A reply with the request it answers, without the request's words.
public struct RecordedReply: Codable, Hashable, Sendable {
  public var phase: Phase
  /// What the request is about: `sample 2`, or the fingerprint of the candidate's text.
  public var subject: String
  /// Fingerprint of the exact request, model and options included.
  public var request: String
  public var reply: Reply

  public init(phase: Phase, subject: String, request: String, reply: Reply) {
    self.phase = phase
    self.subject = subject
    self.request = request
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
    var given = 0
    var drift = 0
    var missing = 0
  }

  private let state: Mutex<State>
  private let base: (any ChatModel)?
  private let keep: @Sendable (RecordedReply) -> Void

  /// - Parameters:
  ///   - base: Who is asked for what is missing.
  ///   - keep: Receives each reply that `base` gave, once it is complete.
  public init(
    _ replies: [RecordedReply], asking base: (any ChatModel)? = nil,
    keep: @escaping @Sendable (RecordedReply) -> Void = { _ in }
  ) {
    state = Mutex(State(replies: replies))
    self.base = base
    self.keep = keep
  }

  /// All replies, those that were added included.
  public var replies: [RecordedReply] { state.withLock { $0.replies } }
  /// Recorded replies that were given although the words of the request have changed.
  public var drift: Int { state.withLock { $0.drift } }
  /// Requests to which no reply was recorded.
  public var missing: Int { state.withLock { $0.missing } }

  /// Follows the run, so that a request is known by what it is about.
  public func observe(_ progress: Progress) {
    state.withLock { state in
      switch progress {
      case .event(.checked(let checked)):
        state.subjects[checked.round] = fingerprint(checked.candidate.text)
      case .event(.decided(.propose(let sample))): state.announced = "sample \(sample)"
      case .event(.decided(.revise(let round, let evidence))):
        state.announced = "\(state.subjects[round] ?? "") step \(evidence.step)"
      case .event(.problem): state.subjects = [:]
      case .event, .part: break
      case .began(let phase, let round):
        let isNew = phase == .propose || phase == .revise
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
      if let same = state.replies.first(where: { $0.request == key }) {
        state.given += 1
        return (same.reply, place)
      }
      if base == nil,
        let like = state.replies.first(where: {
          $0.phase == place.phase && $0.subject == place.subject
        })
      {
        state.drift += 1
        return (like.reply, place)
      }
      state.missing += 1
      return (nil, place)
    }
    if let found {
      onPart(.text(found.text))
      return found
    }
    guard let base else {
      throw .unreachable(url: "the recording", reason: "it holds no reply to this request")
    }
    let reply = try await base.reply(to: request, onPart: onPart)
    // What broke off is asked again the next time.
    if reply.finish == .stop || reply.finish == .length {
      let recorded = RecordedReply(
        phase: place.phase, subject: place.subject, request: key, reply: reply.compacted)
      state.withLock { $0.replies.append(recorded) }
      keep(recorded)
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
  /// Sixteen hexadecimal digits that differ for requests that differ in any word or option.
  var fingerprint: String {
    var parts = [model]
    for message in messages { parts += [message.role.rawValue, message.content] }
    parts += [
      "\(options.temperature ?? -1)", "\(options.topP ?? -1)", "\(options.maxTokens ?? -1)",
      "\(options.seed ?? -1)", "\(options.topLogprobs ?? -1)", options.grammar ?? "",
    ]
    parts += options.stop ?? []
    return Tutoring.fingerprint(parts.joined(separator: "\u{1F}"))
  }
}

/// FNV-1a of the text's UTF-8, 64 bits: the same on every machine and in every run.
func fingerprint(_ text: String) -> String {
  var hash: UInt64 = 0xcbf2_9ce4_8422_2325
  for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
  let digits = String(hash, radix: 16)
  return String(repeating: "0", count: 16 - digits.count) + digits
}

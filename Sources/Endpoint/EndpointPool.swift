import Synchronization
import Tutoring

// Several servers that serve the same model. Each request goes to the one with the fewest in
// flight. A server that fails before its first token is rested: it is asked again only when its
// rest is over, or when all others have failed too; the request goes to the next. A fault of the
// request itself (too long, an option refused) is thrown at once, since every server would find it.

/// One model behind several servers.
public final class EndpointPool: ChatModel {
  private struct Member {
    var inFlight = 0
    /// When its rest is over, on the clock of `timing`.
    var restsUntil = -Double.infinity
  }

  private let endpoints: [ChatCompletions]
  private let timing: Timing
  private let rest: Double
  private let retry: RetrySettings
  private let members: Mutex<[Member]>

  /// - Parameters:
  ///   - settings: One a server, at least one; the first one's `retry` counts for all.
  ///   - rest: Seconds for which a server that failed is left alone, unless it asked for others.
  public init(
    _ settings: [EndpointSettings], over wire: Wire, rest: Double = 30, timing: Timing = .real
  ) {
    precondition(!settings.isEmpty, "a pool has at least one server")
    endpoints = settings.map { ChatCompletions($0, over: wire, timing: timing) }
    self.timing = timing
    self.rest = rest
    retry = settings[0].retry
    members = Mutex(settings.map { _ in Member() })
  }

  public func reply(
    to request: ChatRequest, onPart: @escaping @Sendable (ReplyPart) -> Void
  ) async throws(ModelError) -> Reply {
    let started = timing.elapsed()
    let milliseconds = { Int(((self.timing.elapsed() - started) * 1000).rounded()) }
    var failed: Set<Int> = []
    var refusals: [Refusal] = []
    var attempts = 0
    var round = 1
    while true {
      if let index = take(butNot: failed) {
        attempts += 1
        let outcome = await attempt(request, at: index, milliseconds, onPart)
        switch outcome {
        case .reply(var reply):
          release(index, restsFor: nil)
          reply.attempts = attempts
          reply.milliseconds = milliseconds()
          return reply
        case .refusal(let refusal):
          if refusal.error.blamesRequest {
            release(index, restsFor: nil)
            throw refusal.error
          }
          release(index, restsFor: refusal.asked ?? rest)
          failed.insert(index)
          refusals.append(refusal)
          if failed.count < endpoints.count {
            onPart(.waiting(attempt: attempts, seconds: 0, reason: refusal.error.reason))
          }
        }
        continue
      }
      // All have failed: the one that may recover decides how long to wait.
      guard let last = refusals.last(where: \.isPassing) ?? refusals.last else {
        preconditionFailure("a pool without servers")
      }
      let asked = refusals.filter(\.isPassing).map { $0.asked ?? 0 }.min()
      let wait = retry.wait(
        after: round, elapsed: timing.elapsed() - started, asked: asked, random: timing.random())
      guard last.isPassing, let wait else { throw last.error }
      onPart(.waiting(attempt: attempts, seconds: wait, reason: last.error.reason))
      do {
        try await timing.sleep(wait)
        try Task.checkCancellation()
      } catch {
        return Reply(
          text: "", finish: .interrupted, milliseconds: milliseconds(), attempts: attempts)
      }
      round += 1
      (failed, refusals) = ([], [])
    }
  }

  /// Asks one server once.
  private func attempt(
    _ request: ChatRequest, at index: Int, _ milliseconds: @escaping () -> Int,
    _ onPart: (ReplyPart) -> Void
  ) async -> ChatCompletions.Outcome {
    do throws(ModelError) {
      guard let ask = try await endpoints[index].prepare(request) else {
        return .reply(Reply(text: "", finish: .interrupted))
      }
      return await endpoints[index].attemptReply(ask, milliseconds, onPart)
    } catch {
      return .refusal(Refusal(error))
    }
  }

  /// The server to ask next, counted as busy from now: one that does not rest, and of those the one
  /// with the fewest in flight; `nil` if all have failed.
  private func take(butNot failed: Set<Int>) -> Int? {
    let now = timing.elapsed()
    return members.withLock { members in
      let open = members.indices.filter { !failed.contains($0) }
      let best = open.min { left, right in
        let (a, b) = (members[left], members[right])
        let (aRests, bRests) = (a.restsUntil > now, b.restsUntil > now)
        if aRests != bRests { return bRests }
        if aRests, a.restsUntil != b.restsUntil { return a.restsUntil < b.restsUntil }
        return (a.inFlight, left) < (b.inFlight, right)
      }
      if let best { members[best].inFlight += 1 }
      return best
    }
  }

  private func release(_ index: Int, restsFor rest: Double?) {
    let now = timing.elapsed()
    members.withLock { members in
      members[index].inFlight -= 1
      members[index].restsUntil = rest.map { now + $0 } ?? -.infinity
    }
  }
}

extension ModelError {
  /// Whether every server would refuse the request.
  fileprivate var blamesRequest: Bool {
    switch self {
    case .tooLong, .optionRefused: true
    case .refused(_, let status, _): [400, 413, 422].contains(status)
    case .unreachable, .timedOut, .unauthorized, .noKey, .unavailable, .unreadable, .deferred: false
    }
  }
}

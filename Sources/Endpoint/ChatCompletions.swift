import FoundationEssentials
import Synchronization
import Tutoring

/// A model behind a server that speaks chat completions: llama-server, Ollama, vLLM and most hosted
/// ones. Every request is streamed, also where nobody watches: a server notices that a streamed
/// request was cancelled, and frees its slot.
public struct ChatCompletions: ChatModel {
  let settings: EndpointSettings
  let wire: Wire
  let timing: Timing

  /// - Parameters:
  ///   - wire: Share one among all models, so that they share its thread and connections.
  ///   - timing: The clocks and the chance for retries.
  public init(_ settings: EndpointSettings, over wire: Wire, timing: Timing = .real) {
    self.settings = settings
    self.wire = wire
    self.timing = timing
  }

  /// The address that requests go to.
  var url: String { settings.baseURL.text + "/chat/completions" }

  public func reply(
    to request: ChatRequest, onPart: @escaping @Sendable (ReplyPart) -> Void
  ) async throws(ModelError) -> Reply {
    let started = timing.elapsed()
    let milliseconds = { Int(((timing.elapsed() - started) * 1000).rounded()) }
    guard let ask = try await prepare(request) else {
      return Reply(text: "", finish: .interrupted, milliseconds: milliseconds())
    }
    var attempt = 1
    while true {
      let outcome = await attemptReply(ask, milliseconds, onPart)
      switch outcome {
      case .reply(var reply):
        reply.attempts = attempt
        reply.milliseconds = milliseconds()
        return reply
      case .refusal(let refusal):
        let wait = settings.retry.wait(
          after: attempt, elapsed: timing.elapsed() - started, asked: refusal.asked,
          random: timing.random())
        guard refusal.isPassing, let wait else { throw refusal.error }
        onPart(.waiting(attempt: attempt, seconds: wait, reason: refusal.error.reason))
        do {
          try await timing.sleep(wait)
          try Task.checkCancellation()
        } catch {
          return Reply(
            text: "", finish: .interrupted, milliseconds: milliseconds(), attempts: attempt)
        }
        attempt += 1
      }
    }
  }

  /// A request that is ready to be sent, as often as it takes.
  struct Ask {
    var http: HTTPRequest
    var options: [String]
    var masking: Masking
  }

  /// What one try came to.
  enum Outcome {
    case reply(Reply)
    case refusal(Refusal)
  }

  /// - Returns: `nil` if the task was cancelled while it waited for the key.
  func prepare(_ request: ChatRequest) async throws(ModelError) -> Ask? {
    let body = RequestBody(
      request, names: settings.optionNames, extras: settings.extraOptions)
    guard let bytes = try? body.encoded() else {
      throw .unreadable(url: url, reason: "the request has a number that JSON cannot hold")
    }
    var http = HTTPRequest(
      url: url, headers: ["Content-Type: application/json", "Accept: text/event-stream"],
      body: bytes, deadlines: settings.deadlines, bodyCap: settings.caps.body,
      certificateFile: settings.certificateFile, userAgent: settings.userAgent,
      isDirect: settings.baseURL.isLoopback)
    var secrets: [Secret] = []
    if let key = settings.key, key.origin == settings.baseURL.origin {
      let secret: Secret
      do throws(KeyError) {
        secret = try await key.reading.key()
      } catch {
        if error == .interrupted { return nil }
        throw .noKey(url: url, reason: error.description)
      }
      secret.withValue { http.headers.append("Authorization: Bearer \($0)") }
      secrets.append(secret)
    }
    return Ask(http: http, options: body.optionNames, masking: Masking(secrets))
  }
}

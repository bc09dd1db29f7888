/// Anything that answers a list of messages: a server, a script in a test, a saved transcript.
///
/// This is the one seam between the tutor and the world of models. `Endpoint` implements it over
/// the network; the tests use a queue of replies; replay answers from a transcript.
public protocol ChatModel: Sendable {
  /// Sends one request and returns when the reply has ended.
  ///
  /// - Parameters:
  ///   - request: Sent exactly as given.
  ///   - onPart: Receives each piece as it arrives, in order, and never after the return. It must
  ///     not block.
  /// - Returns: The whole reply. A reply that broke off is a value too: look at `finish`. If the
  ///   calling task is cancelled, what had arrived is returned with `finish == .interrupted`.
  /// - Throws: `ModelError` if no usable reply began.
  func reply(
    to request: ChatRequest, onPart: @escaping @Sendable (ReplyPart) -> Void
  ) async throws(ModelError) -> Reply
}

/// One piece of a streamed reply.
public enum ReplyPart: Hashable, Sendable {
  /// Text of the answer.
  case text(String)
  /// Text that a reasoning model sends apart from its answer.
  case reasoning(String)
  /// The server was not ready; the request is sent again after `seconds`. `attempt` counts from 1
  /// and names the try that failed.
  case waiting(attempt: Int, seconds: Double, reason: String)
}

/// One message of a dialogue.
public struct Message: Codable, Hashable, Sendable {
  public enum Role: String, Codable, Sendable {
    case system, user, assistant
  }
  public var role: Role
  public var content: String

  public init(role: Role, content: String) {
    self.role = role
    self.content = content
  }
}

/// What is asked of a model: the messages and the options that shape the reply.
public struct ChatRequest: Codable, Hashable, Sendable {
  /// The name the server knows the model by.
  public var model: String
  /// At least one. If the last is an assistant's, servers that can do so continue it.
  public var messages: [Message]
  public var options: RequestOptions

  public init(model: String, messages: [Message], options: RequestOptions = RequestOptions()) {
    self.model = model
    self.messages = messages
    self.options = options
  }
}

/// Options of one request; `nil` leaves an option out of the request, so the server decides.
public struct RequestOptions: Codable, Hashable, Sendable {
  /// 0 is greedy.
  public var temperature: Double?
  public var topP: Double?
  /// Tokens the reply may have.
  public var maxTokens: Int?
  public var seed: Int?
  /// The reply ends before any of these.
  public var stop: [String]?
  /// How many alternatives to report for each token, 0...20; needs a server that gives logprobs.
  public var topLogprobs: Int?
  /// A GBNF grammar that the reply must match (llama.cpp).
  public var grammar: String?

  public init(
    temperature: Double? = nil, topP: Double? = nil, maxTokens: Int? = nil, seed: Int? = nil,
    stop: [String]? = nil, topLogprobs: Int? = nil, grammar: String? = nil
  ) {
    self.temperature = temperature
    self.topP = topP
    self.maxTokens = maxTokens
    self.seed = seed
    self.stop = stop
    self.topLogprobs = topLogprobs
    self.grammar = grammar
  }
}

/// A reply, whole or broken off.
public struct Reply: Codable, Hashable, Sendable {
  /// The answer's text.
  public var text: String
  /// What a reasoning model sent apart from its answer; empty for most models.
  public var reasoning: String
  public var finish: Finish
  /// Why the reply broke off, in words; `nil` if it did not.
  public var fault: String?
  /// As the server counted them, or `nil` where it did not say.
  public var promptTokens: Int?
  public var completionTokens: Int?
  /// From sending the request to the end of the reply, waits included.
  public var milliseconds: Int
  /// From sending the request to its first token; `nil` if none came.
  public var firstTokenMilliseconds: Int?
  /// HTTP requests made for it, retries included; at least 1.
  public var attempts: Int
  /// One entry a token; empty unless `topLogprobs` was set.
  public var logprobs: [TokenLogprob]

  public init(
    text: String, reasoning: String = "", finish: Finish = .stop, fault: String? = nil,
    promptTokens: Int? = nil, completionTokens: Int? = nil, milliseconds: Int = 0,
    firstTokenMilliseconds: Int? = nil, attempts: Int = 1, logprobs: [TokenLogprob] = []
  ) {
    self.text = text
    self.reasoning = reasoning
    self.finish = finish
    self.fault = fault
    self.promptTokens = promptTokens
    self.completionTokens = completionTokens
    self.milliseconds = milliseconds
    self.firstTokenMilliseconds = firstTokenMilliseconds
    self.attempts = attempts
    self.logprobs = logprobs
  }
}

/// How a reply ended.
public enum Finish: String, Codable, Hashable, Sendable {
  /// The server said that the reply is complete.
  case stop
  /// The token limit was reached.
  case length
  /// The stream ended without saying that the reply is complete, or a fault cut it.
  case cut
  /// The person (or a signal) stopped it.
  case interrupted
  /// The server withheld the rest.
  case filtered
  /// It is complete, but not what was asked for: a calculation that cannot be computed.
  case unreadable

  /// Only such a reply may be judged as an answer.
  public var isComplete: Bool { self == .stop }
}

/// A token and the likeliest ones in its place; natural logarithms.
public struct TokenLogprob: Codable, Hashable, Sendable {
  public struct Alternative: Codable, Hashable, Sendable {
    public var token: String
    public var logprob: Double

    public init(token: String, logprob: Double) {
      self.token = token
      self.logprob = logprob
    }
  }
  public var token: String
  public var logprob: Double
  public var alternatives: [Alternative]

  public init(token: String, logprob: Double, alternatives: [Alternative] = []) {
    self.token = token
    self.logprob = logprob
    self.alternatives = alternatives
  }
}

/// Why a chat model gave no usable reply.
public enum ModelError: Error, Hashable, Sendable {
  /// No HTTP response arrived; `reason` is libcurl's text.
  case unreachable(url: String, reason: String)
  /// A deadline passed before the first token. `phase` is "connect", "first byte", "idle" or "total".
  case timedOut(url: String, phase: String, seconds: Double)
  /// 401 or 403.
  case unauthorized(url: String, status: Int, message: String)
  /// The key that is configured could not be read, so nothing was sent.
  case noKey(url: String, reason: String)
  /// The server refused one option of the request.
  case optionRefused(url: String, option: String, message: String)
  /// The prompt does not fit into the model's context; token counts where the server gave them.
  case tooLong(url: String, promptTokens: Int?, contextTokens: Int?)
  /// The server answered, but not with 200; `message` is its own text, cut to 500 characters.
  case refused(url: String, status: Int, message: String)
  /// A model that the program serves itself cannot be served; the text says why and what to do.
  case unavailable(String)
  /// The request waits in a file for its answer, under this id.
  case deferred(id: String)
  /// The server answered 200, but not with chat completions.
  case unreadable(url: String, reason: String)
}

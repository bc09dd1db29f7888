import Tutoring

/// What happened, where, and what to do next.
extension ModelError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .unreachable(let url, _):
      "no answer from \(url) (\(reason)); \(Self.advice(onSilence: reason))"
    case .timedOut(let url, let phase, let seconds):
      "\(url) was too slow (\(reason)); \(Self.adviceOnTime(phase, seconds))"
    case .unauthorized(let url, let status, let message):
      "\(url) refused the key (\(status): \(message)); check the key that is configured for this "
        + "model"
    case .noKey(let url, let why):
      "no key for \(url) (\(why)); nothing was sent"
    case .optionRefused(let url, let option, let message):
      "\(url) refused the option `\(option)` (\(message)); write `\(option) = false` for this "
        + "model in pentimento.toml, or rename it in its option_names"
    case .unavailable(let why): why
    case .deferred(let id):
      "request \(id) has no answer yet; have the plan answered and absorb what comes back"
    case .tooLong(let url, _, _):
      "\(reason) at \(url); ask something shorter or start the server with more context"
    case .refused(let url, let status, let message):
      "\(url) answered \(status)\(message.isEmpty ? "" : " (\(message))"); "
        + Self.advice(on: status)
    case .unreadable(let url, let why):
      "\(url) did not answer in chat completions (\(why)); check that the base URL ends where "
        + "/chat/completions begins"
    }
  }

  /// What happened, in a few words, as for a line that says why the program waits.
  public var reason: String {
    switch self {
    case .unreachable(_, let reason): reason.lowercasedStart
    case .timedOut(_, "connect", let seconds): "no connection after \(seconds.inWords)"
    case .timedOut(_, "first byte", let seconds): "no reply after \(seconds.inWords)"
    case .timedOut(_, "idle", let seconds): "no byte for \(seconds.inWords)"
    case .timedOut(_, _, let seconds): "not complete after \(seconds.inWords)"
    case .unauthorized(_, let status, let message): "\(status): \(message)"
    case .noKey(_, let reason): reason
    case .optionRefused(_, let option, _): "the option `\(option)` was refused"
    case .tooLong(_, let prompt?, let limit?):
      "the prompt has \(prompt) tokens, more than the \(limit) of the model's context"
    case .tooLong(_, _, let limit?):
      "the prompt is longer than the \(limit) tokens of the model's context"
    case .tooLong: "the prompt is longer than the model's context"
    case .refused(_, let status, ""): "\(status)"
    case .refused(_, let status, let message): "\(status): \(message)"
    case .unreadable(_, let reason): reason
    case .unavailable(let reason): reason
    case .deferred: "its answer is not there yet"
    }
  }

  /// Why no answer came, where the server's certificate is to blame.
  static let untrusted = "its certificate is not trusted"
  /// Why no answer came, where no TLS connection could be made.
  static let noTLS = "no TLS connection could be made"

  private static func advice(onSilence reason: String) -> String {
    switch reason {
    case untrusted: "check the base URL, or have the system trust who signed it"
    case noTLS: "a server without TLS wants a base URL that begins with http:"
    default: "start the server or check the base URL, or try `pentimento replay FILE`"
    }
  }

  private static func adviceOnTime(_ phase: String, _ seconds: Double) -> String {
    switch phase {
    case "connect": "check the base URL and the network"
    case "first byte":
      "a busy or small machine needs longer: raise `first_byte_timeout` for this model"
    case "idle": "the server may hang: look at its log, or raise `idle_timeout` for this model"
    default: "ask for fewer tokens, or raise `total_timeout` for this model"
    }
  }

  private static func advice(on status: Int) -> String {
    switch status {
    case 300..<400: "redirects are not followed: put the new address into the base URL"
    case 404: "check the model's name and that the base URL has the path before /chat/completions"
    case 408, 429, 503, 529: "try again later"
    case 413: "ask something shorter"
    case 200..<300, 500...: "look at the server's log, or try again later"
    default: "check the model's settings in pentimento.toml"
    }
  }
}

extension Double {
  /// "2 s", "0.2 s".
  var inWords: String {
    self == rounded() && magnitude < 1e15 ? "\(Int(self)) s" : "\(self) s"
  }
}

extension String {
  /// libcurl's texts begin with a capital, ours stand inside a sentence.
  var lowercasedStart: String {
    dropFirst().first?.isUppercase == true ? self : prefix(1).lowercased() + dropFirst()
  }
}

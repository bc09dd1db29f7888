// Statuses other than 200, with what servers and the proxies before them write into their bodies.

extension Fault {
  private static let later = "; try again later"
  private static let log = "; look at the server's log, or try again later"

  /// An answer with an error as most servers write it.
  private static func refusal(
    _ status: Int, _ message: String, _ advice: String, exit: Int32 = 69,
    headers: [(name: String, value: String)] = [], named name: String = ""
  ) -> Fault {
    Fault(
      .status, "\(status)\(name)",
      .error("<url> answered \(status) (\(message))\(advice)", status: exit)
    ) { _ in .error(status, message, headers: headers) }
  }

  /// A refusal that passes after one try.
  private static func passing(
    _ status: Int, _ message: String, retryAfter: String? = nil, named name: String,
    waits: String = ""
  ) -> Fault {
    Fault(
      .status, "\(status)\(name)", .delay("\(status): \(message)); again in \(waits)"), times: 1
    ) { _ in .error(status, message, headers: retryAfter.map { [("Retry-After", $0)] } ?? []) }
  }

  static let statuses = [aboutRequests, aboutServers].flatMap { $0 }

  private static let aboutServers = [
    refusal(408, "slow", later),
    refusal(413, "too large", "; ask something shorter"),
    refusal(429, "busy", later),
    passing(429, "busy", named: " once"),
    passing(429, "busy", retryAfter: "1", named: " with seconds", waits: "1.0 s"),
    passing(
      429, "busy", retryAfter: "Sun, 06 Nov 1994 08:49:37 GMT", named: " with a date"),
    passing(429, "busy", retryAfter: "soon", named: " with a word for a date"),
    refusal(429, "busy", later, headers: [("Retry-After", "86400")], named: " with a day"),
    refusal(
      429, "busy", later, headers: [("Retry-After", String(repeating: "9", count: 400))],
      named: " with 400 digits"),
    refusal(
      429, "busy", later, headers: [("Retry-After", "Fri, 31 Dec 2999 23:59:59 GMT")],
      named: " with a date far off"),
    refusal(500, "oops", log),
    passing(500, "oops", named: " once"),
    Fault(
      .status, "502 with HTML", .error("<url> answered 502 (Bad Gateway nginx)\(log)", status: 69)
    ) { _ in
      .page(502, "<html><head></head><body><h1>Bad Gateway</h1><hr>nginx</body></html>")
    },
    refusal(503, "Loading model", later),
    passing(503, "Loading model", named: " once"),
    refusal(529, "overloaded", later),
  ]

  private static let aboutRequests = [
    Fault(
      .status, "301",
      .error(
        "<url> answered 301 (moved to https://example.org/v1/chat/completions); redirects are not "
          + "followed: put the new address into the base URL", status: 69)
    ) { _ in
      Response(
        status: 301, headers: [("Location", "https://example.org/v1/chat/completions")],
        framing: .length)
    },
    refusal(400, "messages must alternate", "; check the model's settings in pentimento.toml"),
    Fault(
      .status, "400 for the length of the context",
      .error(
        "the prompt has 5000 tokens, more than the 4096 of the model's context at <url>; ask "
          + "something shorter or start the server with more context", status: 64)
    ) { _ in
      .error(
        400, "the request exceeds the available context size",
        members: #""type":"exceed_context_size_error","n_prompt_tokens":5000,"n_ctx":4096"#)
    },
    Fault(
      .status, "400 for an option",
      .error(
        "<url> refused the option `temperature` (Unsupported value); write `temperature = false` "
          + "for this model in pentimento.toml", status: 64)
    ) { _ in .error(400, "Unsupported value", members: #""param":"temperature""#) },
    unauthorized(401), unauthorized(403),
    refusal(
      404, "no such model",
      "; check the model's name and that the base URL has the path before /chat/completions"),
  ]

  private static func unauthorized(_ status: Int) -> Fault {
    Fault(
      .status, "\(status)",
      .error(
        "<url> refused the key (\(status): no such key); check the key that is configured for this "
          + "model", status: 77)
    ) { _ in .error(status, "no such key") }
  }
}

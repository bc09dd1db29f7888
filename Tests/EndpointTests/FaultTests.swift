// Replies that break off, and servers that refuse or answer something else.

import Endpoint
import LoopbackServer
import Testing
import Tutoring

@Test func `a stream cut at any byte is never a complete answer`() async throws {
  let whole = Response.reply(["5", "6"], usage: nil, done: true)
  let bytes = whole.bodyBytes
  let firstToken = bytes.count - Array(bytes).suffix(from: 0).count + offset(of: #""5""#, in: bytes)
  let finish = offset(of: #""stop""#, in: bytes)
  for count in 0..<finish {
    let server = LoopbackServer(whole.cut(at: count))
    do {
      let reply = try await model(at: server).ask()
      #expect(reply.finish == .cut, "cut at \(count)")
      #expect(reply.fault != nil, "cut at \(count)")
      #expect(count > firstToken, "cut at \(count)")
    } catch ModelError.unreachable {
      #expect(count < offset(of: #""6""#, in: bytes), "cut at \(count)")
    }
  }
}

private func offset(of text: String, in bytes: [UInt8]) -> Int {
  bytes.firstRange(of: Array(text.utf8))?.upperBound ?? -1
}

private let partial = ["7 * 8 ", "is "]

/// What makes a reply break off after its first token, and the words for it.
private let breaks: [(response: Response, words: String)] = [
  (
    .reply(partial, finish: nil, done: false),
    "the stream ended without saying that the reply is complete"
  ),
  (
    Response.reply(partial, finish: nil, done: false).framed(.untilClose),
    "the stream ended without saying that the reply is complete"
  ),
  (.reply(partial, finish: "error"), #"the server ended the reply with "error""#),
  (.broken(by: #"{"error":{"message":"out of memory","code":500}}"#), "out of memory"),
  (.broken(by: #"{"error":"out of memory"}"#), "out of memory"),
  (.broken(by: "oh no"), "an event is not JSON of chat completions: oh no"),
  (
    .broken(by: #"{"choices":[{"delta":{"content":5}}]}"#),
    #"an event is not JSON of chat completions: {"choices":[{"delta":{"content":5}}]}"#
  ),
  (
    .broken(by: #"{"choices":"none"}"#),
    #"an event is not JSON of chat completions: {"choices":"none"}"#
  ),
]

extension Response {
  fileprivate static func broken(by event: String) -> Response {
    Response.reply(partial, usage: nil).inserting(.text("data: \(event)\n\n"), before: 3)
  }
}

@Test(arguments: breaks.indices)
func `a reply that breaks off keeps what came and says why`(row: Int) async throws {
  let server = LoopbackServer(breaks[row].response)
  var reply = try await model(at: server).ask().timeless
  (reply.promptTokens, reply.completionTokens) = (nil, nil)
  #expect(reply == Reply(text: "7 * 8 is ", finish: .cut, fault: breaks[row].words))
}

@Test(arguments: [Response.Part.hangUp, .reset])
func `a broken connection keeps what came`(ending: Response.Part) async throws {
  let server = LoopbackServer(Response.reply(partial).inserting(ending, before: 3))
  let reply = try await model(at: server).ask()
  #expect(reply.text == "7 * 8 is ")
  #expect(reply.finish == .cut)
  #expect(reply.fault?.isEmpty == false)
}

@Test func `an error event by name is a fault`() async throws {
  let server = LoopbackServer(
    Response.reply(partial).inserting(
      .text("event: error\ndata: {\"message\":\"overloaded\"}\n\n"), before: 3))
  let reply = try await model(at: server).ask()
  #expect(reply.finish == .cut)
  #expect(reply.fault == "overloaded")
}

@Test func `a huge event is refused before it fills the memory`() async throws {
  let huge = "data: " + String(repeating: "x", count: 3000)
  let late = Response.reply(partial).inserting(.text(huge), before: 3)
  let reply = try await model(at: LoopbackServer(late)) { $0.caps.event = 1000 }.ask()
  #expect(reply.finish == .cut)
  #expect(reply.fault == "one event is longer than 1000 bytes")
  let early = LoopbackServer(Response.events([]).inserting(.endless(Array(huge.utf8)), before: 0))
  let fault = try await model(at: early) { $0.caps.event = 1000 }.fault()
  let url = early.url + "/chat/completions"
  #expect(fault == .unreadable(url: url, reason: "one event is longer than 1000 bytes"))
}

@Test func `an endless stream ends at the cap`() async throws {
  let event = "data: " + Response.delta(#""content":"and on ""#) + "\n\n"
  let server = LoopbackServer(Response.events([]).inserting(.endless(Array(event.utf8)), before: 0))
  let reply = try await model(at: server) { $0.caps.body = 100_000 }.ask()
  #expect(reply.finish == .cut)
  #expect(reply.fault == "the reply is longer than 100000 bytes")
  #expect(reply.text.hasPrefix("and on and on "))
}

@Test func `endless comments end at the cap as well`() async throws {
  let server = LoopbackServer(
    Response.events([]).inserting(.endless(Array(": wait\n\n".utf8)), before: 0))
  let fault = try await model(at: server) { $0.caps.body = 100_000 }.fault()
  let url = server.url + "/chat/completions"
  #expect(fault == .unreadable(url: url, reason: "the reply is longer than 100000 bytes"))
}

/// A response, and the error that it means, for a request with these options.
private let refusals: [(response: Response, error: @Sendable (String) -> ModelError)] = [
  (
    .error(401, "Invalid API Key"),
    { .unauthorized(url: $0, status: 401, message: "Invalid API Key") }
  ),
  (.error(403, "no"), { .unauthorized(url: $0, status: 403, message: "no") }),
  (.error(404, "no such model"), { .refused(url: $0, status: 404, message: "no such model") }),
  (
    .page(404, "<html><style>p {}</style><body><h1>Not\nFound</h1><p>nginx</body></html>"),
    { .refused(url: $0, status: 404, message: "Not Found nginx") }
  ),
  (.page(502, "<h1>Bad Gateway</h1>"), { .refused(url: $0, status: 502, message: "Bad Gateway") }),
  (.page(500, ""), { .refused(url: $0, status: 500, message: "") }),
  (
    Response(status: 301, headers: [("Location", "https://example.org/v1")], framing: .length),
    { .refused(url: $0, status: 301, message: "moved to https://example.org/v1") }
  ),
  (
    .error(
      400, "the request exceeds the available context size",
      members: #""type":"exceed_context_size_error","n_prompt_tokens":5000,"n_ctx":4096"#),
    { .tooLong(url: $0, promptTokens: 5000, contextTokens: 4096) }
  ),
  (
    .error(
      400,
      "This model's maximum context length is 4096 tokens. However, you requested 5000 tokens.",
      members: #""type":"BadRequestError""#),
    { .tooLong(url: $0, promptTokens: nil, contextTokens: 4096) }
  ),
  (
    .error(400, "too long", members: #""code":"context_length_exceeded""#),
    { .tooLong(url: $0, promptTokens: nil, contextTokens: nil) }
  ),
  (
    .error(400, "Failed to parse grammar"),
    { .optionRefused(url: $0, option: "grammar", message: "Failed to parse grammar") }
  ),
  (
    .error(400, "`top_logprobs` must be at most 5, see also logprobs"),
    {
      .optionRefused(
        url: $0, option: "top_logprobs",
        message: "`top_logprobs` must be at most 5, see also logprobs")
    }
  ),
  (
    .error(400, "Unsupported value", members: #""param":"temperature""#),
    { .optionRefused(url: $0, option: "temperature", message: "Unsupported value") }
  ),
  (
    .error(400, "Unrecognized request argument: stream_options"),
    {
      .optionRefused(
        url: $0, option: "stream_options", message: "Unrecognized request argument: stream_options")
    }
  ),
  (
    Response(
      status: 422, framing: .length,
      body: [
        .text(#"{"detail":[{"loc":["body","seed"],"msg":"Extra inputs are not permitted"}]}"#)
      ]),
    {
      .optionRefused(
        url: $0, option: "seed", message: "seed: Extra inputs are not permitted")
    }
  ),
  (
    .error(400, "messages must alternate"),
    { .refused(url: $0, status: 400, message: "messages must alternate") }
  ),
  (
    Response(status: 500, framing: .length, body: [.text(#"{"error":"plain"}"#)]),
    { .refused(url: $0, status: 500, message: "plain") }
  ),
  (
    Response(status: 500, framing: .length, body: [.text(#"{"odd":[1]}"#)]),
    { .refused(url: $0, status: 500, message: #"{"odd":[1]}"#) }
  ),
  (
    .error(500, String(repeating: "é", count: 600)),
    { .refused(url: $0, status: 500, message: String(repeating: "é", count: 500) + "…") }
  ),
  (
    .error(500, "\u{1B}[2J\u{0}\u{202E}"),
    { .refused(url: $0, status: 500, message: "\u{1B}[2J\u{0}\u{202E}") }
  ),
  (
    Response.events([#"{"error":{"message":"slot failed","code":500}}"#]),
    { .refused(url: $0, status: 500, message: "slot failed") }
  ),
  (
    Response.events([
      #"{"error":{"message":"long","type":"exceed_context_size_error","n_ctx":512}}"#
    ]),
    { .tooLong(url: $0, promptTokens: nil, contextTokens: 512) }
  ),
  (
    .page(200, "<html><title>Sign in</title></html>"),
    { .unreadable(url: $0, reason: "not chat completions but: Sign in") }
  ),
  (
    Response(
      headers: [("Content-Type", "application/json")], framing: .length,
      body: [.text(#"{"object":"list","data":[]}"#)]),
    { .unreadable(url: $0, reason: #"not chat completions but: {"object":"list","data":[]}"#) }
  ),
  (
    Response(
      headers: [("Content-Type", "application/json")], framing: .length,
      body: [.text(#"{"error":{"message":"no","code":500}}"#)]),
    { .refused(url: $0, status: 500, message: "no") }
  ),
  (Response.events([]), { .unreadable(url: $0, reason: "the reply is empty") }),
  (Response(framing: .length), { .unreadable(url: $0, reason: "the reply is empty") }),
  (
    Response.events(["hello"]),
    { .unreadable(url: $0, reason: "an event is not JSON of chat completions: hello") }
  ),
]

@Test(arguments: refusals.indices)
func `what a server says instead of a reply becomes an error`(row: Int) async throws {
  var request = question
  request.options = RequestOptions(
    temperature: 0, maxTokens: 9, seed: 1, stop: ["x"], topLogprobs: 9, grammar: "root ::= x")
  let server = LoopbackServer(refusals[row].response)
  let fault = try await model(at: server).fault(request)
  #expect(fault == refusals[row].error(server.url + "/chat/completions"))
  #expect(server.requests.count == 1)
}

@Test func `nobody listening is an error with the address`() async throws {
  let server = LoopbackServer(.reply("56"))
  let model = try model(at: server)
  let url = server.url + "/chat/completions"
  _ = try await model.ask()
  server.stop()
  let other = LoopbackServer(.dropped)
  let fault = try await EndpointTests.model(at: other).fault()
  guard case .unreachable(other.url + "/chat/completions", _) = fault else {
    Issue.record("\(String(describing: fault))")
    return
  }
  #expect(url != other.url)
}

/// What no client can take for HTTP, or for its body, and the error that it means.
private let others: [(response: Response, error: @Sendable (String) -> ModelError)] = [
  (
    Response(framing: .raw, body: [.text("HTTP/1.1 200 OK\r\nContent-Ty"), .hangUp]),
    { .unreachable(url: $0, reason: "the connection closed within the head") }
  ),
  (
    Response(framing: .raw, body: [.text("SSH-2.0-OpenSSH_9.2\r\n"), .hangUp]),
    { .unreadable(url: $0, reason: "unsupported protocol") }
  ),
  (
    Response(headers: [("Content-Encoding", "gzip")], body: [.text("data: [DONE]\n\n")]),
    { .unreadable(url: $0, reason: "unrecognized or bad HTTP Content or Transfer-Encoding") }
  ),
]

@Test(arguments: others.indices)
func `something that is no HTTP is said to be none`(row: Int) async throws {
  let server = LoopbackServer(others[row].response)
  let fault = try await model(at: server).fault()
  #expect(fault == others[row].error(server.url + "/chat/completions"))
}

@Test func `a certificate that nobody trusts is said, and not tried again`() async throws {
  let server = LoopbackServer(
    greeting: { .untrustedHandshake }, answering: { _, _ in .dropped })
  let url = "https://127.0.0.1:\(server.port)/v1"
  let settings = EndpointSettings(baseURL: try BaseURL(reading: url))
  let fault = await ChatCompletions(settings, over: Wire()).fault()
  #expect(
    fault == .unreachable(url: url + "/chat/completions", reason: "its certificate is not trusted"))
  #expect(server.connections == 1)
}

@Test func `only http and https are spoken`() async throws {
  for address in ["file:///etc/passwd", "ftp://localhost/v1", "gopher://localhost"] {
    #expect(throws: BaseURLError.notHTTP(address)) { try BaseURL(reading: address) }
  }
}

// Stalls, replies that break off, odd but honest framings, and connections that do not stand.

extension Fault {
  private static let slow = "raise `idle_timeout` for this model"

  static let stalls = [
    Fault(
      .stall, "a stall before the headers",
      .error(
        "<url> was too slow (no reply after 0.2 s); a busy or small machine needs longer: raise "
          + "`first_byte_timeout` for this model", status: 69),
      settings: ["first_byte_timeout": 0.2]
    ) { _ in Response(framing: .raw, body: [.gate(Gate())]) },
    Fault(
      .stall, "a stall before the first token",
      .error(
        "<url> was too slow (no byte for 0.2 s); the server may hang: look at its log, or \(slow)",
        status: 69), settings: ["idle_timeout": 0.2]
    ) { Response.reply($0).inserting(.gate(Gate()), before: 1) },
    Fault(
      .stall, "a stall between tokens", .broken("no byte came for 0.2 s"),
      settings: ["idle_timeout": 0.2], heard: .beginning
    ) { amid($0, .gate(Gate())) },
    Fault(
      .stall, "a stall after the end", .nothing, settings: ["idle_timeout": 0.2]
    ) { text in
      var response = Response.reply(text)
      response.body.insert(.gate(Gate()), at: response.body.count - 2)
      return response
    },
    Fault(
      .stall, "an endless stream of tokens", .broken("it was not complete after 0.5 s"),
      settings: ["total_timeout": 0.5], heard: .undetermined
    ) { amid($0, .endless(Array("data: \(Response.delta(#""content":"and on ""#))\n\n".utf8))) },
    Fault(
      .stall, "an endless stream of comments",
      .error(
        "<url> was too slow (not complete after 0.5 s); ask for fewer tokens, or raise "
          + "`total_timeout` for this model", status: 69), settings: ["total_timeout": 0.5]
    ) { Response.reply($0).inserting(.endless(Array(": wait\n\n".utf8)), before: 1) },
  ]

  private static let unmarked = "the stream ended without saying that the reply is complete"
  private static let silence = "; start the server or check the base URL, or try `pentimento replay"

  static let breaks = [
    Fault(.breakOff, "a head cut in two", .error("no answer from <url> (", status: 69)) { _ in
      Response(framing: .raw, body: [.text("HTTP/1.1 200 OK\r\nContent-Ty"), .hangUp])
    },
    Fault(.breakOff, "a body cut before the first token", .error(silence, status: 69)) {
      Response.reply($0).cut(at: 40)
    },
    Fault(.breakOff, "a body cut inside an event", .broken(""), heard: .beginning) {
      amid($0, .hangUp).inserting(.text(#"data: {"choices":[{"del"#), before: 3)
    },
    Fault(.breakOff, "a body cut inside a character", .broken(""), heard: .beginning) {
      let event = Array("data: \(Response.delta(#""content":"·""#))".utf8)
      let half = event.prefix { $0 < 0x80 } + [event.first { $0 >= 0x80 } ?? 0]
      return amid($0, .hangUp).inserting(.bytes(Array(half)), before: 3)
    },
    Fault(.breakOff, "a connection reset between tokens", .broken(""), heard: .beginning) {
      amid($0, .reset)
    },
    Fault(.breakOff, "a clean end without a mark", .broken(unmarked)) {
      .reply(Response.pieces(of: $0), finish: nil, done: false)
    },
    Fault(.breakOff, "a clean end before the first token", .broken(unmarked), heard: .nothing) {
      _ in Response.events([Response.delta(#""role":"assistant","content":null"#)])
    },
    Fault(
      .breakOff, "an empty body",
      .error(
        "<url> did not answer in chat completions (the reply is empty); check that the base URL ends "
          + "where /chat/completions begins", status: 65)
    ) { _ in Response.events([]) },
  ]

  static let framings = [
    Fault(.framing, "a chunk for every byte", .nothing) { Response.reply($0).splitEverywhere },
    Fault(.framing, "CR LF, and a chunk for every byte", .nothing) {
      Response.reply($0).withCRLF.splitEverywhere
    },
    Fault(.framing, "comments and keep-alives", .nothing) {
      amid($0, .text(": keep-alive\n\n:\n\nevent: ping\n\nretry: 5\nid: 7\n\n"))
    },
    Fault(.framing, "a body until the connection closes", .nothing) {
      Response.reply($0).framed(.untilClose)
    },
    Fault(.framing, "gzip", .nothing) { Response.reply($0).gzipped },
    Fault(.framing, "gzip, and a chunk for every byte", .nothing) {
      Response.reply($0).gzipped.splitEverywhere
    },
    Fault(.framing, "no [DONE]", .nothing) { .reply(Response.pieces(of: $0), done: false) },
    Fault(.framing, "no finish reason", .nothing) { .reply(Response.pieces(of: $0), finish: nil) },
    Fault(.framing, "a cut after the finish reason", .nothing) {
      Response.reply(Response.pieces(of: $0), usage: nil, done: false)
        .inserting(.hangUp, before: .max)
    },
    Fault(
      .framing, "gzip that is none",
      .error("<url> did not answer in chat completions (", status: 65)
    ) {
      var response = Response.reply($0)
      response.headers.append(("Content-Encoding", "gzip"))
      return response
    },
    Fault(.framing, "no HTTP", .error("<url> did not answer in chat completions (", status: 65)) {
      _ in Response(framing: .raw, body: [.text("SSH-2.0-OpenSSH_9.2\r\n"), .hangUp])
    },
  ]

  static let connections = [
    Fault(
      .connection, "connections dropped on accept", .error("no answer from <url> (", status: 69),
      at: .accept, times: 4
    ) { _ in .dropped },
    Fault(
      .connection, "a connection dropped on accept", .delay(""), at: .accept, times: 1
    ) { _ in .dropped },
    Fault(.connection, "connections reset after the request", .error(silence, status: 69)) { _ in
      Response(framing: .raw, body: [.reset])
    },
    Fault(.connection, "connections closed after the request", .error(silence, status: 69)) { _ in
      Response(framing: .raw, body: [.hangUp])
    },
    Fault(
      .connection, "a certificate that nobody trusts",
      .error(
        "no answer from <url> (its certificate is not trusted); check the base URL, or have the "
          + "system trust who signed it", status: 69), at: .tls
    ) { _ in .untrustedHandshake },
    Fault(
      .connection, "a server without TLS at an https address",
      .error(
        "no answer from <url> (no TLS connection could be made); a server without TLS wants a base "
          + "URL that begins with http:", status: 69), at: .tls
    ) { _ in
      Response(
        framing: .raw,
        body: [.text("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"), .gate(Gate())])
    },
  ]
}

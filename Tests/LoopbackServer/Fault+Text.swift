// Bodies with the wrong things in them: no JSON, JSON of other types, nothing, too much, an error.

extension Fault {
  private static func unreadable(_ reason: String) -> Outcome {
    .error(
      "<url> did not answer in chat completions (\(reason)); check that the base URL ends where "
        + "/chat/completions begins", status: 65)
  }

  private static let alien = "an event is not JSON of chat completions: "
  private static let wrongType = #"{"choices":[{"delta":{"content":5}}]}"#
  private static let huge = Response.Part.bytes(
    Array("data: ".utf8) + [UInt8](repeating: 0x78, count: 50 << 20))
  private static let tooLong = "one event is longer than 8388608 bytes"

  static let contents = [shapes, junk, errorEvents].flatMap { $0 }

  private static let shapes = [
    Fault(.content, "several choices", .nothing) { text in
      let other = #"{"choices":[{"index":1,"delta":{"content":"\\boxed{99}"}}]}"#
      return amid(text, event: other).inserting(.text("data: \(other)\n\n"), before: 1)
    },
    Fault(.content, "usage missing", .nothing) { .reply(Response.pieces(of: $0), usage: nil) },
    Fault(.content, "usage absurd", .nothing) {
      amid(
        $0,
        event: #"{"choices":[],"usage":{"prompt_tokens":-5,"completion_tokens":"#
          + #"99999999999999999999,"total_tokens":"many"}}"#)
    },
    Fault(.content, "empty choices between tokens", .nothing) {
      amid($0, event: #"{"choices":[]}"#)
    },
    Fault(.content, "nothing but empty choices", .empty, heard: .nothing) { _ in
      .events([#"{"choices":[]}"#, #"{"choices":[]}"#, "[DONE]"])
    },
    Fault(
      .content, "invalid UTF-8", .nothing,
      heard: .mended
    ) {
      let event = Array(Response.delta(#""content":"?""#).utf8).map { $0 == 0x3F ? 0xFF : $0 }
      return amid($0, .bytes(Array("data: ".utf8) + event + Array("\n\n".utf8)))
    },
    Fault(.content, "one JSON object instead of a stream", .nothing) {
      Response(
        headers: [("Content-Type", "application/json")], framing: .length,
        body: [
          .text(
            #"{"choices":[{"index":0,"message":{"role":"assistant","content":"#
              + Response.json($0) + #"},"finish_reason":"stop"}]}"#)
        ])
    },
  ]

  private static let junk = [
    Fault(.content, "no JSON before the first token", unreadable(alien + "oh no")) {
      Response.reply($0).inserting(.text("data: oh no\n\n"), before: 1)
    },
    Fault(.content, "no JSON between tokens", .broken(alien + "oh no"), heard: .beginning) {
      amid($0, event: "oh no")
    },
    Fault(.content, "wrong types before the first token", unreadable(alien + wrongType)) {
      Response.reply($0).inserting(.text("data: \(wrongType)\n\n"), before: 1)
    },
    Fault(.content, "wrong types between tokens", .broken(alien + wrongType), heard: .beginning) {
      amid($0, event: wrongType)
    },
    Fault(
      .content, "a page of HTML", unreadable("not chat completions but: Sign in")
    ) { _ in .page(200, "<html><title>Sign in</title></html>") },
    Fault(
      .content, "a list of models",
      unreadable(#"not chat completions but: {"object":"list","data":[]}"#)
    ) { _ in
      Response(
        headers: [("Content-Type", "application/json")], framing: .length,
        body: [.text(#"{"object":"list","data":[]}"#)])
    },
    Fault(.content, "a line of 50 MB before the first token", unreadable(tooLong)) {
      Response.reply($0).inserting(huge, before: 1)
    },
    Fault(.content, "a line of 50 MB between tokens", .broken(tooLong), heard: .beginning) {
      amid($0, huge)
    },
  ]

  private static let errorEvents = [
    Fault(
      .content, "an error event before the first token",
      .error("<url> answered 503 (slot failed); try again later", status: 69)
    ) { _ in .events([#"{"error":{"message":"slot failed","code":503}}"#]) },
    Fault(
      .content, "an error event without a code before the first token",
      .error(
        "<url> answered 200 (out of memory); look at the server's log, or try again later",
        status: 69)
    ) { _ in .events([#"{"error":{"message":"out of memory"}}"#]) },
    Fault(
      .content, "an error event between tokens", .broken("out of memory"), heard: .beginning
    ) { amid($0, event: #"{"error":{"message":"out of memory","code":500}}"#) },
    Fault(
      .content, "an event named error between tokens", .broken("overloaded"), heard: .beginning
    ) { amid($0, .text("event: error\ndata: {\"message\":\"overloaded\"}\n\n")) },
    Fault(
      .content, "an error as the finish reason",
      .broken(#"the server ended the reply with "error""#)
    ) { .reply(Response.pieces(of: $0), finish: "error", usage: nil, done: false) },
  ]
}

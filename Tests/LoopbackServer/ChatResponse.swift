// Ordinary chat completions, from which the faulty ones are made.

extension Response {
  /// A streamed reply: a role chunk with null content as llama.cpp sends it, one chunk a piece, the
  /// finish chunk, a usage chunk, and the terminal mark; each is a part of its own.
  public static func reply(
    _ pieces: [String], reasoning: [String] = [], finish: String? = "stop",
    usage: (prompt: Int, completion: Int)? = (7, 11), done: Bool = true
  ) -> Response {
    var events = [delta(#""role":"assistant","content":null"#)]
    events += reasoning.map { delta(#""reasoning_content":"# + json($0)) }
    events += pieces.map { delta(#""content":"# + json($0)) }
    if let finish { events.append(delta("", finish: finish)) }
    if let usage {
      let total = usage.prompt + usage.completion
      events.append(
        #"{"object":"chat.completion.chunk","choices":[],"usage":{"prompt_tokens":"#
          + #"\#(usage.prompt),"completion_tokens":\#(usage.completion),"total_tokens":\#(total)}}"#
      )
    }
    if done { events.append("[DONE]") }
    return .events(events)
  }

  /// A streamed reply of one text, in pieces of a word with the space before it, as a model's
  /// tokens are.
  public static func reply(_ text: String) -> Response { .reply(pieces(of: text)) }

  /// The pieces in which `reply` sends a text.
  public static func pieces(of text: String) -> [String] {
    var pieces: [String] = []
    for character in text {
      if pieces.isEmpty || character.isWhitespace { pieces.append("") }
      pieces[pieces.count - 1].append(character)
    }
    return pieces
  }

  /// An event stream; each text is the data of one event.
  public static func events(_ data: [String]) -> Response {
    Response(
      headers: [("Content-Type", "text/event-stream")],
      body: data.map { .text("data: \($0)\n\n") })
  }

  /// A chunk with one choice.
  public static func delta(_ members: String, finish: String? = nil) -> String {
    let reason = finish.map { "\"\($0)\"" } ?? "null"
    return #"{"id":"1","object":"chat.completion.chunk","model":"loopback","choices":[{"index":0,"#
      + #""delta":{\#(members)},"finish_reason":\#(reason)}]}"#
  }

  /// An error as llama.cpp and OpenAI send it; `members` stand in the
  /// `error` object in place of its code.
  public static func error(
    _ status: Int, _ message: String, members: String = "",
    headers: [(name: String, value: String)] = []
  ) -> Response {
    let more = members.isEmpty ? #""code":\#(status)"# : members
    let body = #"{"error":{"message":\#(json(message)),\#(more)}}"#
    return Response(
      status: status, headers: [("Content-Type", "application/json")] + headers, framing: .length,
      body: [.text(body)])
  }

  /// A page that some proxy in between might send.
  public static func page(_ status: Int, _ html: String) -> Response {
    Response(
      status: status, headers: [("Content-Type", "text/html")], framing: .length,
      body: [.text(html)])
  }

  /// A text as a JSON string. Only what JSON demands is escaped.
  public static func json(_ text: String) -> String {
    var out = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": out += "\\\""
      case "\\": out += "\\\\"
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        out += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out + "\""
  }
}

// The key sent back, and what a terminal would obey, in every place that a server can write to.

extension Fault {
  private static let thanks = "Your key is \(key). "

  static let keys = [
    Fault(.key, "the key in the reply", .nothing, heard: .behind("Your key is \(mask). ")) {
      .reply(thanks + $0)
    },
    Fault(.key, "the key split between tokens", .nothing, heard: .behind("Your key is \(mask). ")) {
      .reply(thanks.map(String.init) + Response.pieces(of: $0))
    },
    Fault(.key, "the key in the reasoning", .nothing) {
      .reply(Response.pieces(of: $0), reasoning: [thanks, String(key.prefix(9))])
    },
    Fault(.key, "the key in a header", .nothing) {
      var response = Response.reply($0)
      response.headers.append(("X-Debug", "Authorization: Bearer \(key)"))
      return response
    },
    Fault(
      .key, "the key in an error",
      .error("<url> refused the key (401: bad key \(mask)); check the key", status: 77)
    ) { _ in .error(401, "bad key \(key)") },
    Fault(
      .key, "the key where an error is cut short",
      .error("<url> answered 400 (\(padding)\(mask)", status: 69)
    ) { _ in .error(400, padding + key) },
    Fault(
      .key, "the key in the address of a redirect",
      .error("<url> answered 301 (moved to https://example.org/?key=\(mask));", status: 69)
    ) { _ in
      Response(
        status: 301, headers: [("Location", "https://example.org/?key=\(key)")], framing: .length)
    },
    Fault(
      .key, "the key in an error event", .broken("bad key \(mask)"), heard: .beginning
    ) { amid($0, event: #"{"error":{"message":"bad key \#(key)"}}"#) },
    Fault(
      .key, "the key where an unreadable event is cut short",
      .broken("an event is not JSON of chat completions: \(words)\(mask)"), heard: .beginning
    ) { amid($0, event: words + key) },
  ]

  /// So long that the key after it goes over the 500 characters that an error may have.
  private static let padding = String(repeating: "no. ", count: 123)
  /// So long that the key after it goes over the 200 characters that are quoted of an event.
  private static let words = String(repeating: "no. ", count: 48)

  /// What no terminal should get from anybody but the program: a title, a link, the clipboard, a
  /// cleared screen, colours, text in another order, C1 controls, and characters taken back.
  static let escape =
    "\u{1B}]0;title\u{7}\u{1B}]8;;http://example.org\u{1B}\\link\u{1B}]8;;\u{1B}\\"
    + "\u{1B}]52;c;aGk=\u{7}\u{1B}[2J\u{1B}[5;41m\u{202E}evil\u{2066}\u{9B}2J\u{0}\u{8}\u{8}\u{7F}"
  /// The beginning of it as it is shown.
  private static let shown = "\\e]0;title\\u{7}\\e]8;;http://example.org\\e\\link\\e]8;;\\e\\"

  static let escapes = [
    Fault(.escape, "escapes in the reply", .nothing, heard: .behind(escape + " ")) {
      .reply(escape + " " + $0)
    },
    Fault(
      .escape, "escapes in the reply, and a chunk for every byte", .nothing,
      heard: .behind(escape + " ")
    ) { Response.reply(escape + " " + $0).splitEverywhere },
    Fault(.escape, "escapes in the reasoning", .nothing) {
      .reply(Response.pieces(of: $0), reasoning: [escape])
    },
    Fault(.escape, "escapes in a reply that breaks off", .broken(""), heard: .only(escape)) {
      _ in .reply([escape], finish: nil, done: false)
    },
    Fault(.escape, "escapes in an error", .error("<url> answered 400 (no \(shown)", status: 69)) {
      _ in .error(400, "no " + escape)
    },
    Fault(.escape, "escapes in an error that passes", .delay("503: no \(shown)"), times: 1) { _ in
      .error(503, "no " + escape)
    },
    Fault(
      .escape, "escapes in an error event", .broken("out of \(shown)"), heard: .beginning
    ) { amid($0, event: #"{"error":{"message":\#(Response.json("out of " + escape))}}"#) },
    Fault(.escape, "escapes in a page", .error("<url> answered 502 (no \(shown)", status: 69)) {
      _ in
      .page(502, "no " + escape)
    },
    modelName,
  ]

  /// In the server's words and in the program's settings, which cannot hold a NUL.
  private static var modelName: Fault {
    var fault = Fault(.escape, "escapes in the model's name", .nothing) { text in
      let name = Response.json("m" + escape)
      let event = Response.delta("\"content\":\"\"")
      return amid(text, event: "{\"model\":\(name)," + event.dropFirst())
    }
    fault.model = "m" + escape.filter { $0 != "\0" }
    return fault
  }
}

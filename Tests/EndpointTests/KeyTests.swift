// Where keys come from, where they go, and that they show up nowhere else.

import LoopbackServer
import Testing
import Tutoring

@testable import Endpoint

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

private let key = "sk-test-1234567890"

private func secret(_ text: String = key) throws -> Endpoint.Secret {
  let made: Endpoint.Secret? = Endpoint.Secret(text)
  return try #require(made)
}

extension EndpointSettings {
  fileprivate mutating func useKey(_ source: KeySource) {
    self.key = EndpointKey(source, for: baseURL)
  }
}

@Test func `a key goes into the header of its own server`() async throws {
  let server = LoopbackServer(.reply("56"))
  let known = try secret()
  _ = try await model(at: server) { $0.useKey(.known(known)) }.ask()
  #expect(server.requests.map { $0.headers["authorization"] } == ["Bearer " + key])
}

@Test func `a key configured for one server is not sent to another`() async throws {
  let server = LoopbackServer(.reply("56"))
  let known = try secret()
  let elsewhere = try BaseURL(reading: "http://127.0.0.1:1/v1")
  _ = try await model(at: server) { $0.key = EndpointKey(.known(known), for: elsewhere) }.ask()
  #expect(server.requests.map { $0.headers["authorization"] } == [nil])
}

@Test func `a redirect is not followed, so the key stays`() async throws {
  let other = LoopbackServer(.reply("56"))
  let server = LoopbackServer(
    Response(
      status: 307, headers: [("Location", other.url + "/chat/completions")], framing: .length))
  let known = try secret()
  #expect(await (try model(at: server) { $0.useKey(.known(known)) }).fault() != nil)
  #expect(other.requests.isEmpty)
}

@Test func `a secret does not print itself`() throws {
  let known = try secret()
  var dumped = ""
  dump((known, KeySource.known(known)), to: &dumped)
  let printed = "\(known) \(String(reflecting: known)) \([known]) \(KeySource.known(known))"
  for text in [dumped, printed] {
    #expect(!text.contains(key))
    #expect(text.contains("[key]") || text == dumped)
  }
}

@Test(arguments: ["", "  \n", "two words", "two\nlines", "tab\there", "nul\u{0}", "schlüssel"])
func `what cannot go into a header is no key`(text: String) {
  #expect(Secret(text) == nil)
}

/// Texts with the key, and with keys nobody told us of.
@Test(arguments: [
  ("no key here", "no key here"),
  ("Incorrect API key: sk-test-1234567890.", "Incorrect API key: [key]."),
  ("sk-test-1234567890sk-test-1234567890", "[key][key]"),
  ("a long text … with sk-test-12345…", "a long text … with [key]…"), ("so sk-te…", "so sk-te…"),
  ("sk-test-123456789", "sk-test-123456789"),
  ("Authorization: Bearer abcdefgh12", "Authorization: Bearer [key]"),
  (#"{"a":"bearer abcdefgh12"}"#, #"{"a":"bearer [key]"}"#),
  ("Bearer token", "Bearer token"), ("the bearer of news", "the bearer of news"),
  ("", ""),
])
func `keys are masked in any text`(text: String, masked: String) throws {
  #expect(Masking([try secret()]).masked(text) == masked)
}

@Test(arguments: [
  "", "sk", key, "a\(key)b", "sk-sk-\(key)sk-test", "sk-test-123456789", "ssss-\(key)\(key)k",
])
func `a key is masked however a stream cuts it`(text: String) throws {
  let masking = Masking([try secret(), try secret("test-7-other")])
  let expected = masking.masked(text)
  for first in 0...text.count {
    for second in first...text.count {
      var stream = Masking.Stream(masking)
      let pieces = [
        text.prefix(first), text.dropFirst(first).prefix(second - first),
        text.dropFirst(second),
      ]
      let shown = pieces.map { stream.take(String($0)) }
      #expect(shown.joined() + stream.finish() == expected)
    }
  }
}

@Test func `a key that a server repeats is masked in everything`() async throws {
  let known = try secret()
  let echoes: [Response] = [
    .reply(
      ["the key is sk-te", "st-1234567890", ", is it?"], reasoning: ["sk-test-", "1234567890"]),
    .reply([key]),
    .error(401, "Incorrect API key provided: \(key)"),
    .error(500, key),
    .page(502, "<p>\(key)</p>"),
    .events([key]),
    .page(200, key),
    .events([#"{"error":{"message":"\#(key)"}}"#]),
    Response.reply(["5"]).inserting(.text("data: {\"error\":\"\(key)\"}\n\n"), before: 2),
    Response(status: 301, headers: [("Location", "http://x/?key=\(key)")], framing: .length),
    Response.events([
      #"{"choices":[{"delta":{"content":"x"},"logprobs":{"content":["#
        + #"{"token":"\#(key)","logprob":0,"top_logprobs":[{"token":"\#(key)","logprob":0}]}]}}]}"#,
      "[DONE]",
    ]),
  ]
  for echo in echoes {
    let server = LoopbackServer(echo)
    let parts = Parts()
    var shown = ""
    let model = try model(at: server) { $0.useKey(.known(known)) }
    do {
      shown = "\(try await model.ask(onPart: parts.take))"
    } catch {
      shown = "\(error) \(error.reason)"
    }
    #expect(!shown.contains(key))
    #expect(!(parts.text + parts.reasoning).contains(key))
    #expect(shown.contains("[key]"))
  }
}

@Test func `a key is masked before the words around it are cut`() async throws {
  let known = try secret()
  // Messages are cut to 500 characters, and to 200 where an event cannot be read.
  let (long, short) = (String(repeating: "no. ", count: 123), String(repeating: "no. ", count: 48))
  let echoes: [Response] = [
    .error(500, long + key), .page(502, "<p>\(long)\(key)</p>"), .events([short + key]),
    .events([#"{"error":{"message":"\#(long)\#(key)"}}"#]), .page(200, long + key),
    Response.reply(["5"]).inserting(.text("data: {\"error\":\"\(long)\(key)\"}\n\n"), before: 2),
  ]
  for echo in echoes {
    let server = LoopbackServer(echo)
    var shown = ""
    do {
      shown = "\(try await model(at: server) { $0.useKey(.known(known)) }.ask())"
    } catch {
      shown = "\(error)"
    }
    #expect(!shown.contains(key.prefix(8)) && shown.contains("no. [key]"), "\(shown)")
  }
}

@Test func `a reply that only looks like the key's beginning is shown whole`() async throws {
  let server = LoopbackServer(.reply(["it sk-", "test", "-1"]))
  let known = try secret()
  let parts = Parts()
  let reply = try await model(at: server) { $0.useKey(.known(known)) }.ask(onPart: parts.take)
  #expect(reply.text == "it sk-test-1")
  #expect(parts.text == "it sk-test-1")
}

/// A fresh folder for one test.
final class TemporaryFolder {
  let path: String

  init() {
    var template = Array("/tmp/pentimento-test-XXXXXX".utf8CString)
    _ = mkdtemp(&template)
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit {
    _ = try? ChildProcess(
      ["rm", "-rf", path], input: .open("/dev/null", O_RDWR), output: .open("/dev/null", O_RDWR),
      errors: .open("/dev/null", O_RDWR)
    ).wait(10)
  }

  /// Writes a file with these permissions.
  func file(_ name: String, _ text: String, mode: mode_t = 0o600) throws -> String {
    let file = path + "/" + name
    try Descriptor.open(file, O_WRONLY | O_CREAT | O_TRUNC).write(Array(text.utf8))
    chmod(file, mode)
    return file
  }
}

@Test func `a key comes from a file that only its owner may read`() async throws {
  let folder = TemporaryFolder()
  let good = try folder.file("good", key + "\n")
  #expect(try await KeyReading(.file(good)).key() == secret())
  let wide = try folder.file("wide", key, mode: 0o640)
  await #expect(throws: KeyError.open(file: wide, mode: 0o640)) {
    try await KeyReading(.file(wide)).key()
  }
  let empty = try folder.file("empty", "")
  await #expect(throws: KeyError.unusable(source: "the key file \(empty)")) {
    try await KeyReading(.file(empty)).key()
  }
  let missing = folder.path + "/missing"
  await #expect(throws: KeyError.missing(file: missing, reason: "no such file or directory")) {
    try await KeyReading(.file(missing)).key()
  }
  await #expect(throws: KeyError.missing(file: folder.path, reason: "is a directory")) {
    try await KeyReading(.file(folder.path)).key()
  }
}

@Test func `a key comes from an environment variable`() async throws {
  await #expect(processExitsWith: .success) {
    setenv("PENTIMENTO_TEST_KEY", "sk-test-1234567890", 1)
    let secret = try await KeyReading(.variable("PENTIMENTO_TEST_KEY")).key()
    #expect(secret == Secret("sk-test-1234567890"))
  }
  await #expect(throws: KeyError.unset(variable: "PENTIMENTO_TEST_UNSET")) {
    try await KeyReading(.variable("PENTIMENTO_TEST_UNSET")).key()
  }
}

@Test func `a key comes from a command, which runs once`() async throws {
  let folder = TemporaryFolder()
  let command = "echo x >> \(folder.path)/runs; echo \(key)"
  let reading = KeyReading(.command(command))
  let keys = try await withThrowingTaskGroup(of: Secret.self) { group in
    for _ in 0..<4 { group.addTask { try await reading.key() } }
    return try await group.reduce(into: []) { $0.append($1) }
  }
  #expect(Set(keys) == [try secret()])
  let runs = try Descriptor.open(folder.path + "/runs", O_RDONLY).read()
  #expect(String(decoding: runs, as: UTF8.self) == "x\n")
}

@Test(arguments: [
  ("echo locked >&2; exit 3", "exit status 3: locked"), ("exit 1", "exit status 1"),
  ("kill -9 $$", "killed by signal 9"), ("sleep 1000", "not done after 0.2 s"),
])
func `a key command that fails says how`(command: String, reason: String) async throws {
  let reading = KeyReading(.command(command, seconds: reason.hasPrefix("not") ? 0.2 : 30))
  await #expect(throws: KeyError.failed(command: command, reason: reason)) {
    try await reading.key()
  }
}

@Test func `without its key a request is not sent`() async throws {
  let server = LoopbackServer(.reply("56"))
  let fault = try await model(at: server) { $0.useKey(.command("exit 1")) }.fault()
  let url = server.url + "/chat/completions"
  #expect(fault == .noKey(url: url, reason: "the key command `exit 1` failed: exit status 1"))
  #expect(server.connections == 0)
}

@Test func `waiting for a key command can be ended`() async throws {
  let server = LoopbackServer(.reply("56"))
  let model = try model(at: server) { $0.useKey(.command("sleep 1000", seconds: 1)) }
  let task = Task { try await model.ask() }
  task.cancel()
  #expect(try await task.value.finish == .interrupted)
}

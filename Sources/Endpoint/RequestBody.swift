import FoundationEssentials
import Tutoring

/// The JSON body of a chat-completions request.
struct RequestBody {
  /// Our options that the request sets, under the names this server knows them by.
  private(set) var optionNames: [String] = []
  private var members: [String: JSONValue] = [:]

  /// - Parameters:
  ///   - request: Its options are left out where `nil`.
  ///   - names: The server's names for our options; an empty one leaves the option out.
  ///   - extras: Added last, over what is there.
  ///   - streams: Whether the reply is to come in pieces.
  init(
    _ request: ChatRequest, names: [String: String], extras: [String: JSONValue],
    streams: Bool = true
  ) {
    members["model"] = .string(request.model)
    members["messages"] = .array(
      request.messages.map {
        .object(["role": .string($0.role.rawValue), "content": .string($0.content)])
      })
    if streams {
      members["stream"] = .bool(true)
      add("stream_options", .object(["include_usage": .bool(true)]), names)
    }
    let options = request.options
    add("temperature", options.temperature.map { .double($0) }, names)
    add("top_p", options.topP.map { .double($0) }, names)
    add("max_tokens", options.maxTokens.map { .int($0) }, names)
    add("seed", options.seed.map { .int($0) }, names)
    add("stop", options.stop.map { .array($0.map { .string($0) }) }, names)
    if let count = options.topLogprobs {
      add("logprobs", .bool(true), names)
      add("top_logprobs", .int(count), names)
    }
    add("grammar", options.grammar.map { .string($0) }, names)
    for (name, value) in extras.sorted(by: { $0.key < $1.key }) { add(name, value, [:]) }
  }

  private mutating func add(_ name: String, _ value: JSONValue?, _ names: [String: String]) {
    let theirs = names[name] ?? name
    guard let value, !theirs.isEmpty else { return }
    if !optionNames.contains(theirs) { optionNames.append(theirs) }
    members[theirs] = value
  }

  /// The bytes to send, the same for the same request.
  func encoded() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return Array(try encoder.encode(JSONValue.object(members)))
  }
}

import FoundationEssentials
import Tutoring

/// A reply as it grows.
struct StreamedReply {
  private(set) var text = ""
  private(set) var reasoning = ""
  private(set) var finish: Finish?
  /// The server's fault inside the stream.
  private(set) var fault: ServerFault?
  private(set) var promptTokens: Int?
  private(set) var completionTokens: Int?
  private(set) var logprobs: [TokenLogprob] = []
  /// Whether anything that looks like chat completions came.
  private(set) var hasChunk = false
  /// Why the stream cannot be read on.
  private(set) var unreadable: String?

  private let masking: Masking
  private var textMask: Masking.Stream
  private var reasoningMask: Masking.Stream
  private let decoder = JSONDecoder()

  init(masking: Masking) {
    self.masking = masking
    textMask = Masking.Stream(masking)
    reasoningMask = Masking.Stream(masking)
  }

  /// Whether something has come that a person can see.
  var hasToken: Bool { !text.isEmpty || !reasoning.isEmpty }

  /// Takes the data of one event and passes on what it adds.
  ///
  /// - Returns: Whether more may come.
  mutating func take(_ event: EventSplitter.Event, _ onPart: (ReplyPart) -> Void) -> Bool {
    if event.data.elementsEqual("[DONE]".utf8) {
      finish = finish ?? .stop
      return false
    }
    guard var chunk = decode(event.data) else {
      let said = masking.masked(String(decoding: event.data.prefix(64 << 10), as: UTF8.self))
      unreadable = "an event is not JSON of chat completions: \(said.prefix(200))"
      return false
    }
    if event.isError, chunk.fault == nil {
      chunk.fault = ServerFault(reading: Array(event.data))
    }
    return take(chunk, onPart)
  }

  /// Takes one event, or a whole reply.
  mutating func take(_ chunk: Chunk, _ onPart: (ReplyPart) -> Void) -> Bool {
    hasChunk = hasChunk || chunk.isChunk
    promptTokens = chunk.promptTokens ?? promptTokens
    completionTokens = chunk.completionTokens ?? completionTokens
    if !chunk.reasoning.isEmpty { add(reasoning: reasoningMask.take(chunk.reasoning), onPart) }
    if !chunk.text.isEmpty { add(text: textMask.take(chunk.text), onPart) }
    logprobs += chunk.logprobs.map(masked)
    if let word = chunk.finish { end(word) }
    if var fault = chunk.fault {
      fault.message = masking.masked(fault.message).cut
      self.fault = fault
      return false
    }
    return fault == nil
  }

  /// Passes on what was held back because it could have become a key.
  mutating func flush(_ onPart: (ReplyPart) -> Void) {
    add(reasoning: reasoningMask.finish(), onPart)
    add(text: textMask.finish(), onPart)
  }

  private mutating func add(text piece: String, _ onPart: (ReplyPart) -> Void) {
    guard !piece.isEmpty else { return }
    text += piece
    onPart(.text(piece))
  }

  private mutating func add(reasoning piece: String, _ onPart: (ReplyPart) -> Void) {
    guard !piece.isEmpty else { return }
    reasoning += piece
    onPart(.reasoning(piece))
  }

  private mutating func end(_ word: String) {
    switch word {
    case "length", "max_tokens", "model_length": finish = .length
    case "content_filter", "safety": finish = .filtered
    case "error", "abort", "cancelled":
      finish = nil
      fault = fault ?? ServerFault(message: "the server ended the reply with \"\(word)\"")
    default: finish = .stop
    }
  }

  private func masked(_ token: TokenLogprob) -> TokenLogprob {
    TokenLogprob(
      token: masked(token.token), logprob: token.logprob,
      alternatives: token.alternatives.map {
        .init(token: masked($0.token), logprob: $0.logprob)
      })
  }

  /// `text` without keys.
  func masked(_ text: String) -> String { masking.masked(text) }

  /// Invalid UTF-8 is repaired, because one broken character is no reason to lose a reply.
  private func decode(_ data: UnsafeRawBufferPointer) -> Chunk? {
    if let chunk = try? decoder.decode(Chunk.self, from: Data(data)) { return chunk }
    let repaired = String(decoding: data, as: UTF8.self)
    if repaired.utf8.elementsEqual(data) { return nil }
    return try? decoder.decode(Chunk.self, from: Data(repaired.utf8))
  }
}

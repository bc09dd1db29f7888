import FoundationEssentials
import Tutoring

/// One line of a file of responses, as OpenAI's batches and vLLM's `run-batch` write it:
/// `{"custom_id", "response": {"status_code", "body"}, "error"}`.
struct OfflineAnswer: Decodable {
  /// Only what says whether it is an answer.
  struct Head: Decodable {
    var id: String
    var isAnswer: Bool
    /// Whether the same request may be answered another time.
    var isPassing: Bool

    init(from decoder: any Decoder) throws {
      let line = try decoder.container(keyedBy: Member.self)
      id = try line.decode(String.self, forKey: .id)
      let response = try? line.nestedContainer(keyedBy: Member.self, forKey: .response)
      let status = try response?.decodeIfPresent(Int.self, forKey: .status)
      let hasBody = try response.map { try $0.contains(.body) && !$0.decodeNil(forKey: .body) }
      let hasError = try line.contains(.error) && !line.decodeNil(forKey: .error)
      isAnswer = (status ?? 200) == 200 && hasBody == true && !hasError
      isPassing = status.map { $0 == 408 || $0 == 429 || $0 >= 500 } ?? true
    }
  }

  /// What came back.
  var outcome: Result<Chunk, Fault>

  /// Why there is no reply.
  struct Fault: Error {
    var status: Int
    var fault: ServerFault
  }

  private enum Member: String, CodingKey {
    case id = "custom_id"
    case response, error, body
    case status = "status_code"
  }

  init(from decoder: any Decoder) throws {
    let line = try decoder.container(keyedBy: Member.self)
    let response = try? line.nestedContainer(keyedBy: Member.self, forKey: .response)
    let status = try response?.decodeIfPresent(Int.self, forKey: .status) ?? 200
    let error = try line.decodeIfPresent(JSONValue.self, forKey: .error)
    if status == 200, error == nil, let response {
      outcome = .success(try response.decode(Chunk.self, forKey: .body))
    } else {
      let body = try response?.decodeIfPresent(JSONValue.self, forKey: .body)
      let said = error ?? body?["error"] ?? body ?? .string("no response")
      outcome = .failure(
        Fault(status: status == 200 ? 500 : status, fault: ServerFault(body: said)))
    }
  }

  /// The reply, or what the fault means.
  ///
  /// - Parameters:
  ///   - place: For errors: the file and the line.
  ///   - options: The names of the options that the request set.
  func reply(place: String, options: [String]) -> Result<Reply, ModelError> {
    switch outcome {
    case .failure(let fault):
      let refusal = Refusal(
        status: fault.status, fault: fault.fault, url: place, options: options)
      return .failure(refusal.error)
    case .success(let chunk):
      guard chunk.isChunk, chunk.fault == nil else {
        return .failure(
          .unreadable(url: place, reason: chunk.fault?.message ?? "the body has no choices"))
      }
      var streamed = StreamedReply(masking: Masking([]))
      _ = streamed.take(chunk) { _ in }
      streamed.flush { _ in }
      return .success(
        Reply(
          text: streamed.text, reasoning: streamed.reasoning, finish: streamed.finish ?? .cut,
          fault: streamed.finish == nil ? streamed.fault?.message ?? "it has no end" : nil,
          promptTokens: streamed.promptTokens, completionTokens: streamed.completionTokens,
          logprobs: streamed.logprobs))
    }
  }
}

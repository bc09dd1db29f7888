import Tutoring

/// A fault before the first token: what to tell, and whether to try again.
struct Refusal: Sendable {
  var error: ModelError
  var isPassing = false
  /// Seconds that the server asks to wait.
  var asked: Double?

  init(_ error: ModelError, isPassing: Bool = false, asked: Double? = nil) {
    self.error = error
    self.isPassing = isPassing
    self.asked = asked
  }

  /// What a status other than 200, or an error inside a stream, means.
  ///
  /// - Parameter options: The names of the options that the request set.
  init(status: Int, fault: ServerFault, url: String, options: [String], asked: Double? = nil) {
    self.asked = asked
    isPassing = status == 408 || status == 429 || (status >= 500 && status != 501 && status != 505)
    let message = fault.message.cut
    if Self.isTooLong(fault) {
      error = .tooLong(
        url: url, promptTokens: fault.promptTokens,
        contextTokens: fault.contextTokens ?? Self.contextTokens(in: message))
      isPassing = false
    } else if status == 401 || status == 403 {
      error = .unauthorized(url: url, status: status, message: message)
    } else if [400, 422, 501].contains(status),
      let option = Self.option(in: fault, among: options)
    {
      error = .optionRefused(url: url, option: option, message: message)
    } else {
      error = .refused(url: url, status: status, message: message)
    }
  }

  private static func isTooLong(_ fault: ServerFault) -> Bool {
    fault.type == "exceed_context_size_error" || fault.code == "context_length_exceeded"
      || fault.message.lowercased().contains("maximum context length")
  }

  /// The number in "maximum context length is 4096 tokens".
  private static func contextTokens(in message: String) -> Int? {
    let words = message.lowercased().split { !$0.isLetter && !$0.isNumber }
    guard let length = words.firstIndex(of: "length") else { return nil }
    return words[length...].prefix(6).lazy.compactMap { Int($0) }.first
  }

  /// The option that a fault names: in its `param`, else as a word of its message.
  private static func option(in fault: ServerFault, among options: [String]) -> String? {
    if let named = fault.option {
      let outermost = String(named.prefix { $0 != "." && $0 != "[" })
      if options.contains(outermost) { return outermost }
    }
    let words = Set(fault.message.lowercased().split { !$0.isLetter && $0 != "_" }.map(String.init))
    // The longest name first: "top_logprobs" before "logprobs", "stream_options" before "stop".
    return options.sorted { ($0.count, $1) > ($1.count, $0) }.first { words.contains($0) }
  }
}

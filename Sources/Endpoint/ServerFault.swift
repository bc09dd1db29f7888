import FoundationEssentials
import Tutoring

/// What a server says went wrong. Servers agree on little: `{"error": {…}}`, `{"error": "…"}`,
/// `{"message": "…"}` and `{"detail": …}` are all read, and so is a page of HTML.
struct ServerFault: Hashable, Sendable {
  /// As long as the server made it; it is cut where it is passed on, behind the masking of keys,
  /// because half a key would be left by a cut.
  var message: String
  var type: String?
  /// A number or a word.
  var code: String?
  /// The option that is at fault, where the server names it.
  var option: String?
  var promptTokens: Int?
  var contextTokens: Int?

  /// Characters of a server's text that are passed on.
  static let longestMessage = 500
}

extension ServerFault {
  /// - Returns: `nil` unless `value` has one of the shapes of a fault.
  init?(_ value: JSONValue) {
    if let error = value["error"], error != .null {
      self.init(body: error)
    } else if value["message"] != nil || value["detail"] != nil, value["choices"] == nil {
      self.init(body: value)
    } else {
      return nil
    }
  }

  /// - Parameter body: The object, or the text, that describes the fault.
  init(body: JSONValue) {
    let words =
      body.text ?? body["message"]?.text ?? body["detail"]?.text ?? body["error"]?.text
      ?? Self.validationWords(body["detail"])
    message = words ?? Self.encoded(body)
    type = body["type"]?.text
    code = body["code"]?.text
    option = body["param"]?.text
    promptTokens = body["n_prompt_tokens"]?.int
    contextTokens = body["n_ctx"]?.int
  }

  /// - Parameter bytes: The body of a reply that is not a 200; need not be whole.
  init(reading bytes: [UInt8]) {
    if let value = try? JSONDecoder().decode(JSONValue.self, from: Data(bytes)) {
      self = ServerFault(value) ?? ServerFault(message: String(decoding: bytes, as: UTF8.self))
    } else {
      message = String(decoding: bytes, as: UTF8.self).withoutTags
    }
  }

  /// The texts in FastAPI's list of validation errors.
  private static func validationWords(_ detail: JSONValue?) -> String? {
    guard case .array(let items) = detail else { return nil }
    let texts = items.compactMap { item -> String? in
      guard let words = item["msg"]?.text else { return nil }
      guard case .array(let place) = item["loc"], let last = place.last?.text else { return words }
      return "\(last): \(words)"
    }
    return texts.isEmpty ? nil : texts.joined(separator: "; ")
  }

  private static func encoded(_ value: JSONValue) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return (try? encoder.encode(value)).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }
}

extension String {
  /// At most 500 characters, with a mark where more was.
  var cut: String {
    guard let end = index(startIndex, offsetBy: ServerFault.longestMessage, limitedBy: endIndex),
      end < endIndex
    else { return self }
    return self[..<end] + "…"
  }

  /// The text of an HTML page: tags, scripts and styles dropped, white space joined. Text without
  /// tags only has its ends trimmed.
  var withoutTags: String {
    guard contains("<"), contains(">") else { return trimmed }
    var text = ""
    var rest = self[...]
    while let open = rest.firstIndex(of: "<") {
      text += rest[..<open]
      text += " "
      let tag = rest[open...]
      let name = tag.dropFirst().prefix { $0.isLetter }.lowercased()
      guard let close = tag.firstIndex(of: ">") else { return text.joinedWords }
      rest = tag[tag.index(after: close)...]
      if name == "script" || name == "style" {
        let end = rest.lowercasedRange(of: "</" + name)
        rest = end.map { rest[$0...] } ?? ""
      }
    }
    return (text + rest).joinedWords
  }

  private var joinedWords: String {
    split { $0.isWhitespace }.joined(separator: " ")
  }
}

extension Substring {
  /// Where a lower-case `needle` begins, letters compared without regard to case.
  fileprivate func lowercasedRange(of needle: String) -> Index? {
    indices.first { self[$0...].prefix(needle.count).lowercased() == needle }
  }
}

// Servers echo keys: in an error ("Incorrect API key provided: sk-…"), in a debug header, or, if
// somebody asks them to, in the reply. What leaves this target goes through here first. A key can
// also be split between two pieces of a stream, so the streaming form holds back the end of a piece
// for as long as it could be the beginning of a key.

/// Replaces known keys and Bearer values by a mark.
public struct Masking: Sendable {
  /// What stands where a key stood.
  public static let mark = "[key]"

  /// A shorter key is not looked for inside text: it would mask ordinary words.
  static let shortestKey = 6

  private let keys: [[UInt8]]

  public init(_ secrets: [Secret]) {
    keys = secrets.map { $0.withValue { Array($0.utf8) } }.filter { $0.count >= Self.shortestKey }
  }

  /// `text` with each key, and each value after "Bearer", replaced.
  public func masked(_ text: String) -> String {
    var bytes = Array(text.utf8)
    for key in keys { bytes = Self.replacing(key, in: bytes) }
    maskCutKey(at: &bytes)
    let keyless = String(decoding: bytes, as: UTF8.self)
    return keyless.lowercased().contains("bearer ") ? Self.maskBearer(keyless) : keyless
  }

  /// Masks what is left of a key where a server cut its own words; ours are cut behind the masking.
  private func maskCutKey(at bytes: inout [UInt8]) {
    let more = Array("…".utf8)
    guard bytes.suffix(more.count).elementsEqual(more) else { return }
    let text = Array(bytes.dropLast(more.count))
    let count = beginnings(endOf: text)
    if count >= Self.shortestKey { bytes = text.dropLast(count) + Self.mark.utf8 + more }
  }

  private static func replacing(_ key: [UInt8], in bytes: [UInt8]) -> [UInt8] {
    guard bytes.count >= key.count else { return bytes }
    var masked: [UInt8] = []
    var at = 0
    while at < bytes.count {
      if bytes[at] == key[0], bytes[at...].starts(with: key) {
        masked += mark.utf8
        at += key.count
      } else {
        masked.append(bytes[at])
        at += 1
      }
    }
    return masked
  }

  /// Masks the word after each "Bearer", if it is long enough to be a key.
  private static func maskBearer(_ text: String) -> String {
    var masked = ""
    var isAfterBearer = false
    for word in text.split(separator: " ", omittingEmptySubsequences: false) {
      if !masked.isEmpty || isAfterBearer { masked += " " }
      let key = word.prefix { !"\"',;)}]\r\n".contains($0) }
      if isAfterBearer, key.count >= shortestKey {
        masked += mark + word.dropFirst(key.count)
      } else {
        masked += word
      }
      isAfterBearer = word.lowercased().hasSuffix("bearer")
    }
    return masked
  }

  /// The bytes at the end of `text` that could be the beginning of a key.
  fileprivate func beginnings(endOf text: [UInt8]) -> Int {
    var longest = 0
    for key in keys {
      var length = min(key.count - 1, text.count)
      while length > longest {
        if text.suffix(length).elementsEqual(key.prefix(length)) {
          longest = length
          break
        }
        length -= 1
      }
    }
    return longest
  }

  /// Masks a text that comes in pieces.
  struct Stream {
    let masking: Masking
    private var held: [UInt8] = []

    init(_ masking: Masking) {
      self.masking = masking
    }

    /// What of the text so far can be shown, masked.
    mutating func take(_ piece: String) -> String {
      if masking.keys.isEmpty { return piece }
      let bytes = held + piece.utf8
      let masked = masking.keys.reduce(bytes) { Masking.replacing($1, in: $0) }
      let count = masking.beginnings(endOf: masked)
      held = Array(masked.suffix(count))
      return String(decoding: masked.dropLast(count), as: UTF8.self)
    }

    /// What was held back, at the end of the text.
    mutating func finish() -> String {
      defer { held = [] }
      return String(decoding: held, as: UTF8.self)
    }
  }
}

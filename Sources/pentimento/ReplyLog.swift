import FoundationEssentials
import Tutoring

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The replies of models that a build has had, so that a run which was stopped asks none again.
///
/// One JSON line a reply, with the request it answers; in memory is only where each stands. A line
/// that was torn when the program was killed is cut off.
actor ReplyLog {
  private struct Stored: Codable, Sendable {
    var request: ChatRequest
    var reply: Reply
  }
  private let file: GrowingFile
  private var places: [UInt64: Range<Int>] = [:]

  init(path: String) throws(Failure) {
    file = try GrowingFile(path: path, keeping: true)
    var start = 0
    var line: [UInt8] = []
    var position = 0
    while position < file.count {
      let end = min(position + (1 << 16), file.count)
      for byte in try file.read(position..<end) {
        position += 1
        if byte != UInt8(ascii: "\n") {
          line.append(byte)
          continue
        }
        if let stored = try? JSONDecoder().decode(Stored.self, from: Data(line)) {
          places[Self.key(stored.request)] = start..<(position - 1)
        }
        line.removeAll(keepingCapacity: true)
        start = position
      }
    }
    if start < position { try file.truncate(to: start) }
  }

  /// The reply to exactly this request, if it was had before.
  func reply(to request: ChatRequest) throws(Failure) -> Reply? {
    guard let place = places[Self.key(request)] else { return nil }
    let bytes = try file.read(place)
    guard let stored = try? JSONDecoder().decode(Stored.self, from: Data(bytes)),
      stored.request == request
    else { return nil }
    return stored.reply
  }

  /// Keeps a reply; once this returns, killing the program does not lose it.
  func keep(_ reply: Reply, to request: ChatRequest) throws(Failure) {
    let start = file.count
    let bytes = Self.encoded(Stored(request: request, reply: reply))
    try file.append(String(decoding: bytes, as: UTF8.self) + "\n")
    try file.flush()
    places[Self.key(request)] = start..<(start + bytes.count)
  }

  private static func key(_ request: ChatRequest) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in encoded(request) { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return hash
  }

  private static func encoded(_ value: some Encodable) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let json = try? encoder.encode(value) else {
      preconditionFailure("a request always has a JSON form")
    }
    return Array(json)
  }
}

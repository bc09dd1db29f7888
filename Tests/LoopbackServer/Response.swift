/// What the server answers to one request, byte for byte.
public struct Response: Sendable {
  public var status: Int
  public var headers: [(name: String, value: String)]
  public var framing: Framing
  public var body: [Part]

  /// How the end of the body is told.
  public enum Framing: Hashable, Sendable {
    /// Each part is an HTTP chunk of its own; the connection stays open.
    case chunked
    /// With Content-Length; the connection stays open.
    case length
    /// The connection closes after the body.
    case untilClose
    /// Nothing is sent but the parts, head included; then the connection closes.
    case raw
  }

  /// A piece of the body, sent by a write of its own, or something that happens there.
  public enum Part: Sendable {
    case bytes([UInt8])
    /// Stop until the gate opens, or the client leaves.
    case gate(Gate)
    /// Send this again and again until the client leaves.
    case endless([UInt8])
    /// Close the connection here, in the middle of the framing.
    case hangUp
    /// Reset the connection here.
    case reset

    public static func text(_ text: String) -> Part { .bytes(Array(text.utf8)) }
  }

  public init(
    status: Int = 200, headers: [(name: String, value: String)] = [],
    framing: Framing = .chunked, body: [Part] = []
  ) {
    self.status = status
    self.headers = headers
    self.framing = framing
    self.body = body
  }

  /// Closes the connection as soon as it is accepted, before anything is read.
  public static let dropped = Response(status: 0, framing: .raw, body: [.reset])

  var isDropped: Bool { status == 0 }

  /// What is sent before the body.
  var head: [UInt8] {
    guard framing != .raw else { return [] }
    var lines = ["HTTP/1.1 \(status) \(Self.phrase(status))"]
    lines += headers.map { "\($0.name): \($0.value)" }
    switch framing {
    case .chunked: lines.append("Transfer-Encoding: chunked")
    case .length: lines.append("Content-Length: \(bodyBytes.count)")
    case .untilClose, .raw: lines.append("Connection: close")
    }
    return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
  }

  /// All bytes of the body, whatever stands between them.
  public var bodyBytes: [UInt8] {
    body.flatMap { part -> [UInt8] in
      if case .bytes(let bytes) = part { bytes } else { [] }
    }
  }

  private static func phrase(_ status: Int) -> String {
    let phrases = [
      200: "OK", 301: "Moved Permanently", 400: "Bad Request", 401: "Unauthorized",
      404: "Not Found", 429: "Too Many Requests", 500: "Internal Server Error",
      503: "Service Unavailable",
    ]
    return phrases[status] ?? "Status"
  }
}

// The ways in which a response can be made to misbehave.
extension Response {
  /// Each byte of the body is a part of its own.
  public var splitEverywhere: Response {
    mapBytes { bytes in bytes.map { .bytes([$0]) } }
  }

  /// The body without what comes after `count` bytes; there the connection closes.
  public func cut(at count: Int, _ ending: Part = .hangUp) -> Response {
    var cut = self
    var left = count
    cut.body = []
    for part in body {
      guard case .bytes(let bytes) = part else {
        cut.body.append(part)
        continue
      }
      cut.body.append(.bytes(Array(bytes.prefix(left))))
      left -= bytes.count
      if left <= 0 { break }
    }
    cut.body.append(ending)
    return cut
  }

  /// LF becomes CR LF.
  public var withCRLF: Response {
    mapBytes { bytes in [.bytes(bytes.flatMap { $0 == 0x0A ? [0x0D, 0x0A] : [$0] })] }
  }

  /// With `part` before the body's part `index`; behind all of them if there are fewer.
  public func inserting(_ part: Part, before index: Int) -> Response {
    var changed = self
    changed.body.insert(part, at: min(index, body.count))
    return changed
  }

  /// The body as one gzip member of stored blocks: enough for a client that must know gzip, and
  /// the server needs no library. Gates inside are dropped.
  public var gzipped: Response {
    var changed = self
    changed.headers.append(("Content-Encoding", "gzip"))
    changed.body = [.bytes(gzip(bodyBytes))]
    return changed
  }

  /// The whole body in one write.
  public var inOnePiece: Response {
    var changed = self
    changed.body = [.bytes(bodyBytes)]
    return changed
  }

  public func framed(_ framing: Framing) -> Response {
    var changed = self
    changed.framing = framing
    return changed
  }

  private func mapBytes(_ change: ([UInt8]) -> [Part]) -> Response {
    var changed = self
    changed.body = body.flatMap { part in
      if case .bytes(let bytes) = part { change(bytes) } else { [part] }
    }
    return changed
  }
}

/// RFC 1952 around RFC 1951's stored blocks.
private func gzip(_ bytes: [UInt8]) -> [UInt8] {
  var out: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255]
  var left = bytes[...]
  repeat {
    let block = left.prefix(65535)
    left = left.dropFirst(block.count)
    let count = UInt16(block.count)
    out.append(left.isEmpty ? 1 : 0)
    out += littleEndian(UInt32(count), 2) + littleEndian(UInt32(~count), 2) + block
  } while !left.isEmpty
  return out + littleEndian(crc(bytes), 4)
    + littleEndian(UInt32(truncatingIfNeeded: bytes.count), 4)
}

private func littleEndian(_ value: UInt32, _ count: Int) -> [UInt8] {
  (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * UInt32($0))) }
}

private func crc(_ bytes: [UInt8]) -> UInt32 {
  var crc = UInt32.max
  for byte in bytes {
    crc ^= UInt32(byte)
    for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
  }
  return ~crc
}

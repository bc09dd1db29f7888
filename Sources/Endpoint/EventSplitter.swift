// Server-sent events (WHATWG HTML, section 9.2), as chat servers send them: lines `field: value`,
// an empty line ends an event, a line that begins with a colon is a comment. Only the fields `data`
// and `event` matter here. Lines end with LF or CR LF; the lone CR that the standard also allows is
// refused, because no server sends it and it would make each CR ambiguous at a border.
//
// It works on bytes and looks for line ends with memchr: a piece may end anywhere, also inside a
// UTF-8 sequence, and the usual event, one `data` line, is handed on without being copied.

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Splits a byte stream into the data of its events.
struct EventSplitter: Sendable {
  /// What the splitter found.
  enum Fault: Error, Hashable, Sendable {
    /// A line, or the data of one event, is longer than the cap.
    case tooLong(cap: Int)
  }

  /// One event; `data` is valid only during the call it is given to.
  struct Event {
    var data: UnsafeRawBufferPointer
    /// The event's type is "error".
    var isError: Bool
  }

  /// Bytes that one event may have.
  let cap: Int

  /// The bytes of a line that has not ended.
  private var rest: [UInt8] = []
  /// The `data` lines of an event that has not ended, but for an event of one line.
  private var data: [UInt8] = []
  private var hasData = false
  private var isError = false
  private var isAtStart = true

  init(cap: Int = 8 << 20) {
    self.cap = cap
  }

  /// Takes the next piece and gives `body` each event that it ends.
  ///
  /// - Parameter body: Returns whether to go on.
  mutating func take(
    _ piece: UnsafeRawBufferPointer, _ body: (Event) throws -> Bool
  ) throws {
    var left = piece[...]
    while let end = left.firstLineEnd {
      let head = UnsafeRawBufferPointer(rebasing: left[..<end])
      left = left[(end + 1)...]
      let goesOn: Bool
      if rest.isEmpty {
        goesOn = try line(head, after: UnsafeRawBufferPointer(rebasing: left), body)
      } else {
        guard rest.count + head.count <= cap else { throw Fault.tooLong(cap: cap) }
        rest.append(contentsOf: head)
        let whole = rest
        rest.removeAll(keepingCapacity: true)
        goesOn = try whole.withUnsafeBytes { try line($0, after: nil, body) }
      }
      if !goesOn { return }
    }
    guard rest.count + left.count <= cap else { throw Fault.tooLong(cap: cap) }
    rest.append(contentsOf: left)
  }

  /// Gives `body` the event that the end of the stream left without its empty line. Servers omit it
  /// after the last event; a line without its LF counts only if it is the mark of the end.
  mutating func finish(_ body: (Event) throws -> Bool) rethrows {
    let last = rest
    rest = []
    if last == Array("data: [DONE]".utf8), !hasData {
      data = Array("[DONE]".utf8)
      hasData = true
    }
    _ = try end(body)
  }

  /// Takes one line, without its LF. `next` holds what follows it, if that is in the same piece.
  private mutating func line(
    _ whole: UnsafeRawBufferPointer, after next: UnsafeRawBufferPointer?,
    _ body: (Event) throws -> Bool
  ) throws -> Bool {
    // As a line that comes in pieces is refused: where a stream is cut must make no difference.
    guard whole.count <= cap else { throw Fault.tooLong(cap: cap) }
    var line = whole
    if line.last == 0x0D { line = UnsafeRawBufferPointer(rebasing: line.dropLast()) }
    if isAtStart {
      isAtStart = false
      if line.starts(with: [0xEF, 0xBB, 0xBF]) {
        line = UnsafeRawBufferPointer(rebasing: line.dropFirst(3))
      }
    }
    if line.isEmpty { return try end(body) }
    if let value = line.value(of: "data") {
      return try add(value, next: next, body)
    }
    if let value = line.value(of: "event") { isError = value.elementsEqual("error".utf8) }
    // llama.cpp once sent its faults in a field of this name.
    if let value = line.value(of: "error") {
      isError = true
      return try add(value, next: next, body)
    }
    return true
  }

  private mutating func add(
    _ value: UnsafeRawBufferPointer, next: UnsafeRawBufferPointer?, _ body: (Event) throws -> Bool
  ) throws -> Bool {
    guard data.count + value.count <= cap else { throw Fault.tooLong(cap: cap) }
    // The usual event ends with the next byte: no copy. The empty line then finds nothing to end.
    if !hasData, let next, next.first == 0x0A || next.starts(with: [0x0D, 0x0A]) {
      let event = Event(data: value, isError: isError)
      isError = false
      return try body(event)
    }
    if hasData { data.append(0x0A) }
    data.append(contentsOf: value)
    hasData = true
    return true
  }

  private mutating func end(_ body: (Event) throws -> Bool) rethrows -> Bool {
    defer {
      data.removeAll(keepingCapacity: true)
      hasData = false
      isError = false
    }
    guard hasData else { return true }
    return try data.withUnsafeBytes { try body(Event(data: $0, isError: isError)) }
  }
}

extension Slice<UnsafeRawBufferPointer> {
  /// The index of the first LF.
  fileprivate var firstLineEnd: Int? {
    guard count > 0, let start = base.baseAddress else { return nil }
    let from = start + startIndex
    guard let found = memchr(from, 0x0A, count) else { return nil }
    return startIndex + (UnsafeRawPointer(found) - from)
  }
}

extension UnsafeRawBufferPointer {
  /// The value of a `field: value` line, if the field is `name`. One space after the colon goes.
  fileprivate func value(of name: StaticString) -> UnsafeRawBufferPointer? {
    let length = name.utf8CodeUnitCount
    guard count >= length, let start = baseAddress, memcmp(start, name.utf8Start, length) == 0
    else { return nil }
    if count == length { return UnsafeRawBufferPointer(rebasing: self[count...]) }
    guard self[length] == 0x3A else { return nil }
    let hasSpace = count > length + 1 && self[length + 1] == 0x20
    return UnsafeRawBufferPointer(rebasing: self[(length + (hasSpace ? 2 : 1))...])
  }
}

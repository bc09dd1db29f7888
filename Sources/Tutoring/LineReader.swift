#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Reads a file descriptor line by line; its memory is that of the longest line.
public struct LineReader: Sendable {
  /// One line of a file, without its end.
  public struct TextLine: Hashable, Sendable {
    /// From 1.
    public var number: Int
    /// Where it begins, in bytes from where the reading began.
    public var offset: Int
    public var bytes: [UInt8]
    /// Whether a line end followed; without one the line may be torn.
    public var isEnded: Bool
    /// Whether it was longer than allowed, so that only its beginning is here.
    public var isCut: Bool

    /// Whether it has nothing but white space.
    public var isBlank: Bool { bytes.allSatisfy { $0 == 0x20 || (0x09...0x0D).contains($0) } }
  }

  private let descriptor: Int32
  private let longest: Int
  private var block: [UInt8] = []
  private var start = 0
  private var number = 0
  private var offset = 0
  private var isAtEnd = false
  /// Why reading ended before the end of the file, or `nil`.
  public private(set) var fault: String?

  /// - Parameters:
  ///   - descriptor: Stays open, and the caller's.
  ///   - longest: Bytes of a line that are kept.
  public init(_ descriptor: Int32, longest: Int = 64 << 20) {
    self.descriptor = descriptor
    self.longest = longest
  }

  /// The next line, or `nil` at the end of the file or at a `fault`.
  public mutating func next() -> TextLine? {
    var line = TextLine(number: number + 1, offset: offset, bytes: [], isEnded: false, isCut: false)
    while true {
      if start == block.count, !refill() { break }
      let rest = block[start...]
      let end = rest.firstIndex(of: UInt8(ascii: "\n"))
      let piece = rest[..<(end ?? block.count)]
      let room = longest - line.bytes.count
      line.bytes += piece.prefix(room)
      line.isCut = line.isCut || piece.count > room
      offset += piece.count + (end == nil ? 0 : 1)
      start = end.map { $0 + 1 } ?? block.count
      if end != nil {
        line.isEnded = true
        break
      }
    }
    guard line.isEnded || offset > line.offset else { return nil }
    number += 1
    if line.bytes.last == UInt8(ascii: "\r") { line.bytes.removeLast() }
    return line
  }

  private mutating func refill() -> Bool {
    guard !isAtEnd else { return false }
    var count = 0
    repeat {
      block = [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, used in
        count = read(descriptor, buffer.baseAddress, buffer.count)
        used = max(count, 0)
      }
    } while count < 0 && errno == EINTR
    if count < 0 { fault = String(cString: strerror(errno)) }
    start = 0
    isAtEnd = count <= 0
    return count > 0
  }
}

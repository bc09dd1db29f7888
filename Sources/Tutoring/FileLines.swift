#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The lines of a file, read block by block: what is kept in memory is the longest line, not the
/// file.
final class FileLines {
  /// A line without its end; the bytes are gone with the next one.
  struct Row {
    var bytes: UnsafeRawBufferPointer
    /// Whether its line end was there.
    var isEnded: Bool
  }

  enum Fault: Error, Hashable {
    /// The system's words.
    case unreadable(String)
    case tooLong(line: Int)
  }

  /// Bytes a line may have.
  static let longest = 64 << 20
  private static let block = 1 << 18

  private let descriptor: Int32
  private var memory = UnsafeMutableRawBufferPointer.allocate(byteCount: block, alignment: 16)
  private var start = 0
  private var end = 0
  private var isExhausted = false
  private var nextOffset = 0
  /// Of the line that was read last, counted from 1 or from where `seek` went.
  private(set) var number = 0
  /// Where the line that was read last begins, in bytes.
  private(set) var offset = 0

  init(_ file: String) throws(Fault) {
    // Not blocking, or a pipe in its place would wait for somebody at its other end.
    descriptor = open(file, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw .unreadable(String(cString: strerror(errno))) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw .unreadable("it is no plain file")
    }
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
    memory.deallocate()
  }

  /// The next line, or `nil` at the end of the file.
  func next() throws(Fault) -> Row? {
    var searched = start
    while true {
      if let length = lineEnd(from: searched) {
        defer { start += length + 1 }
        offset = nextOffset
        nextOffset += length + 1
        number += 1
        return Row(
          bytes: UnsafeRawBufferPointer(rebasing: memory[start..<(start + length)]), isEnded: true)
      }
      let known = end - start
      if isExhausted {
        if known == 0 { return nil }
        defer { start = end }
        offset = nextOffset
        nextOffset += known
        number += 1
        return Row(bytes: UnsafeRawBufferPointer(rebasing: memory[start..<end]), isEnded: false)
      }
      try fill()
      searched = start + known
    }
  }

  /// Goes on with the line that begins so many bytes into the file.
  func seek(to place: Int) throws(Fault) {
    guard lseek(descriptor, off_t(place), SEEK_SET) >= 0 else {
      throw .unreadable(String(cString: strerror(errno)))
    }
    (start, end, nextOffset) = (0, 0, place)
    isExhausted = false
  }

  /// How far the line that begins at `start` goes, if its end is in memory at or after `place`.
  private func lineEnd(from place: Int) -> Int? {
    guard place < end, let base = memory.baseAddress,
      let found = memchr(base + place, 0x0A, end - place)
    else { return nil }
    return UnsafeRawPointer(found) - UnsafeRawPointer(base + start)
  }

  /// Reads one more block behind what is known of the line.
  private func fill() throws(Fault) {
    if start > 0, let base = memory.baseAddress {
      memmove(base, base + start, end - start)
      end -= start
      start = 0
    }
    if end == memory.count { try grow() }
    while true {
      let count = read(descriptor, memory.baseAddress.map { $0 + end }, memory.count - end)
      if count < 0 && errno == EINTR { continue }
      if count < 0 { throw .unreadable(String(cString: strerror(errno))) }
      end += count
      isExhausted = count == 0
      return
    }
  }

  private func grow() throws(Fault) {
    guard memory.count < Self.longest else { throw .tooLong(line: number + 1) }
    let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: memory.count * 2, alignment: 16)
    larger.copyMemory(from: UnsafeRawBufferPointer(memory))
    memory.deallocate()
    memory = larger
  }
}

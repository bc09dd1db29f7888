import FoundationEssentials
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A transcript that is being written.
///
/// Each event goes out with one write(2) to a file opened for appending, so that a program killed
/// at any moment leaves whole lines but for the last. The file is created 0600 and locked against
/// a second writer; a symbolic link, a device or a folder in its place is refused.
public final class TranscriptFile: Sendable {
  private let state: Mutex<(descriptor: Int32, path: String)>

  /// Creates a transcript, or opens one to go on with; a torn last line is cut off.
  ///
  /// - Parameters:
  ///   - append: If false, the file must not exist yet.
  ///   - isWhole: Whether the bytes of a last line without its end are a line all the same.
  public init(
    path: String, append: Bool = false,
    isWhole: ([UInt8]) -> Bool = { (try? JSONDecoder().decode(Line.self, from: Data($0))) != nil }
  ) throws(TranscriptError) {
    // Not blocking, or a pipe in its place would wait for somebody at its other end.
    let flags = O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK
    let descriptor = open(path, flags | (append ? 0 : O_EXCL), 0o600)
    guard descriptor >= 0 else {
      throw .unwritable(file: path, reason: String(cString: strerror(errno)))
    }
    if let failure = Self.claim(descriptor, path) {
      close(descriptor)
      throw failure
    }
    state = Mutex((descriptor, path))
    if append { Self.mendLastLine(descriptor, isWhole) }
  }

  deinit {
    state.withLock { _ = close($0.descriptor) }
  }

  public var path: String { state.withLock { $0.path } }

  /// Appends one line.
  ///
  /// - Throws: `TranscriptError.unwritable` when the disk is full and the like; what a half-written
  ///   line leaves behind is cut off again.
  public func append(_ line: Line) throws(TranscriptError) {
    try append(line.encoded())
  }

  /// Appends the bytes of one line, its line end among them; as the other.
  public func append(_ bytes: [UInt8]) throws(TranscriptError) {
    let failure: (path: String, reason: String)? = state.withLock { state in
      let before = lseek(state.descriptor, 0, SEEK_END)
      var written = 0
      while written < bytes.count {
        let count = bytes[written...].withUnsafeBytes {
          write(state.descriptor, $0.baseAddress, $0.count)
        }
        if count < 0 && errno == EINTR { continue }
        if count <= 0 {
          let reason = String(cString: strerror(errno))
          if before >= 0 { _ = ftruncate(state.descriptor, before) }
          return (state.path, reason)
        }
        written += count
      }
      return nil
    }
    if let failure { throw .unwritable(file: failure.path, reason: failure.reason) }
  }

  /// Gives the file another name in its folder; refuses one that is taken.
  public func rename(to path: String) throws(TranscriptError) {
    let failure: TranscriptError? = state.withLock { state in
      guard link(state.path, path) == 0 else {
        if errno == EEXIST { return .taken(name: Self.name(of: path)) }
        return .unwritable(file: path, reason: String(cString: strerror(errno)))
      }
      _ = unlink(state.path)
      state.path = path
      return nil
    }
    if let failure { throw failure }
  }

  /// What a transcript's file is called without its ending.
  private static func name(of path: String) -> String {
    let file = path.split(separator: "/").last ?? ""
    return String(file.hasSuffix(".jsonl") ? file.dropLast(6) : file)
  }

  /// Makes sure that the file is a plain one, private and nobody else's to write.
  private static func claim(_ descriptor: Int32, _ path: String) -> TranscriptError? {
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      return .unwritable(file: path, reason: "it is no plain file")
    }
    if flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      if errno == EWOULDBLOCK { return .inUse(file: path) }
      return .unwritable(file: path, reason: "no lock: \(String(cString: strerror(errno)))")
    }
    fchmod(descriptor, 0o600)
    return nil
  }

  /// Cuts off what stands after the last line end, or ends it if only its line end is missing.
  private static func mendLastLine(_ descriptor: Int32, _ isWhole: ([UInt8]) -> Bool) {
    let size = lseek(descriptor, 0, SEEK_END)
    var start = size
    var tail: [UInt8] = []
    while start > 0 {
      let count = min(Int(start), 65_536)
      var block = [UInt8](repeating: 0, count: count)
      guard pread(descriptor, &block, count, start - off_t(count)) == count else { return }
      if let end = block.lastIndex(of: UInt8(ascii: "\n")) {
        tail = block[(end + 1)...] + tail
        break
      }
      tail = block + tail
      start -= off_t(count)
    }
    if tail.isEmpty { return }
    if isWhole(tail) {
      _ = write(descriptor, "\n", 1)
    } else {
      _ = ftruncate(descriptor, size - off_t(tail.count))
    }
  }
}

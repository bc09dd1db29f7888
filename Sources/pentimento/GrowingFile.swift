#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A file that is written from its beginning to its end and can be read back meanwhile.
final class GrowingFile {
  let path: String
  private let descriptor: Int32
  private var pending: [UInt8] = []
  private var written = 0

  /// Creates the file, or empties it; `keeping` goes on at its end instead.
  init(path: String, keeping: Bool = false) throws(Failure) {
    self.path = path
    let flags = O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | (keeping ? 0 : O_TRUNC)
    descriptor = open(path, flags, 0o644)
    guard descriptor >= 0 else { throw Self.failure(path) }
    written = max(0, Int(lseek(descriptor, 0, SEEK_END)))
  }

  deinit { close(descriptor) }

  /// How long it is, with what is not written yet.
  var count: Int { written + pending.count }

  /// Adds to the end; it reaches the file when enough has come together.
  func append(_ text: String) throws(Failure) {
    pending += text.utf8
    if pending.count > 1 << 18 { try flush() }
  }

  func flush() throws(Failure) {
    var start = 0
    while start < pending.count {
      let count = pending[start...].withUnsafeBytes {
        pwrite(descriptor, $0.baseAddress, $0.count, off_t(written))
      }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { throw Self.failure(path) }
      start += count
      written += count
    }
    pending.removeAll(keepingCapacity: true)
  }

  /// Some of its bytes; all of them must be there.
  func read(_ range: Range<Int>) throws(Failure) -> [UInt8] {
    if range.upperBound > written { try flush() }
    var bytes = [UInt8](repeating: 0, count: range.count)
    var start = 0
    while start < bytes.count {
      let count = bytes[start...].withUnsafeMutableBytes {
        pread(descriptor, $0.baseAddress, $0.count, off_t(range.lowerBound + start))
      }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { throw Self.failure(path) }
      start += count
    }
    return bytes
  }

  /// Cuts off everything from `count` on.
  func truncate(to count: Int) throws(Failure) {
    try flush()
    guard ftruncate(descriptor, off_t(count)) == 0 else { throw Self.failure(path) }
    written = count
  }

  /// Writes everything and gives the file its final name, in the place of one that has it.
  func finish(as name: String) throws(Failure) {
    try flush()
    guard fsync(descriptor) == 0, rename(path, name) == 0 else { throw Self.failure(name) }
  }

  private static func failure(_ path: String) -> Failure {
    Failure(.files, "cannot write \(path): \(String(cString: strerror(errno)))")
  }
}

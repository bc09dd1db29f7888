#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Files for their owner alone.
///
/// A new one has mode 0600 from its first byte, whatever the umask; one that is there with wider
/// rights is tightened before anything is written to it, and refused if that fails. A symbolic
/// link is not followed; a folder, a pipe or a device is refused.
public enum PrivateFile {
  /// Why a file cannot be used, in the system's words or in ours.
  public struct Refusal: Error, Hashable {
    public let reason: String

    init(_ reason: String) { self.reason = reason }

    /// What the last failed call left behind.
    static var last: Refusal { Refusal(errno: errno) }

    init(errno number: Int32) {
      reason =
        number == ELOOP
        ? "it is a symbolic link, and none is followed" : String(cString: strerror(number))
    }
  }

  /// Opens a file that is to be written to.
  ///
  /// - Parameter flags: Besides those that keep it private.
  /// - Returns: A descriptor that children do not inherit; the caller's to close.
  public static func open(_ path: String, _ flags: Int32) throws(Refusal) -> Int32 {
    // Not blocking, or a pipe in its place would wait for somebody at its other end.
    let descriptor = systemOpen(path, flags | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard descriptor >= 0 else { throw .last }
    do throws(Refusal) {
      try claim(descriptor)
    } catch {
      close(descriptor)
      throw error
    }
    return descriptor
  }

  private static func claim(_ descriptor: Int32) throws(Refusal) {
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw Refusal("it is no plain file")
    }
    guard status.st_mode & 0o7777 != 0o600, fchmod(descriptor, 0o600) != 0 else { return }
    throw Refusal("others can read it, and its mode cannot be changed (\(Refusal.last.reason))")
  }

  /// Writes all bytes, with one write(2) unless the disk takes only some of them.
  static func write(_ bytes: [UInt8], to descriptor: Int32) throws(Refusal) {
    var written = 0
    while written < bytes.count {
      let count = bytes[written...].withUnsafeBytes {
        systemWrite(descriptor, $0.baseAddress, $0.count)
      }
      if count < 0 && errno == EINTR { continue }
      // Nothing taken and no error: there is no telling why.
      guard count > 0 else { throw count < 0 ? .last : Refusal("nothing was written") }
      written += count
    }
  }
}

private func systemOpen(_ path: String, _ flags: Int32) -> Int32 { open(path, flags, 0o600) }

private func systemWrite(_ descriptor: Int32, _ start: UnsafeRawPointer?, _ count: Int) -> Int {
  write(descriptor, start, count)
}

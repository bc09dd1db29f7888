#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Stdin, stdout and stderr as the program finds them.
enum StandardDescriptors {
  /// Puts something in the place of those that are closed: else the next file to be opened, such as
  /// a transcript, would be taken for one of them.
  ///
  /// It cannot be used the way the closed one would be, so that using it fails all the same.
  static func occupy() {
    for number in STDIN_FILENO...STDERR_FILENO where fcntl(number, F_GETFD) < 0 {
      // The lowest number that is free is this one.
      _ = open("/dev/null", number == STDIN_FILENO ? O_WRONLY : O_RDONLY)
    }
  }

  /// Why nothing can be read from stdin, or `nil`: it may be a folder, or closed.
  static var inputFault: String? {
    var byte: UInt8 = 0
    guard read(STDIN_FILENO, &byte, 0) < 0, errno != EINTR, errno != EAGAIN else { return nil }
    return "cannot read stdin: \(String(cString: strerror(errno)))"
  }
}

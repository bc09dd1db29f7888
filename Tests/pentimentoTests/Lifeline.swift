import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A pipe that a program and all that it starts hold open: without a writer, all of them have ended.
final class Lifeline {
  private let path: String
  private let reader: Int32

  init(in folder: String) throws {
    path = "\(folder)/lifeline"
    unlink(path)
    try #require(mkfifo(path, 0o600) == 0)
    reader = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    try #require(reader >= 0)
  }

  deinit { close(reader) }

  /// Words of a command that holds it and runs the words behind it.
  var launcher: [String] { ["/bin/sh", "-c", "exec 9>\"$1\"; shift; exec \"$@\"", "sh", path] }

  /// Waits until the last writer has ended.
  func isOver() -> Bool {
    var entry = pollfd(fd: reader, events: Int16(POLLIN), revents: 0)
    while poll(&entry, 1, 30_000) < 0, errno == EINTR {}
    return entry.revents & Int16(POLLHUP) != 0
  }
}

import Typeset

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Writes all bytes to a descriptor, waiting while it can take none.
///
/// - Returns: 0, or the number of the error that kept the rest from it.
@discardableResult
func writeAll(_ bytes: some Collection<UInt8>, to descriptor: Int32) -> Int32 {
  var rest = Array(bytes)[...]
  while !rest.isEmpty {
    let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    if count > 0 {
      rest = rest.dropFirst(count)
    } else if errno == EAGAIN {
      var entry = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
      _ = poll(&entry, 1, -1)
    } else if errno != EINTR {
      return errno
    }
  }
  return 0
}

/// Writes a line about the program to stderr; what a file or a server put into it is made safe.
/// Where it cannot go, nobody can be told.
func complain(_ text: String) {
  writeAll("pentimento: \(Gate.safe(text))\n".utf8, to: STDERR_FILENO)
}

/// Writes a text to stdout, whole. A reader that has gone away ends the program quietly, as `head`
/// expects; anything else that keeps the text from where it was sent ends it with words.
func writeOutput(_ text: String) {
  let number = writeAll(text.utf8, to: STDOUT_FILENO)
  if number == 0 { return }
  if number == EPIPE { Ending.exit(.fine) }
  var status = stat()
  // A terminal that is closed sends a signal, which ends the program in good order.
  if number == EIO, fstat(STDOUT_FILENO, &status) == 0, status.st_mode & S_IFMT == S_IFCHR {
    return
  }
  complain("cannot write to stdout: \(String(cString: strerror(number)))")
  Ending.exit(.files)
}

/// Prints a line on stdout, as `writeOutput` does.
func printLine(_ text: String) { writeOutput(text + "\n") }

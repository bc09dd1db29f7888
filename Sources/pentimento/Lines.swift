import Typeset

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Writes a line to a file descriptor, whole; a reader that has gone away is no fault of ours.
func writeLine(_ text: String, to descriptor: Int32) {
  var bytes = Array((text + "\n").utf8)[...]
  while !bytes.isEmpty {
    let count = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    if count > 0 {
      bytes = bytes.dropFirst(count)
    } else if errno != EINTR {
      return
    }
  }
}

/// Writes a line about the program to stderr; what a file or a server put into it is made safe.
func complain(_ text: String) {
  writeLine("pentimento: " + Gate.safe(text), to: STDERR_FILENO)
}

/// Writes a text to stdout, whole. A reader that has gone away ends the program quietly, as `head`
/// expects; anything else that keeps the text from where it was sent ends it with words.
func writeOutput(_ text: String) {
  var bytes = Array(text.utf8)[...]
  while !bytes.isEmpty {
    let count = bytes.withUnsafeBytes { write(STDOUT_FILENO, $0.baseAddress, $0.count) }
    if count > 0 {
      bytes = bytes.dropFirst(count)
    } else if errno == EPIPE {
      Ending.exit(.fine)
    } else if errno != EINTR && errno != EAGAIN {
      let number = errno
      var status = stat()
      // A terminal that is closed sends a signal, which ends the program in good order.
      if number == EIO, fstat(STDOUT_FILENO, &status) == 0, status.st_mode & S_IFMT == S_IFCHR {
        return
      }
      complain("cannot write to stdout: \(String(cString: strerror(number)))")
      Ending.exit(.files)
    }
  }
}

/// Prints a line on stdout, as `writeOutput` does.
func printLine(_ text: String) { writeOutput(text + "\n") }

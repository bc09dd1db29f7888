#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Lets the person edit `text` in `$VISUAL`, else `$EDITOR`, else vi.
///
/// The command is the shell's, so it may have options. It gets a file of mode 0600 in `$TMPDIR`
/// (else /tmp), which is removed afterwards.
///
/// - Returns: The file's text without line ends at its end; `nil` if the command failed.
func edited(_ text: String) -> String? {
  let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
  var path = Array("\(folder)/entry-XXXXXX".utf8CString)
  let descriptor = mkstemp(&path)
  guard descriptor >= 0 else { return nil }
  defer {
    close(descriptor)
    unlink(path)
  }
  let bytes = Array((text + "\n").utf8)
  guard write(descriptor, bytes, bytes.count) == bytes.count else { return nil }
  guard run(shellCommand: "\(editorCommand) \"$1\"", argument: path) == 0 else { return nil }
  // Opened again: an editor may have put another file in its place.
  let written = open(path, O_RDONLY | O_CLOEXEC)
  guard written >= 0 else { return nil }
  defer { close(written) }
  var content: [UInt8] = []
  var chunk = [UInt8](repeating: 0, count: 1 << 16)
  while case let count = read(written, &chunk, chunk.count), count > 0 {
    content += chunk.prefix(count)
  }
  let lines = String(decoding: content.filter { $0 != 0 }, as: UTF8.self)
  return String(lines.reversed().drop { $0.isNewline }.reversed())
}

private var editorCommand: String {
  for name in ["VISUAL", "EDITOR"] {
    if let value = getenv(name), value.pointee != 0 { return String(cString: value) }
  }
  return "vi"
}

/// Runs `sh -c command sh argument` with signals as a new process has them, and waits for it.
///
/// - Returns: The exit status as `waitpid` gives it, or -1.
private func run(shellCommand command: String, argument: [CChar]) -> Int32 {
  var attributes = posix_spawnattr_t()
  posix_spawnattr_init(&attributes)
  defer { posix_spawnattr_destroy(&attributes) }
  var none = sigset_t()
  var changed = sigset_t()
  sigemptyset(&none)
  sigemptyset(&changed)
  for number in [SIGINT, SIGQUIT, SIGTERM, SIGHUP, SIGPIPE, SIGXFSZ, SIGTSTP, SIGCONT, SIGWINCH] {
    sigaddset(&changed, number)
  }
  posix_spawnattr_setsigmask(&attributes, &none)
  posix_spawnattr_setsigdefault(&attributes, &changed)
  posix_spawnattr_setflags(
    &attributes, Int16(POSIX_SPAWN_SETSIGMASK) | Int16(POSIX_SPAWN_SETSIGDEF))
  let words = ["sh", "-c", command, "sh"].map { Array($0.utf8CString) } + [argument]
  let arguments = words.map { strdup($0) } + [nil]
  defer { for argument in arguments { free(argument) } }
  var child = pid_t()
  guard posix_spawn(&child, "/bin/sh", nil, &attributes, arguments, environ) == 0 else { return -1 }
  var status: Int32 = -1
  while waitpid(child, &status, 0) < 0 {
    if errno != EINTR { return -1 }
  }
  return status
}

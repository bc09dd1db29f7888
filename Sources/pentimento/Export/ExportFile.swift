#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A file that a person named for what the program writes, or stdout.
///
/// It is written beside its place and put there when it is whole: what was there before stays until
/// then, and for good if anything fails. No symbolic link is followed.
final class ExportFile {
  private let path: String?
  private let replaces: Bool
  private let mode: mode_t
  private var descriptor: Int32 = -1
  /// Where it lies until it is whole; `nil` if it needs no such place.
  private var draft: String?

  /// - Parameters:
  ///   - path: `nil` is stdout.
  ///   - replaces: Whether a file that is there is written over.
  ///   - isPrivate: Whether it is for its owner alone, whatever the umask; a session is.
  init(path: String?, replaces: Bool = false, isPrivate: Bool = true) {
    self.path = path
    self.replaces = replaces
    mode = isPrivate ? 0o600 : 0o666
    if path == nil { descriptor = STDOUT_FILENO }
  }

  deinit { close() }

  /// Writes a text; the first one makes the file.
  func write(_ text: String) throws(Failure) {
    try open()
    guard path != nil else { return writeOutput(text) }
    let number = writeAll(text.utf8, to: descriptor)
    if number != 0 { throw failure(String(cString: strerror(number))) }
  }

  /// Puts the file in its place.
  func finish() throws(Failure) {
    guard let path, descriptor >= 0 else { return }
    if let draft {
      guard fsync(descriptor) == 0 else { throw failure() }
      if replaces {
        guard rename(draft, path) == 0 else { throw failure() }
      } else {
        guard link(draft, path) == 0 else { throw errno == EEXIST ? taken : failure() }
        unlink(draft)
      }
      self.draft = nil
    }
    close()
  }

  /// Gives up what is not finished.
  private func close() {
    guard path != nil, descriptor >= 0 else { return }
    if let draft { unlink(draft) }
    _ = systemClose(descriptor)
    descriptor = -1
  }

  private func open() throws(Failure) {
    guard descriptor < 0, let path else { return }
    var status = stat()
    let isThere = lstat(path, &status) == 0
    if isThere, !replaces { throw taken }
    switch isThere ? status.st_mode & S_IFMT : S_IFREG {
    case S_IFREG:
      let draft = "\(path).\(getpid()).part"
      unlink(draft)
      descriptor = systemOpen(draft, O_CREAT | O_EXCL, mode)
      if descriptor >= 0 { self.draft = draft }
    // A device or a pipe takes the words as they come.
    case S_IFLNK: throw failure("it is a symbolic link, and none is followed")
    case S_IFDIR: throw failure("it is a folder")
    default: descriptor = systemOpen(path, 0, mode)
    }
    if descriptor < 0 { throw failure() }
    if draft != nil, mode == 0o600 { fchmod(descriptor, mode) }
  }

  private var taken: Failure {
    Failure(.files, "\(path ?? "") is there already; choose another name or add --force")
  }

  private func failure(_ reason: String = String(cString: strerror(errno))) -> Failure {
    Failure(
      .files, "cannot write \(path ?? "stdout"): \(reason); mend that or choose another file")
  }
}

private func systemOpen(_ path: String, _ flags: Int32, _ mode: mode_t) -> Int32 {
  open(path, O_WRONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | flags, mode)
}

private func systemClose(_ descriptor: Int32) -> Int32 { close(descriptor) }

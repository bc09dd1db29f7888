// What one program writes down about its server, so that another can use it. Both files are for
// their owner alone from the first byte: the state holds the key.

import FoundationEssentials

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A running server, as its owner describes it.
struct ServerState: Codable, Hashable, Sendable {
  var url: String
  var key: String
  /// The server's process.
  var pid: Int32
  /// What identifies its model.
  var model: String
  /// Seconds since 1970.
  var started: Int

  /// - Returns: `nil` if there is none, or none that can be understood.
  static func read(_ path: String) -> ServerState? {
    guard let file = try? Descriptor.open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK),
      file.isPrivate,
      let bytes = try? file.read(upTo: 64 << 10),
      let state = try? JSONDecoder().decode(ServerState.self, from: Data(bytes)),
      let base = try? BaseURL(reading: state.url), base.isLoopback, state.pid > 1
    else { return nil }
    return state
  }

  /// Replaces the file in one step, so that a reader finds the old or the new one.
  func write(_ path: String) throws(SystemError) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let bytes = try? encoder.encode(self) else { throw SystemError(number: EINVAL) }
    // Only who holds the server's lock writes, so what has this name is left from a crash.
    let draft = path + ".part"
    unlink(draft)
    do throws(SystemError) {
      let file = try Descriptor.open(draft, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW)
      try file.write(Array(bytes))
      guard rename(draft, path) == 0 else { throw .last }
    } catch {
      unlink(draft)
      throw error
    }
  }

  /// Whether its process lives.
  var isAlive: Bool { kill(pid, 0) == 0 || errno == EPERM }
}

extension Descriptor {
  /// Opens one of the server's files, for its owner alone also if it was there with wider rights.
  static func openPrivate(_ path: String, _ flags: Int32) throws(SystemError) -> Descriptor {
    let file = try open(path, flags | O_CREAT | O_NOFOLLOW)
    guard fchmod(file.number, 0o600) == 0 else { throw .last }
    return file
  }

  /// Whether it is a plain file that nobody but this user can have written.
  fileprivate var isPrivate: Bool {
    var status = stat()
    return fstat(number, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
      && status.st_uid == geteuid() && status.st_mode & 0o077 == 0
  }

  /// Makes a folder, and those above it that are missing, for its owner alone; one that is there
  /// with wider rights is tightened.
  static func makeFolder(_ path: String) throws(SystemError) {
    try makeFolders(path)
    var status = stat()
    guard stat(path, &status) == 0 else { throw .last }
    guard status.st_mode & 0o777 == 0o700 || chmod(path, 0o700) == 0 else { throw .last }
  }

  private static func makeFolders(_ path: String) throws(SystemError) {
    if mkdir(path, 0o700) == 0 || errno == EEXIST { return }
    guard errno == ENOENT, let slash = path.lastIndex(of: "/"), slash > path.startIndex else {
      throw .last
    }
    try makeFolders(String(path[..<slash]))
    guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw .last }
  }

  /// Takes the lock that only one program can hold, if it is free.
  func lock() throws(SystemError) -> Bool {
    if flock(number, LOCK_EX | LOCK_NB) == 0 { return true }
    guard errno == EWOULDBLOCK else { throw .last }
    return false
  }
}

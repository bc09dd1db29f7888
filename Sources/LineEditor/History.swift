#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Entries of earlier sessions, kept in an append-only file of one JSON string a line.
///
/// An entry is written with one `write` to a descriptor opened with `O_APPEND`, so several
/// processes may share the file; each sees what the others wrote when it starts next. Lines that
/// are not a JSON string are skipped. The file is never rewritten: of one longer than 1 MiB, only
/// the last part is read.
public struct History: Sendable {
  /// Why the file could not be read or written.
  public enum Failure: Error, Hashable, CustomStringConvertible {
    /// `path` could not be opened, read or written; `reason` is the system's text.
    case unusable(path: String, reason: String)

    public var description: String {
      switch self {
      case .unusable(let path, let reason):
        "the history \(path) cannot be used (\(reason)); this session's entries are not kept"
      }
    }
  }

  private static let longestRead = 1 << 20

  /// The entries, oldest first, each once.
  public private(set) var entries: [String] = []

  private let path: String?
  private let limit: Int

  /// - Parameters:
  ///   - file: Made on the first `record`, with mode 0600, in a folder made with mode 0700; `nil`
  ///     keeps the entries in memory only.
  ///   - limit: How many entries are kept in memory, at least 1.
  public init(file: String?, limit: Int = 1000) {
    precondition(limit > 0)
    path = file
    self.limit = limit
  }

  /// Reads the file; one that does not exist is empty.
  public mutating func load() throws(Failure) {
    guard let path else { return }
    if access(path, F_OK) != 0 && errno == ENOENT { return }
    let descriptor = try opened(path, O_RDONLY)
    defer { close(descriptor) }
    let length = Int(lseek(descriptor, 0, SEEK_END))
    let start = max(0, length - Self.longestRead)
    var bytes = [UInt8](repeating: 0, count: length - start)
    let count = bytes.withUnsafeMutableBytes {
      pread(descriptor, $0.baseAddress, $0.count, off_t(start))
    }
    if count < 0 { throw failure(path) }
    var lines = bytes.prefix(count).split(separator: UInt8(ascii: "\n"))
    if start > 0 { lines.removeFirst() }
    entries = newest(of: lines) + entries
  }

  /// Keeps an entry, in memory and in the file, as the newest; an older equal one goes.
  ///
  /// An entry that is empty or begins with a space is not kept.
  public mutating func record(_ entry: String) throws(Failure) {
    if entry.hasPrefix(" ") || entry.allSatisfy(\.isWhitespace) || entry.contains("\0") { return }
    let isRepeated = entries.last == entry
    entries.removeAll { $0 == entry }
    entries.append(entry)
    if entries.count > limit { entries.removeFirst(entries.count - limit) }
    if !isRepeated { try append(jsonString(entry) + "\n") }
  }

  /// The newest `limit` different entries of `lines`, oldest first.
  private func newest(of lines: [ArraySlice<UInt8>]) -> [String] {
    var seen: Set<String> = []
    var newestFirst: [String] = []
    for line in lines.reversed() where newestFirst.count < limit {
      guard let entry = text(ofJSONString: line), !entry.isEmpty, !entry.contains("\0") else {
        continue
      }
      if seen.insert(entry).inserted { newestFirst.append(entry) }
    }
    return newestFirst.reversed()
  }

  private func append(_ line: String) throws(Failure) {
    guard let path else { return }
    makeFolder(above: path)
    let descriptor = try opened(path, O_RDWR | O_CREAT | O_APPEND)
    defer { close(descriptor) }
    // A line that an earlier process could not finish must not swallow this one.
    var last: UInt8 = 0
    let length = lseek(descriptor, 0, SEEK_END)
    let isTorn =
      length > 0 && pread(descriptor, &last, 1, length - 1) == 1 && last != UInt8(ascii: "\n")
    var bytes = Array((isTorn ? "\n" + line : line).utf8)
    let count = write(descriptor, &bytes, bytes.count)
    if count < 0 { throw failure(path) }
    if count < bytes.count { throw .unusable(path: path, reason: "the disk is full") }
  }

  /// Opens the file for its owner alone; a symbolic link, a folder or a pipe in its place is
  /// refused, and wider rights are taken away.
  private func opened(_ path: String, _ flags: Int32) throws(Failure) -> Int32 {
    // Not blocking, or a pipe in its place would wait for somebody at its other end.
    let descriptor = open(path, flags | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0o600)
    guard descriptor >= 0 else {
      if errno == ELOOP { throw .unusable(path: path, reason: "it is a symbolic link") }
      throw failure(path)
    }
    var status = stat()
    let isPlain = fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    if isPlain, status.st_mode & 0o7777 == 0o600 || fchmod(descriptor, 0o600) == 0 {
      return descriptor
    }
    let reason = isPlain ? "others can read it" : "it is no plain file"
    close(descriptor)
    throw .unusable(path: path, reason: reason)
  }

  /// Makes the folders above the file; what is wrong with them shows when the file is opened.
  private func makeFolder(above path: String) {
    for end in path.indices.dropFirst() where path[end] == "/" {
      mkdir(String(path[..<end]), 0o700)
    }
  }

  private func failure(_ path: String) -> Failure {
    .unusable(path: path, reason: String(cString: strerror(errno)))
  }
}

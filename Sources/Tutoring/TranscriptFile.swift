import FoundationEssentials
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A transcript, or another file of JSON lines, that is being written.
///
/// Each line goes out with one write(2) to a file opened for appending, so that a program killed at
/// any moment leaves whole lines but for the last. The file is a `PrivateFile`, locked against a
/// second writer, and after each line it is looked for: one that was removed or replaced meanwhile
/// takes lines that nobody will find.
public final class TranscriptFile: Sendable {
  private struct State {
    let descriptor: Int32
    var path: String
    /// What tells the file from another of its name.
    let device: dev_t
    let number: ino_t

    init(_ descriptor: Int32, _ path: String) {
      self.descriptor = descriptor
      self.path = path
      var status = stat()
      fstat(descriptor, &status)
      (device, number) = (status.st_dev, status.st_ino)
    }

    /// Whether the file still has its name.
    var isInPlace: Bool {
      var status = stat()
      return lstat(path, &status) == 0 && status.st_dev == device && status.st_ino == number
    }
  }
  private let state: Mutex<State>

  /// Creates a file, or opens one to go on with; a torn last line is cut off.
  ///
  /// - Parameter append: If false, the file must not exist yet.
  /// - Throws: `TranscriptError.foreign` for a file that cannot be one of ours: nothing is cut off
  ///   from a text that somebody wrote.
  public init(path: String, append: Bool = false) throws(TranscriptError) {
    let descriptor = try Self.open(path, append ? O_CREAT : O_CREAT | O_EXCL)
    state = Mutex(State(descriptor, path))
    if append { try Self.mendLastLine(descriptor, path) }
  }

  /// Creates a transcript that has its first line from the moment it has its name, so that none is
  /// ever without.
  public init(path: String, beginning line: Line) throws(TranscriptError) {
    let draft = "\(path).\(getpid()).part"
    unlink(draft)
    let descriptor: Int32
    do throws(TranscriptError) {
      descriptor = try Self.open(draft, O_CREAT | O_EXCL)
    } catch {
      throw error.naming(path)
    }
    state = Mutex(State(descriptor, draft))
    do throws(TranscriptError) {
      try append(line)
      try rename(to: path)
    } catch {
      unlink(draft)
      throw error.naming(path)
    }
  }

  deinit {
    state.withLock { _ = close($0.descriptor) }
  }

  public var path: String { state.withLock { $0.path } }

  /// Appends one line.
  ///
  /// - Throws: `TranscriptError.unwritable` when the disk is full and the like; what a half-written
  ///   line leaves behind is cut off again. `TranscriptError.gone` when the file has lost its name.
  public func append(_ line: Line) throws(TranscriptError) {
    try append(line.encoded())
  }

  /// Appends the bytes of one line, its line end among them; as the other.
  public func append(_ bytes: [UInt8]) throws(TranscriptError) {
    let failure: TranscriptError? = state.withLock { state in
      let before = lseek(state.descriptor, 0, SEEK_END)
      do throws(PrivateFile.Refusal) {
        try PrivateFile.write(bytes, to: state.descriptor)
      } catch {
        if before >= 0 { _ = ftruncate(state.descriptor, before) }
        return .unwritable(file: state.path, reason: error.reason)
      }
      return state.isInPlace ? nil : .gone(file: state.path)
    }
    if let failure { throw failure }
  }

  /// Gives the file another name in its folder; refuses one that is taken.
  public func rename(to path: String) throws(TranscriptError) {
    let failure: TranscriptError? = state.withLock { state in
      guard link(state.path, path) == 0 else {
        if errno == EEXIST { return .taken(name: Self.name(of: path)) }
        return .unwritable(file: path, reason: String(cString: strerror(errno)))
      }
      _ = unlink(state.path)
      state.path = path
      return nil
    }
    if let failure { throw failure }
  }

  /// What a transcript's file is called without its ending.
  private static func name(of path: String) -> String {
    let file = path.split(separator: "/").last ?? ""
    return String(file.hasSuffix(".jsonl") ? file.dropLast(6) : file)
  }

  /// Opens a file that is private and nobody else's to write.
  private static func open(_ path: String, _ flags: Int32) throws(TranscriptError) -> Int32 {
    let descriptor: Int32
    do throws(PrivateFile.Refusal) {
      descriptor = try PrivateFile.open(path, O_RDWR | O_APPEND | flags)
    } catch {
      throw .unwritable(file: path, reason: error.reason)
    }
    if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return descriptor }
    let number = errno
    close(descriptor)
    if number == EWOULDBLOCK { throw .inUse(file: path) }
    throw .unwritable(file: path, reason: "no lock: \(String(cString: strerror(number)))")
  }
}

extension TranscriptFile {
  /// Cuts off what stands after the last line end, or ends it if only its line end is missing.
  private static func mendLastLine(
    _ descriptor: Int32, _ path: String
  ) throws(TranscriptError) {
    var failure: TranscriptError {
      .unwritable(file: path, reason: String(cString: strerror(errno)))
    }
    let size = lseek(descriptor, 0, SEEK_END)
    if size == 0 { return }
    guard let first = bytes(descriptor, 0, 1), let start = lastLine(descriptor, size) else {
      throw failure
    }
    // Blocks that never reached the disk are read as zeros.
    guard first == Array("{".utf8) || first == [0] else { throw .foreign(file: path) }
    if start == size { return }
    // A line that was torn is no JSON: of an object only all of it is.
    var isWhole = false
    if size - start <= off_t(FileLines.longest) {
      guard let tail = bytes(descriptor, start, Int(size - start)) else { throw failure }
      isWhole = (try? JSONDecoder().decode(JSONValue.self, from: Data(tail))) != nil
    }
    let isMended = isWhole ? write(descriptor, "\n", 1) == 1 : ftruncate(descriptor, start) == 0
    guard isMended else { throw failure }
  }

  /// Where the line begins that the file ends with; `nil` if it cannot be read.
  private static func lastLine(_ descriptor: Int32, _ size: off_t) -> off_t? {
    var start = size
    while start > 0 {
      let count = min(Int(start), 65_536)
      guard let block = bytes(descriptor, start - off_t(count), count) else { return nil }
      start -= off_t(count)
      if let end = block.lastIndex(of: UInt8(ascii: "\n")) { return start + off_t(end) + 1 }
    }
    return 0
  }

  private static func bytes(_ descriptor: Int32, _ start: off_t, _ count: Int) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: count)
    return pread(descriptor, &bytes, count, start) == count ? bytes : nil
  }
}

extension TranscriptError {
  /// The same of the file that is meant, in the place of a draft of it.
  fileprivate func naming(_ path: String) -> TranscriptError {
    if case .unwritable(_, let reason) = self {
      .unwritable(file: path, reason: reason)
    } else {
      self
    }
  }
}

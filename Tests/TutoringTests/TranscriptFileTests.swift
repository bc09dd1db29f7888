import FoundationEssentials
import Testing

@testable import Tutoring

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite(.serialized)
struct TranscriptFileTests {
  private static let header = Line(at: 0, event: .session(TranscriptTests.header))
  private static let note = Line(at: 1, event: .note("a note"))

  private static func bytes(_ path: String) -> [UInt8] {
    FileManager.default.contents(atPath: path).map(Array.init) ?? []
  }

  private static func put(_ bytes: [UInt8], at path: String) throws {
    try Data(bytes).write(to: URL(filePath: path))
  }

  private static func mode(_ path: String) -> mode_t {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_mode & 0o777 : 0
  }

  @Test func `lines are in the file once they are appended`() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/t.jsonl"
      let file = try TranscriptFile(path: path)
      try file.append(Self.header)
      #expect(Self.bytes(path) == Self.header.encoded())
      try file.append(Self.note)
      #expect(try Transcript(file: path).lines == [Self.header, Self.note])
      #expect(file.path == path)
    }
  }

  @Test func `a transcript is private, whatever it was before`() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/t.jsonl"
      _ = try TranscriptFile(path: path)
      #expect(Self.mode(path) == 0o600)
      chmod(path, 0o644)
      _ = try TranscriptFile(path: path, append: true)
      #expect(Self.mode(path) == 0o600)
    }
  }

  @Test func `a transcript has one writer at a time`() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/t.jsonl"
      let file = try TranscriptFile(path: path)
      #expect(throws: TranscriptError.inUse(file: path)) {
        _ = try TranscriptFile(path: path, append: true)
      }
      try file.append(Self.header)
    }
  }

  @Test func `the lock ends with its writer`() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/t.jsonl"
      try TranscriptFile(path: path).append(Self.header)
      try TranscriptFile(path: path, append: true).append(Self.note)
      #expect(try Transcript(file: path).lines == [Self.header, Self.note])
    }
  }

  @Test func `a new transcript replaces nothing`() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/t.jsonl"
      try Self.put(Self.header.encoded(), at: path)
      #expect(throws: TranscriptError.unwritable(file: path, reason: "File exists")) {
        _ = try TranscriptFile(path: path)
      }
      #expect(Self.bytes(path) == Self.header.encoded())
    }
  }

  @Test(arguments: [0, 1, 10, 65_535, 65_536, 65_537, 200_000])
  func `a torn last line is cut off before anything is appended`(length: Int) throws {
    try withTemporaryFolder { folder in
      let path = folder + "/t.jsonl"
      let torn = [UInt8](repeating: UInt8(ascii: "x"), count: length)
      try Self.put(Self.header.encoded() + torn, at: path)
      try TranscriptFile(path: path, append: true).append(Self.note)
      #expect(Self.bytes(path) == Self.header.encoded() + Self.note.encoded())
    }
  }

  @Test func `a file that is nothing but a torn line becomes empty`() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/t.jsonl"
      try Self.put([UInt8](repeating: 0, count: 70_000), at: path)
      try TranscriptFile(path: path, append: true).append(Self.header)
      #expect(Self.bytes(path) == Self.header.encoded())
    }
  }

  @Test func `a last line that lacks only its line end is kept`() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/t.jsonl"
      try Self.put(Self.header.encoded() + Self.note.encoded().dropLast(), at: path)
      try TranscriptFile(path: path, append: true).append(Self.note)
      #expect(try Transcript(file: path).lines == [Self.header, Self.note, Self.note])
    }
  }

  @Test func `a symbolic link is refused, and so is what is no plain file`() throws {
    try withTemporaryFolder { folder in
      let target = folder + "/target"
      let path = folder + "/link.jsonl"
      try Self.put([], at: target)
      #expect(symlink(target, path) == 0)
      for append in [true, false] {
        #expect(throws: TranscriptError.self) { _ = try TranscriptFile(path: path, append: append) }
      }
      let pipe = folder + "/pipe"
      #expect(mkfifo(pipe, 0o600) == 0)
      #expect(throws: TranscriptError.unwritable(file: pipe, reason: "it is no plain file")) {
        _ = try TranscriptFile(path: pipe, append: true)
      }
      #expect(throws: TranscriptError.self) { _ = try TranscriptFile(path: folder, append: true) }
      let nowhere = folder + "/none/t.jsonl"
      #expect(
        throws: TranscriptError.unwritable(file: nowhere, reason: "No such file or directory")
      ) { _ = try TranscriptFile(path: nowhere) }
    }
  }

  @Test func `a transcript has its first line from the moment it has its name`() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/t.jsonl"
      let file = try TranscriptFile(path: path, beginning: Self.header)
      #expect(Self.bytes(path) == Self.header.encoded() && file.path == path)
      try file.append(Self.note)
      #expect(try Transcript(file: path).lines == [Self.header, Self.note])
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["t.jsonl"])
      #expect(throws: TranscriptError.taken(name: "t")) {
        _ = try TranscriptFile(path: path, beginning: Self.header)
      }
      let nowhere = folder + "/none/t.jsonl"
      #expect(
        throws: TranscriptError.unwritable(file: nowhere, reason: "No such file or directory")
      ) { _ = try TranscriptFile(path: nowhere, beginning: Self.header) }
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["t.jsonl"])
    }
  }

  @Test(arguments: ["An essay.\nIts end", "[1,\n2", "\n", "  {\"a\""])
  func `what somebody else wrote is neither cut nor added to`(text: String) throws {
    try withTemporaryFolder { folder in
      let path = folder + "/t.jsonl"
      try Self.put(Array(text.utf8), at: path)
      #expect(throws: TranscriptError.foreign(file: path)) {
        _ = try TranscriptFile(path: path, append: true)
      }
      #expect(Self.bytes(path) == Array(text.utf8))
    }
  }

  @Test func `a file that was removed or replaced takes lines that nobody finds, which is said`()
    throws
  {
    try withTemporaryFolder { folder in
      let path = folder + "/t.jsonl"
      let file = try TranscriptFile(path: path, beginning: Self.header)
      #expect(unlink(path) == 0)
      #expect(throws: TranscriptError.gone(file: path)) { try file.append(Self.note) }
      try Self.put(Self.header.encoded(), at: path)
      #expect(throws: TranscriptError.gone(file: path)) { try file.append(Self.note) }
      #expect(Self.bytes(path) == Self.header.encoded())
    }
  }

  @Test func `a renamed transcript goes on under its new name`() throws {
    try withTemporaryFolder { folder in
      let (old, new) = (folder + "/old.jsonl", folder + "/new.jsonl")
      let file = try TranscriptFile(path: old)
      try file.append(Self.header)
      try file.rename(to: new)
      try file.append(Self.note)
      #expect(file.path == new)
      #expect(try Transcript(file: new).lines == [Self.header, Self.note])
      #expect(throws: TranscriptError.self) { _ = try Transcript(file: old) }
    }
  }

  @Test func `a name that is taken is refused`() throws {
    try withTemporaryFolder { folder in
      let (old, taken) = (folder + "/old.jsonl", folder + "/taken.jsonl")
      try Self.put(Array("mine".utf8), at: taken)
      let file = try TranscriptFile(path: old)
      #expect(throws: TranscriptError.taken(name: "taken")) {
        try file.rename(to: taken)
      }
      #expect(Self.bytes(taken) == Array("mine".utf8))
      #expect(file.path == old)
      try file.append(Self.header)
      #expect(try Transcript(file: old).lines == [Self.header])
    }
  }

  /// A file of a terabyte, nearly all of it a hole, so that the limit touches nobody else's files.
  @Test func `a line that does not fit is cut off again`() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/t.jsonl"
      let size: off_t = 1 << 40
      try Self.put([], at: path)
      guard truncate(path, size - 1) == 0 else { return }
      let descriptor = open(path, O_WRONLY | O_APPEND)
      #expect(write(descriptor, "\n", 1) == 1)
      close(descriptor)

      let file = try TranscriptFile(path: path, append: true)
      var before = rlimit()
      getrlimit(fileSizeLimit, &before)
      let handler = signal(SIGXFSZ, SIG_IGN)
      var narrow = before
      narrow.rlim_cur = rlim_t(size) + 10
      #expect(setrlimit(fileSizeLimit, &narrow) == 0)
      #expect(throws: TranscriptError.unwritable(file: path, reason: "File too large")) {
        try file.append(Self.note)
      }
      setrlimit(fileSizeLimit, &before)
      signal(SIGXFSZ, handler)

      var status = stat()
      #expect(stat(path, &status) == 0)
      #expect(status.st_size == size)
      try file.append(Self.note)
      #expect(stat(path, &status) == 0)
      #expect(Int(status.st_size) == Int(size) + Self.note.encoded().count)
    }
  }
}

#if canImport(Glibc)
  private let fileSizeLimit = __rlimit_resource_t(RLIMIT_FSIZE.rawValue)
#else
  private let fileSizeLimit = RLIMIT_FSIZE
#endif

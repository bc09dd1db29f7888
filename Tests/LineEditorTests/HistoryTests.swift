import Testing

@testable import LineEditor

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite struct HistoryTests {
  @Test func `the newest of equal entries stays`() async throws {
    try await withFolder { folder in
      var history = History(file: "\(folder)/history")
      for entry in ["a", "b", "a", "c", "b"] { try history.record(entry) }
      #expect(history.entries == ["a", "c", "b"])
      var later = History(file: "\(folder)/history")
      try later.load()
      #expect(later.entries == ["a", "c", "b"])
    }
  }

  @Test func `at most the limit is kept`() async throws {
    try await withFolder { folder in
      var history = History(file: "\(folder)/history", limit: 3)
      for entry in 1...10 { try history.record("\(entry)") }
      #expect(history.entries == ["8", "9", "10"])
      var later = History(file: "\(folder)/history", limit: 2)
      try later.load()
      #expect(later.entries == ["9", "10"])
    }
  }

  @Test func `two sessions write into one file without loss`() async throws {
    try await withFolder { folder in
      let path = "\(folder)/history"
      await withTaskGroup { group in
        for session in 0..<4 {
          group.addTask {
            var history = History(file: path)
            for entry in 0..<50 { try? history.record("session \(session), entry \(entry)") }
          }
        }
      }
      var history = History(file: path)
      try history.load()
      #expect(history.entries.count == 200)
    }
  }

  @Test func `of a long file the end is read`() async throws {
    try await withFolder { folder in
      let path = "\(folder)/history"
      let filler = (0..<30_000).map { "\"the problem number \($0) of a long life\"\n" }.joined()
      write(filler + "\"last\"\n", to: path)
      var history = History(file: path)
      try history.load()
      #expect(history.entries.count == 1000)
      #expect(history.entries.last == "last")
      #expect(history.entries.first == "the problem number 29001 of a long life")
    }
  }

  @Test func `empty entries and those after a space are left out`() async throws {
    try await withFolder { folder in
      var history = History(file: "\(folder)/history")
      for entry in ["", " ", "\n", " secret"] { try history.record(entry) }
      #expect(history.entries == [])
      #expect(contents(of: "\(folder)/history") == "")
    }
  }

  @Test func `a file that cannot be used is said so, with the entries kept in memory`() throws {
    var history = History(file: "/dev/null/history")
    let failure = #expect(throws: History.Failure.self) { try history.record("kept") }
    #expect(
      failure?.description
        == "the history /dev/null/history cannot be used (Not a directory); "
        + "this session's entries are not kept")
    #expect(history.entries == ["kept"])
  }

  @Test func `a link, a pipe or a folder in its place is refused, and wider rights are taken`()
    async throws
  {
    try await withFolder { folder in
      let path = "\(folder)/history"
      let target = "\(folder)/target"
      write("\"old\"\n", to: target)
      #expect(symlink(target, path) == 0)
      for (make, reason) in [
        ({ 0 }, "it is a symbolic link"), ({ mkfifo(path, 0o600) }, "it is no plain file"),
        ({ mkdir(path, 0o700) }, "it is no plain file"),
      ] as [(() -> Int32, String)] {
        if reason != "it is a symbolic link" { #expect(remove(path) == 0 && make() == 0) }
        var history = History(file: path)
        #expect(throws: History.Failure.unusable(path: path, reason: reason)) { try history.load() }
        #expect(throws: History.Failure.self) { try history.record("new") }
      }
      #expect(contents(of: target) == "\"old\"\n")
      #expect(rmdir(path) == 0 && rename(target, path) == 0 && chmod(path, 0o644) == 0)
      var history = History(file: path)
      try history.record("new")
      var status = stat()
      #expect(stat(path, &status) == 0 && status.st_mode & 0o777 == 0o600)
      #expect(contents(of: path) == "\"old\"\n\"new\"\n")
    }
  }

  @Test(arguments: [
    ("", #""""#),
    ("a\"b\\c", #""a\"b\\c""#),
    ("one\n\ttwo\r", #""one\n\ttwo\r""#),
    ("\u{1b}[31m\u{7f}", #""\u001b[31m\u007f""#),
    ("√2 中 😀 e\u{301}", "\"√2 中 😀 e\u{301}\""),
  ])
  func `a string is written as JSON and read again`(plain: String, written: String) {
    #expect(jsonString(plain) == written)
    #expect(text(ofJSONString: Array(written.utf8)[...]) == plain)
  }

  @Test(arguments: [
    (#""\u00e9\/\b\f""#, "é/\u{8}\u{c}"),
    (#""\ud83d\uDE00""#, "😀"),
    (#""\ud83d""#, nil),
    (#""\ud83dx""#, nil),
    (#""\ude00""#, nil),
    (#""\u12""#, nil),
    (#""\u+123""#, nil),
    (#""\x""#, nil),
    (#""open"#, nil),
    (#""end" "#, nil),
    (#"bare"#, nil),
    ("\"a\tb\"", nil),
    ("", nil),
  ])
  func `other JSON strings are read, damaged ones refused`(written: String, plain: String?) {
    #expect(text(ofJSONString: Array(written.utf8)[...]) == plain)
  }

  @Test func `bytes that are not UTF-8 are refused`() {
    #expect(text(ofJSONString: [0x22, 0xc3, 0x22]) == nil)
  }
}

import FoundationEssentials
import Testing

@testable import Tutoring

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite struct NotebookTests {
  static let day = Notebook.day
  /// Of no year in particular.
  static let start = 1_000 * day

  static func mistake(_ id: String, step: String = "7 * 8 = 54", date: Double = start) -> Mistake {
    Mistake(
      id: id, problem: "What is 7 * 8?", step: step, kind: "calculation", fix: "7 * 8 = 56",
      answer: "56", date: date)
  }

  @Test func `a mistake comes up a day later, and then ever more seldom`() throws {
    let folder = try TemporaryFolder()
    var notebook = try Notebook(file: "\(folder.path)/notebook.jsonl")
    #expect(try notebook.add(Self.mistake("a")))
    #expect(notebook.due(now: Self.start + 0.9 * Self.day).isEmpty)
    var moment = Self.start
    var gaps: [Double] = []
    for _ in 0..<4 {
      let due = try #require(notebook.pages.first?.due)
      gaps.append((due - moment) / Self.day)
      moment = due
      #expect(notebook.due(now: moment).map(\.mistake.id) == ["a"])
      try notebook.review("a", .good, now: moment)
      #expect(notebook.due(now: moment).isEmpty)
    }
    #expect(gaps == [1, 4, 15, 49])
    try notebook.review("a", .again, now: moment)
    let page = try #require(notebook.pages.first)
    #expect(page.reviews == 5 && page.lapses == 1)
    #expect((page.due - moment) / Self.day <= 15)
  }

  @Test func `what was written is read again, by its owner alone`() throws {
    let folder = try TemporaryFolder()
    let file = "\(folder.path)/notebook.jsonl"
    var notebook = try Notebook(file: file)
    try notebook.add(Self.mistake("a"))
    try notebook.add(Self.mistake("b", step: "√2 = 1.5\n\"so\""))
    try notebook.review("a", .hard, now: Self.start + Self.day)
    try notebook.add(Self.mistake("c", step: "x"))
    try notebook.remove("c")
    #expect(try Notebook(file: file).pages == notebook.pages)
    #expect(notebook.pages.map(\.mistake.id) == ["a", "b"])
    var status = stat()
    #expect(stat(file, &status) == 0 && status.st_mode & 0o777 == 0o600)
  }

  @Test func `the same step of the same problem is kept once`() throws {
    let folder = try TemporaryFolder()
    var notebook = try Notebook(file: "\(folder.path)/notebook.jsonl")
    #expect(try notebook.add(Self.mistake("a")))
    #expect(try !notebook.add(Self.mistake("b")))
    #expect(try notebook.add(Self.mistake("c", step: "7 * 8 = 65")))
    #expect(notebook.pages.count == 2)
  }

  @Test func `lines that cannot be read cost only themselves`() throws {
    let folder = try TemporaryFolder()
    let file = "\(folder.path)/notebook.jsonl"
    try Data("nonsense\n{\"review\":{\"id\":\"z\",\"at\":1,\"grade\":3}}\n{\"mis".utf8).write(
      to: URL(filePath: file))
    var notebook = try Notebook(file: file)
    #expect(notebook.pages.isEmpty)
    try notebook.add(Self.mistake("a"))
    #expect(try Notebook(file: file).pages.map(\.mistake.id) == ["a"])
  }

  @Test func `a notebook that is no file says so`() throws {
    let folder = try TemporaryFolder()
    #expect(throws: NotebookError.unusable(file: folder.path, reason: "it is no plain file")) {
      _ = try Notebook(file: folder.path)
    }
    let nowhere = "\(folder.path)/missing/notebook.jsonl"
    var notebook = try Notebook(file: nowhere)
    #expect(throws: NotebookError.self) { try notebook.add(Self.mistake("a")) }
  }

  @Test func `what is wider is tightened, and no link is followed`() throws {
    let folder = try TemporaryFolder()
    let (file, target) = ("\(folder.path)/notebook.jsonl", "\(folder.path)/target")
    try Data().write(to: URL(filePath: file))
    chmod(file, 0o666)
    var notebook = try Notebook(file: file)
    try notebook.add(Self.mistake("a"))
    var status = stat()
    #expect(stat(file, &status) == 0 && status.st_mode & 0o777 == 0o600)
    try Data("mine\n".utf8).write(to: URL(filePath: target))
    #expect(unlink(file) == 0 && symlink(target, file) == 0)
    let reason = "it is a symbolic link, and none is followed"
    #expect(throws: NotebookError.unusable(file: file, reason: reason)) {
      try notebook.add(Self.mistake("b", step: "x"))
    }
    #expect(notebook.pages.map(\.mistake.id) == ["a"])
    #expect(FileManager.default.contents(atPath: target) == Data("mine\n".utf8))
  }

  @Test func `a clock that goes back does not lose a mistake`() throws {
    let folder = try TemporaryFolder()
    var notebook = try Notebook(file: "\(folder.path)/notebook.jsonl")
    try notebook.add(Self.mistake("a"))
    for moment in [Self.start + 5 * Self.day, Self.start, -1e300, 1] {
      try notebook.review("a", .good, now: moment)
      let page = try #require(notebook.pages.first)
      #expect(page.seen == moment && page.due.isFinite && page.due >= moment)
      #expect(try #require(page.memory).stability > 0)
    }
    #expect(notebook.due(now: Self.start + 400 * Self.day).map(\.mistake.id) == ["a"])
  }

  @Test(arguments: [
    ("56", true), ("56.0", true), ("7*8", true), ("112/2", true), ("\\frac{112}{2}", true),
    ("54", false), ("5.6", false),
  ])
  func `an answer counts by its value`(answer: String, isRight: Bool) {
    let page = Notebook.Page(mistake: Self.mistake("a"), seen: 0)
    #expect((page.judge(answer).equality == .equal) == isRight)
  }

  @Test func `without a vouched answer the right value of the step is wanted`() {
    var mistake = Self.mistake("a")
    mistake.answer = nil
    #expect(Notebook.Page(mistake: mistake, seen: 0).wanted == "56")
    mistake.fix = "12"
    #expect(Notebook.Page(mistake: mistake, seen: 0).wanted == "12")
  }
}

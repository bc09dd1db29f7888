import FoundationEssentials
import LoopbackServer
import PseudoTerminal
import Testing

@testable import Tutoring
@testable import pentimento

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A program that is killed loses at most the line that it is writing, and goes on from there.
///
/// Twenty kills; with PENTIMENTO_FAULTS=all, 500.
@Suite(.serialized) struct KillTests {
  fileprivate static let count =
    Environment.variables()["PENTIMENTO_FAULTS"] == "all" ? 500 : 20

  /// Bytes that an undisturbed run writes, after its first prompt if it has one.
  private static let extents = Task {
    (
      dialogue: try await dialogue(Victim(undisturbed(0)), isKilled: false),
      pipe: try await pipe(Victim(undisturbed(1)), isKilled: false),
      batch: try await batch(Victim(undisturbed(2)), isKilled: false)
    )
  }

  private static func undisturbed(_ number: Int) -> Kill {
    Kill(number: number, way: .allCases[number], place: .byte(share: 0), isEmbedded: false)
  }

  @Test(arguments: 0..<KillTests.count) func kill(number: Int) async throws {
    let extents = try await Self.extents.value
    // One that ends before it is hit is no kill: then the same is tried elsewhere.
    for attempt in 0..<40 {
      let victim = try Victim(Kill(number: number + attempt * 60_000))
      let run =
        switch victim.kill.way {
        case .dialogue: try await Self.dialogue(victim, extent: extents.dialogue.bytes)
        case .pipe: try await Self.pipe(victim, extent: extents.pipe.bytes)
        case .batch: try await Self.batch(victim, extent: extents.batch.bytes)
        }
      if run.isKilled { return }
    }
    Issue.record("it ended forty times before it was hit")
  }

  /// Bytes that a run wrote, and how it ended.
  private typealias Run = (bytes: Int, isKilled: Bool)

  // MARK: - The three ways

  private static func dialogue(
    _ victim: Victim, extent: Int = 0, isKilled: Bool = true
  ) async throws -> Run {
    let words = victim.launcher + [builtProgram("pentimento")] + victim.flags
    let terminal = try PseudoTerminal(
      words[0], Array(words.dropFirst()), environment: victim.program.environment, rows: 40)
    try await terminal.waitForPrompt()
    let start = terminal.written
    terminal.send(Victim.problems.map { $0 + "\r" }.joined())
    if isKilled {
      try await victim.moment(of: extent) { try await terminal.wait(forBytes: start + $0) }
    } else {
      try await terminal.wait(forOutput: "written", times: 2)
      try await terminal.waitForPrompt()
    }
    terminal.signal(SIGKILL)
    #expect(try await terminal.waitForEnd() == .killed(by: SIGKILL))
    try await goOn(victim, shown: [])
    return (terminal.written - start, true)
  }

  private static func pipe(
    _ victim: Victim, extent: Int = 0, isKilled: Bool = true
  ) async throws -> Run {
    let ends = try Victim.ends()
    let run = try victim.program.start(
      ["--json"] + victim.flags, input: Victim.problems.joined(separator: "\n"),
      output: ends.write, through: victim.launcher)
    let (text, status) = try await end(run, ends, victim, extent, isKilled)
    let whole = text.lastIndex(of: "\n").map { text[...$0] } ?? ""
    try await goOn(victim, shown: whole.split(separator: "\n"))
    return (text.utf8.count, status < 0)
  }

  /// Kills a run at its moment, if it is to be; what it wrote to its pipe, and how it ended.
  private static func end(
    _ run: RunningProgram, _ ends: (read: Int32, write: Int32), _ victim: Victim, _ extent: Int,
    _ isKilled: Bool
  ) async throws -> (text: String, status: Int32) {
    close(ends.write)
    let drain = Drain(ends.read)
    if isKilled { try await victim.moment(of: extent) { await drain.wait(forBytes: $0) } }
    if isKilled, !victim.kill.endsAlone { run.signal(SIGKILL) }
    let status = await run.outcome().status
    #expect(status == (isKilled ? -SIGKILL : 0) || victim.kill.mayEnd && status == 0)
    return (await drain.text(), status)
  }

  private static func batch(
    _ victim: Victim, extent: Int = 0, isKilled: Bool = true
  ) async throws -> Run {
    let problems = try victim.program.home.write(BatchTests.rows(0..<8), to: "problems.jsonl")
    let out = "\(victim.program.home.path)/runs.jsonl"
    let jobs = 1 + victim.kill.number % 3
    let command = ["batch", problems, "--jobs", "\(jobs)"]
    let ends = try Victim.ends()
    var isToFile = true
    if case .byte = victim.kill.place { isToFile = false }
    let run = try victim.program.start(
      command + (isToFile ? ["--out", out] : []) + victim.flags, output: ends.write,
      through: victim.launcher)
    let (shown, status) = try await end(run, ends, victim, extent, isKilled)
    #expect(victim.isOver())
    let text = isToFile ? victim.program.text(of: out) : shown
    let whole = text.lastIndex(of: "\n").map { String(text[...$0]) } ?? ""
    let records = try BatchTests.records(whole)
    #expect(records.count == whole.count { $0 == "\n" })
    // What is in flight has asked four times at most: the program's own model is also asked how
    // probable it is that a solution is right.
    let calls = records.values.reduce(0) { $0 + $1.cost.calls }
    let asked = victim.asked
    #expect(calls <= asked && asked <= calls + 4 * (jobs + 1), "\(calls) of \(asked)")
    guard isToFile else { return (text.utf8.count, status < 0) }
    let again = try await victim.goOn(command + ["--out", out])
    #expect(again.status == 0, "\(again.complaints)")
    let after = victim.program.text(of: out)
    #expect(after.hasPrefix(whole))
    #expect(try BatchTests.records(after).count == 8 && after.count { $0 == "\n" } == 8)
    #expect(victim.isOver())
    return (text.utf8.count, status < 0)
  }

  // MARK: - What holds after it

  /// What a dialogue or a pipe left reads back and is taken up again.
  ///
  /// - Parameter shown: Lines that had been seen whole: all of them are in the transcript.
  private static func goOn(_ victim: Victim, shown: [Substring]) async throws {
    #expect(victim.isOver(), "something that the program started lives on")
    let folder = victim.program.transcriptFolder
    let names = SavedTranscript.names(in: folder)
    let drafts = Directory.entries(of: folder).count { $0.hasSuffix(".part") }
    #expect(names.count <= 1 && Directory.entries(of: folder).count == names.count + drafts)
    guard let name = names.first else {
      // Nothing was asked before there was a transcript.
      #expect(shown.isEmpty && victim.asked == 0)
      return
    }
    let path = "\(folder)/\(name).jsonl"
    #expect(Path.mode(of: path).map { $0 & 0o777 } == 0o600)
    let text = victim.program.text(of: path)
    let whole = text.lastIndex(of: "\n").map { String(text[...$0]) } ?? ""
    let written = whole.split(separator: "\n")
    #expect(written.starts(with: shown) && written.count <= shown.count + 1 || shown.isEmpty)
    let lines = try Transcript(file: path).lines
    #expect(lines.count >= written.count && lines.count <= written.count + 1)
    let exchanges = lines.count { if case .exchange = $0.event { true } else { false } }
    #expect(exchanges <= victim.asked && exchanges >= victim.asked - 1)

    let resumed = try await victim.goOn(["resume", path], input: "How many pens now?\n")
    #expect(resumed.status == 0 && resumed.lines.count == 1, "\(resumed.complaints)")
    #expect(victim.isOver(), "something that the program started lives on")
    #expect(victim.program.text(of: path).hasPrefix(whole))
    let after = try Transcript(file: path)
    #expect(after.remarks.isEmpty && after.problems.last?.first?.isOf("How many pens now?") == true)
    guard case .verdict = after.lines.last?.event else {
      Issue.record("the last line is no verdict")
      return
    }
  }
}

extension Line {
  /// Whether it poses this problem.
  fileprivate func isOf(_ statement: String) -> Bool {
    if case .problem(let posed) = event { posed.problem.statement == statement } else { false }
  }
}

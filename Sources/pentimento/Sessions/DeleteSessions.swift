import ArgumentParser
import Tutoring
import Typeset

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// `pentimento sessions delete ID…`: asks at a terminal, and takes `--yes` from a script.
struct DeleteSessions: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "delete", abstract: "Delete saved sessions.",
    discussion: """
      Names them and asks before anything is deleted; without a terminal --yes is needed. A \
      session that is being written is never deleted.
      """)

  @Argument(help: "Names, or the beginnings of names.")
  var transcripts: [String] = []

  @Flag(help: "Don't ask.")
  var yes = false

  @OptionGroup var listed: ListOptions

  func validate() throws {
    if transcripts.isEmpty, listed.olderThan == nil {
      throw ValidationError("delete wants ids or --older-than")
    }
  }

  func run() async throws {
    let screen = Screen(listed.color)
    let files = try Ending.orExit { () throws(Failure) in try chosen() }
    guard !files.isEmpty else {
      screen.say("there is nothing to delete")
      return
    }
    if !yes {
      guard isatty(STDIN_FILENO) == 1, isatty(STDERR_FILENO) == 1 else {
        complain("nobody can be asked here; --yes deletes \(Self.counted(files.count)) unasked")
        throw ExitCode(ExitStatus.usage.rawValue)
      }
      guard isConfirmed(files, screen) else {
        screen.say("nothing was deleted")
        throw ExitCode(ExitStatus.otherVerdict.rawValue)
      }
    }
    var status = ExitStatus.fine
    var deleted = 0
    for file in files {
      if SavedTranscript.isInUse(file) {
        screen.say("pentimento: \(TranscriptError.inUse(file: file))")
        status = .files
      } else if unlink(file) != 0 {
        screen.say("pentimento: cannot delete \(file): \(String(cString: strerror(errno)))")
        status = .files
      } else {
        deleted += 1
      }
    }
    screen.say("\(Self.counted(deleted)) deleted")
    Ending.exit(status)
  }

  /// The transcripts meant, each once: those named, or all, as far as they are old enough.
  private func chosen() throws(Failure) -> [String] {
    let folder = listed.folder
    let before = listed.before()
    var files: [String] = []
    if transcripts.isEmpty {
      files = SavedTranscript.names(in: folder).map { Path.joined(folder, $0 + ".jsonl") }
    }
    let folders = Folders(environment: Environment.variables())
    for name in transcripts {
      let file = try SavedTranscript.find(name, folders: folders)
      // Anything may lie in the folder of transcripts, but elsewhere only a transcript is one.
      if Path.parent(of: file) != folder { _ = try SavedTranscript.reader(file: file) }
      if !files.contains(file) { files.append(file) }
    }
    return files.filter { file in
      guard let before, let written = Path.modified(file) else { return true }
      return Double(written) / 1e9 < before
    }
  }

  private func isConfirmed(_ files: [String], _ screen: Screen) -> Bool {
    for file in files.prefix(10) {
      let name = file.split(separator: "/").last.map { String($0.dropLast(6)) } ?? file
      let summary = try? SessionSummary(file: file)
      let date = summary.map { Moment($0.started).local } ?? "unreadable"
      screen.say("\(name)  \(date)  \((summary?.problem ?? "").collapsed().head(columns: 50))")
    }
    if files.count > 10 { screen.say("and \(files.count - 10) more") }
    screen.ask("delete \(Self.counted(files.count))? [y/N] ")
    return ["y", "yes"].contains((readLine() ?? "").trimmed().lowercased())
  }

  private static func counted(_ count: Int) -> String {
    "\(count) session\(count == 1 ? "" : "s")"
  }
}

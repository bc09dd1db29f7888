import ArgumentParser
import FoundationEssentials
import Tutoring
import Typeset

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// `pentimento sessions`: what was saved, found again, named and cleared away.
struct SessionsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sessions", abstract: "List, search, show, rename or delete saved sessions.",
    subcommands: [
      ListSessions.self, SearchSessions.self, ShowSession.self, RenameSession.self,
      DeleteSessions.self,
    ], defaultSubcommand: ListSessions.self)
}

extension Age: ExpressibleByArgument {
  init?(argument: String) { self.init(reading: argument) }
}

/// Where the transcripts are, and how they are shown.
struct ListOptions: ParsableArguments {
  @Option(help: "Only those not written to for so long, such as 30d, 12h, 2w or 1y.")
  var olderThan: Age?

  @Option(help: "Use colours: always, never or auto.")
  var color: Ink.Choice = .auto

  var folder: String { Folders(environment: Environment.variables()).transcripts }

  /// The moment before which a session must have been written last.
  func before(now: Double = Date().timeIntervalSince1970) -> Double? {
    olderThan.map { now - $0.seconds }
  }
}

/// `pentimento sessions list`: newest first.
struct ListSessions: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List saved sessions, newest first (the default).",
    discussion: "In a pipe: id, date, first problem and verdicts, separated by tabs.")

  @OptionGroup var listed: ListOptions

  @Option(parsing: .unconditional, help: "Sessions at most.")
  var limit: Int?

  func validate() throws {
    if let limit, limit < 1 { throw ValidationError("--limit wants a number above 0") }
  }

  func run() async throws {
    let screen = Screen(listed.color)
    let list = SessionList(folder: listed.folder, before: listed.before())
    let places = list.places.prefix(limit ?? .max)
    let rows = SessionRows(screen: screen, names: places.lazy.map(\.name))
    var status = ExitStatus.fine
    for complaint in list.complaints {
      screen.say("pentimento: \(complaint)")
      status = .unreadable
    }
    for place in places {
      do throws(Failure) { try rows.print(place) } catch {
        screen.say("pentimento: \(error.description)")
        status = status.joined(with: error.status)
      }
    }
    if places.isEmpty, screen.isTerminal, status == .fine {
      screen.say(listed.olderThan == nil ? "no session is saved yet" : "none is as old as that")
    }
    Ending.exit(status)
  }
}

/// `pentimento sessions search WORDS`: those that hold all the words.
struct SearchSessions: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "search",
    abstract:
      "List the sessions in whose problems, solutions, critiques and verdicts all words stand.",
    discussion: """
      Several words in quotes are one phrase; the case of letters does not count. Exit status 1 \
      means that none was found. In a pipe: id, date and the words around, separated by tabs.
      """)

  @Argument(help: "Words or phrases.")
  var words: [String]

  @OptionGroup var listed: ListOptions

  func validate() throws {
    if words.contains(where: { $0.collapsed().isEmpty }) {
      throw ValidationError("search wants words")
    }
  }

  func run() async throws {
    let screen = Screen(listed.color)
    let list = SessionList(folder: listed.folder, before: listed.before())
    let rows = SessionRows(screen: screen, names: list.places.lazy.map(\.name))
    let search = TranscriptSearch(words)
    var status = ExitStatus.otherVerdict
    for place in list.places {
      do {
        guard let match = try search.match(in: place.file) else { continue }
        rows.print(place, match)
        if status == .otherVerdict { status = .fine }
      } catch {
        screen.say("pentimento: \(error)")
        status = error.status
      }
    }
    if status == .otherVerdict, screen.isTerminal { screen.say("no session holds that") }
    Ending.exit(status)
  }
}

/// `pentimento sessions show ID`.
struct ShowSession: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show a saved session.")

  @Argument(help: "A transcript's file, its name, or the beginning of its id.")
  var transcript: String

  @Option(help: "Use colours: always, never or auto.")
  var color: Ink.Choice = .auto

  func run() async throws {
    let folders = Folders(environment: Environment.variables())
    try Ending.orExit { () throws(Failure) in
      let reader = try SavedTranscript.reader(of: transcript, folders: folders)
      try Replaying(screen: Screen(color)).show(reader)
    }
  }
}

/// `pentimento sessions rename ID NAME`.
struct RenameSession: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rename", abstract: "Name a saved session.")

  @Argument(help: "The session's name, or the beginning of it.")
  var transcript: String

  @Argument(help: "Letters, digits, - and _; 64 at most.")
  var name: String

  func run() async throws {
    let folders = Folders(environment: Environment.variables())
    let renamed = try Ending.orExit { () throws(Failure) in
      try SavedTranscript.rename(transcript, to: name, folders: folders)
    }
    Screen().say("\(Gate.safe(transcript, keeping: [])) is called \(renamed) now")
  }
}

extension SavedTranscript {
  /// Gives a transcript another name in its folder.
  ///
  /// - Returns: The name.
  static func rename(
    _ transcript: String, to name: String, folders: Folders
  ) throws(Failure) -> String {
    guard SessionID.isName(name) else {
      throw Failure(.usage, "a name has letters, digits, - and _, 64 at most")
    }
    let file = try find(transcript, folders: folders)
    let path = Path.joined(Path.parent(of: file), name + ".jsonl")
    do {
      // Opening it for appending makes sure that nobody else is writing.
      try TranscriptFile(path: file, append: true).rename(to: path)
    } catch {
      throw Failure(error.status, "\(error)")
    }
    return name
  }
}

import ArgumentParser
import LineEditor
import Tutoring
import Typeset

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// `pentimento`: the REPL at a terminal, a filter in a pipe.
struct ChatCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "chat",
    abstract: "Pose problems one after the other (the default).",
    discussion: """
      At a terminal it reads problems and /commands with line editing. In a pipe each line is one, \
      and stdout gets one line a problem: verdict, answer and, if there is one, the other answer, \
      separated by tabs.
      """)

  @OptionGroup var settings: ConfigurationOptions
  @OptionGroup var shown: OutputOptions

  @Flag(help: "In a pipe, problems are separated by empty lines.")
  var paragraphs = false

  @Flag(help: "In a pipe, each line is a JSON object with `problem` and, optionally, `id`.")
  var jsonl = false

  @Flag(help: "In a pipe, stop at the first problem or command that does not end with status 0.")
  var bail = false

  func validate() throws {
    if paragraphs, jsonl { throw ValidationError("--paragraphs and --jsonl exclude each other") }
  }

  func run() async throws { try await converse() }

  /// Takes lines until they end.
  ///
  /// - Parameter prepare: What a session begins with that is taken up.
  func converse(_ prepare: (Session) -> Void = { _ in }) async throws {
    let isPipe = paragraphs || jsonl || shown.json || !LineEditor.isPossible
    let studio = try Ending.orExit { () throws(Failure) in try Studio(settings) }
    let screen = Screen(shown.color)
    let session = Session(
      studio: studio, screen: screen, output: isPipe ? shown.output : .terminal,
      path: shown.transcript, saves: !shown.noSave)
    prepare(session)
    let status =
      isPipe
      ? await Pipe(session: session, form: form, bails: bail).run()
      : await Dialogue(session: session).run()
    Ending.exit(status)
  }

  private var form: Pipe.Form {
    paragraphs ? .paragraphs : jsonl ? .jsonLines : .lines
  }
}

/// What a command prints, and whether it keeps a transcript.
struct OutputOptions: ParsableArguments {
  @Flag(help: "Print the working too, not just the verdict.")
  var showWork = false

  @Flag(help: "Print every event as a JSON line, as it happens.")
  var json = false

  @Option(help: "Write the transcript to this file.")
  var transcript: String?

  @Flag(help: "Keep no transcript.")
  var noSave = false

  @Option(help: "Use colours: always, never or auto.")
  var color: Ink.Choice = .auto

  var output: Session.Output { json ? .events : .answers(work: showWork) }
}

extension Ink.Choice: ExpressibleByArgument {}

/// How commands end.
enum Ending {
  /// The value, or the end of the program with the failure's words and status.
  static func orExit<T>(_ body: () throws(Failure) -> T) throws -> T {
    do {
      return try body()
    } catch {
      complain(error.description)
      throw ExitCode(error.status.rawValue)
    }
  }

  static func exit(_ status: ExitStatus) -> Never {
    #if canImport(Glibc)
      Glibc.exit(status.rawValue)
    #else
      Darwin.exit(status.rawValue)
    #endif
  }
}

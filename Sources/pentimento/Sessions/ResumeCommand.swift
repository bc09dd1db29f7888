import ArgumentParser
import Tutoring
import Typeset

/// `pentimento resume`: shows the end of a saved session and goes on with it.
struct ResumeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resume", abstract: "Go on with a saved session.")

  @Argument(
    help: "A transcript's file, its name, or the beginning of its id; the newest if left out.")
  var transcript: String?

  @OptionGroup var settings: ConfigurationOptions

  @Option(help: "Use colours: always, never or auto.")
  var color: Ink.Choice = .auto

  func run() async throws {
    let folders = Folders(environment: Environment.variables())
    let screen = Screen(color)
    let (path, tail) = try Ending.orExit { () throws(Failure) in
      let path =
        if let transcript {
          try SavedTranscript.find(transcript, folders: folders)
        } else {
          try SavedTranscript.newest(folders: folders)
        }
      let reader = try SavedTranscript.reader(file: path)
      let tail = try Replaying(screen: screen).showTail(reader)
      for remark in reader.remarks { screen.say("pentimento: \(remark); it is cut off now") }
      return (path, tail)
    }
    var chat = try ChatCommand.parse([])
    chat.settings = settings
    chat.shown.transcript = path
    chat.shown.color = color
    try await chat.converse { $0.recall(tail) }
  }
}

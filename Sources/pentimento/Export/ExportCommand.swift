import ArgumentParser
import Tutoring

/// `pentimento export FILE|ID`: a session for other readers.
struct ExportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write a saved session as Markdown, HTML, LaTeX or JSON lines.",
    discussion: """
      The HTML is one file with everything in it: formulas as MathML, no script, nothing from a \
      network. The LaTeX is for XeLaTeX or LuaLaTeX.
      """)

  @Argument(help: "A transcript's file, its name, or the beginning of its id.")
  var transcript: String

  @Option(help: "md, html, tex or jsonl; what the file's name ends in if left out.")
  var to: ExportForm?

  @Option(help: "The file; stdout if left out.")
  var out: String?

  @Flag(help: "Write over a file that is there.")
  var force = false

  func validate() throws {
    if form == nil { throw ValidationError("--to wants md, html, tex or jsonl") }
  }

  private var form: ExportForm? { to ?? out.flatMap(ExportForm.init(file:)) }

  func run() async throws {
    guard let form else { return }
    let folders = Folders(environment: Environment.variables())
    try Ending.orExit { () throws(Failure) in
      let path = try SavedTranscript.find(transcript, folders: folders)
      let reader = try SavedTranscript.reader(file: path)
      try Export(form: form).write(
        reader, named: SessionPlace.name(of: path), to: ExportFile(path: out, replaces: force))
      for remark in reader.remarks { complain(remark) }
    }
  }
}

extension ExportForm: ExpressibleByArgument {}

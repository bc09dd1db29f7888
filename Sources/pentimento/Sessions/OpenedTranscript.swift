import Tutoring

/// A transcript that a session writes to.
struct OpenedTranscript {
  let file: TranscriptFile
  /// What it begins or goes on with.
  let line: Line
  /// Whether that stands in it already.
  let isBegun: Bool

  /// - Parameters:
  ///   - path: What the person chose; `nil` makes a new one in the folder of transcripts.
  ///   - at: Of the line, in milliseconds since the session began.
  init(_ path: String?, _ header: SessionHeader, at: Int, folders: Folders) throws(Failure) {
    if path == nil { try Self.prepare(folders) }
    let path = path ?? Path.joined(folders.transcripts, "\(header.id).jsonl")
    do throws(TranscriptError) {
      let isThere = Path.isFile(path)
      let isEmpty = !isThere || Path.size(path) == 0
      // Nothing is added to what is no transcript, or to one of a newer program.
      if !isEmpty { _ = try SessionHeader(file: path) }
      line = Line(at: at, event: isEmpty ? .session(header) : .resumed(header))
      file =
        try isThere
        ? TranscriptFile(path: path, append: true) : TranscriptFile(path: path, beginning: line)
      isBegun = !isThere
    } catch {
      throw Failure(error.status, "\(error)")
    }
  }

  private static func prepare(_ folders: Folders) throws(Failure) {
    do throws(FolderError) {
      for folder in [folders.storage, folders.transcripts] { try Folders.makePrivate(folder) }
    } catch {
      throw Failure(
        .files, "\(error); --transcript FILE keeps the session elsewhere, --no-save nowhere")
    }
  }
}

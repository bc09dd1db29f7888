import Tutoring

// The saved sessions as commands after a slash.

extension Session {
  /// The ten newest sessions, or the ten newest that hold all words.
  func sessions(_ words: String) throws(Failure) {
    try needTerminal("sessions")
    let list = SessionList(folder: studio.folders.transcripts)
    let rows = SessionRows(screen: screen, names: list.places.lazy.map(\.name))
    let search =
      words.isEmpty ? nil : TranscriptSearch(words.split(separator: " ").map(String.init))
    var shown = 0
    for place in list.places where shown < 10 && !Task.isCancelled {
      guard let search else {
        try rows.print(place)
        shown += 1
        continue
      }
      if let match = try? search.match(in: place.file) {
        rows.print(place, match)
        shown += 1
      }
    }
    if shown == 0 { tell(words.isEmpty ? "no session is saved yet" : "no session holds that") }
  }

  /// Shows a saved session.
  func show(_ name: String) throws(Failure) {
    try needTerminal("show")
    guard !name.isEmpty else { throw Failure(.usage, "/show wants a session's id; Tab lists them") }
    try Replaying(screen: screen).show(
      try SavedTranscript.reader(of: name, folders: studio.folders))
  }

  /// Writes this session to a file, one beside where the program was started if none is named.
  func export(_ words: String) throws(Failure) {
    let parts = words.split(separator: " ", maxSplits: 1).map { $0.trimmed() }
    guard let form = parts.first.flatMap(ExportForm.init(rawValue:)) else {
      throw Failure(.usage, "/export wants md, html, tex or jsonl, and a file if you like")
    }
    guard let path = savedPath else {
      throw Failure(.usage, "nothing is saved yet: pose a problem first")
    }
    let name = SessionPlace.name(of: path)
    let file = parts.count > 1 ? studio.folders.expanded(parts[1]) : "\(name).\(form.rawValue)"
    let reader = try SavedTranscript.reader(file: path)
    try Export(form: form).write(reader, named: name, to: ExportFile(path: file))
    tell("written to \(file)")
  }

  private func needTerminal(_ command: String) throws(Failure) {
    guard case .terminal = output else {
      throw Failure(.usage, "/\(command) is for a terminal; use `pentimento sessions`")
    }
  }
}

/// Where a session lies.
enum SessionPlace {
  /// The name of the session that a transcript's file holds.
  static func name(of path: String) -> String {
    let file = path.split(separator: "/").last.map(String.init) ?? path
    return file.hasSuffix(".jsonl") ? String(file.dropLast(6)) : file
  }
}

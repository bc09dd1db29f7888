import LineEditor

/// What Tab offers: commands, and after them models, sessions, forms or files.
struct Completer: Sendable {
  let session: Session

  @Sendable func complete(_ line: String, _ cursor: Int) -> [Completion] {
    let before = String(line.prefix(cursor))
    guard before.hasPrefix("/") else { return [] }
    guard let space = before.firstIndex(of: " ") else {
      return Command.allCases.map { "/" + $0.names[0] }.filter { $0.hasPrefix(before) }.map {
        Completion($0, replacing: before.count)
      }
    }
    let word = before[space...].split(separator: " ", omittingEmptySubsequences: false).last ?? ""
    let place = before[space...].count { $0 == " " }
    let command = before[..<space].dropFirst()
    if let files = files(after: command, place: place, word) { return files }
    return words(after: command, place: place).filter { $0.hasPrefix(word) }.map {
      Completion($0, replacing: word.count)
    }
  }

  private func words(after command: Substring, place: Int) -> [String] {
    guard place == 1 else { return [] }
    let models = session.studio.configuration.models.keys.sorted()
    switch command {
    case "model": return models
    case "critic": return models + ["none", "on"]
    case "checker": return ["on", "off"]
    case "show": return SavedTranscript.names(in: session.studio.folders.transcripts)
    case "export": return ExportForm.allCases.map(\.rawValue)
    case "notebook": return ["add", "review", "remove"]
    default: return []
    }
  }

  /// Files that begin with the word, where a command takes one.
  private func files(after command: Substring, place: Int, _ word: Substring) -> [Completion]? {
    guard command == "export", place == 2 else { return nil }
    let cut = word.lastIndex(of: "/").map { word.index(after: $0) } ?? word.startIndex
    let folder = word[..<cut].isEmpty ? "." : session.studio.folders.expanded(String(word[..<cut]))
    let beginning = word[cut...]
    let names = Directory.entries(of: folder).filter { name in
      name.hasPrefix(beginning) && (beginning.hasPrefix(".") || !name.hasPrefix("."))
        && !name.contains(where: { $0 == " " || $0.isNewline })
    }
    return names.sorted().map { name in
      let isFolder = Path.isFolder(Path.joined(folder, name))
      return Completion(
        name + (isFolder ? "/" : ""), replacing: beginning.count, ending: isFolder ? "" : " ")
    }
  }
}

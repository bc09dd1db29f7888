import Tutoring

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Finds and reads saved transcripts.
enum SavedTranscript {
  /// The file that a path, a name or the beginning of one stands for.
  static func find(_ name: String, folders: Folders) throws(Failure) -> String {
    if Path.isFile(name) { return name }
    let folder = folders.transcripts
    let exact = Path.joined(folder, name + ".jsonl")
    if !name.contains("/"), Path.isFile(exact) { return exact }
    let matches = names(in: folder).filter { $0.hasPrefix(name) && !name.isEmpty }
    switch matches.count {
    case 1: return Path.joined(folder, matches[0] + ".jsonl")
    case 0:
      throw Failure(.files, "no transcript is called \(name): no such file, and none in \(folder)")
    default:
      let shown = matches.prefix(8).joined(separator: ", ")
      let more = matches.count > 8 ? " and \(matches.count - 8) more" : ""
      throw Failure(.usage, "\(name) begins several transcripts: \(shown)\(more)")
    }
  }

  /// The file of the session that began last.
  static func newest(folders: Folders) throws(Failure) -> String {
    guard let place = SessionList(folder: folders.transcripts).places.first else {
      throw Failure(.files, "no session is saved yet")
    }
    return place.file
  }

  /// A reader of what a path, a name or the beginning of one stands for.
  static func reader(of name: String, folders: Folders) throws(Failure) -> TranscriptReader {
    try reader(file: try find(name, folders: folders))
  }

  static func reader(file: String) throws(Failure) -> TranscriptReader {
    do {
      return try TranscriptReader(file: file)
    } catch {
      throw Failure(error.status, "\(error)")
    }
  }

  /// Names of the transcripts in a folder, sorted.
  static func names(in folder: String) -> [String] {
    Directory.entries(of: folder).filter { $0.hasSuffix(".jsonl") }.map { String($0.dropLast(6)) }
      .sorted()
  }

  /// Whether another program is writing to the file.
  static func isInUse(_ file: String) -> Bool {
    let descriptor = open(file, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return flock(descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK
  }
}

extension TranscriptReader {
  /// The next line, or the failure that a command ends in.
  func line() throws(Failure) -> Line? {
    do {
      return try next()
    } catch {
      throw Failure(error.status, "\(error)")
    }
  }

  /// Takes the rest of the transcript, problem by problem; no more than one is kept.
  ///
  /// A problem that the tutor solved for itself is none of its own: nobody saw that, so of it only
  /// the notes stand, with the problem before it.
  func eachProblem(_ body: (ProblemRecord) throws(Failure) -> Void) throws(Failure) {
    var record: ProblemRecord?
    var isOutOfSight = false
    while !Task.isCancelled, let line = try line() {
      if case .problem(let posed) = line.event {
        isOutOfSight = posed.isReference == true && record != nil
      }
      if isOutOfSight {
        if case .note = line.event { record?.take(line.event) }
        continue
      }
      if case .problem(let posed) = line.event {
        if let record { try body(record) }
        record = ProblemRecord(posed)
      }
      record?.take(line.event)
    }
    if let record { try body(record) }
  }
}

extension TranscriptError {
  var status: ExitStatus {
    switch self {
    case .unreadable, .unwritable, .gone, .inUse, .taken: .files
    case .foreign, .damaged, .newer, .empty: .unreadable
    }
  }
}

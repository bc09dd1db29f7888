import FoundationEssentials
import Synchronization
import Tutoring

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Recorded replies by problem: read from a file, and appended to it as more are given.
final class RecordingStore: Sendable {
  fileprivate struct State {
    var order: [String] = []
    var byID: [String: Recording] = [:]
    var byStatement: [String: String] = [:]
  }
  private let state: Mutex<State>
  /// The file that is appended to, or -1.
  private let descriptor: Int32
  private let path: String
  /// Whether nobody is to be asked for what is missing.
  let isClosed: Bool

  /// - Parameters:
  ///   - from: A file that is only read: recordings, or the output of a batch.
  ///   - record: A file that is read, if it is there, and appended to.
  init(from: String? = nil, record: String? = nil) throws(Failure) {
    isClosed = from != nil
    path = record ?? ""
    var state = State()
    if let file = from ?? record, from != nil || Path.isFile(file) {
      for recording in try Self.read(file) { state.add(recording) }
    }
    self.state = Mutex(state)
    guard let record else {
      descriptor = -1
      return
    }
    descriptor = open(record, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
    if descriptor < 0 {
      throw Failure(.files, "cannot write \(record): \(String(cString: strerror(errno)))")
    }
    if flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      throw Failure(.files, "\(record) is being written by another pentimento; let it finish first")
    }
    Self.endLine(descriptor)
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  /// A line that a killed program left torn is ended, so that the next one stands by itself.
  private static func endLine(_ descriptor: Int32) {
    let size = lseek(descriptor, 0, SEEK_END)
    var last: UInt8 = 0
    guard size > 0, pread(descriptor, &last, 1, size - 1) == 1, last != UInt8(ascii: "\n") else {
      return
    }
    _ = write(descriptor, "\n", 1)
  }

  var all: [Recording] {
    state.withLock { state in state.order.compactMap { state.byID[$0] } }
  }

  /// What is recorded of a problem, by its name or else by its words.
  func replies(to problem: Problem) -> [RecordedReply] {
    state.withLock { state in
      // The same name may stand for another problem in another file.
      let isSame = state.byID[problem.id]?.problem.statement == problem.statement
      let id = isSame ? problem.id : state.byStatement[problem.statement]
      return id.flatMap { state.byID[$0] }?.replies ?? []
    }
  }

  func replies(toID id: String) -> [RecordedReply] {
    state.withLock { $0.byID[id]?.replies ?? [] }
  }

  /// Keeps what was added to a recording, if anything was.
  func keep(_ recording: Recording) {
    state.withLock { state in
      let before = state.byID[recording.problem.id]?.replies.count ?? 0
      guard recording.replies.count > before else { return }
      state.add(recording)
      guard descriptor >= 0 else { return }
      writeLine(String(decoding: recording.encoded().dropLast(), as: UTF8.self), to: descriptor)
    }
  }

  private static func read(_ file: String) throws(Failure) -> [Recording] {
    do throws(TranscriptError) {
      return try RecordingFile.read(file)
    } catch {
      guard let records = try? RunFile.latest(file).records, !records.isEmpty else {
        throw Failure(.files, error.description)
      }
      return records.compactMap(Recording.init)
    }
  }
}

extension RecordingStore.State {
  fileprivate mutating func add(_ recording: Recording) {
    let id = recording.problem.id
    if byID[id] == nil { order.append(id) }
    byID[id] = recording
    byStatement[recording.problem.statement] = id
  }
}

import Synchronization
import Tutoring

/// Recorded replies by problem: read from a file, and appended to it as more are given.
final class RecordingStore: Sendable {
  fileprivate struct State {
    var order: [String] = []
    var byID: [String: Recording] = [:]
    var byStatement: [String: String] = [:]
    var failure: Failure?
  }
  private let state: Mutex<State>
  /// The file that is appended to.
  private let file: TranscriptFile?
  /// Whether nobody is to be asked for what is missing.
  let isClosed: Bool

  /// - Parameters:
  ///   - from: A file that is only read: recordings, or the output of a batch.
  ///   - record: A file that is read, if it is there, and appended to.
  init(from: String? = nil, record: String? = nil) throws(Failure) {
    isClosed = from != nil
    var state = State()
    if let file = from ?? record, from != nil || Path.isFile(file) {
      for recording in try Self.read(file, takesRuns: from != nil) { state.add(recording) }
    }
    self.state = Mutex(state)
    do throws(TranscriptError) {
      file = try record.map { (path) throws(TranscriptError) in
        try TranscriptFile(path: path, append: true)
      }
    } catch {
      throw Failure(error.status, error.description)
    }
  }

  /// What to ask oneself where no problem has the replies that are needed.
  static let whatToCheck =
    "is it the model, and are they the options, that they were recorded with?"

  /// Why what was said could not be kept, or `nil`.
  var failure: Failure? { state.withLock { $0.failure } }

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

  /// Keeps what was added to a recording, if anything was; see `failure`.
  func keep(_ recording: Recording) {
    state.withLock { state in
      let before = state.byID[recording.problem.id]?.replies.count ?? 0
      guard recording.replies.count > before else { return }
      state.add(recording)
      guard state.failure == nil else { return }
      do throws(TranscriptError) {
        try file?.append(recording.encoded())
      } catch {
        state.failure = Failure(error.status, error.description)
      }
    }
  }

  /// - Parameter takesRuns: Whether the output of a batch will do: it must not be appended to.
  private static func read(_ file: String, takesRuns: Bool) throws(Failure) -> [Recording] {
    do throws(TranscriptError) {
      return try RecordingFile.read(file)
    } catch {
      guard takesRuns, let records = try? RunFile.latest(file).records, !records.isEmpty else {
        throw Failure(Path.isFile(file) ? .unreadable : .files, error.inBatch)
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

import FoundationEssentials
import Synchronization
import Tutoring

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

// Requests and answers as files, for clusters that take nothing else. A request is named by the
// fingerprint of its body, so the same request has the same name in every wave and every process,
// and its answer is found again. Only the places of the answers are held in memory.

/// Where requests are left for later and answers are looked up.
public final class OfflineDesk: Sendable {
  private struct Place {
    var file: Int
    var offset: Int
    var length: Int
    var line: Int
    var isAnswer: Bool
    /// Lines that were no answer.
    var failures: Int
    var isPassing: Bool
  }
  private struct State {
    var noted: Set<Fingerprint> = []
    var failure: OfflineError?
  }

  private let files: [(name: String, descriptor: Int32)]
  private let places: [Fingerprint: Place]
  private let plan: (name: String, temporary: String, descriptor: Int32)?
  private let state = Mutex(State())
  /// Lines that could not be read, in words.
  public let remarks: [String]

  /// What planned requests are sent to.
  static let path = "/v1/chat/completions"
  /// How often a request that failed is planned.
  private static let tries = 3

  /// - Parameters:
  ///   - responses: Files of responses; of several answers to a request the last counts.
  ///   - plan: The file that `close` puts the noted requests into; `nil` only counts them.
  public init(responses: [String], plan: String?) throws(OfflineError) {
    var files: [(name: String, descriptor: Int32)] = []
    var places: [Fingerprint: Place] = [:]
    var remarks: [String] = []
    for name in responses {
      let descriptor = open(name, O_RDONLY | O_CLOEXEC)
      guard descriptor >= 0 else { throw .unreadable(file: name, reason: Self.reason()) }
      files.append((name, descriptor))
      remarks += try Self.index(name, descriptor, files.count - 1, &places)
    }
    self.files = files
    self.places = places
    self.remarks = remarks
    self.plan = try plan.map { name throws(OfflineError) in
      let temporary = "\(name).\(getpid()).part"
      unlink(temporary)
      let flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW
      let descriptor = open(temporary, flags, 0o600)
      guard descriptor >= 0 else { throw .unwritable(file: name, reason: Self.reason()) }
      return (name, temporary, descriptor)
    }
  }

  deinit {
    for file in files { _ = systemClose(file.descriptor) }
    if let plan {
      _ = systemClose(plan.descriptor)
      unlink(plan.temporary)
    }
  }

  /// Finds the answers of a file.
  private static func index(
    _ name: String, _ descriptor: Int32, _ file: Int, _ places: inout [Fingerprint: Place]
  ) throws(OfflineError) -> [String] {
    var reader = LineReader(descriptor)
    var remarks: [String] = []
    let decoder = JSONDecoder()
    while let line = reader.next() {
      if line.isBlank { continue }
      guard let head = try? decoder.decode(OfflineAnswer.Head.self, from: Data(line.bytes)) else {
        remarks.append(
          "\(name):\(line.number): no response on one line"
            + (line.isEnded ? "" : "; the file may have been cut"))
        continue
      }
      // What others asked has no name of ours.
      guard let id = Fingerprint(reading: head.id) else { continue }
      let before = places[id]
      if !head.isAnswer, before?.isAnswer == true { continue }
      places[id] = Place(
        file: file, offset: line.offset, length: line.bytes.count, line: line.number,
        isAnswer: head.isAnswer, failures: (before?.failures ?? 0) + (head.isAnswer ? 0 : 1),
        isPassing: head.isPassing)
    }
    if let fault = reader.fault { throw .unreadable(file: name, reason: fault) }
    return remarks
  }

  /// What is known of a request.
  enum Answer {
    case reply(Reply)
    case fault(ModelError)
    /// It has none, or one that failed and may succeed another time.
    case none
  }

  func answer(to id: Fingerprint, options: [String]) -> Answer {
    guard let place = places[id] else { return .none }
    if !place.isAnswer, place.isPassing, place.failures < Self.tries { return .none }
    let file = files[place.file]
    let name = "\(file.name):\(place.line)"
    var bytes = [UInt8](repeating: 0, count: place.length)
    guard pread(file.descriptor, &bytes, place.length, off_t(place.offset)) == place.length,
      let answer = try? JSONDecoder().decode(OfflineAnswer.self, from: Data(bytes))
    else { return .fault(.unreadable(url: name, reason: "the body is no chat completion")) }
    switch answer.reply(place: name, options: options) {
    case .success(let reply): return .reply(reply)
    case .failure(let error): return .fault(error)
    }
  }

  /// Leaves a request in the plan, once.
  func note(_ id: Fingerprint, _ body: [UInt8]) {
    state.withLock { state in
      guard state.noted.insert(id).inserted, let plan, state.failure == nil else { return }
      var line = Array(#"{"custom_id":"\#(id)","method":"POST","url":"\#(Self.path)","body":"#.utf8)
      line += body + Array("}\n".utf8)
      var rest = line[...]
      while !rest.isEmpty {
        let count = rest.withUnsafeBytes { write(plan.descriptor, $0.baseAddress, $0.count) }
        if count > 0 {
          rest = rest.dropFirst(count)
        } else if errno != EINTR {
          state.failure = .unwritable(file: plan.name, reason: Self.reason())
          return
        }
      }
    }
  }

  /// Puts the plan in its place, whole or not at all.
  ///
  /// - Returns: How many requests are noted.
  public func close() throws(OfflineError) -> Int {
    let (count, failure) = state.withLock { ($0.noted.count, $0.failure) }
    if let failure { throw failure }
    if let plan, rename(plan.temporary, plan.name) != 0 {
      throw .unwritable(file: plan.name, reason: Self.reason())
    }
    return count
  }

  /// Forgets the plan; what stands under its name stays.
  public func discard() {
    if let plan { unlink(plan.temporary) }
  }

  private static func reason() -> String { String(cString: strerror(errno)) }
}

private func systemClose(_ descriptor: Int32) -> Int32 { close(descriptor) }

/// Why files of requests or responses cannot be used.
public enum OfflineError: Error, Hashable, Sendable, CustomStringConvertible {
  case unreadable(file: String, reason: String)
  case unwritable(file: String, reason: String)

  public var description: String {
    switch self {
    case .unreadable(let file, let reason): "cannot read the responses \(file): \(reason)"
    case .unwritable(let file, let reason):
      "cannot write the plan \(file): \(reason); free the disk or choose another file"
    }
  }
}

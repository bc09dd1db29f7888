import Dispatch
import Synchronization
import Tutoring

/// Lines of a descriptor for a task: a thread of its own waits for them, so that a slow writer
/// holds up nobody, and a cancelled task does not wait for the next line.
final class LineSource: Sendable {
  private typealias Waiter = CheckedContinuation<LineReader.TextLine?, Never>

  private let queue = DispatchQueue(label: "input")
  private let reader: Mutex<LineReader>
  private struct State {
    var waiter: Waiter?
    var isCancelled = false
    var fault: String?
  }
  private let state = Mutex(State())

  init(_ reader: LineReader) {
    self.reader = Mutex(reader)
  }

  /// Why reading ended early, or `nil`.
  var fault: String? { state.withLock { $0.fault } }

  /// The next line; `nil` at the end, and after the task was cancelled.
  func next() async -> LineReader.TextLine? {
    await withTaskCancellationHandler {
      await withCheckedContinuation { waiter in
        let isCancelled = state.withLock { state in
          if !state.isCancelled { state.waiter = waiter }
          return state.isCancelled
        }
        if isCancelled {
          waiter.resume(returning: nil)
        } else {
          queue.async { self.read() }
        }
      }
    } onCancel: {
      state.withLock { $0.isCancelled = true }
      give(nil)
    }
  }

  private func read() {
    let (line, fault) = reader.withLock { ($0.next(), $0.fault) }
    state.withLock { $0.fault = fault }
    give(line)
  }

  private func give(_ line: LineReader.TextLine?) {
    let waiter = state.withLock { state in
      defer { state.waiter = nil }
      return state.waiter
    }
    waiter?.resume(returning: line)
  }
}

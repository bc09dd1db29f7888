import Dispatch
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A place in a response where the server stops until a test lets it go on. Tests wait for events,
/// never for time.
public final class Gate: Sendable {
  private enum Event: Hashable {
    case reached, abandoned, opened
  }
  private struct State {
    var happened: Set<Event> = []
    var waiting: [(Event, CheckedContinuation<Void, Never>)] = []
    var isOpen = false
  }

  private let state = Mutex(State())
  /// The reading end of a pipe that turns readable when the gate opens.
  let signal: Int32
  private let opener: Int32

  public init() {
    var ends: [Int32] = [-1, -1]
    precondition(pipe(&ends) == 0, "no pipe for a gate")
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    (signal, opener) = (ends[0], ends[1])
  }

  deinit {
    close(signal)
    close(opener)
  }

  /// Lets every response pass, now and later.
  public func open() {
    let wasOpen = state.withLock { state in
      defer { state.isOpen = true }
      return state.isOpen
    }
    if !wasOpen { _ = write(opener, "x", 1) }
    note(.opened)
  }

  // What does not happen within two minutes ends the process and names the line that waits: a
  // suite that hangs tells nothing.

  /// Returns when a response has come to the gate: all that stands before it has been sent.
  public func reached(file: StaticString = #fileID, line: UInt = #line) async {
    await wait(for: .reached, file, line)
  }

  /// Returns when a client has closed its connection while a response stood at the gate.
  public func abandoned(file: StaticString = #fileID, line: UInt = #line) async {
    await wait(for: .abandoned, file, line)
  }

  /// Returns when the gate has been opened: a test can wait for its own events with it as well.
  public func opened(file: StaticString = #fileID, line: UInt = #line) async {
    await wait(for: .opened, file, line)
  }

  func noteReached() { note(.reached) }
  func noteAbandoned() { note(.abandoned) }

  private func note(_ event: Event) {
    let woken = state.withLock { state in
      state.happened.insert(event)
      defer { state.waiting.removeAll { $0.0 == event } }
      return state.waiting.filter { $0.0 == event }.map { $0.1 }
    }
    for waiter in woken { waiter.resume() }
  }

  private func wait(for event: Event, _ file: StaticString, _ line: UInt) async {
    let watchdog = DispatchWorkItem {
      fflush(nil)
      fatalError("waited two minutes in vain for a gate to be \(event)", file: file, line: line)
    }
    defer { watchdog.cancel() }
    DispatchQueue.global().asyncAfter(deadline: .now() + .seconds(120), execute: watchdog)
    await withCheckedContinuation { continuation in
      let isDone = state.withLock { state in
        guard !state.happened.contains(event) else { return true }
        state.waiting.append((event, continuation))
        return false
      }
      if isDone { continuation.resume() }
    }
  }
}

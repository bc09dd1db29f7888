import CPseudoTerminal
import Dispatch
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The wire between a program and a test: the pseudo-terminal, its reader, and the waits for it.
///
/// Two threads serve it: one reads the terminal, one waits for the program's end. Our own
/// descriptor of the slave side keeps the terminal's modes readable after the program's end.
final class TerminalLine: Sendable {
  struct State: Sendable {
    var screen: Screen
    var output: [UInt8] = []
    var ending: PseudoTerminal.Ending?
    var lastSettings: [UInt8] = []
    var isClosed = false
    fileprivate var waits: [Int: Wait] = [:]
    fileprivate var nextWait = 0
  }

  fileprivate struct Wait: Sendable {
    let condition: @Sendable (State) -> Bool
    let waiter: CheckedContinuation<Bool, Never>
  }

  /// The C library names a terminal in memory that the next call changes.
  private static let naming = Mutex(())

  let process: pid_t
  private let state: Mutex<State>
  private let master: Int32
  private let slave: Int32
  private let firstSettings: [UInt8]
  private let closing: (read: Int32, write: Int32)

  init(
    _ program: String, _ arguments: [String], _ environment: [String: String], _ screen: Screen,
    _ rows: Int
  ) throws(PseudoTerminal.Failure) {
    func failure() -> PseudoTerminal.Failure {
      .cannotStart(program: program, reason: String(cString: strerror(errno)))
    }
    state = Mutex(State(screen: screen))
    var sides: (master: Int32, slave: Int32) = (-1, -1)
    var ends: [Int32] = [-1, -1]
    guard Self.naming.withLock({ _ in pseudo_terminal_open(&sides.master, &sides.slave) }) == 0,
      pipe(&ends) == 0
    else {
      throw failure()
    }
    (master, slave) = sides
    firstSettings = Self.settings(of: sides.slave)
    closing = (ends[0], ends[1])
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    pseudo_terminal_resize(master, Int32(rows), Int32(screen.columns))
    let words = ([program] + arguments).map { strdup($0) } + [nil]
    let settings = environment.map { strdup("\($0)=\($1)") } + [nil]
    defer { for word in words + settings { free(word) } }
    process = Self.naming.withLock { [slave] _ in
      pseudo_terminal_spawn(slave, program, words, settings)
    }
    guard process >= 0 else { throw failure() }
    for work in [{ @Sendable in self.readOutput() }, { @Sendable in self.awaitEnd() }] {
      startThread(work)
    }
  }

  deinit {
    close(closing.read)
    close(closing.write)
  }

  // MARK: Threads

  private func readOutput() {
    while true {
      var both = [
        pollfd(fd: master, events: Int16(POLLIN), revents: 0),
        pollfd(fd: closing.read, events: Int16(POLLIN), revents: 0),
      ]
      if poll(&both, 2, -1) < 0 { continue }
      change { state in self.drain(into: &state) }
      if both[1].revents != 0 { break }
    }
    change { state in
      state.lastSettings = self.currentSettings()
      state.isClosed = true
      close(self.slave)
      close(self.master)
    }
  }

  private func awaitEnd() {
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 && errno == EINTR {}
    let signal = status & 0x7f
    change { state in
      self.drain(into: &state)
      state.ending = signal == 0 ? .exited((status >> 8) & 0xff) : .killed(by: signal)
    }
  }

  private func drain(into state: inout State) {
    if state.isClosed { return }
    var chunk = [UInt8](repeating: 0, count: 1 << 14)
    while case let count = read(master, &chunk, chunk.count), count > 0 {
      state.output += chunk.prefix(count)
      state.screen.show(chunk.prefix(count))
    }
  }

  /// Changes the state and lets the waits go on that are fulfilled by it.
  private func change(_ change: (inout State) -> Void) {
    let fulfilled = state.withLock { state in
      change(&state)
      let waits = state.waits.filter { $0.value.condition(state) }
      for id in waits.keys { state.waits[id] = nil }
      return waits.values.map(\.waiter)
    }
    for waiter in fulfilled { waiter.resume(returning: true) }
  }

  // MARK: For the terminal's person

  /// Waits for the condition; false after `seconds`.
  func wait(until condition: @escaping @Sendable (State) -> Bool, seconds: Int) async -> Bool {
    await withCheckedContinuation { waiter in
      let id = state.withLock { state -> Int? in
        if condition(state) { return nil }
        state.nextWait += 1
        state.waits[state.nextWait] = Wait(condition: condition, waiter: waiter)
        return state.nextWait
      }
      guard let id else {
        waiter.resume(returning: true)
        return
      }
      DispatchQueue.global().asyncAfter(deadline: .now() + .seconds(seconds)) { [self] in
        let late = state.withLock { $0.waits.removeValue(forKey: id) }
        late?.waiter.resume(returning: false)
      }
    }
  }

  func type(_ bytes: [UInt8]) {
    var rest = bytes[...]
    while !rest.isEmpty, !state.withLock({ $0.isClosed }) {
      let count = rest.withUnsafeBytes { write(master, $0.baseAddress, $0.count) }
      if count > 0 {
        rest = rest.dropFirst(count)
      } else {
        var full = pollfd(fd: master, events: Int16(POLLOUT), revents: 0)
        poll(&full, 1, 1000)
      }
    }
  }

  func resize(rows: Int, columns: Int) {
    state.withLock { $0.screen.resize(rows: rows, columns: columns) }
    pseudo_terminal_resize(master, Int32(rows), Int32(columns))
  }

  func send(signal number: Int32) {
    let isRunning = state.withLock { $0.ending == nil }
    if isRunning { kill(process, number) }
  }

  func hangUp() {
    var byte: UInt8 = 0
    write(closing.write, &byte, 1)
  }

  var screen: Screen { state.withLock { $0.screen } }

  var written: Int { state.withLock { $0.output.count } }

  var output: String { state.withLock { String(decoding: $0.output, as: UTF8.self) } }

  var ending: PseudoTerminal.Ending? { state.withLock { $0.ending } }

  var modes: PseudoTerminal.Modes { PseudoTerminal.Modes(of: settings) }

  var isAsBefore: Bool { settings == firstSettings }

  private var settings: [UInt8] {
    state.withLock { $0.isClosed ? $0.lastSettings : currentSettings() }
  }

  private func currentSettings() -> [UInt8] { Self.settings(of: slave) }

  /// The bytes of the terminal's `termios`.
  private static func settings(of terminal: Int32) -> [UInt8] {
    var settings = termios()
    tcgetattr(terminal, &settings)
    return withUnsafeBytes(of: settings) { Array($0) }
  }
}

extension PseudoTerminal.Modes {
  /// - Parameter settings: The bytes of a `termios`.
  fileprivate init(of settings: [UInt8]) {
    let settings = settings.withUnsafeBytes { $0.loadUnaligned(as: termios.self) }
    func has(_ flag: Int32) -> Bool { settings.c_lflag & tcflag_t(flag) != 0 }
    self.init(echo: has(ECHO), canonical: has(ICANON), signals: has(ISIG))
  }
}

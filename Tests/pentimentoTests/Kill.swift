import Dispatch
import FoundationEssentials
import LoopbackServer
import PseudoTerminal
import Synchronization
import Testing

@testable import Tutoring
@testable import pentimento

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

// A kill -9, and what must hold after it. Where it hits follows from its number: when the server has
// sent some part of some reply (and waits there, or goes on while the signal is on its way), at some
// byte that the program writes, or at some system call that changes a file.

/// One kill of a program that solves problems.
struct Kill: CustomTestStringConvertible, Sendable {
  /// How the program is used.
  enum Way: CaseIterable { case dialogue, pipe, batch }

  /// Where it is hit.
  enum Place: Sendable {
    /// When so many parts of the reply to a request (from 0) have been sent.
    case part(Int, ofReply: Int, waits: Bool)
    /// At a share of the bytes that an undisturbed run writes.
    case byte(share: Double)
    /// When some thread is about to make its n-th (from 1) call that changes a file.
    case call(Int)
  }

  let number: Int
  let way: Way
  let place: Place
  /// Whether the model is the program's own, with a server as a child.
  let isEmbedded: Bool

  init(number: Int, way: Way, place: Place, isEmbedded: Bool) {
    (self.number, self.way, self.place, self.isEmbedded) = (number, way, place, isEmbedded)
  }

  init(number: Int) {
    var seeded = Seeded(number)
    self.number = number
    way = Way.allCases[number % 3]
    isEmbedded = number % 4 == 1
    let requests = way == .batch ? 12 : 4
    switch number % 5 {
    case 0, 1:
      place = .part(
        Int.random(in: 0..<12, using: &seeded),
        ofReply: Int.random(in: 0..<requests, using: &seeded),
        waits: Bool.random(using: &seeded))
    case 4 where way != .dialogue && Self.canTrace:
      place = .call(Int.random(in: 1...10, using: &seeded))
    default: place = .byte(share: Double.random(in: 0..<0.9, using: &seeded))
    }
  }

  var testDescription: String {
    "\(number): \(way), \(place)\(isEmbedded ? ", with a server of its own" : "")"
  }

  /// Whether the program ends by itself: at the call, or if it never comes to it.
  var endsAlone: Bool { if case .call = place { true } else { false } }

  /// Whether the program may have ended when the signal comes.
  var mayEnd: Bool { if case .part(_, _, waits: true) = place { false } else { true } }

  /// Whether system calls can be traced here.
  static let canTrace = Unprivileged.ends([tracer, "-qq", "-o", "/dev/null", "/bin/true"])

  private static let tracer = "/usr/bin/strace"

  /// Words of a command that runs the words behind it, and kills them at the call.
  var launcher: [String] {
    guard case .call(let count) = place else { return [] }
    let calls =
      "write,ftruncate,fchmod,flock,linkat,unlinkat,renameat,mkdirat,?link,?unlink,?rename,?mkdir"
    return [
      Self.tracer, "-f", "-qq", "-o", "/dev/null", "-e", "trace=\(calls)", "-e",
      "inject=\(calls):signal=KILL:when=\(count)",
    ]
  }
}

/// The program that is killed, the server that it asks, and what it leaves.
final class Victim {
  static let problems = [DialogueTests.pens, "How many pens are in 2 boxes?"]

  let kill: Kill
  let program: Program
  let server: LoopbackServer
  private let gate = Gate()
  private var lifeline: Lifeline

  init(_ kill: Kill) throws {
    self.kill = kill
    let asked = Mutex(0)
    let gate = gate
    server = LoopbackServer { request, _ in
      if let answer = StandIn.answer(request) { return answer }
      let reply = BatchTests.answer(request)
      let number = asked.withLock { asked in
        asked += 1
        return asked - 1
      }
      guard case .part(let part, number, _) = kill.place else { return reply }
      return reply.inserting(.gate(gate), before: part)
    }
    program = try Program()
    lifeline = try Lifeline(in: program.home.path)
    if case .part(_, _, waits: false) = kill.place { gate.open() }
    if kill.isEmbedded { try StandIn.install(in: program, server) }
  }

  deinit { server.stop() }

  var flags: [String] { kill.isEmbedded ? [] : Program.flags(server) }
  var launcher: [String] { lifeline.launcher + kill.launcher }

  /// Requests for replies that have been read.
  var asked: Int { server.requests.count { StandIn.answer($0) == nil } }

  /// Waits for the moment of the kill.
  ///
  /// - Parameter byte: Waits for the n-th byte.
  func moment(of extent: Int, _ byte: (Int) async throws -> Void) async throws {
    switch kill.place {
    case .part: await gate.reached()
    case .byte(let share): try await byte(1 + Int(share * Double(extent)))
    case .call: break
    }
  }

  /// Whether everything that was started has ended.
  func isOver() -> Bool { lifeline.isOver() }

  /// Runs the program to its end, without a kill.
  func goOn(_ arguments: [String], input: String = "") async throws -> Program.Outcome {
    lifeline = try Lifeline(in: program.home.path)
    return try await program.start(
      arguments + flags, input: input, through: lifeline.launcher
    ).outcome()
  }

  /// A pipe whose ends no other child inherits.
  static func ends() throws -> (read: Int32, write: Int32) {
    var ends: [Int32] = [-1, -1]
    try #require(pipe(&ends) == 0)
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return (ends[0], ends[1])
  }
}

/// What a program writes into a pipe, read by a thread of its own.
final class Drain: Sendable {
  private struct State {
    var bytes: [UInt8] = []
    var isAtEnd = false
    var waits: [(count: Int, waiter: CheckedContinuation<Void, Never>)] = []
  }
  private let state = Mutex(State())

  /// - Parameter descriptor: Closed at its end.
  init(_ descriptor: Int32) {
    DispatchQueue(label: "drain").async { [self] in
      var block = [UInt8](repeating: 0, count: 1 << 12)
      while true {
        let count = read(descriptor, &block, block.count)
        if count < 0, errno == EINTR { continue }
        take(block.prefix(max(count, 0)), isAtEnd: count <= 0)
        if count <= 0 { break }
      }
      close(descriptor)
    }
  }

  /// Waits until so many bytes have come, or all.
  func wait(forBytes count: Int = .max) async {
    await withCheckedContinuation { waiter in
      let isDone = state.withLock { state in
        let isDone = state.isAtEnd || state.bytes.count >= count
        if !isDone { state.waits.append((count, waiter)) }
        return isDone
      }
      if isDone { waiter.resume() }
    }
  }

  /// All that came, up to the end.
  func text() async -> String {
    await wait()
    return state.withLock { String(decoding: $0.bytes, as: UTF8.self) }
  }

  private func take(_ bytes: ArraySlice<UInt8>, isAtEnd: Bool) {
    let fulfilled = state.withLock { state in
      state.bytes += bytes
      state.isAtEnd = isAtEnd
      let count = isAtEnd ? Int.max : state.bytes.count
      defer { state.waits.removeAll { $0.count <= count } }
      return state.waits.filter { $0.count <= count }
    }
    for wait in fulfilled { wait.waiter.resume() }
  }
}

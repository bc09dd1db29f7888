// A chat-completions server for tests: plain sockets on 127.0.0.1, a thread a connection, and no
// idea of what a model is. Every response is a script (`Response`), sent byte for byte, so a fault
// that was found once stays found. It refuses to be clever: no TLS, no HTTP/2, no timing; where a
// test needs the server to wait, it puts a `Gate` there.

import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A server that answers on loopback as its script says, until it is stopped or the process ends.
public final class LoopbackServer: Sendable {
  /// A request as it came.
  public struct Request: Hashable, Sendable {
    public var method: String
    public var path: String
    /// By lower-case name.
    public var headers: [String: String]
    public var body: [UInt8]
    /// Requests with the same number came over the same connection; from 0.
    public var connection: Int

    /// The body as text.
    public var text: String { String(decoding: body, as: UTF8.self) }
  }

  /// What to answer; requests are numbered from 0 in the order they came.
  public typealias Answer = @Sendable (Request, Int) -> Response

  /// What a new connection gets before anything is read from it, and then its end; `nil` serves it.
  public typealias Greeting = @Sendable () -> Response?

  public let port: Int
  private let core: LoopbackCore

  /// The base URL of its chat completions.
  public var url: String { "http://127.0.0.1:\(port)/v1" }

  /// All requests that have been read.
  public var requests: [Request] { core.state.withLock { $0.requests } }

  /// Connections that have been accepted.
  public var connections: Int { core.state.withLock { $0.connections } }

  /// Answers the requests in order; the last response goes to all that follow.
  public convenience init(_ responses: [Response]) {
    self.init(responses, { nil }, { _, index in responses[min(index, responses.count - 1)] })
  }

  public convenience init(_ responses: Response...) {
    self.init(responses)
  }

  /// Answers each request as `answer` says, on connections that `greeting` lets through.
  public convenience init(
    greeting: @escaping Greeting = { nil }, answering answer: @escaping Answer
  ) {
    self.init([], greeting, answer)
  }

  /// - Parameter queue: Looked at only for `dropped`, which must be known before a request is read.
  private init(
    _ queue: [Response], _ greeting: @escaping Greeting, _ answer: @escaping Answer
  ) {
    let listener = socket(AF_INET, streamType, 0)
    precondition(listener >= 0, "no socket for the loopback server")
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    withUnsafeMutablePointer(to: &address) { address in
      address.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        precondition(bind(listener, address, length) == 0, "no port for the loopback server")
        precondition(listen(listener, 128) == 0, "the loopback server cannot listen")
        _ = getsockname(listener, address, &length)
      }
    }
    port = Int(UInt16(bigEndian: address.sin_port))
    core = LoopbackCore(listener, queue, greeting, answer)
    let core = core
    inThread { core.accept() }
  }

  /// Closes every connection and stops listening.
  public func stop() { core.stopping.open() }
}

/// What the server's threads share.
final class LoopbackCore: Sendable {
  struct State {
    var requests: [LoopbackServer.Request] = []
    var connections = 0
    var answered = 0
  }

  let state = Mutex(State())
  let stopping = Gate()
  private let listener: Int32
  private let queue: [Response]
  private let greeting: LoopbackServer.Greeting
  private let answer: LoopbackServer.Answer

  init(
    _ listener: Int32, _ queue: [Response], _ greeting: @escaping LoopbackServer.Greeting,
    _ answer: @escaping LoopbackServer.Answer
  ) {
    self.listener = listener
    self.queue = queue
    self.greeting = greeting
    self.answer = answer
  }

  /// Takes connections until the server stops.
  func accept() {
    while true {
      let ready = pollAll([(listener, POLLIN), (stopping.signal, POLLIN)])
      if ready[1] { break }
      #if canImport(Glibc)
        let socket = Glibc.accept(listener, nil, nil)
      #else
        let socket = Darwin.accept(listener, nil, nil)
      #endif
      guard socket >= 0 else { continue }
      _ = fcntl(socket, F_SETFD, FD_CLOEXEC)
      let (number, isDropped) = state.withLock { state in
        state.connections += 1
        let isDropped = queue.indices.contains(state.answered) && queue[state.answered].isDropped
        if isDropped { state.answered += 1 }
        return (state.connections - 1, isDropped)
      }
      let connection = Connection(socket, number, stopping)
      let greeting = greeting()
      if isDropped || greeting?.isDropped == true {
        connection.reset()
      } else {
        inThread {
          if let greeting { _ = connection.send(greeting) } else { self.serve(connection) }
        }
      }
    }
    close(listener)
  }

  private func serve(_ connection: Connection) {
    while let request = connection.readRequest() {
      let index = state.withLock { state in
        state.requests.append(request)
        state.answered += 1
        return state.answered - 1
      }
      guard connection.send(answer(request, index)) else { return }
    }
  }
}

// The life of the embedded model's server, with a shell as a stand-in for the child: it prints the
// address of a loopback server in this process, which answers in its place.

import LoopbackServer
import Synchronization
import Testing
import Tutoring

@testable import Endpoint

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A stand-in for a server: what the child does, and what answers for it.
private struct StandIn {
  let folder = TemporaryFolder()
  let server: LoopbackServer

  /// - Parameter loading: Checks of its health that it answers with 503 first.
  init(loading: Int = 0) {
    let left = Countdown(loading)
    server = LoopbackServer { request, _ in
      switch request.path {
      case "/health":
        return left.countDown() ? .error(503, "Loading model") : Response(framing: .length)
      case "/v1/models":
        let hasKey = (request.headers["authorization"] ?? "").hasPrefix("Bearer ")
        return hasKey ? Response(framing: .length) : .error(401, "Invalid API Key")
      default: return .reply("56")
      }
    }
  }

  /// The line that says that the server is ready.
  var ready: String { "echo READY http://127.0.0.1:\(server.port)" }

  func settings(_ script: String, model: String = "digest") -> LocalServerSettings {
    LocalServerSettings(
      command: ["/bin/sh", "-c", script], model: model, folder: folder.path + "/state/pentimento",
      readyWithin: 30, stopWithin: 20)
  }

  /// A server that runs until its input closes, and says so in a file.
  func running(model: String = "digest") -> LocalServer {
    LocalServer(
      settings("\(ready); cat; echo done >> \(folder.path)/ends", model: model), over: Wire())
  }

  func text(of name: String) -> String {
    guard let file = try? Descriptor.open(folder.path + "/" + name, O_RDONLY),
      let bytes = try? file.read(upTo: 1 << 16)
    else { return "" }
    return String(decoding: bytes, as: UTF8.self)
  }

  var state: ServerState? { .read(folder.path + "/state/pentimento/server.json") }
}

/// A number that goes down to 0.
private final class Countdown: Sendable {
  private let left: Mutex<Int>

  init(_ number: Int) { left = Mutex(number) }

  /// Whether it was above 0.
  func countDown() -> Bool {
    left.withLock { left in
      left -= 1
      return left >= 0
    }
  }
}

private func permissions(of path: String) -> mode_t {
  var status = stat()
  stat(path, &status)
  return status.st_mode & 0o777
}

@Test func `the server starts, answers and ends with its input`() async throws {
  let standIn = StandIn(loading: 2)
  let server = standIn.running()
  let told = Mutex<[LocalServerProgress]>([])
  let address = try await server.address { step in told.withLock { $0.append(step) } }
  #expect(address.baseURL.text == standIn.server.url)
  #expect(standIn.server.requests.map(\.path) == ["/health", "/health", "/health"])
  let steps = told.withLock { $0 }
  #expect(steps.count >= 3)
  #expect(steps.allSatisfy { if case .loads = $0 { true } else { false } })
  #expect(try await server.address() == address)
  #expect(standIn.server.requests.count == 3)

  let folder = standIn.folder.path + "/state/pentimento"
  #expect(permissions(of: folder) == 0o700)
  for file in ["server.json", "server.log", "server.lock"] {
    #expect(permissions(of: folder + "/" + file) == 0o600, "\(file)")
  }
  let state = try #require(standIn.state)
  #expect(state.url == "http://127.0.0.1:\(standIn.server.port)")
  #expect(state.model == "digest")
  #expect(state.isAlive)
  #expect(Secret(state.key) == address.key)

  server.stop()
  #expect(!state.isAlive)
  #expect(standIn.state == nil)
  #expect(standIn.text(of: "ends") == "done\n")
  await #expect(throws: LocalServerError.interrupted) { try await server.address() }
}

@Test func `the key is in the environment and in no argument, file or log`() async throws {
  let standIn = StandIn()
  let script = """
    echo starting >&2
    [ ${#PENTIMENTO_SERVER_KEY} = 32 ] && [ $GOMP_SPINCOUNT = 10000 ] && \(standIn.ready)
    tr '\\0' ' ' < /proc/$$/cmdline > \(standIn.folder.path)/arguments
    cat
    """
  let server = LocalServer(standIn.settings(script), over: Wire())
  let address = try await server.address()
  server.stop()
  let key = address.key.withValue { $0 }
  #expect(key.count == 32)
  #expect(!standIn.text(of: "arguments").contains(key))
  #expect(standIn.text(of: "state/pentimento/server.log") == "starting\n")
}

@Test func `the embedded model is asked through its server, with its key`() async throws {
  let standIn = StandIn()
  let wire = Wire()
  let server = LocalServer(
    standIn.settings("\(standIn.ready); cat > /dev/null"), over: wire)
  let model = LocalModel(server, over: wire) { $0.userAgent = "pentimento" }
  let reply = try await model.reply(to: question) { _ in }
  #expect(reply.text == "56")
  let sent = try #require(standIn.server.requests.last)
  let address = try await server.address()
  #expect(sent.headers["authorization"] == address.key.withValue { "Bearer " + $0 })
  server.stop()
}

@Test func `a server that ends early shows its last lines`() async throws {
  let standIn = StandIn()
  let script =
    "for n in 1 2 3 4 5 6; do echo line $n >&2; done; echo $PENTIMENTO_SERVER_KEY >&2; exit 3"
  let server = LocalServer(standIn.settings(script), over: Wire())
  let log = standIn.folder.path + "/state/pentimento/server.log"
  let error = LocalServerError.ended(
    how: "exit status 3", lines: ["line 3", "line 4", "line 5", "line 6", "[key]"], log: log)
  await #expect(throws: error) { try await server.address() }
  #expect(
    "\(error)" == """
      the embedded model's server ended before it was ready (exit status 3)
        line 3
        line 4
        line 5
        line 6
        [key]
      its log is \(log)
      """)
  await #expect(throws: error) { try await server.address() }
}

@Test func `a server that cannot start is an error with its command`() async throws {
  let standIn = StandIn()
  var settings = standIn.settings("")
  settings.command = ["/nowhere/python", "launcher.py"]
  let error = LocalServerError.notStarted(
    command: "/nowhere/python launcher.py", reason: "no such file or directory")
  await #expect(throws: error) { try await LocalServer(settings, over: Wire()).address() }
}

@Test func `a server that is not ready in time is ended`() async throws {
  let standIn = StandIn()
  var settings = standIn.settings("echo $$ > \(standIn.folder.path)/pid; exec sleep 1000")
  settings.readyWithin = 0.3
  await #expect(throws: LocalServerError.tooSlow(seconds: 0.3, log: settings.log)) {
    try await LocalServer(settings, over: Wire()).address()
  }
  let pid = try #require(pid_t(standIn.text(of: "pid").trimmed))
  #expect(kill(pid, 0) != 0)
}

@Test func `a server that does not listen is ended with force`() async throws {
  let standIn = StandIn()
  var settings = standIn.settings("trap '' TERM; \(standIn.ready); while :; do sleep 1000; done")
  settings.stopWithin = 0.1
  let server = LocalServer(settings, over: Wire())
  _ = try await server.address()
  let state = try #require(standIn.state)
  server.stop()
  #expect(!state.isAlive)
}

@Test func `a second program uses the first one's server, and its own when that is gone`()
  async throws
{
  let standIn = StandIn()
  let (first, second) = (standIn.running(), standIn.running())
  let address = try await first.address()
  let owner = try #require(standIn.state)
  #expect(try await second.address() == address)
  #expect(standIn.state == owner)

  first.stop()
  let other = try await second.address()
  #expect(other.key != address.key)
  let state = try #require(standIn.state)
  #expect(state.pid != owner.pid)
  #expect(state.isAlive)

  second.stop()
  #expect(!state.isAlive)
  #expect(standIn.text(of: "ends") == "done\ndone\n")
}

@Test func `who borrows a server does not end it`() async throws {
  let standIn = StandIn()
  let (first, second) = (standIn.running(), standIn.running())
  _ = try await first.address()
  _ = try await second.address()
  second.stop()
  #expect(standIn.state?.isAlive == true)
  first.stop()
  #expect(standIn.text(of: "ends") == "done\n")
}

@Test func `a server with another model is not shared`() async throws {
  let standIn = StandIn()
  let (first, second) = (standIn.running(model: "one"), standIn.running(model: "two"))
  let address = try await first.address()
  #expect(try await second.address() != address)
  first.stop()
  #expect(standIn.state?.model == "two")
  second.stop()
  #expect(standIn.state == nil)
}

@Test(arguments: ["", "{", #"{"url":"http://example.org","key":"k","pid":1,"model":"digest"}"#])
func `a state file that means nothing is not in the way`(text: String) async throws {
  let standIn = StandIn()
  let settings = standIn.settings("\(standIn.ready); cat")
  try Descriptor.makeFolder(settings.folder)
  try Descriptor.open(settings.state, O_WRONLY | O_CREAT).write(Array(text.utf8))
  let server = LocalServer(settings, over: Wire())
  _ = try await server.address()
  #expect(standIn.state?.model == "digest")
  server.stop()
}

@Test func `a state file whose process is not the server is not believed`() async throws {
  let standIn = StandIn()
  let stranger = LoopbackServer(.error(404, "no models here"))
  let settings = standIn.settings("\(standIn.ready); cat")
  try Descriptor.makeFolder(settings.folder)
  let stale = ServerState(
    url: "http://127.0.0.1:\(stranger.port)", key: "0123456789abcdef", pid: getpid(),
    model: "digest", started: 0)
  try stale.write(settings.state)
  let server = LocalServer(settings, over: Wire())
  #expect(try await server.address().baseURL.text == standIn.server.url)
  server.stop()
}

@Test(arguments: [0o666, 0o640, nil] as [mode_t?])
func `a state file that others could read or write, or a link to one, is not believed`(
  mode: mode_t?
) async throws {
  let standIn = StandIn()
  let stranger = LoopbackServer(Response(framing: .length))
  let settings = standIn.settings("\(standIn.ready); cat")
  try Descriptor.makeFolder(settings.folder)
  chmod(settings.folder, 0o777)
  let planted = ServerState(
    url: "http://127.0.0.1:\(stranger.port)", key: "0123456789abcdef", pid: getpid(),
    model: "digest", started: 0)
  let file = mode == nil ? standIn.folder.path + "/elsewhere" : settings.state
  try planted.write(file)
  if let mode { chmod(file, mode) } else { symlink(file, settings.state) }
  let server = LocalServer(settings, over: Wire())
  #expect(try await server.address().baseURL.text == standIn.server.url)
  #expect(stranger.connections == 0)
  #expect(permissions(of: settings.state) == 0o600)
  #expect(permissions(of: settings.folder) == 0o700)
  if mode == nil { #expect(ServerState.read(file) == planted) }
  server.stop()
}

@Test func `two programs that start together load one model`() async throws {
  let standIn = StandIn()
  let script = "echo load >> \(standIn.folder.path)/loads; \(standIn.ready); cat"
  let servers = (0..<2).map { _ in LocalServer(standIn.settings(script), over: Wire()) }
  let addresses = try await withThrowingTaskGroup(of: LocalServer.Address.self) { group in
    for server in servers { group.addTask { try await server.address() } }
    return try await group.reduce(into: []) { $0.append($1) }
  }
  #expect(Set(addresses).count == 1)
  #expect(standIn.text(of: "loads") == "load\n")
  for server in servers { server.stop() }
}

@Test func `who stops waiting finds the server when asking again`() async throws {
  let standIn = StandIn()
  let script =
    "echo load >> \(standIn.folder.path)/loads; read line < \(standIn.folder.path)/go; echo $line; cat"
  _ = mkfifo(standIn.folder.path + "/go", 0o600)
  let server = LocalServer(standIn.settings(script), over: Wire())
  let waits = Gate()
  let task = Task { try await server.address { _ in waits.open() } }
  await waits.opened()
  task.cancel()
  await #expect(throws: LocalServerError.interrupted) { try await task.value }
  let go = try Descriptor.open(standIn.folder.path + "/go", O_RDWR)
  try go.write(Array("READY http://127.0.0.1:\(standIn.server.port)\n".utf8))
  #expect(try await server.address().baseURL.text == standIn.server.url)
  #expect(standIn.text(of: "loads") == "load\n")
  server.stop()
}

@Test func `the server ends when its program is killed`() async throws {
  let folder = TemporaryFolder()
  let fifo = folder.path + "/alive"
  #expect(mkfifo(fifo, 0o600) == 0)
  let alive = try Descriptor.open(fifo, O_RDONLY | O_NONBLOCK)
  setenv("PENTIMENTO_TEST_FOLDER", folder.path, 1)
  await #expect(processExitsWith: .signal(SIGKILL)) {
    let folder = String(cString: getenv("PENTIMENTO_TEST_FOLDER"))
    let answering = LoopbackServer(Response(framing: .length))
    // The child holds the fifo open until it ends.
    let script =
      "exec 3> \(folder)/alive; echo READY http://127.0.0.1:\(answering.port); exec cat"
    let server = LocalServer(
      LocalServerSettings(command: ["/bin/sh", "-c", script], model: "m", folder: folder),
      over: Wire())
    _ = try await server.address()
    kill(getpid(), SIGKILL)
  }
  #expect(alive.isReadable(within: 20_000))
  #expect(try alive.read().isEmpty)
}

import LoopbackServer
import Testing
import Tutoring

@testable import Endpoint

/// One model behind several servers: who is asked, and who is left alone.
@Suite struct PoolTests {
  private func pool(
    _ servers: [LoopbackServer], timing: Timing = .real, retry: RetrySettings = .never
  ) throws -> EndpointPool {
    EndpointPool(
      try servers.map { try settings(for: $0) { $0.retry = retry } }, over: Wire(), timing: timing)
  }

  private func counts(_ servers: [LoopbackServer]) -> [Int] { servers.map(\.requests.count) }

  @Test func `a request goes to the server with the fewest in flight`() async throws {
    let gate = Gate()
    let servers = [
      LoopbackServer(Response.reply("first").inserting(.gate(gate), before: 2), .reply("free")),
      LoopbackServer(.reply("second")),
    ]
    let pool = try pool(servers)
    async let held = pool.reply(to: question) { _ in }
    await gate.reached()
    #expect(try await pool.reply(to: question) { _ in }.text == "second")
    #expect(try await pool.reply(to: question) { _ in }.text == "second")
    gate.open()
    #expect(try await held.text == "first")
    #expect(try await pool.reply(to: question) { _ in }.text == "free")
    #expect(counts(servers) == [2, 2])
  }

  @Test(arguments: [
    Response.dropped, .error(500, "broken"), .error(503, "busy"), .error(429, "slow down"),
    .error(401, "no"), .page(404, "nothing here"), .page(200, "<html>a page</html>"),
  ])
  func `a server that fails is rested, and the request goes to the next`(fault: Response)
    async throws
  {
    let clock = FakeClock()
    let servers = [LoopbackServer(fault, .reply("back")), LoopbackServer(.reply("second"))]
    let pool = try pool(servers, timing: clock.timing())
    let parts = Parts()
    let reply = try await pool.reply(to: question, onPart: parts.take)
    #expect(reply.text == "second")
    #expect(reply.attempts == 2)
    #expect(parts.text == "second")
    #expect(try await pool.reply(to: question) { _ in }.text == "second")
    try await clock.timing().sleep(29)
    #expect(try await pool.reply(to: question) { _ in }.text == "second")
    try await clock.timing().sleep(1)
    #expect(try await pool.reply(to: question) { _ in }.text == "back")
    #expect(servers[1].requests.count == 3)
  }

  @Test func `a server that asks for a pause gets that one`() async throws {
    let clock = FakeClock()
    let servers = [
      LoopbackServer(.error(503, "busy", headers: [("Retry-After", "100")]), .reply("back")),
      LoopbackServer(.reply("second")),
    ]
    let pool = try pool(servers, timing: clock.timing())
    _ = try await pool.reply(to: question) { _ in }
    try await clock.timing().sleep(99)
    #expect(try await pool.reply(to: question) { _ in }.text == "second")
    try await clock.timing().sleep(1)
    #expect(try await pool.reply(to: question) { _ in }.text == "back")
  }

  @Test func `when all have failed they are tried again, as one server is`() async throws {
    let clock = FakeClock()
    let servers = [
      LoopbackServer(.error(503, "busy"), .reply("first")), LoopbackServer(.error(500, "broken")),
    ]
    let pool = try pool(servers, timing: clock.timing(), retry: RetrySettings())
    let parts = Parts()
    let reply = try await pool.reply(to: question, onPart: parts.take)
    #expect(reply.text == "first")
    #expect(reply.attempts == 3)
    #expect(clock.sleeps == [0.5])
    #expect(counts(servers) == [2, 1])
    #expect(
      parts.all.prefix(2) == [
        .waiting(attempt: 1, seconds: 0, reason: "503: busy"),
        .waiting(attempt: 2, seconds: 0.5, reason: "500: broken"),
      ])
  }

  @Test func `in the end the error is the last one's`() async throws {
    let clock = FakeClock()
    let servers = [LoopbackServer(.error(503, "busy")), LoopbackServer(.error(500, "broken"))]
    let pool = try pool(servers, timing: clock.timing(), retry: RetrySettings(tries: 3))
    let url = "\(servers[1].url)/chat/completions"
    await #expect(throws: ModelError.refused(url: url, status: 500, message: "broken")) {
      try await pool.reply(to: question) { _ in }
    }
    #expect(counts(servers) == [3, 3])
  }

  @Test func `a fault of the request is no server's`() async throws {
    let servers = [LoopbackServer(.error(400, "bad")), LoopbackServer(.reply("second"))]
    let pool = try pool(servers)
    let url = "\(servers[0].url)/chat/completions"
    await #expect(throws: ModelError.refused(url: url, status: 400, message: "bad")) {
      try await pool.reply(to: question) { _ in }
    }
    #expect(counts(servers) == [1, 0])
  }

  @Test func `what broke off after the first token is not asked again`() async throws {
    let servers = [
      LoopbackServer(Response.reply(["half ", "a reply"]).inserting(.hangUp, before: 2)),
      LoopbackServer(.reply("second")),
    ]
    let reply = try await pool(servers).reply(to: question) { _ in }
    #expect(reply.finish == .cut && reply.text == "half ")
    #expect(counts(servers) == [1, 0])
  }
}

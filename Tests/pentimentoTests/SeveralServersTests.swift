import LoopbackServer
import Testing

@testable import pentimento

/// Several servers for one model, as flags and the file name them.
@Suite struct SeveralServersTests {
  @Test func `a batch goes on with the servers that are left`() async throws {
    let servers = [BatchTests.server(), LoopbackServer(.dropped), BatchTests.server()]
    servers[1].stop()
    let program = try Program()
    let problems = try program.home.write(BatchTests.rows(0..<12), to: "problems.jsonl")
    let urls = servers.flatMap { ["--base-url", $0.url] }
    let run = try await program.run(["batch", problems, "--model", "m", "--jobs", "4"] + urls)
    #expect(run.status == 0)
    #expect(try BatchTests.records(run.output).values.count { $0.verdict == .accepted } == 12)
    #expect(servers[0].requests.count + servers[2].requests.count == 24)
    #expect(servers[2].requests.count > 0)
  }

  @Test func `the file names them in a list`() async throws {
    let servers = [BatchTests.server(), BatchTests.server()]
    let program = try Program()
    let urls = servers.map { "\"\($0.url)\"" }.joined(separator: ", ")
    let file = try program.home.write(
      "solver = \"two\"\n[models.two]\nbase_url = [\(urls)]\nmodel = \"m\"\n", to: "two.toml")
    let shown = try await program.run(["config", "--config", file])
    #expect(shown.output.contains("[\(servers[0].url), \(servers[1].url)]"))
    let run = try await program.run(
      ["batch", "--config", file, "--jobs", "4"], input: BatchTests.rows(0..<8))
    #expect(run.status == 0)
    #expect(servers.map(\.requests.count).reduce(0, +) == 16)
    let doctor = try await program.run(["doctor", "--config", file])
    for server in servers { #expect(doctor.output.contains("m at \(server.url) answered in ")) }
    for wrong in ["[]", "[3]", "[\"\"]", "[\"ftp://x\"]"] {
      let bad = try program.home.write(
        "solver = \"two\"\n[models.two]\nbase_url = \(wrong)\n", to: "bad.toml")
      #expect(try await program.run(["config", "--config", bad]).status == 64)
    }
  }

  @Test func `a key that belongs to one address goes to no other`() async throws {
    let servers = [BatchTests.server(), BatchTests.server()]
    let urls = servers.flatMap { ["--base-url", $0.url] } + ["--model", "m", "--jobs", "4"]
    for (address, isSent) in [(nil, true), (servers[0].url, false)] {
      var variables = ["PENTIMENTO_API_KEY": "k-1234567890"]
      variables["PENTIMENTO_BASE_URL"] = address
      _ = try await Program(variables).run(["batch"] + urls, input: BatchTests.rows(0..<4))
      let sent = servers.flatMap(\.requests).suffix(1).map { $0.headers["authorization"] != nil }
      #expect(sent == [isSent])
    }
  }
}

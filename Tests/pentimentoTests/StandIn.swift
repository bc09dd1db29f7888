import LoopbackServer
import Testing

@testable import pentimento

/// A stand-in for the embedded model: verified parts whose server is a shell that names a loopback
/// server and lives as long as its input, as the real one does.
enum StandIn {
  /// What a request about the server itself is answered; `nil` for one about a problem.
  static func answer(_ request: LoopbackServer.Request) -> Response? {
    request.path.hasSuffix("/chat/completions") ? nil : Response(framing: .length)
  }

  static func install(in program: Program, _ server: LoopbackServer) throws {
    let folder = "data/pentimento/embedded"
    let weights = try program.home.write("GGUF", to: "\(folder)/model.gguf")
    let script = "#!/bin/sh\necho READY http://127.0.0.1:\(server.port)\nexec cat > /dev/null\n"
    try program.home.write(script, to: "\(folder)/venv/bin/python", mode: 0o755)
    try program.home.write("", to: "\(folder)/launcher.py")
    let critic = try program.home.write("GGUF", to: "\(folder)/critic.gguf")
    let time = try #require(Path.modified(weights))
    let criticTime = try #require(Path.modified(critic))
    try program.home.write(
      """
      {"version": 1,
       "model": {"name": "n", "file": "model.gguf", "bytes": 4, "modified_ns": \(time), \
      "sha256": "s"},
       "critic": {"file": "critic.gguf", "bytes": 4, "modified_ns": \(criticTime), \
      "sha256": "c"},
       "server": {"package": "p", "version": "1", "lock": "l", "python": "venv/bin/python"}}
      """, to: "\(folder)/manifest.json")
  }
}

import Testing
import Tutoring

@testable import pentimento

/// A doctor in a home of its own, where nothing is set up.
private func doctor(
  in home: TemporaryFolder, text: String? = nil, environment: [String: String] = [:],
  answer: Doctor.Answer? = nil
) -> Doctor {
  let folders = Folders(environment: ["HOME": home.path])
  return Doctor(
    environment: environment, folders: folders,
    configuration: Result { () throws(ConfigurationError) in
      try Configuration.read(
        flags: ConfigurationFlags(), environment: environment, folders: folders
      ) { _ in text }
    },
    prompts: Result { () throws(ConfigurationError) in
      try PromptFolder.find(
        flag: nil, environment: environment, folders: folders, executable: "/opt/bin/pentimento")
    },
    executable: "/opt/bin/pentimento", libraries: ["libcurl/8"],
    terminal: TerminalFacts(
      isInputTerminal: true, isOutputTerminal: true, columns: 80, encoding: "UTF-8"),
    ask: answer.map { answer in { @Sendable _ in answer } })
}

private let served = """
  solver = "s"
  [models.s]
  base_url = "http://localhost:1/v1"
  model = "m"
  """

private func lines(_ doctor: Doctor) async -> String {
  DoctorCommand.table(await doctor.examine())
}

@Test func `the whole table for a server that answers`() async throws {
  let home = try TemporaryFolder()
  let table = await lines(
    doctor(
      in: home, text: served, environment: ["TERM": "xterm"],
      answer: .success(Reply(text: "2", milliseconds: 7))))
  #expect(
    table == """
      ✓ program        /opt/bin/pentimento
      ✓ libraries      libcurl/8
      ✓ terminal       xterm, 80 columns, UTF-8
      ✓ configuration  \(home.path)/.config/pentimento (made when needed)
      ✓ storage        \(home.path)/.local/share/pentimento (made when needed)
      ✓ state          \(home.path)/.local/state/pentimento (made when needed)
      ✓ settings       \(home.path)/.config/pentimento/pentimento.toml
      ✓ prompts        built into the program; no folder has prompts
      · embedded       not in \(home.path)/.local/share/pentimento/embedded: weights, critic, server, launcher
                       → run `pentimento fetch`, or name another model in the settings
      ✓ solver         m at http://localhost:1/v1 answered in 7 ms
      """)
}

private func faults(_ doctor: Doctor) async -> [String: ExitStatus] {
  let faults = await doctor.examine().filter { $0.state == .fault }
  return Dictionary(faults.map { ($0.name, $0.status) }) { first, _ in first }
}

private typealias ExitStatus = pentimento.ExitStatus

@Test func `the embedded model is missed only if it is needed`() async throws {
  let home = try TemporaryFolder()
  #expect(await faults(doctor(in: home)) == ["embedded": .unreachable])
  #expect(await faults(doctor(in: home, text: served)) == [:])
}

@Test func `a faulty answer gives its status`() async throws {
  let home = try TemporaryFolder()
  let url = "http://localhost:1/v1/chat/completions"
  let errors: [(ModelError, ExitStatus)] = [
    (.unreachable(url: url, reason: "refused"), .unreachable),
    (.unauthorized(url: url, status: 401, message: "no"), .authentication),
    (.noKey(url: url, reason: "unset"), .authentication),
    (.optionRefused(url: url, option: "max_tokens", message: "no"), .usage),
  ]
  for (error, status) in errors {
    #expect(
      await faults(doctor(in: home, text: served, answer: .failure(error))) == ["solver": status])
  }
}

@Test func `a key must be where the settings say, and nobody else's to read`() async throws {
  let home = try TemporaryFolder()
  let byVariable = served + "\nkey_env = \"THE_KEY\""
  #expect(await faults(doctor(in: home, text: byVariable)) == ["solver": .authentication])
  #expect(
    await faults(doctor(in: home, text: byVariable, environment: ["THE_KEY": "k"])) == [:])
  let byFile = served + "\nkey_file = \"~/key\""
  #expect(await faults(doctor(in: home, text: byFile)) == ["solver": .authentication])
  try home.write("k", to: "key", mode: 0o644)
  #expect(await faults(doctor(in: home, text: byFile)) == ["solver": .authentication])
  try home.write("k", to: "key", mode: 0o600)
  #expect(await faults(doctor(in: home, text: byFile)) == [:])
}

@Test func `folders that others may write to are a fault`() async throws {
  let home = try TemporaryFolder()
  let folders = Folders(environment: ["HOME": home.path])
  try Folders.create(folders.state)
  #expect(await faults(doctor(in: home, text: served)) == [:])
  try home.setMode(0o777, of: folders.state)
  #expect(await faults(doctor(in: home, text: served)) == ["state": .files])
}

@Test func `prompts that cannot be read are a fault`() async throws {
  let home = try TemporaryFolder()
  try home.write("no message here", to: ".config/pentimento/prompts/propose.txt")
  #expect(await faults(doctor(in: home, text: served)) == ["prompts": .usage])
}

@Test func `a misspelt variable is remarked upon`() async throws {
  let home = try TemporaryFolder()
  let table = await lines(
    doctor(in: home, text: served, environment: ["PENTIMENTO_MODLE": "x", "TERM": "xterm"]))
  #expect(table.contains("· variable       PENTIMENTO_MODLE means nothing here\n"))
  #expect(table.contains("→ did you mean PENTIMENTO_MODEL?"))
}

@Test func `settings that cannot be read are a fault`() async throws {
  let home = try TemporaryFolder()
  #expect(await faults(doctor(in: home, text: "solvr = 1")) == ["settings": .usage])
}

@Test func `the verified parts of the embedded model are known again`() throws {
  let home = try TemporaryFolder()
  let folder = Path.joined(home.path, "embedded")
  #expect(EmbeddedManifest.missing(in: folder) == ["weights", "critic", "server", "launcher"])
  let weights = try home.write("GGUF", to: "embedded/model.gguf")
  try home.write("", to: "embedded/venv/bin/python", mode: 0o755)
  try home.write("", to: "embedded/launcher.py")
  let critic = try home.write("GGUF", to: "embedded/critic.gguf")
  let time = try #require(Path.modified(weights))
  let criticTime = try #require(Path.modified(critic))
  let manifest = """
    {"version": 1,
     "model": {"name": "n", "file": "model.gguf", "bytes": 4, "modified_ns": \(time), "sha256": "s"},
     "critic": {"file": "critic.gguf", "bytes": 4, "modified_ns": \(criticTime), "sha256": "c"},
     "server": {"package": "p", "version": "1", "lock": "l", "python": "venv/bin/python"}}
    """
  try home.write(manifest, to: "embedded/manifest.json")
  #expect(EmbeddedManifest.missing(in: folder) == [])
  try home.write("GGUFF", to: "embedded/model.gguf")
  try home.write("", to: "embedded/critic.gguf")
  #expect(EmbeddedManifest.missing(in: folder) == ["weights", "critic"])
}

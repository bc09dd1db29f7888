import FoundationEssentials
import LoopbackServer
import PseudoTerminal
import Tutoring

@testable import pentimento

/// Drives the built program through one cell and notes what does not hold.
final class FaultTrial {
  /// Seconds after which whatever is waited for counts as hung.
  static let watchdog = 30

  let cell: FaultCell
  let server: FaultServer
  let program: Program
  let expected: FaultExpectation
  var broken: [String] = []

  /// - Returns: What does not hold.
  static func run(_ cell: FaultCell) async -> [String] {
    do {
      let trial = try FaultTrial(cell)
      switch cell.way {
      case .dialogue: try await trial.converse()
      case .once: try await trial.solve()
      case .pipe: try await trial.pipe()
      case .batch: try await trial.batch()
      }
      try trial.lookForKey()
      return trial.broken
    } catch {
      return ["\(error)"]
    }
  }

  private init(_ cell: FaultCell) throws {
    self.cell = cell
    server = FaultServer(cell)
    expected = FaultExpectation(cell, url: server.url + "/chat/completions")
    program = try Program(["PENTIMENTO_API_KEY": Fault.key, "NO_COLOR": "1"])
    try program.home.write(configuration, to: ".config/pentimento/pentimento.toml")
  }

  func demand(_ holds: Bool, _ words: @autoclosure () -> String) {
    if !holds { broken.append(words()) }
  }

  // MARK: - Settings

  var isApart: Bool { cell.fault.place == .tls }
  /// What takes another model once the one that misbehaves cannot be used at all.
  var change: String { cell.phase == .critique ? "/critic near" : "/model near" }

  var flags: [String] {
    cell.fault.model == "m"
      ? [] : ["--base-url", server.url, "--model", cell.fault.model, "--critic", "near"]
  }

  private var configuration: String {
    let deadlines = cell.fault.settings.map { "\($0.key) = \($0.value)\n" }.joined()
    func model(_ name: String, _ url: String, _ more: String = "") -> String {
      "[models.\(name)]\nbase_url = \"\(url)\"\nmodel = \"m\"\nkey_env = \"PENTIMENTO_API_KEY\"\n"
        + more
    }
    let solver = isApart && cell.phase != .propose ? "near" : "far"
    let critic = isApart && cell.phase == .propose ? "near" : "far"
    return "solver = \"\(solver)\"\ncritic = \"\(critic)\"\n[loop]\nfactored = 0\n"
      + model("far", server.url, deadlines) + model("near", server.server.url)
  }

  // MARK: - One-shot and pipe

  private func solve() async throws {
    let run = try await program.run(
      ["solve", FaultServer.first] + flags, patience: Self.watchdog)
    demand(run.status == expected.status, "status \(run.status), not \(expected.status)")
    let output = expected.line.map { $0 + "\n" } ?? ""
    demand(run.output == output, "stdout: \(run.output)")
    look(at: run)
    try await lookAtTranscript(problems: 1)
  }

  private func pipe() async throws {
    let lines = cell.phase == .hint ? ["/pose " + FaultServer.first, "/hint"] : [FaultServer.first]
    let input = lines + (isApart ? [change] : []) + [FaultServer.second]
    let run = try await program.run(
      flags, input: input.map { $0 + "\n" }.joined(), patience: Self.watchdog)
    demand(run.status == expected.status, "status \(run.status), not \(expected.status)")
    let output = (expected.line.map { [$0] } ?? []) + ["accepted\t15"]
    demand(run.lines == output, "stdout: \(run.output)")
    look(at: run)
    try await lookAtTranscript(problems: 2)
  }

  private func look(at run: Program.Outcome) {
    demandWords(in: run.complaints)
    if case .nothing = cell.fault.outcome, cell.phase != .hint, !isApart {
      demand(run.complaints.isEmpty, "stderr: \(run.complaints)")
    }
    for text in [run.output, run.complaints] {
      demandNoKey(in: text, "an output")
      if let found = text.firstControl { broken.append("control character \(found) in a pipe") }
    }
  }

  // MARK: - Batch

  private func batch() async throws {
    let rows = [FaultServer.first, FaultServer.second].enumerated().map {
      "{\"id\":\"p\($0 + 1)\",\"problem\":\"\($1)\"}\n"
    }
    let problems = try program.home.write(rows.joined(), to: "problems.jsonl")
    let out = "\(program.home.path)/runs.jsonl"
    let run = try await program.run(
      ["batch", problems, "--out", out, "--jobs", "1"] + flags, patience: Self.watchdog)
    var status: Int32 = 0
    if case .error(_, let severe) = cell.fault.outcome {
      status = severe
      demandWords(in: run.complaints)
      demand(run.complaints.contains("pentimento: p1: "), "no id: \(run.complaints)")
    }
    demand(run.status == status, "status \(run.status), not \(status): \(run.complaints)")
    for text in [run.output, run.complaints] {
      demandNoKey(in: text, "an output")
      if let found = text.firstControl { broken.append("control character \(found) in a pipe") }
    }
    var records: [String: RunRecord] = [:]
    let remarks = try RunFile.read(out) { records[$0.id] = $0 }
    demand(remarks.isEmpty, "the output has remarks: \(remarks)")
    guard let first = records["p1"], let second = records["p2"] else {
      return demand(false, "no record of both problems: \(run.complaints)")
    }
    demand(
      first.verdict?.rawValue == expected.verdict?.word, "\(String(describing: first.verdict))")
    demand(first.answer ?? "" == expected.verdict?.answer ?? "", "answer \(first.answer ?? "none")")
    if isApart {
      demand(second.error != nil, "the second problem has no error")
    } else {
      demand(second.verdict == .accepted && second.answer == "15", "the second problem failed")
    }
    guard let transcript = first.transcript() else { return demand(false, "no events kept") }
    await look(at: transcript, problems: 1)
  }

  // MARK: - Words

  func demandWords(in text: String) {
    let solid = text.solid
    for words in expected.words {
      demand(solid.contains(words.solid), "not said: \(words)\n--- but:\n\(text.suffix(3000))")
    }
  }
}

extension String {
  /// Without any white space, so that it does not matter where a terminal breaks lines.
  var solid: String { String(unicodeScalars.filter { !$0.properties.isWhitespace }) }
}

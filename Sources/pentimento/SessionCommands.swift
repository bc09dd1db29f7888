import Algebra
import Tutoring
import Typeset

// What the commands after a slash do; the same in the REPL and in a pipe.

extension Session {
  /// Carries out one line.
  ///
  /// - Returns: What it contributes to the exit status, or `nil` to leave.
  func take(_ line: String) async throws(Failure) -> ExitStatus? {
    // However a command ends, nothing may be drawn over the next prompt.
    defer { screen.status(nil) }
    if let status = try answerQuestion(with: line) { return status }
    switch InputLine(reading: line) {
    case .nothing: return .fine
    case .problem(let statement): return try await solve(statement)
    case .unknown(let word, let near):
      let meant = near.map { "; did you mean /\($0)?" } ?? ""
      throw Failure(
        .usage,
        "there is no command /\(word)\(meant) (/help lists them; // begins a problem with a slash)")
    case .command(.quit, _): return nil
    case .command(let command, let words) where command.teaches:
      return try await teach(command, words)
    case .command(let command, let words): return try carryOut(command, words)
    }
  }

  private func carryOut(_ command: Command, _ words: String) throws(Failure) -> ExitStatus {
    switch command {
    case .help: help()
    case .check: return try check(words)
    case .rounds: try number(words, "rounds", 0...100, \.rounds)
    case .samples: try number(words, "samples", 1...1000, \.samples)
    case .model: try model(words)
    case .critic: try critic(words)
    case .checker: try checker(words)
    case .why: try why(words)
    case .raw: tell(last?.candidate.text ?? "no solution yet")
    case .save:
      guard !words.isEmpty else { throw Failure(.usage, "/save wants a name") }
      tell("saved as \(try save(as: words))")
    case .stats: try stats()
    case .diff: try diff()
    case .copy: try copy()
    case .sessions: try sessions(words)
    case .show: try show(words)
    case .export: try export(words)
    case .notebook: try notebook(words)
    case .quit, .pose, .mine, .hint, .ask, .similar: break
    }
    return .fine
  }

  /// Tells the person something; on stdout only where that is not kept for answers.
  func tell(_ text: String, indent: Int = 0) {
    if case .terminal = output {
      screen.lines(screen.fitted(text, indent: indent))
    } else {
      screen.say(text)
    }
  }

  private func help() {
    let rows = Command.allCases.map { ("/" + $0.names[0] + " " + $0.usage, $0.purpose) }
    let width = rows.map(\.0.count).max() ?? 0
    tell("Anything else is a problem to solve. A line goes on after a \\ at its end.")
    let lines = rows.map { "  \($0.0.padded(to: width))  \($0.1)" }
    tell(lines.joined(separator: "\n"), indent: width + 4)
  }

  private func check(_ claim: String) throws(Failure) -> ExitStatus {
    guard !claim.isEmpty else { throw Failure(.usage, "/check wants a claim, such as 2 + 2 = 4") }
    let finding = Checker().check(claim: claim)
    let evidence = finding.evidence.collapsed()
    switch output {
    case .terminal:
      screen.line(finding.outcome.mark + " \(finding.outcome.rawValue)  \(screen.set(evidence))")
    case .answers:
      screen.lines(["\(finding.outcome.rawValue)\t\(Gate.safe(evidence, keeping: []))"])
    case .events: screen.say("\(finding.outcome.rawValue): \(evidence)")
    }
    return finding.outcome == .refuted ? .otherVerdict : .fine
  }

  private func number(
    _ words: String, _ name: String, _ range: ClosedRange<Int>, _ path: WritableKeyPath<Policy, Int>
  ) throws(Failure) {
    if !words.isEmpty {
      guard let value = Int(words), range.contains(value) else {
        throw Failure(
          .usage, "/\(name) wants a whole number from \(range.lowerBound) to \(range.upperBound)")
      }
      change { $0[keyPath: path] = value }
    }
    tell("\(name) = \(policy[keyPath: path])")
  }

  private func model(_ words: String) throws(Failure) {
    if !words.isEmpty { try take(words, asCritic: false) }
    tell("solver: \(solver.shownName); there are \(modelNames)")
  }

  private func critic(_ words: String) throws(Failure) {
    if words == "none" || words == "off" {
      change { $0.critic = false }
    } else if words == "on" {
      change { $0.critic = true }
    } else if !words.isEmpty {
      try take(words, asCritic: true)
    }
    tell("critic: \(policy.critic ? critic.shownName : "none"); there are \(modelNames)")
  }

  private var modelNames: String {
    studio.configuration.models.keys.sorted().joined(separator: ", ")
  }

  private func checker(_ words: String) throws(Failure) {
    switch words {
    case "": break
    case "on": change { $0.checker = true }
    case "off": change { $0.checker = false }
    default: throw Failure(.usage, "/checker wants on or off")
    }
    tell("checker \(policy.checker ? "on" : "off")")
  }

  private func why(_ words: String) throws(Failure) {
    if try tellOfWorking(words) { return }
    guard let last else { throw Failure(.usage, "no solution yet") }
    var step: Int?
    if !words.isEmpty {
      guard let number = Int(words), last.report.steps.indices.contains(number - 1) else {
        throw Failure(.usage, "the last solution has steps 1 to \(last.report.steps.count)")
      }
      step = number - 1
    }
    let findings = last.report.findings.filter { step == nil || $0.step == step }
    if findings.isEmpty { tell("the checker found no claim there") }
    for finding in findings {
      let claim = screen.set(finding.claim.collapsed())
      let evidence = screen.set(finding.evidence.collapsed())
      tell(
        "step \(finding.step + 1)  \(finding.outcome.rawValue)  \(claim)  (\(evidence))", indent: 2)
    }
  }
}

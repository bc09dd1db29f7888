import Algebra
import Synchronization
import Tutoring
import Typeset

/// Shows a run as it happens, or as it happened: the working as it comes, each step's marks, what
/// the critic says, the correction, and the verdict with who vouches for it.
final class TurnView: Sendable {
  private let screen: Screen
  /// Whether the working is printed, or only waited for.
  private let showsWork: Bool
  /// Whether the verdict is printed with who vouches for it and what it cost.
  private let concludes: Bool
  /// Whether exchanges are shown from their events, because nothing streams.
  private let isReplay: Bool

  private struct State {
    var stream: Working?
    var isChecked = true
    /// Whether the solution is the learner's own, which gets no verdict.
    var isOwn = false
    /// Whether the tutor solves for itself.
    var isReference = false
    /// The candidate of each round, for showing what a revision changed.
    var rounds: [Checked] = []
  }
  private let state = Mutex(State())

  init(screen: Screen, showsWork: Bool, concludes: Bool = true, isReplay: Bool = false) {
    self.screen = screen
    self.showsWork = showsWork
    self.concludes = concludes
    self.isReplay = isReplay
  }

  /// The last candidate that was checked.
  var last: Checked? { state.withLock { $0.rounds.last } }

  func show(_ progress: Tutoring.Progress) {
    switch progress {
    case .began(let phase, _): screen.status(phase.doing)
    case .part(let phase, .text(let text)):
      if showsWork, phase.writesSolution { stream(text) }
    case .part(_, .reasoning): break
    case .part(let phase, .waiting(let attempt, let seconds, let reason)):
      screen.say(Self.retry(attempt, seconds, reason))
      screen.status(phase.doing)
    case .event(let event): show(event)
    }
  }

  /// Ends the run's last line, whatever state it is in.
  func finish() {
    screen.status(nil)
    endStream()
  }

  private func stream(_ text: String) {
    let ink = screen.ink
    let (lines, pending) = state.withLock { state in
      var stream = state.stream ?? Working(ink: ink, isChecked: state.isChecked)
      let lines = stream.add(text, ink: ink)
      let pending = stream.newPending()
      state.stream = stream
      return (lines, pending)
    }
    screen.lines(lines)
    if let pending { screen.live(pending) }
  }

  private func endStream() {
    let ink = screen.ink
    let lines = state.withLock { state in
      defer { state.stream = nil }
      return state.stream?.finish(ink: ink) ?? []
    }
    screen.lines(lines)
  }

  private func show(_ event: Event) {
    if isReplay, isOutOfSight(event) { return }
    switch event {
    case .problem(let posed):
      state.withLock {
        $0.isChecked = posed.policy.checker
        $0.rounds = []
        $0.isOwn = posed.working != nil
      }
      if isReplay { pose(posed) }
    case .exchange(let exchange):
      if isReplay, showsWork, exchange.phase.writesSolution { stream(exchange.reply.text) }
      screen.status(nil)
      endStream()
      let isExpected = exchange.reply.finish == .length && exchange.phase.asksForOneWord
      if !isExpected, let shortfall = exchange.reply.shortfall { screen.say(shortfall) }
    case .checked(let checked):
      state.withLock { $0.rounds.append(checked) }
      if showsWork { show(checked) }
    case .critiqued(_, let critique):
      if showsWork { opinion(critique) }
    case .decided(.revise(_, let evidence)):
      if showsWork { correction(evidence) }
    case .verdict(_, let cost) where isReplay && state.withLock({ $0.isOwn }):
      screen.line()
      screen.line(StyledText(Self.line(of: cost), .dim))
    case .verdict(let verdict, let cost): conclude(verdict, cost)
    case .failed(let reason) where isReplay: screen.say("failed: \(reason)")
    case .note(let note) where isReplay:
      if let own = OwnWork(note: note) {
        screen.line(StyledText(own.note, own.style), indent: 2)
      } else {
        screen.line(StyledText(Event.shown(note: note), .dim))
      }
    case .session(let header) where isReplay:
      if let provenance = header.provenance { screen.line(StyledText(provenance, .dim)) }
    default: break
    }
  }

  /// Whether an event belongs to a solution that the tutor made for itself; nobody saw it.
  private func isOutOfSight(_ event: Event) -> Bool {
    if case .problem(let posed) = event {
      let isReference = posed.isReference == true
      state.withLock { $0.isReference = isReference }
      return isReference
    }
    guard state.withLock({ $0.isReference }) else { return false }
    if case .note = event { return false }
    return true
  }

  // MARK: - What was found

  private func show(_ checked: Checked) {
    // The reply was a program; what is worth reading is what came out of it.
    if case .calculated = checked.candidate.origin {
      screen.line(StyledText("by calculation:", .dim))
      stream(checked.candidate.text)
      endStream()
    }
    summary(checked)
  }

  private func pose(_ posed: PosedProblem) {
    screen.lines(render(posed.problem.statement, ink: screen.ink))
    screen.line()
    if let working = posed.working {
      screen.line(StyledText("own working:", .dim))
      stream(working)
      endStream()
    }
  }

  /// How many claims hold, are refuted and are open, and why for the refuted ones.
  private func summary(_ checked: Checked) {
    screen.line()
    let findings = checked.report.findings
    for finding in findings where finding.outcome == .refuted {
      screen.line(
        StyledText("✗ step \(finding.step + 1): ", .red)
          + StyledText(screen.set(finding.evidence)), indent: 2)
    }
    var text: StyledText = "checker: "
    var isFirst = true
    for (outcome, count) in checked.report.counts {
      text =
        text + StyledText(isFirst ? "" : ", ") + outcome.mark
        + StyledText(" " + outcome.counted(count))
      isFirst = false
    }
    if isFirst { text = text + "no claim found" }
    if findings.contains(where: { $0.outcome != .holds }) {
      text = text + StyledText("  (/why)", .dim)
    }
    screen.line(text)
    if let proof = checked.proof {
      let holds = proof.outcome == .holds
      screen.line(
        StyledText(holds ? "✓ " : "✗ ", holds ? .green : .red)
          + StyledText("put back into the problem: \(screen.set(proof.evidence))"), indent: 2)
    }
  }

  private func opinion(_ critique: Critique) {
    screen.line(StyledText("critic: \(critique.summary)"), indent: 2)
    guard let remark = critique.remark else {
      if critique.written != .right { quote(critique) }
      return
    }
    let place = remark.step.map { "step \($0 + 1): " } ?? ""
    let quote = screen.set(remark.quote.collapsed())
    let correction =
      remark.correction.isEmpty ? "" : " → \(screen.set(remark.correction.collapsed()))"
    screen.line(StyledText("  \(place)\(quote)\(correction)"), indent: 4)
    if !remark.reason.isEmpty {
      screen.line(StyledText("  \(remark.reason)", .dim), indent: 2)
    }
    if let dismissal = remark.dismissal {
      screen.line(StyledText("  dismissed: \(dismissal)"), indent: 2)
    }
  }

  /// The beginning of what a critic wrote that names no fault.
  private func quote(_ critique: Critique) {
    if critique.opening.isEmpty { return }
    screen.line(StyledText("  \(screen.set(critique.opening))", .dim), indent: 2)
  }

  /// The pentimento: the old words struck, and what takes their place.
  private func correction(_ evidence: Evidence) {
    let new =
      evidence.correction.map { StyledText(" → ") + StyledText(screen.set($0), .bold) } ?? ""
    screen.line()
    screen.line(
      StyledText("revised from step \(evidence.step + 1): ")
        + StyledText(screen.set(evidence.quote.collapsed()), .strike + .dim) + new, indent: 2)
    screen.line()
  }

  private func conclude(_ verdict: Verdict, _ cost: Cost) {
    guard concludes else { return }
    let plain = Ink(width: 400, unicode: screen.ink.unicode)
    let answers = ([verdict.answer].compactMap(\.self) + verdict.others).map {
      render("\\(\($0)\\)", ink: plain).joined(separator: " ")
    }
    let shown = answers.isEmpty ? "no answer" : answers.joined(separator: " or ")
    screen.line()
    screen.line(
      StyledText(verdict.word.rawValue, verdict.word.style + .bold) + "  "
        + StyledText(shown, .bold) + StyledText("  \(verdict.voucher)"),
      indent: 2)
    screen.line(StyledText(Self.line(of: cost), .dim))
  }

  /// Calls, tokens and time in one line.
  static func line(of cost: Cost) -> String {
    let seconds = Double(cost.milliseconds) / 1000
    var parts = [
      "\(cost.calls) call\(cost.calls == 1 ? "" : "s")",
      "\(cost.promptTokens) tokens read, \(cost.completionTokens) written", Self.seconds(seconds),
    ]
    if seconds > 0.05, cost.completionTokens > 0 {
      parts.append("\(Self.tenths(Double(cost.completionTokens) / seconds)) tokens/s")
    }
    return parts.joined(separator: " · ")
  }

  /// Why the program waits before it asks again.
  static func retry(_ attempt: Int, _ seconds: Double, _ reason: String) -> String {
    "try \(attempt) failed (\(reason)); again in \(Self.seconds(seconds))"
  }

  static func seconds(_ seconds: Double) -> String { "\(tenths(seconds)) s" }

  static func tenths(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }
}

extension Reply {
  /// Why it is not all that was to come, for the person; `nil` if it is complete.
  var shortfall: String? {
    switch finish {
    case .stop: nil
    case .length: "the reply reached its limit of tokens and broke off"
    case .cut: "the reply broke off: \(fault ?? "no end was sent")"
    case .interrupted: "interrupted"
    case .filtered: "the server withheld the rest of the reply"
    case .unreadable: "the calculation cannot be computed"
    }
  }
}

extension Phase {
  /// What the program is doing while it waits.
  var doing: String {
    switch self {
    case .propose: "the solver reads the problem"
    case .calculate: "the solver writes a calculation"
    case .critique: "the critic reads the solution"
    case .probability: "the critic weighs the solution"
    case .combine, .bound: "the critic is asked without the answer in sight"
    case .revise: "the solver revises"
    case .hint: "the tutor thinks of a hint"
    case .ask: "the tutor thinks about the question"
    }
  }

  fileprivate var writesSolution: Bool { self == .propose || self == .revise }
}

extension String {
  /// Every run of white space as one space, and none at the ends.
  func collapsed() -> String {
    split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}

import Algebra
import Endpoint
import FoundationEssentials
import Synchronization
import Tutoring
import Typeset

/// A person's (or a pipe's) session: its settings, its transcript, and what to do with each line.
final class Session: Sendable {
  let studio: Studio
  let screen: Screen
  /// How much of a run is printed.
  let output: Output

  /// What goes to stdout.
  enum Output: Sendable {
    /// Everything, for a person.
    case terminal
    /// One line a problem; with the working before it if wanted.
    case answers(work: Bool)
    /// Every event as a JSON line.
    case events
  }

  private struct State {
    var policy: Policy
    var solver: ModelSettings
    var critic: ModelSettings
    var transcript: TranscriptFile?
    var path: String?
    var name: String?
    var saves: Bool
    var problems = 0
    var last: Checked?
    /// The last problem, with all that happened to it.
    var record: ProblemRecord?
    var tally = Tally()
    /// Whether what happens belongs to a solution that the tutor makes for itself.
    var isOutOfSight = false
    /// What the next line answers.
    var question: Review?
    var isHeaderShown = false
  }
  private let state: Mutex<State>
  /// Whether somebody waits for what is being done.
  private let isAttended = Atomic(false)
  /// What a learner works on.
  let study = Mutex(Study())
  /// Seconds since 1970, as the notebook counts them.
  let now: @Sendable () -> Double
  private let started: Double
  private let clock = ContinuousClock()
  private let origin = ContinuousClock.now

  /// - Parameters:
  ///   - path: The transcript's file; `nil` for a new one in the folder of transcripts.
  ///   - saves: Whether a transcript is kept at all.
  init(
    studio: Studio, screen: Screen, output: Output, path: String? = nil, saves: Bool = true,
    now: @escaping @Sendable () -> Double = { Date().timeIntervalSince1970 }
  ) {
    self.now = now
    started = now().rounded()
    self.studio = studio
    self.screen = screen
    self.output = output
    state = Mutex(
      State(
        policy: studio.configuration.loop, solver: studio.configuration.solver,
        critic: studio.configuration.critic, path: path, saves: saves))
    // Not while the learner types: then it loads out of sight.
    studio.embedded.whenLoading { [weak self] in
      if self?.isAttended.load(ordering: .relaxed) == true {
        screen.status("the embedded model loads")
      }
    }
  }

  var transcriptPath: String? { state.withLock { $0.transcript?.path } }
  /// The transcript that is written, or the one that was taken up and not written to yet.
  var savedPath: String? {
    state.withLock { state in
      state.transcript?.path ?? state.path.flatMap { Path.isFile($0) ? $0 : nil }
    }
  }
  var last: Checked? { state.withLock { $0.last } }
  /// The last problem posed here, or in the transcript that was taken up.
  var record: ProblemRecord? { state.withLock { $0.record } }
  /// What happened here; a transcript that was taken up holds more.
  var tally: Tally { state.withLock { $0.tally } }
  /// What the next line answers; `nil` for a problem or a command.
  var question: Review? {
    get { state.withLock { $0.question } }
    set { state.withLock { $0.question = newValue } }
  }

  /// Begins with the last problem of a transcript that is taken up, and counts on from there.
  func recall(_ tail: SessionTail) {
    state.withLock { state in
      state.record = tail.last
      state.last = tail.last?.attempts.last?.checked
      state.problems = tail.problems
    }
    if let study = Study(recalling: tail) { self.study.withLock { $0 = study } }
  }

  /// Solves one problem and prints its verdict.
  ///
  /// - Parameters:
  ///   - id: Its name in the transcript; its number in the session if left out.
  ///   - working: The person's own solution, to be checked instead of proposing one.
  /// - Returns: What the problem contributes to the exit status.
  func solve(
    _ statement: String, id: String? = nil, working: String? = nil
  ) async throws(Failure) -> ExitStatus {
    let view = TurnView(
      screen: screen, showsWork: output.showsWork, concludes: output.isForPerson)
    defer { view.finish() }
    let run = try await perform(statement, id: id, working: working) { view.show($0) }
    state.withLock { $0.last = view.last }
    remember(run)
    guard let verdict = run.verdict else { return .otherVerdict }
    view.finish()
    printAnswer(verdict, run.cost)
    return verdict.status
  }

  /// Solves one problem, or judges a working, and records it; what is shown is the caller's.
  func perform(
    _ statement: String, id: String? = nil, working: String? = nil,
    show: @escaping @Sendable (Tutoring.Progress) -> Void
  ) async throws(Failure) -> Run {
    let tutor = try tutor()
    let isLong = attend(true)
    defer { attend(isLong) }
    try open()
    let problem = Problem(id: id ?? "p\(count())", statement: statement)
    let fault = Mutex<TranscriptError?>(nil)
    let run: Run
    do throws(ModelError) {
      run = try await tutor.solve(problem, working: working) { progress in
        if case .event(let event) = progress { self.record(event, fault) }
        show(progress)
      }
    } catch {
      throw Failure(error.status, error.description)
    }
    if let fault = fault.withLock({ $0 }) { throw Failure(.files, fault.description) }
    return run
  }

  /// Says whether somebody waits for what is being done.
  ///
  /// - Returns: What was said before.
  @discardableResult
  func attend(_ isAttended: Bool) -> Bool {
    self.isAttended.exchange(isAttended, ordering: .relaxed)
  }

  /// The tutor with the settings of now.
  func tutor() throws(Failure) -> Tutor {
    let (policy, solver, critic) = state.withLock { ($0.policy, $0.solver, $0.critic) }
    return Tutor(
      solver: try studio.voice(solver),
      critic: policy.critic ? try studio.voice(critic) : nil, prompts: studio.prompts,
      policy: policy)
  }

  func count() -> Int {
    state.withLock {
      $0.problems += 1
      return $0.problems
    }
  }

  private func printAnswer(_ verdict: Verdict, _ cost: Cost) {
    guard case .answers(let work) = output else { return }
    if work { screen.line() }
    let fields = [verdict.word.rawValue, verdict.answer ?? ""] + verdict.others
    screen.lines([fields.map { $0.field }.joined(separator: "\t")])
    if screen.isTerminal { screen.say("\(verdict.voucher) · \(TurnView.line(of: cost))") }
  }

  // MARK: - Transcript

  func record(_ event: Event, _ fault: borrowing Mutex<TranscriptError?>) {
    let line = Line(at: elapsed, event: event)
    // What has been seen is in the transcript already.
    defer { show(line) }
    state.withLock { state in
      if case .problem(let posed) = event {
        state.isOutOfSight = posed.isReference == true
        if !state.isOutOfSight { state.record = ProblemRecord(posed) }
      }
      if !state.isOutOfSight {
        state.record?.take(event)
        if case .checked(let checked) = event { state.last = checked }
      }
      state.tally.take(event)
    }
    // A transcript may end early, but has no holes.
    guard let file = state.withLock({ $0.transcript }), fault.withLock({ $0 == nil }) else {
      return
    }
    do throws(TranscriptError) {
      try file.append(line)
    } catch {
      fault.withLock { $0 = error }
      if case .gone = error { state.withLock { $0.transcript = nil } }
    }
  }

  private var elapsed: Int { Int((clock.now - origin) / .milliseconds(1)) }

  private func show(_ line: Line) {
    if case .events = output { screen.write(safeJSON(line.encoded())) }
  }

  /// Opens the transcript with the first problem, so that a session without one leaves no file.
  func open() throws(Failure) {
    let (isOpen, isShown, saves, path) = state.withLock {
      ($0.transcript != nil, $0.isHeaderShown, $0.saves, $0.path)
    }
    guard !isOpen, saves || !isShown else { return }
    let id = SessionID.random()
    let header = SessionHeader(id: id, started: started, program: Version.program)
    guard saves else {
      show(Line(at: elapsed, event: .session(header)))
      state.withLock { $0.isHeaderShown = true }
      return
    }
    let opened = try OpenedTranscript(path, header, at: elapsed, folders: studio.folders)
    if !opened.isBegun {
      do {
        try opened.file.append(opened.line)
      } catch {
        throw Failure(error.status, "\(error)")
      }
    }
    state.withLock { ($0.transcript, $0.isHeaderShown) = (opened.file, true) }
    show(opened.line)
  }

  /// Names the transcript; it is renamed in its folder.
  func save(as name: String) throws(Failure) -> String {
    guard SessionID.isName(name) else {
      throw Failure(.usage, "a name has letters, digits, - and _, 64 at most")
    }
    guard let file = state.withLock({ $0.transcript }) else {
      throw Failure(.usage, "nothing to save yet: pose a problem first")
    }
    let path = Path.joined(Path.parent(of: file.path), "\(name).jsonl")
    do {
      try file.rename(to: path)
    } catch {
      throw Failure(.files, "\(error)")
    }
    return path
  }

  // MARK: - Settings

  var policy: Policy { state.withLock { $0.policy } }
  var solver: ModelSettings { state.withLock { $0.solver } }
  var critic: ModelSettings { state.withLock { $0.critic } }

  func change(_ change: (inout Policy) -> Void) {
    state.withLock { change(&$0.policy) }
  }

  /// Takes another solver, or another critic.
  func take(_ name: String, asCritic: Bool) throws(Failure) {
    let models = studio.configuration.models
    guard let model = models[name] else {
      let near = nearest(to: name, in: Array(models.keys)).map { "; did you mean \($0)?" } ?? ""
      throw Failure(
        .usage,
        "no model is called \(name)\(near) (there are \(models.keys.sorted().joined(separator: ", ")))"
      )
    }
    state.withLock {
      if asCritic {
        $0.critic = model
        $0.policy.critic = true
      } else {
        $0.solver = model
      }
    }
  }
}

extension Session.Output {
  var isForPerson: Bool {
    if case .terminal = self { true } else { false }
  }

  fileprivate var showsWork: Bool {
    switch self {
    case .terminal: true
    case .answers(let work): work
    case .events: false
    }
  }
}

extension String {
  /// The text as one field of a line: no tab, no line end, and control characters written out.
  var field: String { Gate.safe(collapsed(), keeping: []) }
}

/// Names of sessions.
enum SessionID {
  private static let letters = Array("abcdefghijkmnpqrstuvwxyz23456789")

  /// Six letters and digits that are hard to confuse.
  static func random() -> String {
    String((0..<6).map { _ in letters[Int.random(in: letters.indices)] })
  }

  static func isName(_ name: String) -> Bool {
    !name.isEmpty && name.count <= 64
      && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_".contains($0)) }
  }
}

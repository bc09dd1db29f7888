import Endpoint
import Synchronization
import Tutoring

/// Solves many problems, some at a time, and writes a line for each as soon as it has ended.
///
/// What is written stands: a problem in flight when the program ends leaves nothing, and is solved
/// again by the next run.
final class Batch: Sendable {
  let tutor: Tutor
  let output: BatchOutput
  let screen: BatchScreen
  /// Problems in flight.
  let jobs: Int
  /// Whether the first error ends the taking of rows.
  let bails: Bool
  /// Whether lines hold their events.
  let keepsEvents: Bool
  /// The member of a row with a solution that is to be judged instead of proposing one.
  let working: String?
  /// Problems whose last line in the output is an error, with that: the same is not written twice.
  let failed: [Fingerprint: Fingerprint]

  private struct State {
    var status = ExitStatus.fine
    var isStopping = false
    var hasNoReader = false
  }
  private let state = Mutex(State())
  private let clock = ContinuousClock()

  init(
    tutor: Tutor, output: BatchOutput, screen: BatchScreen, jobs: Int, bails: Bool = false,
    keepsEvents: Bool = true, working: String? = nil, failed: [Fingerprint: Fingerprint] = [:]
  ) {
    self.tutor = tutor
    self.output = output
    self.screen = screen
    self.jobs = jobs
    self.bails = bails
    self.keepsEvents = keepsEvents
    self.working = working
    self.failed = failed
  }

  /// Solves what `rows` takes of the lines.
  func run(_ lines: LineSource, _ rows: BatchRows) async -> ExitStatus {
    var rows = rows
    await withTaskGroup(of: Void.self) { group in
      var inFlight = 0
      while !isStopping, !rows.isFull, let line = await lines.next() {
        guard case .entry(let entry, let remark) = rows.take(line) else { continue }
        if let remark { screen.remark(remark, line: entry.line) }
        if inFlight == jobs {
          await group.next()
          inFlight -= 1
        }
        if isStopping { break }
        group.addTask { await self.solve(entry) }
        inFlight += 1
      }
    }
    if let fault = lines.fault {
      screen.complain("cannot read on: \(fault)")
      end(.files)
    }
    return state.withLock { $0.hasNoReader ? .fine : $0.status }
  }

  private var isStopping: Bool { Task.isCancelled || state.withLock { $0.isStopping } }

  /// Notes a fault; some end the run.
  private func end(_ status: ExitStatus, stops: Bool = false) {
    state.withLock {
      $0.status = $0.status.joined(with: status)
      $0.isStopping = $0.isStopping || stops || bails
    }
  }

  private func solve(_ entry: BatchEntry) async {
    switch entry.row {
    case .failure(let fault):
      end(.unreadable)
      write(RunRecord(id: entry.id, error: "line \(entry.line): \(fault)"))
    case .success(let row):
      if let working, text(of: row) == nil {
        let fault = "line \(entry.line): no text `\(working)` in it"
        end(.unreadable)
        screen.error(fault, id: entry.id)
        write(RunRecord(id: entry.id, problem: row.statement, row: row.rest, error: fault))
        return
      }
      if let record = await solve(row, as: entry.id) { write(record) }
    }
  }

  /// - Returns: `nil` if it was interrupted, or waits for answers from a file.
  private func solve(_ row: ProblemRow, as id: String) async -> RunRecord? {
    let problem = Problem(id: id, statement: row.statement)
    let began = clock.now
    let events = Mutex<[Line]>([])
    let observe: @Sendable (Tutoring.Progress) -> Void = { progress in
      guard case .event(let event) = progress else { return }
      let at = Int((self.clock.now - began) / .milliseconds(1))
      events.withLock { $0.append(Line(at: at, event: event)) }
    }
    do throws(ModelError) {
      let run = try await tutor.solve(problem, working: text(of: row), observe: observe)
      if run.verdict?.ending == .interrupted || Task.isCancelled { return nil }
      return RunRecord(run, row: row.rest, events: events.withLock { $0 })
    } catch {
      if Task.isCancelled { return nil }
      if case .deferred = error {
        if working == nil { await begin(problem) }
        screen.countOpen()
        return nil
      }
      end(error.status)
      screen.error(error.description, id: id)
      return RunRecord(
        id: id, problem: row.statement, row: row.rest, error: error.description,
        events: events.withLock { $0 })
    }
  }

  /// Notes all first requests of a problem that waits for answers, so that they come together.
  private func begin(_ problem: Problem) async {
    for request in tutor.proposals(problem).dropFirst() {
      do throws(ModelError) {
        _ = try await tutor.solver.model.reply(to: request) { _ in }
      } catch {
        // That it was noted was the aim; another fault comes up when the reply is needed.
        continue
      }
    }
  }

  private func text(of row: ProblemRow) -> String? {
    guard let working, case .string(let text)? = row.rest[working] else { return nil }
    return text
  }

  private func write(_ record: RunRecord) {
    if let error = record.error, failed[Fingerprint(record.id)] == Fingerprint(error) {
      return screen.count(record)
    }
    switch output.write(keepsEvents ? record : record.brief) {
    case .done: screen.count(record)
    case .unread: state.withLock { ($0.hasNoReader, $0.isStopping) = (true, true) }
    case .failed(let failure):
      let isFirst = state.withLock { !$0.isStopping }
      end(failure.status, stops: true)
      if isFirst { screen.complain(failure.description) }
    }
  }
}

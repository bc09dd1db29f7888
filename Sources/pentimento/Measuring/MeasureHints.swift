import ArgumentParser
import Tutoring

/// `pentimento measure hints`: how often hints leak, before and after the guard.
struct MeasureHints: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hints", abstract: "Measure how often hints give something away.",
    discussion: """
      Each problem is solved, and hinted at on every rung below the answer, as for a learner who has \
      nothing yet. A leak is counted against the tutor's own solution, which the guard knows, and \
      against the set's own answer, which it does not.
      """)

  @OptionGroup var options: MeasuringOptions
  @OptionGroup var settings: ConfigurationOptions

  func run() async throws {
    let studio = try Ending.orExit { () throws(Failure) in try Studio(settings) }
    let items = try Ending.orExit { () throws(Failure) in try options.items() }
    let measurement = try Ending.orExit { () throws(Failure) in
      try Measurement<HintRow>(path: options.out)
    }
    let tutor = try Ending.orExit { () throws(Failure) in try Tutor(studio: studio) }
    let jobs = options.jobs
    let status = await Signals.cancelling {
      let (rows, status) = await measurement.run(items, jobs: jobs) { item in
        let run = try await tutor.solve(item.problem)
        if run.verdict?.ending == .interrupted { return nil }
        return try await HintRow(item, run, tutor)
      }
      if !Task.isCancelled { HintSummary(rows).print() }
      return status
    }
    studio.embedded.stop()
    Ending.exit(status)
  }
}

/// The hints for one problem.
struct HintRow: MeasuredRow {
  struct Draw: Codable, Sendable {
    var text: String
    /// What leaked, as the guard saw it.
    var leaks: [String]
    /// Whether it shows the set's own answer.
    var showsReference: Bool
  }
  struct Given: Codable, Sendable {
    var rung: Rung
    var source: String
    var text: String
    var showsReference: Bool
    /// What the shown hint still leaks; always empty if the guard does its work.
    var leaks: [String]
    /// What a model wrote, or the reference's step, before the guard.
    var draws: [Draw]
  }
  var id: String
  var verdict: String
  var answer: String?
  var reference: String?
  var hints: [Given]

  init(_ item: EvaluationItem, _ run: Run, _ tutor: Tutor) async throws {
    id = item.id
    verdict = run.verdict?.word.rawValue ?? "none"
    answer = run.verdict?.answer
    reference = item.reference
    hints = []
    guard let solved = ReferenceSolution(of: run), let last = item.reference else { return }
    let standing = Standing(solved)
    let known = LeakGuard(statement: item.statement, secrets: [HiddenValue(last, isFinal: true)])
    for rung in Rung.allCases where rung != .answer {
      let hint = try await tutor.hint(rung, standing)
      let guarding = standing.guarding(rung)
      func draw(_ text: String) -> Draw {
        Draw(
          text: text, leaks: guarding.leaks(in: text).map(\.quote),
          showsReference: !known.leaks(in: text).isEmpty)
      }
      var draws = hint.draws.map { draw($0.text) }
      if rung == .workedStep, let position = standing.position {
        draws.append(draw(solved.steps[position].text))
      }
      let shown = draw(hint.text)
      hints.append(
        Given(
          rung: rung, source: "\(hint.source)", text: hint.text,
          showsReference: shown.showsReference, leaks: shown.leaks, draws: draws))
    }
  }
}

/// The rates over all rows.
struct HintSummary {
  private let rows: [HintRow]

  init(_ rows: [HintRow]) {
    self.rows = rows
  }

  func print() {
    let hinted = rows.filter { !$0.hints.isEmpty }
    Swift.print("problems \(rows.count), with hints \(hinted.count)")
    for rung in Rung.allCases where rung != .answer {
      let hints = hinted.flatMap(\.hints).filter { $0.rung == rung }
      let first = hints.compactMap(\.draws.first)
      Swift.print(
        """
        \(rung.name): before the guard \(share(first.count { !$0.leaks.isEmpty }, of: first.count)) \
        leak, \(share(first.count(where: \.showsReference), of: first.count)) show the set's answer; \
        after \(share(hints.count { !$0.leaks.isEmpty }, of: hints.count)) leak, \
        \(share(hints.count(where: \.showsReference), of: hints.count)) show the set's answer; \
        \(share(hints.count { $0.source == "template" }, of: hints.count)) templates, \
        \(share(hints.count { $0.source == "withheld" }, of: hints.count)) withheld, \
        \(share(hints.count { $0.draws.count > 1 }, of: hints.count)) drawn again
        """)
    }
  }
}

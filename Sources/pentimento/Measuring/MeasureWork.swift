import Algebra
import ArgumentParser
import Tutoring

/// `pentimento measure work`: how often the first faulty step that is named is the labelled one.
struct MeasureWork: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "work", abstract: "Measure the first faulty step on labelled student work.",
    discussion: "With --no-critic the checker is measured alone, and no model is asked.")

  @OptionGroup var options: MeasuringOptions
  @OptionGroup var settings: ConfigurationOptions

  func run() async throws {
    let studio = try Ending.orExit { () throws(Failure) in try Studio(settings) }
    let items = try Ending.orExit { () throws(Failure) in try options.items() }
    let measurement = try Ending.orExit { () throws(Failure) in
      try Measurement<WorkRow>(path: options.out)
    }
    let tutor = try Ending.orExit { () throws(Failure) in try Tutor(studio: studio) }
    let jobs = options.jobs
    let status = await Signals.cancelling {
      let (rows, status) = await measurement.run(items, jobs: jobs) { item in
        guard let work = item.solutions.first else { return nil }
        let run = try await tutor.solve(item.problem, working: work.text)
        return WorkRow(item.id, work, run, tutor.policy)
      }
      if !Task.isCancelled { WorkSummary(rows).print() }
      return status
    }
    studio.embedded.stop()
    Ending.exit(status)
  }
}

/// A learner's solution, what is labelled in it, and what was named.
struct WorkRow: MeasuredRow {
  var id: String
  /// The first faulty step as people labelled it, counted from 0.
  var label: Int?
  /// The first faulty step that was named, by the same count; `nil` if none was.
  var named: Int?
  var certainty: Slip.Certainty?
  var kind: Slip.Kind?
  var quote: String?
  /// The step with the first number from nowhere, by the same count; only where no slip is shown.
  var asked: Int?
  /// The kind of mistake that the set gives.
  var category: String
  var calls: Int

  init(_ id: String, _ work: GivenSolution, _ run: Run, _ policy: Policy) {
    self.id = id
    label = work.firstFault
    category = work.kind
    calls = run.cost.calls
    guard let round = run.rounds.first, let assessment = Assessment(of: run, policy: policy) else {
      return
    }
    let steps = round.report.steps
    if let untraced = assessment.untraced, steps.indices.contains(untraced.step) {
      asked = work.step(at: steps[untraced.step].start)
    }
    guard let slip = assessment.slip else { return }
    let start = steps.indices.contains(slip.step) ? steps[slip.step].start : 0
    named = work.step(at: start)
    certainty = slip.certainty
    kind = slip.kind
    quote = slip.quote
  }
}

/// The counts over all rows.
struct WorkSummary {
  private let rows: [WorkRow]

  init(_ rows: [WorkRow]) {
    self.rows = rows
  }

  func print() {
    Swift.print("solutions \(rows.count), with a labelled step \(rows.count { $0.label != nil })")
    for (name, certainties) in [
      ("shown by the checker", [Slip.Certainty.shown]),
      ("shown or argued", [.shown, .argued]), ("with doubts", [.shown, .argued, .doubted]),
    ] {
      let named = rows.filter { $0.certainty.map(certainties.contains) ?? false }
      let labelled = named.filter { $0.label != nil }
      func count(_ holds: (Int, Int) -> Bool) -> Int {
        labelled.count { holds($0.named ?? 0, $0.label ?? 0) }
      }
      Swift.print(
        """
        \(name): named in \(share(named.count, of: rows.count)); \
        the labelled step \(share(count(==), of: labelled.count)), \
        a right step before it \(share(count(<), of: labelled.count)), \
        a step after it \(share(count(>), of: labelled.count))
        """)
    }
    let asked = rows.filter { $0.asked != nil && $0.label != nil }
    func count(_ holds: (Int, Int) -> Bool) -> Int {
      asked.count { holds($0.asked ?? 0, $0.label ?? 0) }
    }
    Swift.print(
      """
      asked where a number comes from: \(share(asked.count, of: rows.count)); \
      the labelled step \(share(count(==), of: asked.count)), \
      a step before it \(share(count(<), of: asked.count)), \
      a step after it \(share(count(>), of: asked.count))
      """)
    for row in rows where (row.named ?? .max) < (row.label ?? -1) {
      Swift.print(
        "right step accused: \(row.id) step \((row.named ?? 0) + 1), labelled \((row.label ?? 0) + 1): \(row.quote?.collapsed() ?? "")"
      )
    }
  }
}

extension Tutor {
  /// The tutor that the settings describe, outside a session.
  init(studio: Studio) throws(Failure) {
    let configuration = studio.configuration
    self.init(
      solver: try studio.voice(configuration.solver),
      critic: configuration.loop.critic ? try studio.voice(configuration.critic) : nil,
      prompts: studio.prompts, policy: configuration.loop)
  }
}

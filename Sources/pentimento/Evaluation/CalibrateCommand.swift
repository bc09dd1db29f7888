import ArgumentParser
import Tutoring

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// `pentimento calibrate`: from recorded runs to the weights that make a confidence.
struct CalibrateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "calibrate",
    abstract: "Fit how sure one may be of an answer to recorded runs with known answers.",
    discussion: """
      A logistic model of what the critic says, how many candidates agree and what the checker \
      found. Prints settings for the table [loop]. Fit on other problems than you measure on.
      """)

  @OptionGroup var settings: ConfigurationOptions

  @Argument(help: "Recordings by `pentimento sample`, or the output of `pentimento batch`.")
  var recordings: [String]

  @Option(help: "The share of accepted answers that are to be right.")
  var target = 0.9

  @Option(help: "How strongly the weights are held back.")
  var ridge = 1.0

  func validate() throws {
    if !(0...1).contains(target) { throw ValidationError("--target takes a number from 0 to 1") }
    if ridge <= 0 { throw ValidationError("--ridge takes a number above 0") }
  }

  func run() async throws {
    let (studio, all) = try Ending.orExit { () throws(Failure) in
      var all: [Recording] = []
      for file in recordings { all += try RecordingStore(from: file).all }
      return (try Studio(settings), all)
    }
    let configuration = studio.configuration
    let tutor = try Ending.orExit { () throws(Failure) in
      Tutor(
        solver: try studio.voice(configuration.solver),
        critic: configuration.loop.critic ? try studio.voice(configuration.critic) : nil,
        prompts: studio.prompts, policy: configuration.loop)
    }
    var cases = CalibrationCases()
    for recording in all { await cases.add(recording, by: tutor) }
    guard let model = cases.fit(ridge: ridge) else {
      complain(
        "\(cases.uncovered) of \(all.count) problems lack a reply that this policy needs (\(RecordingStore.whatToCheck)); "
          + "\(cases.isRight.count) answers of \(all.count) problems are too few to fit; there must be right and wrong ones"
      )
      throw ExitCode(ExitStatus.unreadable.rawValue)
    }
    printLine(report(cases, model, all.count).joined(separator: "\n"))
  }

  private func report(
    _ cases: CalibrationCases, _ model: LogisticRegression, _ problems: Int
  ) -> [String] {
    let scores = cases.features.map(model.probability)
    let right = Proportion(cases.isRight.count { $0 }, of: cases.isRight.count)
    var lines = [
      "# \(problems) problems, \(right.total) answers, \(right.count) of them right",
      "# AUC \(shown(Discrimination.area(scores, cases.isRight))), log loss \(shown(model.logLoss(cases.features, cases.isRight)))",
    ]
    if cases.uncovered > 0 { lines.append("# \(cases.uncovered) problems lack a recorded reply") }
    let best = cases.best(by: model)
    let threshold = CalibrationCases.threshold(best, target: target)
    if let threshold {
      let kept = best.filter { $0.confidence >= threshold }
      let just = Proportion(kept.count(where: \.isRight), of: kept.count)
      lines.append(
        "# accepted: \(kept.count) of \(best.count), right: \(just.counts) (95 %: \(just.range) %)")
    }
    lines.append("[loop]")
    lines.append("# intercept, \(Referee.featureNames.joined(separator: ", "))")
    let weights = ([model.intercept] + model.weights).map { rounded($0, to: 3) }
    lines.append("calibration = [\(weights.map { "\($0)" }.joined(separator: ", "))]")
    // Rounded down, so that the answer it was taken from still passes.
    if let threshold { lines.append("threshold = \((threshold * 1000).rounded(.down) / 1000)") }
    return lines
  }

  private func rounded(_ x: Double, to digits: Int) -> Double {
    let scale = digits == 3 ? 1000.0 : 10_000
    return (x * scale).rounded() / scale
  }

  private func shown(_ x: Double?) -> String { x.map { "\(rounded($0, to: 3))" } ?? "–" }
}

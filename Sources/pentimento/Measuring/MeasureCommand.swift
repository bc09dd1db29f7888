import ArgumentParser

/// `pentimento measure`: figures about the tutor itself, for those who change it.
struct MeasureCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "measure", abstract: "Measure the tutor on a data set.", shouldDisplay: false,
    subcommands: [MeasureHints.self, MeasureWork.self])
}

/// What every measurement is told.
struct MeasuringOptions: ParsableArguments {
  @Argument(help: "The data set, as published.")
  var set: String

  @Option(help: "The file of rows, one JSON object a problem; what it holds is not measured again.")
  var out: String

  @Option(help: "Problems at most.")
  var limit: Int?

  @Option(help: "Problems left out at the beginning.")
  var skip = 0

  @Option(help: "Problems in flight.")
  var jobs = 1
}

import ArgumentParser

/// The flags that change settings; every command that asks a model takes them.
struct ConfigurationOptions: ParsableArguments {
  @Option(name: .customLong("config"), help: "Read this file instead of pentimento.toml.")
  var file: String?

  @Option(
    name: .customLong("base-url"), parsing: .singleValue,
    help: ArgumentHelp(
      "Ask the server at this address; given several times, whichever has the least to do.",
      valueName: "base-url"))
  var baseURLs: [String] = []

  @Option(help: "The solver: a model of the configuration or, with --base-url, of that server.")
  var model: String?

  @Option(help: "The critic: as --model; `none` for none.")
  var critic: String?

  @Flag(name: .customLong("no-critic"), help: "Ask no critic.")
  var noCritic = false

  @Flag(name: .customLong("no-checker"), help: "Check no claims.")
  var noChecker = false

  @Option(parsing: .unconditional, help: "Revisions at most.")
  var rounds: Int?

  @Option(parsing: .unconditional, help: "Candidates proposed before anything is revised.")
  var samples: Int?

  @Option(parsing: .unconditional, help: "Clean verdicts in a row that acceptance takes.")
  var passes: Int?

  @Option(parsing: .unconditional, help: "Probability from which the critic accepts.")
  var threshold: Double?

  @Option(
    name: .customLong("set"), parsing: .singleValue,
    help: ArgumentHelp("Set anything else in the table [loop].", valueName: "name=value"))
  var assignments: [String] = []

  @Option(help: "Take the prompts from this folder.")
  var prompts: String?

  func validate() throws {
    if noCritic, critic != nil {
      throw ValidationError("--critic and --no-critic exclude each other")
    }
    for assignment in assignments where !assignment.contains("=") {
      throw ValidationError("--set takes name=value, such as --set budget_calls=20")
    }
  }

  /// What the flags say, for `Configuration.read`.
  var flags: ConfigurationFlags {
    var flags = ConfigurationFlags(
      file: file, baseURL: baseURLs.first, model: model,
      critic: noCritic ? ConfigurationReading.noCritic : critic,
      furtherURLs: Array(baseURLs.dropFirst()))
    let wholes = [("rounds", rounds), ("samples", samples), ("passes", passes)]
    for case (let name, let whole?) in wholes {
      flags.loop[name] = .init(value: .whole(whole), flag: "--\(name)")
    }
    if let threshold {
      flags.loop["threshold"] = .init(value: .number(threshold), flag: "--threshold")
    }
    if noChecker { flags.loop["checker"] = .init(value: .flag(false), flag: "--no-checker") }
    for assignment in assignments {
      let parts = assignment.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      var name = parts.first.map(String.init) ?? ""
      if name.hasPrefix("loop.") { name.removeFirst(5) }
      flags.loop[name] = .init(
        value: FileValue(reading: parts.last.map(String.init) ?? ""), flag: "--set")
    }
    return flags
  }

  /// The effective configuration of this process.
  func configuration() throws(ConfigurationError) -> Configuration {
    let environment = Environment.variables()
    return try Configuration.read(
      flags: flags, environment: environment, folders: Folders(environment: environment))
  }

  /// The folder of the prompts, of this process.
  func promptFolder() throws(ConfigurationError) -> PromptFolder {
    let environment = Environment.variables()
    return try PromptFolder.find(
      flag: prompts, environment: environment, folders: Folders(environment: environment),
      executable: Path.executable())
  }
}

import Endpoint
import FoundationEssentials
import Tutoring

// Flag > environment > file > default, one setting at a time. A key goes with its address: a key of
// the file is only for the base_url beside it, and PENTIMENTO_API_KEY only for the address that the
// environment or, if it names none, the flag gives.

extension Configuration {
  /// Reads the file, if there is one, and puts the environment and the flags over it.
  ///
  /// - Parameter contents: Gives the text of a file, or `nil` if there is no file; given for tests.
  static func read(
    flags: ConfigurationFlags, environment: [String: String], folders: Folders,
    contents: (String) throws(ConfigurationError) -> String? = Configuration.contents
  ) throws(ConfigurationError) -> Configuration {
    var reading = ConfigurationReading(flags: flags, environment: environment)
    let named = flags.file ?? environment["PENTIMENTO_CONFIG"]
    let path = named ?? folders.configurationFile
    if let text = try contents(path) {
      try reading.read(text, path: path)
    } else if named != nil {
      throw .unreadable(path: path, reason: "there is no such file")
    }
    return try reading.finish()
  }

  /// The text of a file, or `nil` if there is none.
  static func contents(_ path: String) throws(ConfigurationError) -> String? {
    guard Path.mode(of: path) != nil else { return nil }
    guard Path.isFile(path), let bytes = try? Data(contentsOf: URL(filePath: path)) else {
      throw .unreadable(path: path, reason: "it is no file, or its mode forbids reading")
    }
    guard let text = String(bytes: bytes, encoding: .utf8) else {
      throw .unreadable(path: path, reason: "it is not UTF-8 text")
    }
    return text
  }
}

/// The settings as far as they have been read.
struct ConfigurationReading {
  let flags: ConfigurationFlags
  let environment: [String: String]
  private var file: String?
  private var models = ModelSettings.builtIn
  private var loop = Policy()
  private var origins: [String: Origin] = [:]
  private var solverInFile: String?
  private var criticInFile: String?

  /// The critic's name that stands for having none.
  static let noCritic = "none"

  /// All environment variables that mean something to the program.
  static let variables =
    ["BASE_URL", "MODEL", "CRITIC", "API_KEY", "CONFIG", "PROMPTS", "DATA"].map {
      "PENTIMENTO_" + $0
    } + LoopKey.all.map(\.variable)

  init(flags: ConfigurationFlags, environment: [String: String]) {
    self.flags = flags
    self.environment = environment.filter { !$0.value.isEmpty }
  }

  mutating func read(_ text: String, path: String) throws(ConfigurationError) {
    file = path
    let known = ["solver", "critic", "loop", "models"]
    for entry in try FileEntry.entries(of: text, path: path) {
      let origin = Origin.file(path, line: entry.line)
      switch (entry.key, entry.value) {
      case ("solver", .text(let name)):
        solverInFile = name
        origins["solver"] = origin
      case ("critic", .text(let name)):
        criticInFile = name
        origins["critic"] = origin
      case ("loop", .table(let entries)): try readLoop(entries, path: path)
      case ("models", .table(let entries)): try readModels(entries, path: path)
      case ("solver", let value), ("critic", let value):
        throw .wrongValue(
          origin: origin, key: entry.key, expected: "the name of a model", found: value.shown)
      case ("loop", let value), ("models", let value):
        throw .wrongValue(
          origin: origin, key: entry.key, expected: "a table", found: value.shown)
      default:
        throw .unknownKey(
          origin: origin, key: entry.key, near: nearest(to: entry.key, in: known), known: known)
      }
    }
  }

  private mutating func readLoop(
    _ entries: [FileEntry], path: String
  ) throws(ConfigurationError) {
    for entry in entries {
      let origin = Origin.file(path, line: entry.line)
      guard let key = LoopKey.all.first(where: { $0.name == entry.key }) else {
        let known = LoopKey.all.map(\.name)
        throw .unknownKey(
          origin: origin, key: "loop.\(entry.key)", near: nearest(to: entry.key, in: known),
          known: known)
      }
      try key.set(entry.value, in: &loop, from: origin)
      origins["loop.\(key.name)"] = origin
    }
  }

  private mutating func readModels(
    _ entries: [FileEntry], path: String
  ) throws(ConfigurationError) {
    for entry in entries {
      let origin = Origin.file(path, line: entry.line)
      guard case .table(let keys) = entry.value else {
        throw .wrongValue(
          origin: origin, key: "models.\(entry.key)", expected: "a table",
          found: entry.value.shown)
      }
      guard ![Self.noCritic, ModelSettings.namelessName].contains(entry.key) else {
        throw .wrongValue(
          origin: origin, key: "models.\(entry.key)",
          expected: "called otherwise: that name has a meaning of its own", found: "used here")
      }
      let table = try ModelTable(name: entry.key, entries: keys, path: path, line: entry.line)
      models[entry.key] = table.settings
      for (key, line) in table.lines {
        origins["models.\(entry.key).\(key)"] = .file(path, line: line)
      }
    }
  }

  /// Puts environment and flags over what was read.
  mutating func finish() throws(ConfigurationError) -> Configuration {
    try overlayLoop()
    let solver = try chosenSolver()
    let critic = try chosenCritic(solver: solver)
    loop.critic = critic != nil
    return Configuration(
      file: file, solver: solver, critic: critic ?? solver, models: models, loop: loop,
      origins: origins)
  }

  private mutating func overlayLoop() throws(ConfigurationError) {
    let known = LoopKey.all.map(\.name)
    for (name, given) in flags.loop where !known.contains(name) {
      throw .unknownKey(
        origin: .flag(given.flag), key: name, near: nearest(to: name, in: known), known: known)
    }
    for key in LoopKey.all {
      var given: (FileValue, Origin)?
      if let text = environment[key.variable] {
        given = (FileValue(reading: text), .environment(key.variable))
      }
      if let flag = flags.loop[key.name] { given = (flag.value, .flag(flag.flag)) }
      guard let (value, origin) = given else { continue }
      try key.set(value, in: &loop, from: origin)
      origins["loop.\(key.name)"] = origin
    }
  }

  private func given(_ flag: String?, _ flagName: String, _ variable: String) -> (String, Origin)? {
    if let flag { return (flag, .flag(flagName)) }
    return environment[variable].map { ($0, .environment(variable)) }
  }

  private mutating func chosenSolver() throws(ConfigurationError) -> ModelSettings {
    let name = given(flags.model, "--model", "PENTIMENTO_MODEL")
    if let (url, origin) = given(flags.baseURL, "--base-url", "PENTIMENTO_BASE_URL") {
      return try nameless(url, origin, model: name)
    }
    if let (name, origin) = name {
      origins["solver"] = origin
      return try model(name, origin)
    }
    let standard = solverInFile ?? ModelSettings.embeddedName
    return try model(standard, origins["solver"] ?? .standard)
  }

  /// The model that is given by its address.
  private mutating func nameless(
    _ url: String, _ origin: Origin, model: (String, Origin)?
  ) throws(ConfigurationError) -> ModelSettings {
    let further = flags.furtherURLs
    for url in [url] + further {
      if let reason = ModelSettings.fault(inAddress: url) {
        throw .badAddress(origin: origin, reason: reason)
      }
    }
    let name = ModelSettings.namelessName
    var settings = ModelSettings(
      name: name, place: .url(url), furtherURLs: further, model: model?.0 ?? "default", key: nil)
    origins["solver"] = origin
    origins["models.\(name).base_url"] = origin
    origins["models.\(name).model"] = model?.1
    // A key whose address the environment names goes to no other; one without an address is for
    // all that the flags name.
    let isMeant = environment["PENTIMENTO_BASE_URL"].map { meant in
      ([url] + further).allSatisfy { Self.party($0) == Self.party(meant) }
    }
    if environment["PENTIMENTO_API_KEY"] != nil, isMeant ?? true {
      settings.key = .environment("PENTIMENTO_API_KEY")
      origins["models.\(name).key_env"] = .environment("PENTIMENTO_API_KEY")
    }
    models[name] = settings
    return settings
  }

  /// Scheme, host and port.
  private static func party(_ url: String) -> String? { (try? BaseURL(reading: url))?.origin }

  private mutating func chosenCritic(
    solver: ModelSettings
  ) throws(ConfigurationError) -> ModelSettings? {
    if let (name, origin) = given(flags.critic, "--critic", "PENTIMENTO_CRITIC") {
      origins["critic"] = origin
      if name == Self.noCritic { return nil }
      // Beside an address without a name, a critic without a name is another model of that server.
      if models[name] == nil, solver.name == ModelSettings.namelessName {
        var settings = solver
        settings.model = name
        return settings
      }
      return try model(name, origin)
    }
    guard let name = criticInFile else {
      // The built-in model has a critic of its own; another one judges itself.
      guard solver.name == ModelSettings.embeddedName else { return solver }
      return try model(ModelSettings.embeddedCriticName, .standard)
    }
    if name == Self.noCritic { return nil }
    return try model(name, origins["critic"] ?? .standard)
  }

  private func model(_ name: String, _ origin: Origin) throws(ConfigurationError) -> ModelSettings {
    if let settings = models[name] { return settings }
    let known = models.keys.sorted()
    throw .unknownModel(
      origin: origin, name: name, near: nearest(to: name, in: known), known: known)
  }
}

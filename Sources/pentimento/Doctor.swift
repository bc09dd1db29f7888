import Endpoint
import Tutoring

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Looks at everything that the program stands on, and changes nothing.
struct Doctor: Sendable {
  /// How a model answered a tiny request, `nil` if it was not asked.
  typealias Answer = Result<Reply, ModelError>

  let environment: [String: String]
  let folders: Folders
  let configuration: Result<Configuration, ConfigurationError>
  let prompts: Result<PromptFolder, ConfigurationError>
  let executable: String?
  /// Such as `libcurl/7.88.1`.
  let libraries: [String]
  let terminal: TerminalFacts
  /// Asks a model that has an address; `nil` leaves all of them in peace.
  let ask: (@Sendable (ModelSettings) async -> Answer)?

  /// All examinations, in the order in which a person would fix them.
  func examine() async -> [Examination] {
    var examinations = [
      Examination.fine("program", executable ?? "unknown"),
      .fine("libraries", libraries.joined(separator: ", ")),
      terminal.examination(environment: environment),
    ]
    examinations += examineFolders()
    examinations += examineVariables()
    examinations.append(examineConfiguration())
    examinations.append(examinePrompts())
    if case .success(let settings) = configuration {
      examinations.append(examineEmbedded(settings))
      for (role, model) in roles(of: settings) {
        examinations += await examine(model, as: role)
      }
    }
    return examinations
  }

  private func roles(of settings: Configuration) -> [(String, ModelSettings)] {
    let roles = [("solver", settings.solver)]
    guard settings.loop.critic, settings.critic != settings.solver else { return roles }
    return roles + [("critic", settings.critic)]
  }

  /// Variables that look like ours and are not.
  private func examineVariables() -> [Examination] {
    let known = ConfigurationReading.variables
    return environment.keys.sorted().filter { $0.hasPrefix("PENTIMENTO_") && !known.contains($0) }
      .map { name in
        let near = nearest(to: name, in: known).map { "did you mean \($0)?" }
        return .remark("variable", "\(name) means nothing here", near ?? "unset it")
      }
  }

  private func examineConfiguration() -> Examination {
    switch configuration {
    case .success(let settings):
      .fine("settings", settings.file ?? "no \(folders.configurationFile); defaults")
    case .failure(let error):
      .fault("settings", "\(error)", "mend it, then look again with `pentimento config`", .usage)
    }
  }

  private func examinePrompts() -> Examination {
    switch prompts {
    case .failure(let error):
      return .fault("prompts", "\(error)", "name a folder that is there", .usage)
    case .success(let choice):
      guard let path = choice.path else { return .fine("prompts", choice.reason) }
      do {
        _ = try Prompts(folder: path)
        return .fine("prompts", "\(path) (\(choice.reason))")
      } catch {
        return .fault("prompts", "\(error)", "mend the file, or take it away", .usage)
      }
    }
  }

  private func examineFolders() -> [Examination] {
    [
      ("configuration", folders.configuration), ("storage", folders.storage),
      ("state", folders.state),
    ].map { name, path in
      guard let mode = Path.mode(of: path) else {
        return .fine(name, "\(path) (made when needed)")
      }
      guard mode & S_IFMT == S_IFDIR, access(path, W_OK | X_OK) == 0 else {
        return .fault(name, "\(path) cannot be written to", "mend its owner and mode", .files)
      }
      guard mode & 0o022 == 0 else {
        return .fault(
          name, "others may write to \(path)", "run `chmod go-w \(path)`", .files)
      }
      return .fine(name, path)
    }
  }

  private func examineEmbedded(_ settings: Configuration) -> Examination {
    let name = "embedded"
    let missing = EmbeddedManifest.missing(in: folders.embeddedModel)
    let manifest = EmbeddedManifest(folder: folders.embeddedModel)
    guard missing.isEmpty, let model = manifest?.model, let server = manifest?.server else {
      let text = "not in \(folders.embeddedModel): \(missing.joined(separator: ", "))"
      let advice = "run `pentimento fetch`, or name another model in the settings"
      let isNeeded = roles(of: settings).contains { $0.1.place == .embedded }
      return isNeeded
        ? .fault(name, text, advice, .unreachable) : .remark(name, text, advice)
    }
    return .fine(name, "\(model.name), verified; \(server.package) \(server.version)")
  }

  private func examine(_ model: ModelSettings, as role: String) async -> [Examination] {
    guard case .url(let url) = model.place else {
      return [.fine(role, "the embedded model; it starts with the first problem")]
    }
    if let fault = examineKey(of: model, url: url, as: role) { return [fault] }
    var examinations: [Examination] = []
    for url in [url] + model.furtherURLs {
      var single = model
      (single.place, single.furtherURLs) = (.url(url), [])
      examinations.append(await examine(single, at: url, as: role))
    }
    return examinations
  }

  private func examine(
    _ model: ModelSettings, at url: String, as role: String
  ) async -> Examination {
    let text = "\(model.model) at \(url)"
    guard let ask else { return .fine(role, "\(text) (not asked)") }
    switch await ask(model) {
    case .success(let reply): return .fine(role, "\(text) answered in \(reply.milliseconds) ms")
    case .failure(let error): return .fault(role, "\(error)", nil, error.status)
    }
  }

  /// What is wrong with the key's place; a key command is left to the request itself.
  private func examineKey(of model: ModelSettings, url: String, as role: String) -> Examination? {
    switch model.key {
    case .environment(let variable) where environment[variable, default: ""].isEmpty:
      return .fault(
        role, "no key: \(variable) is not set", "set the environment variable", .authentication)
    case .file(let file):
      let path = folders.expanded(file)
      guard let mode = Path.mode(of: path) else {
        return .fault(role, "no key: there is no file \(path)", "write it", .authentication)
      }
      guard mode & 0o077 == 0 else {
        return .fault(
          role, "others may read the key in \(path)", "run `chmod 600 \(path)`", .authentication)
      }
      return nil
    case nil where environment["PENTIMENTO_API_KEY"] != nil:
      return .remark(
        role, "\(model.model) at \(url) gets no key",
        "PENTIMENTO_API_KEY is only for the address in --base-url or PENTIMENTO_BASE_URL")
    default: return nil
    }
  }
}

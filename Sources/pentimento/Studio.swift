import Endpoint
import Tutoring

/// Why a command cannot go on, with the status it ends in.
struct Failure: Error, CustomStringConvertible {
  let status: ExitStatus
  let description: String

  init(_ status: ExitStatus, _ description: String) {
    self.status = status
    self.description = description
  }
}

/// What a command that asks models works with: the settings, the prompts and the voices.
struct Studio: Sendable {
  let configuration: Configuration
  let folders: Folders
  let prompts: Prompts
  let promptFolder: PromptFolder
  private let wire = Wire()
  let embedded: EmbeddedModel

  init(_ options: ConfigurationOptions) throws(Failure) {
    do {
      configuration = try options.configuration()
      promptFolder = try options.promptFolder()
    } catch {
      throw Failure(.usage, "\(error)")
    }
    do {
      prompts =
        try promptFolder.path.map { path throws(PromptError) in try Prompts(folder: path) }
        ?? Prompts.builtin()
    } catch {
      throw Failure(.usage, "\(error)")
    }
    folders = Folders(environment: Environment.variables())
    embedded = EmbeddedModel(folders: folders, wire: wire)
  }

  /// Whether the solver or the critic is the model that the program starts itself.
  var usesEmbedded: Bool {
    configuration.solver.place == .embedded
      || configuration.loop.critic && configuration.critic.place == .embedded
  }

  /// The voice of a model that is asked by files.
  func voice(_ model: ModelSettings, at desk: OfflineDesk) throws(Failure) -> Voice {
    guard model.place != .embedded else {
      throw Failure(
        .usage,
        "the embedded model takes no files; name another with --model, or its server's with "
          + "--base-url and --model (nothing is sent there)")
    }
    return Voice(
      model: OfflineModel(try endpoints(model)[0], desk: desk), settings: model.voice)
  }

  /// The voice of a configured model.
  func voice(_ model: ModelSettings) throws(Failure) -> Voice {
    switch model.place {
    case .embedded:
      Voice(model: embedded.asked(as: model), settings: model.voice)
    case .url:
      Voice(model: served(try endpoints(model)), settings: model.voice)
    }
  }

  private func served(_ endpoints: [EndpointSettings]) -> any ChatModel {
    endpoints.count == 1
      ? ChatCompletions(endpoints[0], over: wire) : EndpointPool(endpoints, over: wire)
  }

  private func endpoints(_ model: ModelSettings) throws(Failure) -> [EndpointSettings] {
    do {
      return try model.allEndpointSettings(folders: folders)
    } catch {
      throw Failure(.usage, "\(error)")
    }
  }
}

/// The program's name and version.
enum Version {
  static let number = "0.1.0"
  static let program = "pentimento \(number)"
}

extension ModelSettings {
  /// How the loop speaks to this model.
  var voice: Voice.Settings {
    Voice.Settings(
      model: model, options: options, takesGrammar: takesGrammar, givesLogprobs: givesLogprobs,
      isCritiqueTuned: isCritiqueTuned)
  }

  /// Options that go into every request as part of the voice, so that a transcript shows them.
  static let voiced: Set<String> = [
    "temperature", "top_p", "max_tokens", "seed", "stop", "grammar",
  ]
}

extension ModelError {
  /// The status a program ends in when a model could not be asked.
  var status: ExitStatus {
    switch self {
    case .unauthorized, .noKey: .authentication
    case .optionRefused, .tooLong: .usage
    case .unreachable, .timedOut, .refused, .unavailable, .deferred: .unreachable
    case .unreadable: .unreadable
    }
  }
}

extension Verdict {
  /// The status that one problem contributes.
  var status: ExitStatus {
    switch (word, ending) {
    case (_, .interrupted): .interrupted
    case (_, .truncated): .truncated
    case (.proved, _), (.accepted, _): .fine
    default: .otherVerdict
    }
  }
}

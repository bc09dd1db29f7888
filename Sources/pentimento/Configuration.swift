import Endpoint
import Tutoring

/// Where an effective value came from, in the order in which one wins over the next.
enum Origin: Hashable, Sendable, CustomStringConvertible {
  case flag(String)
  case environment(String)
  /// `line` counts from 1; 0 where the file does not show it.
  case file(String, line: Int)
  case standard

  var description: String {
    switch self {
    case .flag(let name): name
    case .environment(let name): "$\(name)"
    case .file(let path, let line): line > 0 ? "\(path):\(line)" : path
    case .standard: "default"
    }
  }
}

/// All effective settings: plain values, nothing is opened or asked for them.
struct Configuration: Hashable, Sendable {
  /// The file that was read, or `nil` if there is none.
  var file: String?
  var solver: ModelSettings
  var critic: ModelSettings
  /// Every model that has a name, the built-in ones among them.
  var models: [String: ModelSettings]
  /// `critic` in it is `false` if the critic is `none`.
  var loop: Policy
  /// By the setting's full name, such as `loop.rounds`; what is not in it is a default.
  var origins: [String: Origin]

  func origin(of name: String) -> Origin { origins[name] ?? .standard }
}

/// One model that can be asked: where it is and how its server wants to be spoken to.
struct ModelSettings: Hashable, Sendable {
  /// The built-in model's name in the configuration.
  static let embeddedName = "embedded"
  /// The same weights with the adapter that makes a critic of them.
  static let embeddedCriticName = "embedded-critic"
  /// The model that the flags and variables describe has no table in the file.
  static let namelessName = "endpoint"

  enum Place: Hashable, Sendable {
    /// The program starts the server itself, one for the built-in model and its critic.
    case embedded
    /// `http` or `https`, with the path before `/chat/completions`.
    case url(String)
  }

  /// Where the key comes from; the key itself is never part of the configuration.
  enum KeyOrigin: Hashable, Sendable {
    case environment(String)
    /// For `/bin/sh -c`; its first line is the key.
    case command(String)
    /// Readable by its owner alone; its first line is the key. `~/` stands for the home folder.
    case file(String)
  }

  /// Its name in the configuration.
  var name: String
  var place: Place
  /// Further addresses at which the same model is served; asked in turn with the first.
  var furtherURLs: [String] = []
  /// The name its server knows it by.
  var model: String
  /// `nil` sends no key.
  var key: KeyOrigin?
  /// Options sent with every request in place of what the loop asks for.
  var fixed: [String: FileValue] = [:]
  /// Members of the request that the program knows nothing about, sent as they are.
  var extra: [String: FileValue] = [:]
  /// Options that the server is said to take (`true`).
  var allowed: Set<String> = []
  /// Options that are never sent (`false`).
  var never: Set<String> = []
  /// Whether it was trained by Critique Fine-Tuning, and is asked as it was trained.
  var isCritiqueTuned = false
  /// What this server calls an option, by our name for it.
  var optionNames: [String: String] = [:]
  var deadlines = Deadlines()

  static let embedded = ModelSettings(
    name: embeddedName, place: .embedded, model: embeddedName, key: nil)

  static let embeddedCritic = ModelSettings(
    name: embeddedCriticName, place: .embedded, model: embeddedCriticName, key: nil,
    isCritiqueTuned: true)

  /// The models that need no table, by their names.
  static let builtIn = [embeddedName: embedded, embeddedCriticName: embeddedCritic]
}

/// What a person's flags say; `nil` and absent names leave the choice to the rest.
struct ConfigurationFlags: Hashable, Sendable {
  /// `--config`
  var file: String?
  /// `--base-url`
  var baseURL: String?
  /// `--model`
  var model: String?
  /// `--critic`; `none` for `--no-critic`
  var critic: String?
  /// `--base-url`, from its second on
  var furtherURLs: [String] = []
  /// Settings of the loop, by their name in the file.
  var loop: [String: Given] = [:]

  /// A value and the flag that gave it.
  struct Given: Hashable, Sendable {
    var value: FileValue
    var flag: String
  }
}

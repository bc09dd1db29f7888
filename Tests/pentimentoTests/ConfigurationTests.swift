import Testing
import Tutoring

@testable import pentimento

let exampleFile = """
  solver = "local"
  critic = "hosted"

  [loop]
  rounds = 3
  threshold = 0.25
  checker = false

  [models.local]
  base_url = "http://localhost:8080/v1"
  model = "qwen2.5"
  temperature = 0
  seed = false
  idle_timeout = 30

  [models.hosted]
  base_url = "https://models.example/v1"
  model = "big"
  key_env = "MODELS_KEY"
  option_names = { max_tokens = "max_completion_tokens" }
  extra = { effort = "low" }
  grammar = false
  """

func configuration(
  _ text: String? = nil, flags: ConfigurationFlags = ConfigurationFlags(),
  environment: [String: String] = [:]
) throws(ConfigurationError) -> Configuration {
  try Configuration.read(
    flags: flags, environment: environment,
    folders: Folders(environment: ["HOME": "/home/ada"], accountHome: nil)
  ) { _ in text }
}

let examplePath = "/home/ada/.config/pentimento/pentimento.toml"

@Test func `without file, flags and variables the embedded model does everything`() throws {
  let settings = try configuration()
  #expect(settings.solver == .embedded)
  #expect(settings.critic == .embeddedCritic)
  #expect(settings.loop == Policy())
  #expect(settings.file == nil)
  #expect(settings.origins.isEmpty)
}

@Test func `the file names models, roles and the loop`() throws {
  let settings = try configuration(exampleFile)
  var local = ModelSettings(
    name: "local", place: .url("http://localhost:8080/v1"), model: "qwen2.5", key: nil)
  local.fixed = ["temperature": .whole(0)]
  local.never = ["seed"]
  local.deadlines.idle = 30
  var hosted = ModelSettings(
    name: "hosted", place: .url("https://models.example/v1"), model: "big",
    key: .environment("MODELS_KEY"))
  hosted.extra = ["effort": .text("low")]
  hosted.never = ["grammar"]
  hosted.optionNames = ["max_tokens": "max_completion_tokens"]
  var loop = Policy()
  loop.rounds = 3
  loop.threshold = 0.25
  loop.checker = false
  #expect(settings.solver == local)
  #expect(settings.critic == hosted)
  #expect(settings.loop == loop)
  #expect(settings.origin(of: "loop.threshold") == .file(examplePath, line: 6))
  #expect(settings.origin(of: "models.hosted.key_env") == .file(examplePath, line: 19))
  #expect(settings.origin(of: "loop.passes") == .standard)
}

@Test func `a flag wins over a variable, a variable over the file, the file over the default`()
  throws
{
  let variables = ["PENTIMENTO_ROUNDS": "5", "PENTIMENTO_THRESHOLD": "0.75"]
  var flags = ConfigurationFlags()
  flags.loop["rounds"] = .init(value: .whole(7), flag: "--rounds")
  let settings = try configuration(exampleFile, flags: flags, environment: variables)
  #expect(settings.loop.rounds == 7)
  #expect(settings.origin(of: "loop.rounds") == .flag("--rounds"))
  #expect(settings.loop.threshold == 0.75)
  #expect(settings.origin(of: "loop.threshold") == .environment("PENTIMENTO_THRESHOLD"))
  #expect(settings.loop.checker == false)
  #expect(settings.loop.passes == Policy().passes)
}

@Test func `a model is chosen by name`() throws {
  let byFlag = try configuration(
    exampleFile, flags: ConfigurationFlags(model: "hosted", critic: "embedded"))
  #expect(byFlag.solver.name == "hosted")
  #expect(byFlag.critic == .embedded)
  let byVariable = try configuration(
    exampleFile, environment: ["PENTIMENTO_MODEL": "embedded", "PENTIMENTO_CRITIC": ""])
  #expect(byVariable.solver == .embedded)
  #expect(byVariable.critic.name == "hosted")
}

@Test func `the critic is the solver unless something else is said`() throws {
  #expect(
    try configuration(flags: ConfigurationFlags(baseURL: "http://h")).critic.name == "endpoint")
  let none = try configuration(exampleFile, flags: ConfigurationFlags(critic: "none"))
  #expect(none.loop.critic == false)
  #expect(try configuration("critic = \"none\"").loop.critic == false)
}

@Test func `an address makes a model without a name, and its critic may be a sister`() throws {
  let settings = try configuration(
    exampleFile,
    flags: ConfigurationFlags(baseURL: "http://h:1/v1", model: "solver", critic: "judge"))
  #expect(settings.solver.place == .url("http://h:1/v1"))
  #expect(settings.solver.model == "solver")
  #expect(settings.critic.place == .url("http://h:1/v1"))
  #expect(settings.critic.model == "judge")
  #expect(settings.solver.key == nil)
}

private let keyCases: [(variable: String?, flag: String?, sent: Bool)] = [
  (nil, "http://a/v1", true), ("http://a/v1", nil, true), ("http://a/v1", "http://a/v2", true),
  ("http://a/v1", "http://b/v1", false), ("https://a", "http://a", false),
  ("http://a:1", "http://a:2", false),
]

@Test(arguments: keyCases)
func `the key of the environment goes only to the address it came with`(
  variable: String?, flag: String?, sent: Bool
) throws {
  var environment = ["PENTIMENTO_API_KEY": "k"]
  environment["PENTIMENTO_BASE_URL"] = variable
  let settings = try configuration(
    flags: ConfigurationFlags(baseURL: flag), environment: environment)
  #expect((settings.solver.key == .environment("PENTIMENTO_API_KEY")) == sent)
}

@Test func `the key of a model in the file is not replaced by the environment's`() throws {
  let settings = try configuration(
    exampleFile, flags: ConfigurationFlags(model: "hosted"),
    environment: ["PENTIMENTO_API_KEY": "k"])
  #expect(settings.solver.key == .environment("MODELS_KEY"))
}

@Test func `what a server takes is said by the file`() throws {
  let text = """
    [models.a]
    base_url = "http://h"
    logprobs = true
    temperature = 0.5
    stop = ["[END]"]
    max_tokens = 99
    [models.embedded]
    grammar = false
    """
  let models = try configuration(text).models
  let served = try #require(models["a"])
  #expect(served.options == RequestOptions(temperature: 0.5, maxTokens: 99, stop: ["[END]"]))
  #expect(served.givesLogprobs && !served.takesGrammar)
  let embedded = try #require(models["embedded"])
  #expect(embedded.givesLogprobs && !embedded.takesGrammar)
}

@Test func `a table says that its model is a critic trained by Critique Fine-Tuning`() throws {
  let text = """
    critic = "b"
    [models.a]
    base_url = "http://h"
    [models.b]
    base_url = "http://h"
    cft = true
    [models.embedded-critic]
    total_timeout = 9
    """
  let settings = try configuration(text)
  #expect(settings.critic.isCritiqueTuned && !(settings.models["a"]?.isCritiqueTuned ?? true))
  let builtIn = try #require(settings.models["embedded-critic"])
  #expect(builtIn.isCritiqueTuned && builtIn.deadlines.total == 9)
}

@Test func `only the embedded solver has a critic of its own`() throws {
  #expect(try configuration("").critic == .embeddedCritic)
  #expect(try configuration("critic = \"embedded\"").critic == .embedded)
  let served = "solver = \"a\"\n[models.a]\nbase_url = \"http://h\""
  #expect(try configuration(served).critic.name == "a")
}

@Test func `every setting of the policy has a key`() throws {
  var policy = Policy()
  for key in LoopKey.all { try key.set(key.value(in: policy), in: &policy, from: .standard) }
  #expect(policy == Policy())
  let fields = Set(Mirror(reflecting: Policy()).children.compactMap(\.label))
  let keyed = Set(LoopKey.all.map { $0.name.camelCased })
  // `critic` is set by the name of the critic.
  #expect(fields.subtracting(keyed) == ["critic"])
  #expect(keyed.subtracting(fields).isEmpty)
}

extension String {
  fileprivate var camelCased: String {
    let words = split(separator: "_").map(String.init)
    return words[0] + words.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
  }
}

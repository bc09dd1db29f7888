import Testing

@testable import pentimento

@Test func `the listing shows each value and where it came from`() throws {
  var flags = ConfigurationFlags(critic: "none")
  flags.loop["rounds"] = .init(value: .whole(7), flag: "--rounds")
  let text = """
    solver = "local"
    loop.threshold = 0.25
    [models.local]
    base_url = "http://h/v1"
    stop = ["a", "b"]
    extra = { effort = "low" }
    cft = true
    """
  let settings = try configuration(text, flags: flags, environment: ["PENTIMENTO_SAMPLES": "4"])
  #expect(
    ConfigCommand.table(settings) == """
      # /home/ada/.config/pentimento/pentimento.toml
      solver                                     local        \(examplePath):1
      critic                                     none         --critic
      loop.rounds                                7            --rounds
      loop.samples                               4            $PENTIMENTO_SAMPLES
      loop.calculations                          0            default
      loop.passes                                1            default
      loop.checker                               true         default
      loop.written                               true         default
      loop.probability                           true         default
      loop.judge                                 best         default
      loop.factored                              1            default
      loop.threshold                             0.25         \(examplePath):2
      loop.calibration                           []           default
      loop.factored_threshold                    0.75         default
      loop.budget_calls                          40           default
      loop.budget_tokens                         60000        default
      loop.temperature                           0.7          default
      loop.seed                                  1            default
      loop.solution_tokens                       1024         default
      loop.critique_tokens                       512          default
      models.embedded.connect_timeout            10           default
      models.embedded.first_byte_timeout         300          default
      models.embedded.idle_timeout               120          default
      models.embedded.total_timeout              1800         default
      models.embedded-critic.connect_timeout     10           default
      models.embedded-critic.first_byte_timeout  300          default
      models.embedded-critic.idle_timeout        120          default
      models.embedded-critic.total_timeout       1800         default
      models.local.base_url                      http://h/v1  \(examplePath):4
      models.local.model                         default      default
      models.local.cft                           true         \(examplePath):7
      models.local.stop                          [a, b]       \(examplePath):5
      models.local.extra.effort                  low          \(examplePath):6
      models.local.connect_timeout               10           default
      models.local.first_byte_timeout            300          default
      models.local.idle_timeout                  120          default
      models.local.total_timeout                 1800         default
      """)
}

@Test func `the listing names the place of a key and never the key`() throws {
  let settings = try configuration(
    exampleFile, environment: ["MODELS_KEY": "sk-secret", "PENTIMENTO_API_KEY": "sk-other"])
  for text in [ConfigCommand.table(settings), try ConfigCommand.json(settings)] {
    #expect(text.contains("MODELS_KEY"))
    #expect(!text.contains("sk-"))
  }
}

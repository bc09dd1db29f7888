import Endpoint
import Testing
import Tutoring

@testable import pentimento

@Test func `a table of the file becomes what the wire needs`() throws {
  let text = """
    [models.a]
    base_url = "http://h:1/v1/"
    key_file = "~/key"
    temperature = 0.5
    response_format = { type = "json_object" }
    seed = false
    logprobs = false
    option_names = { max_tokens = "max_completion_tokens" }
    extra = { chat_template_kwargs = { enable_thinking = false }, n = [1, 2.5, "x"] }
    connect_timeout = 1
    first_byte_timeout = 2.5
    idle_timeout = 3
    total_timeout = 4
    """
  let model = try #require(try configuration(text).models["a"])
  let settings = try model.endpointSettings(folders: Folders(environment: ["HOME": "/home/ada"]))
  #expect(settings.baseURL.text == "http://h:1/v1")
  #expect(settings.key?.origin == "http://h:1")
  #expect(
    settings.deadlines == Deadlines(connect: 1, firstByte: 2.5, idle: 3, total: 4))
  #expect(
    settings.optionNames == [
      "max_tokens": "max_completion_tokens", "seed": "", "logprobs": "", "top_logprobs": "",
    ])
  #expect(
    settings.extraOptions == [
      "response_format": .object(["type": .string("json_object")]),
      "chat_template_kwargs": .object(["enable_thinking": .bool(false)]),
      "n": .array([.int(1), .double(2.5), .string("x")]),
    ])
  #expect(model.voice.options == RequestOptions(temperature: 0.5))
}

@Test func `the embedded model has no address`() {
  #expect(throws: BaseURLError.self) {
    try ModelSettings.embedded.endpointSettings(folders: Folders(environment: [:]))
  }
}

@Test func `only the embedded critic asks the built-in server for the adapter`() throws {
  let url = try BaseURL(reading: "http://127.0.0.1:1/v1")
  let critic = ModelSettings.embeddedCritic.endpointSettings(at: url, key: nil)
  #expect(
    critic.extraOptions == ["lora": .array([.object(["id": .int(0), "scale": .int(1)])])])
  #expect(ModelSettings.embedded.endpointSettings(at: url, key: nil).extraOptions.isEmpty)
  #expect(ModelSettings.embeddedCritic.voice.isCritiqueTuned)
  #expect(!ModelSettings.embedded.voice.isCritiqueTuned)
}

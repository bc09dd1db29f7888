/// A model in a part: who answers, under which name, and what it can do.
public struct Voice: Sendable {
  /// What is recorded of a voice.
  public struct Settings: Codable, Hashable, Sendable {
    /// The name the server knows the model by.
    public var model: String
    /// Options that override those the loop would set; a sample keeps the seed that tells it from
    /// the others, and a question for one word stays short and greedy.
    public var options: RequestOptions
    /// Whether the server takes GBNF grammars.
    public var takesGrammar: Bool
    /// Whether the server gives logprobs; without them no probability is asked for.
    public var givesLogprobs: Bool

    public init(
      model: String, options: RequestOptions = RequestOptions(), takesGrammar: Bool = false,
      givesLogprobs: Bool = false
    ) {
      self.model = model
      self.options = options
      self.takesGrammar = takesGrammar
      self.givesLogprobs = givesLogprobs
    }
  }
  public var model: any ChatModel
  public var settings: Settings

  public init(model: any ChatModel, settings: Settings) {
    self.model = model
    self.settings = settings
  }

  /// The request for these messages, the voice's own options laid over the given ones.
  public func request(_ messages: [Message], _ options: RequestOptions) -> ChatRequest {
    var merged = options
    let own = settings.options
    // A question for one word keeps its own limit and stays greedy.
    let isShort = (options.maxTokens ?? .max) < 16
    merged.temperature = isShort ? options.temperature : own.temperature ?? options.temperature
    merged.topP = own.topP ?? options.topP
    merged.maxTokens = isShort ? options.maxTokens : own.maxTokens ?? options.maxTokens
    // Samples that shared one seed would all be the same sample.
    merged.seed = options.seed ?? own.seed
    merged.stop = own.stop ?? options.stop
    merged.grammar = settings.takesGrammar ? own.grammar ?? options.grammar : nil
    merged.topLogprobs = settings.givesLogprobs ? options.topLogprobs : nil
    return ChatRequest(model: settings.model, messages: messages, options: merged)
  }
}

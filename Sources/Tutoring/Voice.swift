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
    /// Whether it was trained by Critique Fine-Tuning: as a critic it is asked as in the training,
    /// which takes neither examples nor the checker's report.
    public var isCritiqueTuned: Bool

    public init(
      model: String, options: RequestOptions = RequestOptions(), takesGrammar: Bool = false,
      givesLogprobs: Bool = false, isCritiqueTuned: Bool = false
    ) {
      self.model = model
      self.options = options
      self.takesGrammar = takesGrammar
      self.givesLogprobs = givesLogprobs
      self.isCritiqueTuned = isCritiqueTuned
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

extension Voice.Settings {
  /// Reads settings of any version: what they lack is off.
  public init(from decoder: any Decoder) throws {
    let settings = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      model: try settings.decode(String.self, forKey: .model),
      options: try settings.decode(RequestOptions.self, forKey: .options),
      takesGrammar: try settings.decode(Bool.self, forKey: .takesGrammar),
      givesLogprobs: try settings.decode(Bool.self, forKey: .givesLogprobs),
      isCritiqueTuned: try settings.decodeIfPresent(Bool.self, forKey: .isCritiqueTuned) ?? false)
  }
}

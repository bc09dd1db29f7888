/// The settings of the loop: how much is tried, who is asked, and what counts.
///
/// They are written into every transcript, so that a replay decides by the same rules.
public struct Policy: Codable, Hashable, Sendable {
  /// Whose candidates the critic is asked about before one is chosen.
  public enum Judging: String, Codable, CaseIterable, Sendable {
    /// Where everything known is weighed by a calibration, the best alone, until the best has been
    /// judged; otherwise every candidate but calculations.
    case best
    /// The first candidate of every answer that stands, calculations among them.
    case answers
    /// Every candidate, calculations among them.
    case all
  }
  /// Revisions at most, 0 or more.
  public var rounds = 2
  /// Candidates proposed before anything is revised, 1 or more. The first is greedy.
  public var samples = 1
  /// Candidates among them that are asked for as a calculation, whose values the program computes:
  /// another way to read the problem, and no slip of arithmetic. They come on top of `samples`.
  public var calculations = 0
  /// Clean verdicts in a row that acceptance takes, 1 or more.
  public var passes = 1
  /// Whether claims are checked exactly.
  public var checker = true
  /// Whether a critic is asked at all; the three settings below say how.
  public var critic = true
  /// Ask the critic for a written critique.
  public var written = true
  /// Ask the critic for the probability that the solution is right.
  public var probability = true
  /// Whose candidates the critic is asked about.
  public var judge = Judging.best
  /// Combining steps, counted from the end, that the critic is asked factored questions about.
  public var factored = 1
  /// Probability from which a candidate is accepted, 0...1; calibrated, see `pentimento calibrate`.
  ///
  /// Of the recorded training problems, solved once and judged by the embedded critic, 26 of the 28
  /// that it accepts from 0.8 on are right; from 0.5 on, 30 of 37.
  public var threshold = 0.8
  /// Weights that make a probability of what is known of an answer: the intercept and one for each
  /// of `Referee.featureNames`. With them `threshold` is for that probability; empty for none.
  public var calibration: [Double] = []
  /// How sure a factored answer must be to count as evidence, 0.5...1.
  public var factoredThreshold = 0.75
  /// HTTP requests that one problem may cost.
  public var budgetCalls = 40
  /// Tokens, read and written, that one problem may cost.
  public var budgetTokens = 60_000
  /// Temperature of all candidates but the first.
  public var temperature = 0.7
  /// Seed of the first sampled candidate; the others count on from it.
  public var seed = 1
  /// Tokens a solution may have.
  public var solutionTokens = 1024
  /// Tokens a written critique may have.
  public var critiqueTokens = 512

  public init() {}

  /// Whether a problem has cost all that it may.
  func isSpent(_ cost: Cost) -> Bool {
    cost.calls >= budgetCalls || cost.tokens >= budgetTokens
  }
}

extension Policy {
  /// Reads settings; one that is missing, because the transcript is older than it, has its default.
  public init(from decoder: any Decoder) throws {
    self.init()
    let settings = try decoder.container(keyedBy: CodingKeys.self)
    rounds = try settings.decodeIfPresent(Int.self, forKey: .rounds) ?? rounds
    samples = try settings.decodeIfPresent(Int.self, forKey: .samples) ?? samples
    calculations = try settings.decodeIfPresent(Int.self, forKey: .calculations) ?? calculations
    passes = try settings.decodeIfPresent(Int.self, forKey: .passes) ?? passes
    checker = try settings.decodeIfPresent(Bool.self, forKey: .checker) ?? checker
    critic = try settings.decodeIfPresent(Bool.self, forKey: .critic) ?? critic
    written = try settings.decodeIfPresent(Bool.self, forKey: .written) ?? written
    probability = try settings.decodeIfPresent(Bool.self, forKey: .probability) ?? probability
    judge = try settings.decodeIfPresent(Judging.self, forKey: .judge) ?? judge
    factored = try settings.decodeIfPresent(Int.self, forKey: .factored) ?? factored
    threshold = try settings.decodeIfPresent(Double.self, forKey: .threshold) ?? threshold
    calibration = try settings.decodeIfPresent([Double].self, forKey: .calibration) ?? calibration
    factoredThreshold =
      try settings.decodeIfPresent(Double.self, forKey: .factoredThreshold) ?? factoredThreshold
    budgetCalls = try settings.decodeIfPresent(Int.self, forKey: .budgetCalls) ?? budgetCalls
    budgetTokens = try settings.decodeIfPresent(Int.self, forKey: .budgetTokens) ?? budgetTokens
    temperature = try settings.decodeIfPresent(Double.self, forKey: .temperature) ?? temperature
    seed = try settings.decodeIfPresent(Int.self, forKey: .seed) ?? seed
    solutionTokens =
      try settings.decodeIfPresent(Int.self, forKey: .solutionTokens) ?? solutionTokens
    critiqueTokens =
      try settings.decodeIfPresent(Int.self, forKey: .critiqueTokens) ?? critiqueTokens
  }
}

/// How a problem ended, and who vouches for that. Never more certain than the evidence.
public struct Verdict: Codable, Hashable, Sendable {
  public enum Word: String, Codable, Sendable, CaseIterable {
    /// The answer satisfies a condition read from the problem statement.
    case proved
    /// Nothing is refuted and the critic says right.
    case accepted
    /// Nothing is refuted, but the critic objects without evidence, or two answers are left.
    case disputed
    /// Every candidate has a refuted claim.
    case refuted
    /// No answer that anybody vouches for or objects to.
    case unresolved
  }
  public var word: Word
  /// The best answer there is; `nil` if no candidate has one.
  public var answer: String?
  /// Other answers that still stand, best first.
  public var others: [String]
  /// The round whose candidate gave the answer.
  public var round: Int?
  /// Who vouches for it or why nobody does, in words.
  public var voucher: String
  /// Why a run ended before anything could be judged.
  public var ending: Ending
  /// How sure the calibrated policy is of the answer, 0...1; `nil` without a calibration.
  public var confidence: Double?

  /// What ended a run.
  public enum Ending: String, Codable, Sendable {
    /// The policy came to its end.
    case judged
    /// The only candidates broke off.
    case truncated
    /// The person stopped it.
    case interrupted
    /// Calls or tokens were spent.
    case budget
  }

  public init(
    _ word: Word, answer: String?, others: [String] = [], round: Int? = nil, voucher: String,
    ending: Ending = .judged
  ) {
    self.word = word
    self.answer = answer
    self.others = others
    self.round = round
    self.voucher = voucher
    self.ending = ending
  }
}

/// What a run has cost so far.
public struct Cost: Codable, Hashable, Sendable {
  /// HTTP requests, retries included.
  public var calls = 0
  /// Tokens read and written, as far as the servers counted them.
  public var promptTokens = 0
  public var completionTokens = 0
  public var milliseconds = 0

  public init() {}

  public var tokens: Int { promptTokens + completionTokens }

  mutating func add(_ reply: Reply) {
    calls += Self.plausible(max(reply.attempts, 1))
    promptTokens += Self.plausible(reply.promptTokens ?? 0)
    completionTokens += Self.plausible(reply.completionTokens ?? 0)
    milliseconds += Self.plausible(reply.milliseconds)
  }

  /// A server may count as it likes; a sum of its counts must not overflow or shrink.
  private static func plausible(_ count: Int) -> Int {
    min(max(count, 0), 1_000_000_000_000)
  }
}

extension Cost {
  /// Reads counts; those that no run can have are refused.
  public init(from decoder: any Decoder) throws {
    let counts = try decoder.container(keyedBy: CodingKeys.self)
    calls = try counts.decode(Int.self, forKey: .calls)
    promptTokens = try counts.decode(Int.self, forKey: .promptTokens)
    completionTokens = try counts.decode(Int.self, forKey: .completionTokens)
    milliseconds = try counts.decode(Int.self, forKey: .milliseconds)
    guard [calls, promptTokens, completionTokens, milliseconds].allSatisfy(\.isSound) else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "a count is out of bounds"))
    }
  }
}

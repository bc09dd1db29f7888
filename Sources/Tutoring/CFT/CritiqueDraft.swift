/// Who vouches for a record's verdict; kept beside the training text, never in it.
public enum VerdictSource: String, Codable, Hashable, Sendable, CaseIterable {
  /// The set's reference answer or right solution.
  case gold
  /// A claim that the checker refutes, or an answer that it proves.
  case checker
  /// A person who judged the solution's steps.
  case human
  /// A model, whose verdict agrees with the reference where there is one.
  case teacher
}

/// A record with where it comes from.
public struct CritiqueDraft: Hashable, Sendable {
  /// The problem's id and the solution's place in its row.
  public var id: String
  public var record: CritiqueRecord
  public var isRight: Bool
  public var source: VerdictSource
  /// Who wrote the solution, or what mistake it has, as the set says.
  public var kind: String
  /// Of question and solution, without its ending: equal ones say the same.
  public var fingerprint: UInt64
}

/// Why a solution got no record.
public enum Refusal: String, Error, Codable, Hashable, Sendable, CaseIterable {
  /// No reference answer and no judgement tells whether it is right.
  case unjudged
  /// Its answer cannot be compared with the reference, or is only guessed.
  case undecided
  /// The set calls it wrong, and its answer is right, or a remark says so.
  case contradicted
  /// Right, but the checker refutes a claim of it.
  case refutedThoughRight
  /// Wrong, and nothing tells truly what is wrong with it.
  case unlocated
  /// Right, and there is nothing in it that could be checked.
  case uncheckable
  /// The critique has a false claim of its own.
  case falseClaim
  /// The critique names no verdict, another verdict, or another step.
  case misread
  /// The teacher's reply broke off or never came.
  case unfinished
  /// Another record has the same question and solution.
  case repeated

  /// For people.
  public var words: String {
    switch self {
    case .unjudged: "nobody says whether the solution is right"
    case .undecided: "the answer cannot be compared with the reference"
    case .contradicted: "called wrong, but its answer or a remark says otherwise"
    case .refutedThoughRight: "right, but the checker refutes a claim in it"
    case .unlocated: "wrong, but nothing shows where and why"
    case .uncheckable: "right, but it has no calculation to speak of"
    case .falseClaim: "the critique has a false claim"
    case .misread: "the critique's verdict is missing or does not agree"
    case .unfinished: "the teacher's reply broke off"
    case .repeated: "question and solution are there already"
    }
  }
}

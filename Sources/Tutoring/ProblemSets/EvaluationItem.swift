/// One problem of a data set with what is known about it.
///
/// The reference answer is for evaluation and for the builder of critique records; the loop gets
/// `problem`, which carries none.
public struct EvaluationItem: Codable, Hashable, Sendable {
  /// Stable: the file's stem and the row counted from 0, such as `gsm8k-test-0012`, or the row's own
  /// where the fields of a file are named.
  public var id: String
  public var statement: String
  /// The right answer, without the commas of thousands; `nil` if the set gives none.
  public var reference: String?
  /// The right solution that the set gives, as it is published; `nil` if it gives none.
  public var worked: String?
  /// Solutions that come with the problem, right and wrong.
  public var solutions: [GivenSolution]

  public init(
    id: String, statement: String, reference: String? = nil, worked: String? = nil,
    solutions: [GivenSolution] = []
  ) {
    self.id = id
    self.statement = statement
    self.reference = reference
    self.worked = worked
    self.solutions = solutions
  }

  /// What the loop may see of it.
  public var problem: Problem { Problem(id: id, statement: statement) }
}

/// A solution that a data set gives, with what it says of it.
public struct GivenSolution: Codable, Hashable, Sendable {
  public var text: String
  /// As the set divides it; empty if it gives one text. Joined by `text`'s line ends they are it.
  public var steps: [String]
  /// Whether it is right as a whole; `nil` if the set does not say. Where steps are judged, one
  /// with a faulty step is wrong even if its answer is right.
  public var isRight: Bool?
  /// Whether its final answer is right; `nil` if the set does not say.
  public var hasRightAnswer: Bool?
  /// The first faulty step, counted from 0; `nil` if there is none or the set names none.
  public var firstFault: Int?
  /// Who wrote it, or what kind of mistake it has: the generator's name, the category; may be empty.
  public var kind: String
  /// What a person wrote about the mistake; `nil` if nobody did.
  public var remark: String?

  public init(
    text: String, steps: [String] = [], isRight: Bool? = nil, hasRightAnswer: Bool? = nil,
    firstFault: Int? = nil, kind: String = "", remark: String? = nil
  ) {
    self.text = text
    self.steps = steps
    self.isRight = isRight
    self.hasRightAnswer = hasRightAnswer
    self.firstFault = firstFault
    self.kind = kind
    self.remark = remark
  }

  /// What stands between two steps in `text`.
  static let stepSeparator = "\n\n"

  /// The given step in which a UTF-8 offset of `text` lies, such as a finding's `start`; `nil` if
  /// the set gives no steps.
  public func step(at offset: Int) -> Int? {
    var end = 0
    for (index, step) in steps.enumerated() {
      end += step.utf8.count + Self.stepSeparator.utf8.count
      if offset < end { return index }
    }
    return steps.indices.last
  }
}

extension GivenSolution {
  init(
    steps: [String], isRight: Bool?, hasRightAnswer: Bool?, firstFault: Int?, kind: String,
    remark: String? = nil
  ) {
    self.init(
      text: steps.joined(separator: Self.stepSeparator), steps: steps, isRight: isRight,
      hasRightAnswer: hasRightAnswer, firstFault: firstFault, kind: kind, remark: remark)
  }
}

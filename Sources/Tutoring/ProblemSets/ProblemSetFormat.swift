// The formats as they are published, each recognised by the fields of its first row. The more
// telling fields are asked for first: RealCritic's rows have a question and an answer too.

/// How the rows of a data set are to be read.
public enum ProblemSetFormat: Hashable, Sendable {
  /// GSM8K: question, answer with `#### n`.
  case gsm8k
  /// GSM8K with the solutions of several models.
  case modelSolutions
  /// MATH-500, AMC23 and other sets of problem and answer.
  case math
  /// Sampled solutions of one problem: question, gt, code, score.
  case sampled
  /// ProcessBench: steps with the first wrong one.
  case processBench
  /// RealCritic: a solution to be criticised.
  case realCritic
  /// Students' wrong solutions with the first wrong step and a description.
  case studentSolutions
  /// BIG-Bench Mistake: traces with the first mistake.
  case mistakes
  /// Replies that `pentimento eval` recorded.
  case recordings
  /// What `pentimento batch` writes.
  case runs
  /// Whatever fields are named.
  case named(NamedFields)

  /// Recognises a format by the fields of a row; `nil` if none fits.
  public init?(fields: some Sequence<String>) {
    let fields = Set(fields)
    func has(_ names: String...) -> Bool { fields.isSuperset(of: names) }
    if has("problem", "steps", "label") {
      self = .processBench
    } else if has("input", "steps", "target", "mistake_index") {
      self = .mistakes
    } else if has("problem", "student_incorrect_solution") {
      self = .studentSolutions
    } else if has("question", "gt", "code") {
      self = .sampled
    } else if has("question", "gt", "reasoning") {
      self = .realCritic
    } else if has("question", "ground_truth") {
      self = .modelSolutions
    } else if has("problem", "reference", "replies") {
      self = .recordings
    } else if has("id", "problem", "row", "rounds") {
      self = .runs
    } else if has("problem", "answer") {
      self = .math
    } else if has("question", "answer") {
      self = .gsm8k
    } else if let named = NamedFields(guessing: fields) {
      self = .named(named)
    } else {
      return nil
    }
  }

  /// The format that is called so, as in `--format processbench`.
  public init?(name: String) {
    guard let format = Self.names.first(where: { $0.name == name })?.format else { return nil }
    self = format
  }

  /// The formats that can be asked for by name.
  public static let names: [(name: String, format: ProblemSetFormat)] = [
    ("gsm8k", .gsm8k), ("model-solutions", .modelSolutions), ("math", .math),
    ("sampled", .sampled), ("processbench", .processBench), ("realcritic", .realCritic),
    ("students", .studentSolutions), ("mistakes", .mistakes),
    ("recordings", .recordings), ("runs", .runs),
  ]
}

/// Which fields of a row hold what; `nil` is looked for nowhere.
public struct NamedFields: Hashable, Sendable {
  public var problem: String
  /// The reference answer; GSM8K's `#### n` is looked for in it.
  public var answer: String?
  /// Without one, the file's stem and the row's number are the id.
  public var id: String?
  /// The text of one solution, or a list of them.
  public var solution: String?
  /// The steps of one solution.
  public var steps: String?
  /// True or false.
  public var isRight: String?
  /// The first faulty step, counted from 0; below 0 there is none.
  public var firstFault: String?
  public var kind: String?

  public init(
    problem: String, answer: String? = nil, id: String? = nil, solution: String? = nil,
    steps: String? = nil, isRight: String? = nil, firstFault: String? = nil, kind: String? = nil
  ) {
    self.problem = problem
    self.answer = answer
    self.id = id
    self.solution = solution
    self.steps = steps
    self.isRight = isRight
    self.firstFault = firstFault
    self.kind = kind
  }

  /// The usual names; `nil` if none of them for the problem is among `fields`.
  public init?(guessing fields: Set<String>) {
    func first(_ names: String...) -> String? { names.first(where: fields.contains) }
    guard let problem = first("problem", "question", "statement") else { return nil }
    self.init(
      problem: problem, answer: first("answer", "reference", "gt"), id: first("id"),
      solution: first("solution", "solutions", "candidates"), steps: first("steps"),
      isRight: first("is_correct"), firstFault: first("label"), kind: first("kind", "generator"))
  }
}

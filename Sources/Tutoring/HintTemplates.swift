import Algebra

// Sentences for hints that are safe by what they are made of: the problem's own question, its own
// quantities, and the kind of operation of the next step. Each passes the guard like any hint; the
// first that does is taken, and the last of each rung holds no number at all.

extension Standing {
  /// A hint that shows nothing that is still to be found.
  public func template(_ rung: Rung) -> String {
    let guarding = guarding(rung)
    let sentences = sentences(rung)
    return sentences.first { guarding.leaks(in: $0).isEmpty } ?? sentences.last ?? ""
  }

  private func sentences(_ rung: Rung) -> [String] {
    guard position != nil else {
      return ["You have every step that the tutor has; check your last line against the question."]
    }
    if let slip, rung == .nudge {
      return [
        "Look at your step \(slip.step + 1) again, before you go on.", "Look at your steps again.",
      ]
    }
    switch rung {
    case .nudge: return nudges
    case .concept: return concepts
    case .nextStep, .workedStep, .answer: return nextSteps
    }
  }

  private var nudges: [String] {
    var sentences: [String] = []
    if let asked = question {
      let listed = quantities.joined(separator: ", ")
      if !listed.isEmpty {
        sentences.append(
          "You are asked: “\(asked)” The problem gives \(listed). Which of these do you need first?"
        )
      }
      sentences.append("You are asked: “\(asked)” What would you have to know just before that?")
    }
    return sentences + [
      "Read the problem's last sentence again. What would you have to know just before you can answer it?"
    ]
  }

  private var concepts: [String] {
    let plain =
      "Think of how the quantities belong together: parts of a whole, equal groups, or a difference?"
    // In a problem of one step the operation is all there is to find.
    guard let operation, reference.steps.count(where: { !$0.values.isEmpty }) > 1 else {
      return [plain]
    }
    return [operation.idea, plain]
  }

  private var nextSteps: [String] {
    let plain =
      "Write down what you know so far, and put together what belongs together first."
    guard let operation else { return [plain] }
    var sentences: [String] = []
    if let quantity = operand {
      sentences.append("The next step is \(operation.name), and it begins with \(quantity).")
    }
    return sentences + [
      "The next step is \(operation.name). Which quantities belong in it?", plain,
    ]
  }

  /// The question that the problem ends in.
  private var question: String? {
    let statement = reference.problem.statement
    guard let end = statement.lastIndex(of: "?") else { return nil }
    let before = statement[..<end]
    let start = before.lastIndex { ".?!".contains($0) }.map { statement.index(after: $0) }
    let question = statement[(start ?? statement.startIndex)...end].collapsed()
    return question.count <= 160 ? question : nil
  }

  /// The quantities of the problem, each number with the word behind it, three at most.
  private var quantities: [String] {
    let tokens = TextToken.all(in: reference.problem.statement)
    var quantities: [String] = []
    for (index, token) in tokens.enumerated() where token.kind == .number && !token.isSpelled {
      let next = index + 1 < tokens.count ? tokens[index + 1] : nil
      let word = next?.kind == .word ? " \(next?.text ?? "")" : next?.kind == .percent ? " %" : ""
      quantities.append(token.text + word)
    }
    return Array(quantities.prefix(3))
  }

  /// The first number of the next step, if it is one of the problem's.
  private var operand: String? {
    guard let position else { return nil }
    let given = Set(TextToken.all(in: reference.problem.statement).flatMap(\.values))
    let first = Checker().check(solution: reference.steps[position].text).findings.first?.claim
    let number = first.flatMap { TextToken.all(in: $0).first { $0.kind == .number } }
    guard let number, let value = number.values.first, given.contains(value) else { return nil }
    return "the \(number.text)"
  }

  /// The kind of operation of the next step, if it has just one.
  private var operation: Recipe.Operation? {
    guard let position else { return nil }
    let text = reference.steps[position].text
    guard let claim = Checker().check(solution: text).findings.first?.claim,
      let side = TextToken.all(in: claim).split(whereSeparator: { $0.kind == .relation }).first
    else { return nil }
    let signs = Set(side.map(\.kind)).intersection([.plus, .minus, .times, .divide, .power, .root])
    switch signs {
    case [.plus]: return .add
    case [.minus]: return .subtract
    case [.times]: return .multiply
    case [.divide]: return .divide
    default: return nil
    }
  }
}

extension Recipe.Operation {
  fileprivate var name: String {
    switch self {
    case .add: "an addition"
    case .subtract: "a subtraction"
    case .multiply: "a multiplication"
    case .divide: "a division"
    }
  }

  fileprivate var idea: String {
    switch self {
    case .add: "The next step puts parts together into a whole: that is an addition."
    case .subtract: "The next step takes a part from a whole, or compares: that is a subtraction."
    case .multiply:
      "The next step counts equal groups, or a share of something: that is a multiplication."
    case .divide:
      "The next step shares something out equally, or asks how often it fits: that is a division."
    }
  }
}

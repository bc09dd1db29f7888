// Writes critiques from what is known, without a model. Every sentence says something that was
// checked or that the set vouches for; the words and the order vary, drawn from the seed, so that a
// model learns to judge and not to recite.

/// Writes the critique of one solution.
struct CritiqueWriter {
  let statement: String
  let solution: WorkedSolution
  private var draw: Draw

  init(statement: String, solution: WorkedSolution, draw: Draw) {
    self.statement = statement
    self.solution = solution
    self.draw = draw
  }

  // MARK: - A right solution

  /// Goes through the calculations; `nil` if there is none to say anything about.
  mutating func right(answer: String) -> String? {
    let lines = good(upTo: solution.steps.count)
    guard !lines.isEmpty else { return nil }
    var text: [String] = []
    if draw.isOne(in: 2), let asked = question() {
      text.append(
        draw.one(of: [
          "The question is: \(asked)", "What is asked: \(asked)", "We are asked: \(asked)",
        ]))
    }
    text += lines
    text.append(
      draw.one(of: [
        "Every step uses the numbers of the problem as it means them, and the final answer \(answer) answers the question.",
        "No step goes wrong, and \(answer) is what the question asks for.",
        "The steps follow from the problem and from each other; the answer is indeed \(answer).",
        "Nothing is left out and nothing is counted twice. The answer \(answer) is correct.",
        "The method fits the problem and the calculations are exact, so \(answer) is the right answer.",
        "All steps check out. The answer is \(answer).",
      ]))
    return closed(text, "right")
  }

  // MARK: - A wrong solution

  /// Says what holds before the fault, names it, and goes on rightly from there.
  mutating func wrong(_ fault: Fault, answer: String?, right: WorkedSolution?) -> String {
    // Before a step that nobody calls the first wrong one, only what the right solution finds too is
    // known to be right.
    let vouched = fault.isFirst ? nil : Set(right?.calculations.map(\.result) ?? [])
    let before = good(upTo: fault.step, vouched: vouched)
    let way = rightWay(fault, answer: answer, right: right)
    let text: [String]
    // Quotation marks within a quotation could not be read back.
    switch fault.quote.contains("\"") ? 0 : draw.next() % 4 {
    case 0: text = before + labelled(fault) + way
    case 1: text = before + [prose(fault)] + [correction(fault)] + way
    case 2: text = [gist(fault)] + before + [reason(fault), correction(fault)] + way
    default: text = [prose(fault), correction(fault)] + way
    }
    return closed(text, "wrong")
  }

  /// One line each, as the loop reads them.
  private mutating func labelled(_ fault: Fault) -> [String] {
    [
      "Wrong step: \(fault.step + 1)", "Quote: \(fault.quote)", "Reason: \(reason(fault))",
      "Correct: \(fault.correction)",
    ]
  }

  private mutating func prose(_ fault: Fault) -> String {
    let number = fault.step + 1
    let first = fault.isFirst ? "The first mistake is in step \(number)" : "Step \(number) is wrong"
    let opening = draw.one(of: [
      "\(first): \"\(fault.quote)\".", "Step \(number) is wrong where it says \"\(fault.quote)\".",
      "Step \(number), \"\(fault.quote)\", is a mistake.",
      "There is an error in step \(number), which says \"\(fault.quote)\".",
    ])
    return "\(opening) \(reason(fault))"
  }

  private mutating func gist(_ fault: Fault) -> String {
    let number = fault.step + 1
    return draw.one(of: [
      "The solution goes wrong in step \(number): \"\(fault.quote)\".",
      "This is wrong from step \(number) on, where it says \"\(fault.quote)\".",
      "Step \(number) contains a mistake: \"\(fault.quote)\".",
    ])
  }

  private mutating func reason(_ fault: Fault) -> String {
    switch fault.reason {
    case .arithmetic(let evidence):
      return draw.one(of: [
        "The calculation does not come to that: \(evidence).", "In fact \(evidence).",
        "The arithmetic fails, since \(evidence).",
      ])
    case .operation(let used, let wanted):
      let numbers = Self.sentence(used.operands)
      let (did, needed) = (Self.verb(used), Self.verb(wanted))
      return draw.one(of: [
        "The numbers are the right ones, but \(numbers) have to be \(needed) here, not \(did).",
        "\(numbers) are \(did) although the problem calls for them to be \(needed).",
        "The numbers \(numbers) must be \(needed); the solution has them \(did).",
      ])
    case .remark(let sentence): return sentence
    case .beyond(let step, let answer):
      return draw.one(of: [
        "Step \(step + 1) has found the answer, \(answer), already; nothing more is to be done.",
        "The answer was reached with \(answer) in step \(step + 1), and this goes beyond it.",
        "What is asked for is the \(answer) of step \(step + 1); this step changes it for no reason.",
      ])
    case .turn(let wanted):
      return draw.one(of: [
        "The problem does not say that; what has to be found at this point is \(wanted.text).",
        "This is not what the problem describes. The next thing to find is \(wanted.text).",
        "That does not follow from the problem, which calls for \(wanted.text) here.",
      ])
    case .value(let used, let wanted):
      return draw.one(of: [
        "This finds \(used.result), but that is not the quantity the problem needs here: \(wanted.text) is.",
        "The calculation itself is true, but it does not fit the problem; what has to be found here is \(wanted.text).",
        "What the problem describes at this point is \(wanted.text), so \(used.text) uses its numbers in the wrong way.",
      ])
    }
  }

  private mutating func correction(_ fault: Fault) -> String {
    draw.one(of: [
      "It should be \(fault.correction).", "Correct: \(fault.correction)",
      "What should stand there is \(fault.correction).", "Instead: \(fault.correction).",
    ])
  }

  /// The rest of the right solution, and its answer.
  private mutating func rightWay(_ fault: Fault, answer: String?, right: WorkedSolution?)
    -> [String]
  {
    var lines: [String] = []
    if let right {
      let start = fault.resumesAt ?? 0
      let rest = right.steps[start...].filter { !Rendering.isBareAnswer($0) }
      if !rest.isEmpty {
        lines.append(
          start == 0
            ? draw.one(of: ["Worked rightly:", "A right way:", "The problem works out like this:"])
            : draw.one(of: ["From there:", "It then goes on:", "Going on rightly:"]))
        lines += rest
      }
    }
    if let answer {
      let given = solution.answer
      lines.append(
        given.map { given in
          draw.one(of: [
            "So the answer is \(answer), not \(given).", "The right answer is \(answer).",
            "The answer should be \(answer) instead of \(given).",
          ])
        } ?? "The right answer is \(answer).")
    }
    return lines
  }

  // MARK: - What holds

  /// A line on each step before `end` that calculates something.
  private mutating func good(upTo end: Int, vouched: Set<String>? = nil) -> [String] {
    var lines: [String] = []
    var found: [String: Int] = [:]
    for step in 0..<end {
      let calculations = solution.calculations.filter {
        $0.step == step && $0.holds && vouched?.contains($0.result) != false
      }
      guard let calculation = calculations.first else { continue }
      let names = Self.sentence(calculations.map { Self.delimited($0.text) })
      let sources = sources(of: calculation, found: found)
      lines.append("\(praise(step, names))\(sources.isEmpty ? "." : "; \(sources).")")
      for calculation in calculations { found[calculation.result] = step }
    }
    return lines
  }

  private mutating func praise(_ step: Int, _ claims: String) -> String {
    draw.one(of: [
      "Step \(step + 1): \(claims) is right", "Step \(step + 1) is correct: \(claims)",
      "In step \(step + 1), \(claims) is correct", "Step \(step + 1) is right, \(claims)",
      "Step \(step + 1): \(claims), which is correct",
    ])
  }

  /// Where the numbers of a calculation come from, as far as that can be seen.
  private mutating func sources(of calculation: Calculation, found: [String: Int]) -> String {
    // Of a fraction, neither number comes from anywhere by itself.
    let isMixed = calculation.operations.contains(.division) && calculation.operations.count > 1
    if calculation.isAlgebraic || isMixed { return "" }
    let stated = Set(PlainNumeral.all(in: statement))
    let operands = Set(calculation.operands).sorted()
    var words: [String] = []
    let made = operands.filter { found[$0] != nil }.prefix(2)
    for operand in made {
      let step = (found[operand] ?? 0) + 1
      words.append(
        draw.one(of: ["\(operand) comes from step \(step)", "\(operand) was found in step \(step)"])
      )
    }
    let given = operands.filter { found[$0] == nil && stated.contains($0) }.prefix(3)
    if !given.isEmpty, draw.isOne(in: 2) {
      let list = Self.sentence(Array(given))
      words.append(
        draw.one(of: [
          "\(list) \(given.count == 1 ? "is" : "are") given", "the problem states \(list)",
        ]))
    }
    return words.joined(separator: " and ")
  }

  // MARK: - Words

  /// The sentence of the problem that ends in a question mark, if there is one.
  private func question() -> String? {
    guard let mark = statement.lastIndex(of: "?") else { return nil }
    var start = statement.startIndex
    var previous: Character = "."
    for index in statement.indices where index < mark {
      if statement[index].isWhitespace, ".!?\n".contains(previous) || statement[index].isNewline {
        start = statement.index(after: index)
      }
      previous = statement[index]
    }
    let asked = String(statement[start...mark]).collapsed()
    return (12...240).contains(asked.count) ? asked : nil
  }

  private func closed(_ lines: [String], _ verdict: String) -> String {
    lines.joined(separator: "\n") + "\n\nConclusion: \(verdict) [END]"
  }

  private static func verb(_ calculation: Calculation) -> String {
    switch calculation.operations.first {
    case .addition: "added"
    case .subtraction: "subtracted"
    case .multiplication: "multiplied"
    case .division, nil: "divided"
    }
  }

  /// A formula of LaTeX commands between its delimiters.
  private static func delimited(_ text: String) -> String {
    text.contains("\\") && !text.contains("$") ? "\\(\(text)\\)" : text
  }

  private static func sentence(_ items: [String]) -> String {
    items.count < 2
      ? items.joined() : items.dropLast().joined(separator: ", ") + " and " + items[items.count - 1]
  }
}

extension ProblemSetFormat {
  /// Reads one row; the id is the caller's where the format gives none.
  func item(_ row: Row, id: String) throws(RowFault) -> EvaluationItem {
    switch self {
    case .gsm8k: try gsm8k(row, id)
    case .modelSolutions: try modelSolutions(row, id)
    case .math: try math(row, id)
    case .sampled: try sampled(row, id)
    case .processBench: try processBench(row, id)
    case .realCritic: try realCritic(row, id)
    case .studentSolutions: try studentSolutions(row, id)
    case .mistakes: try mistakes(row, id)
    case .recordings: try recording(row)
    case .runs: try run(row)
    case .named(let fields): try named(fields, row, id)
    }
  }

  private func gsm8k(_ row: Row, _ id: String) throws(RowFault) -> EvaluationItem {
    let worked = try row.text("answer")
    return EvaluationItem(
      id: id, statement: try row.text("question"), reference: try Reference.of(worked),
      worked: worked.holds("####") ? worked : nil)
  }

  private func modelSolutions(_ row: Row, _ id: String) throws(RowFault) -> EvaluationItem {
    let worked = try row.text("ground_truth")
    var solutions: [GivenSolution] = []
    for name in row.names where !["question", "ground_truth"].contains(name) {
      let model = try row.row(name)
      let isRight = try model.bool("is_correct")
      solutions.append(
        GivenSolution(
          text: try model.text("solution"), isRight: isRight, hasRightAnswer: isRight, kind: name))
    }
    return EvaluationItem(
      id: id, statement: try row.text("question"), reference: try Reference.of(worked),
      worked: worked, solutions: solutions)
  }

  private func math(_ row: Row, _ id: String) throws(RowFault) -> EvaluationItem {
    EvaluationItem(
      id: id, statement: try row.text("problem"), reference: try Reference.of(row.text("answer")),
      worked: row.has("solution") ? try row.text("solution") : nil)
  }

  private func sampled(_ row: Row, _ id: String) throws(RowFault) -> EvaluationItem {
    let texts = try row.texts("code")
    let scores = try row.bools("score")
    guard texts.count == scores.count else {
      throw RowFault("\(texts.count) solutions in `code`, \(scores.count) of them in `score`")
    }
    return EvaluationItem(
      id: id, statement: try row.text("question"), reference: try Reference.of(row.text("gt")),
      worked: row.has("solution") ? try row.text("solution") : nil,
      solutions: zip(texts, scores).map {
        GivenSolution(text: $0, isRight: $1, hasRightAnswer: $1)
      })
  }

  private func processBench(_ row: Row, _ id: String) throws(RowFault) -> EvaluationItem {
    let steps = try row.texts("steps")
    let label = try row.int("label")
    guard label < steps.count else {
      throw RowFault("`label` is \(label), and there are \(steps.count) steps")
    }
    let solution = GivenSolution(
      steps: steps, isRight: label < 0,
      hasRightAnswer: row.has("final_answer_correct") ? try row.bool("final_answer_correct") : nil,
      firstFault: label < 0 ? nil : label,
      kind: row.has("generator") ? try row.text("generator") : "")
    return EvaluationItem(id: id, statement: try row.text("problem"), solutions: [solution])
  }

  private func realCritic(_ row: Row, _ id: String) throws(RowFault) -> EvaluationItem {
    guard let isRight = try row.bools("previous_score").first else {
      throw RowFault("the field `previous_score` is empty")
    }
    let solution = GivenSolution(
      text: try row.text("reasoning"), isRight: isRight, hasRightAnswer: isRight,
      kind: row.has("model") ? try row.text("model") : "")
    return EvaluationItem(
      id: id, statement: try row.text("question"), reference: try Reference.of(row.text("gt")),
      worked: row.has("gt_cot") ? try row.text("gt_cot") : nil, solutions: [solution])
  }

  private func studentSolutions(_ row: Row, _ id: String) throws(RowFault) -> EvaluationItem {
    let steps = try row.texts("student_incorrect_solution")
    let fault = try row.int("incorrect_index")
    guard steps.indices.contains(fault) else {
      throw RowFault("`incorrect_index` is \(fault), and there are \(steps.count) steps")
    }
    let worked = try row.text("reference_solution")
    var solutions = [
      GivenSolution(
        steps: steps, isRight: false, hasRightAnswer: nil, firstFault: fault,
        kind: row.has("error_category") ? try row.text("error_category") : "",
        remark: row.has("error_description") ? try row.text("error_description") : nil)
    ]
    // Nobody has judged it, whatever its name says.
    if row.has("student_correct_response") {
      solutions.append(
        GivenSolution(text: try row.text("student_correct_response"), kind: "corrected"))
    }
    return EvaluationItem(
      id: id, statement: try row.text("problem"), reference: try Reference.of(worked),
      worked: worked, solutions: solutions)
  }

  /// The published label misses 18 traces that end in a wrong answer, so the answer decides.
  private func mistakes(_ row: Row, _ id: String) throws(RowFault) -> EvaluationItem {
    let steps = try row.texts("steps")
    let target = try row.text("target")
    let isRight = try row.text("answer").trimmed() == target.trimmed()
    let fault = row.has("mistake_index") ? try row.int("mistake_index") : nil
    if let fault, !steps.indices.contains(fault) {
      throw RowFault("`mistake_index` is \(fault), and there are \(steps.count) steps")
    }
    return EvaluationItem(
      id: id, statement: try row.text("input"), reference: try Reference.of(target),
      solutions: [
        GivenSolution(
          steps: steps, isRight: isRight && fault == nil, hasRightAnswer: isRight,
          firstFault: fault, kind: "trace")
      ])
  }
}

/// The right answer as sets write it.
enum Reference {
  /// What stands after the last `####` or on a last line `A: n`; else, of several lines, the last;
  /// commas that group digits are left out.
  static func of(_ answer: String) throws(RowFault) -> String {
    var text = answer.trimmed()
    if let mark = text.lastStart(of: "####") { text = String(text[mark...].dropFirst(4)) }
    let last = text.trimmed().split(whereSeparator: \.isNewline).last.map(String.init) ?? ""
    var value = last.trimmed()
    if value.hasPrefix("A:") { value = String(value.dropFirst(2)).trimmed() }
    if value.isEmpty { throw RowFault("the right answer is empty") }
    return isGrouped(value) ? value.filter { $0 != "," } : value
  }

  /// Whether commas in it only group digits by threes: `109,200,000`, not `1,2`.
  private static func isGrouped(_ value: String) -> Bool {
    let unsigned = value.drop { "-+$".contains($0) }
    let whole = unsigned.prefix { $0 != "." }
    let groups = whole.split(separator: ",", omittingEmptySubsequences: false)
    guard groups.count > 1, let first = groups.first, (1...3).contains(first.count) else {
      return false
    }
    return groups.dropFirst().allSatisfy { $0.count == 3 }
      && groups.allSatisfy { $0.allSatisfy { $0.isASCII && $0.isNumber } }
  }
}

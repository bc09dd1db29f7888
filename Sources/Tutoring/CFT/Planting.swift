import Algebra

// Wrong solutions made from right ones, with one fault each and everything after it carried through:
// a slip in a calculation, or another operation on the same numbers. Of the second kind every
// equation is true, which is what checkers cannot see and critics have to learn. The fault's place is
// known, and the words around it are those of the right solution, so nothing but the mathematics
// tells the two apart. What cannot be carried through without doubt is not made.

/// Plants a fault into a right solution.
struct Planting {
  let statement: String
  let solution: WorkedSolution
  let checker: Checker

  /// A copy of the solution with one fault, or `nil` if none of the tries comes out.
  func planted(draw: inout Draw) -> GivenSolution? {
    guard let answer = solution.calculations.last?.result, isPlain else { return nil }
    for _ in 0..<4 {
      let place = draw.one(of: Array(solution.calculations.indices))
      let chosen = solution.calculations[place]
      let claim = draw.isOne(in: 3) ? slip(chosen, &draw) : misuse(chosen, &draw)
      guard let claim, let steps = steps(replacing: place, by: claim),
        let ending = PlainNumeral.all(in: steps[steps.count - 1]).last, ending != answer
      else { continue }
      return GivenSolution(
        steps: steps + [ending], isRight: false, hasRightAnswer: false, firstFault: chosen.step,
        kind: "planted")
    }
    return nil
  }

  /// One calculation a step at most, each with two numbers, and none about letters: only then is it
  /// clear what depends on what.
  private var isPlain: Bool {
    let calculations = solution.calculations
    return !calculations.isEmpty
      && Set(calculations.map(\.step)).count == calculations.count
      && calculations.allSatisfy {
        $0.holds && !$0.isAlgebraic && $0.operands.count == 2 && $0.operations.count == 1
          && $0.text.count(where: { $0 == "=" }) == 1 && solution.steps[$0.step].holds($0.text)
      }
  }

  // MARK: - Faults

  /// The same numbers under another operation, where that gives a plain number.
  private func misuse(_ calculation: Calculation, _ draw: inout Draw) -> String? {
    guard let sign = calculation.sign else { return nil }
    let others: [Character: [Character]] = [
      "+": ["-", "*"], "-": ["+"], "*": ["+", "/"], "/": ["*", "-"],
    ]
    let other = draw.one(of: others[sign.plain] ?? ["+"])
    var left = calculation.left
    left.replaceSubrange(sign.range, with: String(other))
    return completed(left, calculation)
  }

  /// The right operation with a wrong outcome: one off, ten off, or two digits the wrong way round.
  private func slip(_ calculation: Calculation, _ draw: inout Draw) -> String? {
    guard let value = Int(calculation.result), value > 3 else { return nil }
    let (tens, units) = (value / 10 % 10, value % 10)
    let swapped = value - tens * 10 - units + units * 10 + tens
    let wrong = draw.one(of: [value + 1, value - 1, value + 10, swapped])
    guard wrong != value, wrong > 0 else { return nil }
    return calculation.written(calculation.left, "\(wrong)")
  }

  /// The left side with the value that it has; `nil` if that is no plain number.
  private func completed(_ left: String, _ calculation: Calculation) -> String? {
    let finding = checker.check(claim: "\(left) = \(calculation.result)")
    guard finding.outcome == .refuted, let value = finding.correction, value.count < 9,
      value.allSatisfy({ $0.isNumber || $0 == "." }), value != "0"
    else { return nil }
    return calculation.written(left, value)
  }

  // MARK: - What follows

  /// The steps without the ending, with the fault in its place and all that depends on it anew.
  private func steps(replacing place: Int, by claim: String) -> [String]? {
    var steps = solution.steps
    if let last = steps.last, Rendering.isBareAnswer(last) { steps.removeLast() }
    // The ending must be what the last calculation comes to.
    guard solution.calculations.last?.step == steps.count - 1 else { return nil }
    let faulty = solution.calculations[place]
    var changed: [String: String] = [:]
    for step in faulty.step..<steps.count {
      guard let calculation = solution.calculations.first(where: { $0.step == step }) else {
        steps[step] = PlainNumeral.replacing(changed, in: steps[step])
        continue
      }
      let left = PlainNumeral.replacing(changed, in: calculation.left)
      var written = calculation.text
      if step == faulty.step {
        written = claim
      } else if left != calculation.left {
        guard let again = completed(left, calculation) else { return nil }
        written = again
      }
      guard let text = rewritten(steps[step], calculation, as: written, &changed) else {
        return nil
      }
      steps[step] = text
    }
    return steps
  }

  /// The step with its calculation written anew, and its old value replaced wherever it is told.
  private func rewritten(
    _ step: String, _ calculation: Calculation, as written: String,
    _ changed: inout [String: String]
  ) -> String? {
    guard let start = step.firstStart(of: calculation.text),
      let value = PlainNumeral.all(in: written).last
    else { return nil }
    if value != calculation.result {
      // A number that the problem states too could be either.
      guard !PlainNumeral.all(in: statement).contains(calculation.result),
        changed[calculation.result] == nil
      else { return nil }
      changed[calculation.result] = value
    }
    let end = step.utf8.index(start, offsetBy: calculation.text.utf8.count)
    return PlainNumeral.replacing(changed, in: String(step[..<start])) + written
      + PlainNumeral.replacing(changed, in: String(step[end...]))
  }
}

extension Calculation {
  /// The calculation with another left side and another value; units stay.
  fileprivate func written(_ left: String, _ value: String) -> String {
    let right = String(text[self.left.endIndex...])
    return left + PlainNumeral.replacing([result: value], in: right)
  }

  fileprivate var left: String {
    (text.split(separator: "=", maxSplits: 1).first ?? "").trimmed()
  }

  /// The operation's sign in `left`.
  fileprivate var sign: (range: Range<String.Index>, plain: Character)? {
    let plain: [Character: Character] = [
      "+": "+", "-": "-", "−": "-", "*": "*", "×": "*", "x": "*", "/": "/", "÷": "/",
    ]
    let left = left
    guard let index = left.firstIndex(where: { plain[$0] != nil }), let sign = plain[left[index]],
      left[left.index(after: index)...].allSatisfy({ plain[$0] == nil })
    else { return nil }
    return (index..<left.index(after: index), sign)
  }
}

extension PlainNumeral {
  /// The text with numbers replaced by others; keys are plain.
  static func replacing(_ changes: [String: String], in text: String) -> String {
    var replaced = ""
    var number = ""
    func end() {
      var kept = number
      var tail = ""
      while let last = kept.last, last == "." || last == "," {
        tail = String(last) + tail
        kept.removeLast()
      }
      replaced += (plain(kept).flatMap { changes[$0] } ?? kept) + tail
      number = ""
    }
    for character in text {
      if character.isASCII, character.isNumber || ".,".contains(character) {
        number.append(character)
      } else {
        if !number.isEmpty { end() }
        replaced.append(character)
      }
    }
    if !number.isEmpty { end() }
    return replaced
  }
}

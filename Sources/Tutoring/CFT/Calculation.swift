import Algebra

/// One calculation of a solution: `48 + 24 = 72`.
struct Calculation: Hashable {
  /// The step it stands in, counted from 0.
  let step: Int
  /// As written.
  let text: String
  /// The numbers before the first equals sign, in plain form and sorted.
  let operands: [String]
  /// What is done with them.
  let operations: Set<Operation>
  /// The number after the last equals sign, in plain form.
  let result: String
  /// Whether letters stand in it for numbers.
  let isAlgebraic: Bool
  /// Whether the checker found it true; otherwise it is refuted.
  let holds: Bool
  /// Of a refuted one, what should stand for its result, and why.
  let correction: String?
  let evidence: String

  enum Operation: Hashable {
    case addition, subtraction, multiplication, division
  }

  /// Reads it from a finding; `nil` if it is not two or more numbers made into one.
  init?(_ finding: Finding, step: Int) {
    guard finding.outcome != .undecided, Self.roles.contains(finding.role) else { return nil }
    let sides = finding.claim.split(separator: "=", omittingEmptySubsequences: false)
    guard sides.count > 1, let first = sides.first, let last = sides.last,
      let result = PlainNumeral.all(in: last).first
    else { return nil }
    let operands = PlainNumeral.all(in: first)
    operations = Self.operations(in: first)
    guard operands.count > 1, !operations.isEmpty else { return nil }
    self.step = step
    self.operands = operands.sorted()
    self.result = result
    isAlgebraic = Self.hasLetters(finding.claim)
    text = finding.claim.collapsed()
    holds = finding.outcome == .holds
    correction = finding.correction
    evidence = finding.evidence
  }

  private static let roles: Set<Role> = [.asserted, .simplification, .definition, .conclusion]

  /// Whether a letter stands alone in it, but for an `x` between two numbers.
  private static func hasLetters(_ claim: String) -> Bool {
    let characters = Array(claim)
    return characters.indices.contains { index in
      let next = index + 1 < characters.count ? characters[index + 1] : " "
      let previous = index > 0 ? characters[index - 1] : " "
      return characters[index].isLetter && !next.isLetter && !previous.isLetter
        && previous != "\\" && !isTimes(characters, index)
    }
  }

  /// Whether the character is an `x` that multiplies.
  private static func isTimes(_ characters: [Character], _ index: Int) -> Bool {
    guard characters[index] == "x" || characters[index] == "X" else { return false }
    let before = characters[..<index].last { !$0.isWhitespace }
    let after = characters[(index + 1)...].first { !$0.isWhitespace }
    guard let before, let after else { return false }
    return (before.isNumber || before == ")" || before == "%" || before.isLetter)
      && (after.isNumber || "($.".contains(after))
  }

  private static func operations(in side: Substring) -> Set<Operation> {
    var operations: Set<Operation> = []
    let characters = Array(side)
    for (index, character) in characters.enumerated() {
      switch character {
      case "x" where isTimes(characters, index), "X" where isTimes(characters, index):
        operations.insert(.multiplication)
      case "+": operations.insert(.addition)
      case "*", "×", "·": operations.insert(.multiplication)
      case "/", "÷": operations.insert(.division)
      case "-", "−", "–":
        let (before, after) = (
          index > 0 ? characters[index - 1] : "a",
          index + 1 < characters.count ? characters[index + 1] : "a"
        )
        if before.isLetter || after.isLetter { continue }
        operations.insert(.subtraction)
      default: break
      }
    }
    if side.holds("\\times") || side.holds("\\cdot") { operations.insert(.multiplication) }
    if side.holds("\\div") || side.holds("\\frac") { operations.insert(.division) }
    return operations
  }
}

extension Report {
  /// The calculations in the order of the text.
  ///
  /// - Parameter step: The step that a UTF-8 offset lies in.
  func calculations(step: (Int) -> Int) -> [Calculation] {
    findings.compactMap { Calculation($0, step: step($0.start)) }
  }
}

/// Numbers as they are compared: `1,200`, `1200` and `1200.0` are one.
enum PlainNumeral {
  static func all(in text: some StringProtocol) -> [String] {
    var numerals: [String] = []
    var digits = ""
    for character in text {
      if character.isASCII, character.isNumber {
        digits.append(character)
      } else if character == "." || character == ",",
        digits.last?.isNumber == true || character == "."
      {
        digits.append(character)
      } else {
        end(&digits, &numerals)
      }
    }
    end(&digits, &numerals)
    return numerals
  }

  /// The plain form of one number.
  static func plain(_ written: some StringProtocol) -> String? { all(in: written).first }

  private static func end(_ digits: inout String, _ numerals: inout [String]) {
    defer { digits = "" }
    var plain = digits.filter { $0 != "," }
    while plain.hasSuffix(".") { plain.removeLast() }
    guard plain.contains(where: \.isNumber), plain.count(where: { $0 == "." }) < 2 else { return }
    if plain.contains(".") {
      while plain.hasSuffix("0") { plain.removeLast() }
      if plain.hasSuffix(".") { plain.removeLast() }
    }
    let whole = plain.drop { $0 == "0" }
    plain = String(whole)
    if plain.isEmpty { plain = "0" } else if plain.hasPrefix(".") { plain = "0" + plain }
    numerals.append(plain)
  }
}

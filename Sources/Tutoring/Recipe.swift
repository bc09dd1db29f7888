import Algebra

// What a sentence says to do with numbers: "add 25 and 6", "the product of 3 and 4", "6 more than 25",
// "half of 62". A word that orders an operation is taken to mean all numbers of its sentence, in
// either order: too much is found rather than too little.

struct Recipe {
  let tokens: [TextToken]
  let range: Range<Int>

  /// Numbers of a sentence that are combined; more are no sentence.
  private static let most = 10

  enum Operation: CaseIterable {
    case add, subtract, multiply, divide
  }

  private static let words: [Operation: Set<String>] = [
    .add: [
      "add", "adds", "added", "adding", "addition", "sum", "plus", "combine", "combining",
      "together", "altogether", "combined",
    ],
    .subtract: [
      "subtract", "subtracts", "subtracted", "subtracting", "subtraction", "minus", "difference",
      "deduct", "deducted", "less", "fewer", "removing", "taking", "reduce", "reduced",
    ],
    .multiply: [
      "multiply", "multiplies", "multiplied", "multiplying", "multiplication", "times", "product",
      "twice", "double", "doubled", "triple", "groups", "lots",
    ],
    .divide: [
      "divide", "divides", "divided", "dividing", "division", "quotient", "halve", "split",
      "halved",
      "splitting", "over",
    ],
  ]

  /// The values that the sentence shows how to make.
  func values() -> [ShownValue] {
    let numbers = range.filter { tokens[$0].kind == .number }.prefix(Self.most)
    let operations = operations()
    var shown: [ShownValue] = []
    func show(_ value: Rational) {
      shown.append(ShownValue(value: value, way: .recipe, tokens: range))
    }
    if has("square", "squared", "squaring"), let first = numbers.first {
      for value in tokens[first].values where value.word != nil { show(value * value) }
    }
    guard numbers.count > 1, !operations.isEmpty else { return shown }
    for first in numbers {
      for second in numbers where first != second {
        for a in values(at: first) {
          for b in values(at: second) {
            for operation in operations {
              if let value = operation.value(a, b) { show(value) }
            }
          }
        }
      }
    }
    // Three numbers or more in one go.
    for start in numbers.indices.dropLast(2) {
      for end in (start + 3)...numbers.endIndex {
        let values = numbers[start..<end].compactMap { tokens[$0].values.first }
        if operations.contains(.add) { show(values.reduce(Rational(0), +)) }
        if operations.contains(.multiply) { show(values.reduce(Rational(1), *)) }
        if operations.contains(.subtract), let first = values.first {
          show(values.dropFirst().reduce(first, -))
        }
      }
    }
    return shown
  }

  /// What a number can be read as, below zero too where a minus stands before it.
  private func values(at place: Int) -> [Rational] {
    let values = tokens[place].values.prefix(3)
    let isNegative = place > 0 && tokens[place - 1].kind == .minus
    return isNegative ? values + values.map { -$0 } : Array(values)
  }

  private func operations() -> [Operation] {
    Operation.allCases.filter { operation in
      let words = Self.words[operation] ?? []
      return range.contains { tokens[$0].kind != .number && words.contains(tokens[$0].text) }
        || operation == .multiply && range.contains { tokens[$0].multiplies }
        || operation == .add && (has("more") && has("than") || has("in") && has("all", "total"))
        || operation == .subtract && has("take", "taken") && has("from", "away")
    }
  }

  private func has(_ words: String...) -> Bool {
    range.contains { tokens[$0].kind == .word && words.contains(tokens[$0].text) }
  }
}

extension Recipe.Operation {
  func value(_ a: Rational, _ b: Rational) -> Rational? {
    switch self {
    case .add: a + b
    case .subtract: a - b
    case .multiply: a * b
    case .divide: b == .nothing ? nil : a / b
    }
  }
}

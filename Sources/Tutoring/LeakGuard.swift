import Algebra

// Keeps what a learner is to find out of what the tutor says. A secret is found by its value, in any
// form that is equal to it: 31, 31.0, ３１, 62/2, \frac{62}{2}, 25 + 6, "thirty-one", "add 25 and 6",
// 31 %, XXXI, "two dozen and seven". A secret that is no number is found as a formula that the checker
// calls equal, or as words.
//
// What the problem itself says may be said again:
//   - an intermediate value that also stands in the problem, as a bare number that is not presented
//     as the outcome of something;
//   - an answer that also stands in the problem, only inside a quotation of five words or more: alone
//     it would give the answer away as much as anywhere.
// The guard rather finds too much: a sentence that orders an operation is taken to mean all of its
// numbers. Not found: other languages, other units ("half an hour" for 30 minutes), riddles.

/// What a learner is to find, and a hint must not show.
public struct HiddenValue: Hashable, Sendable {
  public var text: String
  /// Whether it is an answer of the problem, or a value on the way to one.
  public var isFinal: Bool

  public init(_ text: String, isFinal: Bool) {
    self.text = text
    self.isFinal = isFinal
  }
}

/// A place where a text shows a secret.
public struct Leak: Hashable, Sendable {
  /// What shows it, as written.
  public var quote: String
  public var secret: HiddenValue
  /// Scalars of the text.
  var range: Range<Int>
  var way: ShownValue.Way
}

/// Finds secrets in texts about one problem.
public struct LeakGuard: Sendable {
  public let secrets: [HiddenValue]
  private let statement: [TextToken]
  private let given: Set<Rational>
  private let values: [Rational: HiddenValue]
  private let symbols: [SymbolicSecret]

  public init(statement: String, secrets: [HiddenValue]) {
    self.secrets = secrets
    self.statement = TextToken.all(in: statement)
    given = Set(self.statement.flatMap(\.values))
    var values: [Rational: HiddenValue] = [:]
    var symbols: [SymbolicSecret] = []
    // Answers last, so that a value that is also on the way counts as the answer.
    for secret in secrets.sorted(by: { !$0.isFinal && $1.isFinal }) {
      let found = SecretValues(secret.text).all
      for value in found {
        values[value] = secret
        // "5 below zero" tells −5.
        if value < Rational(0) { values[-value] = secret }
      }
      if found.isEmpty, let symbol = SymbolicSecret(secret) { symbols.append(symbol) }
    }
    self.values = values
    self.symbols = symbols
  }

  /// Everywhere a text shows a secret; empty for a text that may be shown.
  public func leaks(in text: String) -> [Leak] {
    let tokens = TextToken.all(in: text)
    let scalars = Array(text.unicodeScalars)
    let reading = GuardedText(tokens: tokens, scalars: scalars, statement: statement)
    var leaks: [Leak] = []
    for shown in LeakArithmetic(tokens).all() {
      guard let secret = values[shown.value], !isAllowed(shown, secret, reading) else { continue }
      let first = tokens[shown.tokens.lowerBound].start
      let last = min(tokens[shown.tokens.upperBound - 1].end, scalars.count)
      leaks.append(
        Leak(
          quote: reading.text(first..<last), secret: secret, range: first..<last, way: shown.way))
    }
    for symbol in symbols {
      if let quote = symbol.quote(in: text, tokens) {
        leaks.append(
          Leak(quote: quote, secret: symbol.secret, range: 0..<scalars.count, way: .formula))
      }
    }
    return leaks
  }

  /// The text with every number that is a secret replaced; formulas keep their operands.
  public func masked(_ text: String, with mask: String = "[…]") -> String {
    let ranges = leaks(in: text).filter { $0.way == .number }.map(\.range)
    var masked = String.UnicodeScalarView()
    var end = 0
    let scalars = Array(text.unicodeScalars)
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) where range.lowerBound >= end
    {
      masked.append(contentsOf: scalars[end..<range.lowerBound])
      masked.append(contentsOf: mask.unicodeScalars)
      end = range.upperBound
    }
    masked.append(contentsOf: scalars[end...])
    return String(masked)
  }

  private func isAllowed(_ shown: ShownValue, _ secret: HiddenValue, _ reading: GuardedText) -> Bool
  {
    if shown.tokens.allSatisfy({ reading.isQuoted[$0] }) { return true }
    guard shown.way == .number else { return false }
    let place = shown.tokens.lowerBound
    if reading.isLabel(place) { return true }
    return !secret.isFinal && given.contains(shown.value) && !reading.isPresented(place)
  }
}

/// A text beside the problem that it is about.
private struct GuardedText {
  let tokens: [TextToken]
  let scalars: [Unicode.Scalar]
  /// Which tokens lie in a quotation of the problem.
  let isQuoted: [Bool]

  /// Words and numbers of the shortest quotation.
  private static let shortest = 5

  init(tokens: [TextToken], scalars: [Unicode.Scalar], statement: [TextToken]) {
    self.tokens = tokens
    self.scalars = scalars
    isQuoted = Self.quoted(tokens, statement)
  }

  func text(_ range: Range<Int>) -> String {
    String(String.UnicodeScalarView(scalars[range]))
  }

  private static func quoted(_ tokens: [TextToken], _ statement: [TextToken]) -> [Bool] {
    func words(_ tokens: [TextToken]) -> [Int] {
      tokens.indices.filter { tokens[$0].kind == .word || tokens[$0].kind == .number }
    }
    func isSame(_ a: TextToken, _ b: TextToken) -> Bool {
      a.kind == b.kind && (a.kind == .number ? a.values == b.values : a.text == b.text)
    }
    let (here, there) = (words(tokens), words(statement))
    var isQuoted = [Bool](repeating: false, count: tokens.count)
    for start in here.indices {
      var longest = 0
      for other in there.indices {
        var length = 0
        while start + length < here.count, other + length < there.count,
          isSame(tokens[here[start + length]], statement[there[other + length]])
        {
          length += 1
        }
        longest = max(longest, length)
      }
      guard longest >= shortest else { continue }
      for index in here[start]...here[start + longest - 1] { isQuoted[index] = true }
    }
    return isQuoted
  }

  /// Whether a number only counts the text's own points: `2.` at the head of a line, `Step 2`.
  func isLabel(_ place: Int) -> Bool {
    guard !tokens[place].isSpelled, let number = tokens[place].values.first?.word,
      (1...9).contains(number)
    else { return false }
    if place > 0, ["step", "part", "hint"].contains(tokens[place - 1].text) { return true }
    var before = tokens[place].start - 1
    while before >= 0, " \t(*#-".unicodeScalars.contains(scalars[before]) { before -= 1 }
    guard before < 0 || scalars[before] == "\n", place + 2 < tokens.count else { return false }
    let next = tokens[place + 1]
    return !next.isSpaced && (next.kind == .stop || next.kind == .close || next.kind == .colon)
      && tokens[place + 2].kind == .word && tokens[place + 2].isSpaced
  }

  /// Whether a number is said to be the outcome of something.
  func isPresented(_ place: Int) -> Bool {
    guard place > 0 else { return false }
    let before = tokens[place - 1]
    return before.kind == .relation
      || ["equals", "equal", "gives", "get", "gets", "obtain", "yields", "makes", "leaves"]
        .contains(before.text)
  }
}

/// The numbers that a written value is equal to.
struct SecretValues {
  private(set) var all: [Rational] = []

  init(_ text: String) {
    let tokens = TextToken.all(in: text)
    var side: [TextToken] = []
    for token in tokens {
      let parts =
        token.kind == .relation || token.kind == .comma
        || token.kind == .word && (token.text == "and" || token.text == "or")
      if parts {
        add(side)
        side = []
      } else {
        side.append(token)
      }
    }
    add(side)
  }

  private mutating func add(_ side: [TextToken]) {
    var side = side.filter { $0.kind != .stop }
    // A letter that ends a quantity is a unit, any other is a variable.
    let letters = side.dropLast().filter { $0.kind == .word && $0.text.count == 1 }
    guard letters.isEmpty || side.count == 1, side.contains(where: { $0.kind == .number }),
      !side.contains(where: { Self.functions.contains($0.text) || $0.text == "_" })
    else { return }
    side.removeAll { $0.kind == .word && NumberWords.multiples[$0.text] == nil }
    if side.count == 1 {
      all += side[0].values
    } else {
      let whole = 0..<side.count
      all += LeakArithmetic(side).all().filter { $0.way == .formula && $0.tokens == whole }
        .map(\.value)
    }
  }

  private static let functions: Set<String> = [
    "pi", "sin", "cos", "tan", "log", "ln", "infty", "theta", "π",
  ]
}

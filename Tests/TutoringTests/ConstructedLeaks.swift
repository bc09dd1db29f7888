@testable import Tutoring

extension Draw {
  mutating func roll(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }
}

/// A text that shows an answer in one of many forms; which forms those are is written here, apart
/// from the guard.
struct ConstructedLeak {
  let answer: String
  let text: String

  init(_ dice: inout Draw) {
    let number = dice.one(of: [dice.roll(2...99), dice.roll(100...999), dice.roll(1000...99_999)])
    let other = dice.roll(2...60)
    let form = dice.one(of: Self.forms)(number, other)
    answer = dice.one(of: [
      "\(number)", "\(number).0", "$\(number)", "\(number) pens", "n = \(number)",
    ])
    let carrier = dice.one(of: Self.carriers)
    text = carrier.0 + form + carrier.1
  }

  private static let carriers = [
    ("The answer is ", "."), ("Look: ", ""), ("So she has ", " pens left. Do you see why?"),
    ("Try to reach $", "$ in the end."), ("Think again. It should come to **", "**, shouldn't it?"),
    ("1. Read it.\n2. Show that it is ", ".\n3. Check."), ("Hint (", ")"), ("", ""),
    ("What is left after the sale, if not ", "?"), ("Use the rule \\(x = ", "\\) here."),
  ]

  private static func words(_ number: Int) -> String { NumberText.words(number) }

  private static let forms: [@Sendable (Int, Int) -> String] = [
    { n, _ in "\(n)" }, { n, _ in "\(n).0" }, { n, _ in "\(n).000" }, { n, _ in grouped(n, ",") },
    { n, _ in grouped(n, " ") }, { n, _ in grouped(n, "{,}") }, { n, _ in grouped(n, "\u{202F}") },
    { n, _ in "\(n) %" }, { n, _ in "\(n)\\%" }, { n, _ in words(n) },
    { n, _ in words(n).uppercased() }, { n, _ in dashless(words(n)) },
    { n, _ in "\\boxed{\(n)}" }, { n, _ in "\\text{\(words(n))}" }, { n, _ in "\\mathbf{\(n)}" },
    { n, _ in mapped(n, 0xFF10) }, { n, _ in mapped(n, 0x1D7CE) }, { n, _ in mapped(n, 0x660) },
    { n, _ in mapped(n, 0x966) }, { n, _ in "\(2 * n)/2" }, { n, k in "\(k * n)/\(k)" },
    { n, k in "\\frac{\(k * n)}{\(k)}" }, { n, k in "\\dfrac{\(k * n)}{\(k)}" },
    { n, k in "\(k * n) ÷ \(k)" }, { n, k in "\(k * n) divided by \(k)" },
    { n, k in "\(n + k) - \(k)" }, { n, k in "\(n + k) − \(k)" }, { n, k in "\(n + k) minus \(k)" },
    { n, k in "\(n - 1) + 1" }, { n, k in "\(n - k) + \(k)" },
    { n, k in "\(n + k) pens - \(k) pens" },
    { n, k in "\(k) + \(n - k)" }, { n, k in "(\(n + k) - \(k)) * 1" },
    { n, _ in "half of \(2 * n)" },
    { n, _ in "\\frac{1}{2} \\cdot \(2 * n)" }, { n, _ in "½ × \(2 * n)" },
    { n, _ in "a third of \(3 * n)" }, { n, _ in "10% of \(10 * n)" }, { n, _ in "√\(n * n)" },
    { n, _ in "\\sqrt{\(n * n)}" }, { n, k in "add \(n - k) and \(k)" },
    { n, k in "the sum of \(n - k) and \(k)" }, { n, k in "subtract \(k) from \(n + k)" },
    { n, k in "\(k) less than \(n + k)" }, { n, k in "\(k) more than \(n - k)" },
    { n, k in "\(k * n) split into \(k) equal parts" }, { n, k in "divide \(k * n) by \(k)" },
    { n, _ in "twice \(n)/2" }, { n, _ in "\(n)e0" }, { n, _ in "0x" + String(n, radix: 16) },
    { n, _ in "\(n)\u{200B}" }, { n, _ in spaced(n, "\u{2060}") }, { n, _ in spaced(n, "\u{AD}") },
    { n, k in "\(words(k)) less than \(words(n + k))" },
    { n, k in "take \(k) away from \(n + k)" }, { n, _ in "exactly \(n)th in line" },
  ]

  private static func grouped(_ number: Int, _ separator: String) -> String {
    let digits = String(number)
    return digits.count < 4
      ? digits : digits.dropLast(3) + separator + digits.suffix(3)
  }

  private static func dashless(_ words: String) -> String {
    words.split(separator: "-").joined(separator: " ")
  }

  /// In the digits that begin at a scalar.
  private static func mapped(_ number: Int, _ zero: UInt32) -> String {
    var text = String.UnicodeScalarView()
    for digit in String(number) {
      let value = UInt32(digit.wholeNumberValue ?? 0)
      if let scalar = Unicode.Scalar(zero + value) { text.append(scalar) }
    }
    return String(text)
  }

  private static func spaced(_ number: Int, _ separator: String) -> String {
    String(number).map(String.init).joined(separator: separator)
  }
}

/// English words for numbers, written apart from those of the guard.
enum NumberText {
  static func words(_ number: Int) -> String {
    let small = [
      "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
      "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
      "nineteen",
    ]
    let tens = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
    switch number {
    case 0..<20: return small[number]
    case 20..<100:
      let unit = number % 10
      return tens[number / 10 - 2] + (unit == 0 ? "" : "-" + small[unit])
    case 100..<1000:
      let rest = number % 100
      return small[number / 100] + " hundred" + (rest == 0 ? "" : " and " + words(rest))
    default:
      let rest = number % 1000
      let joint = rest == 0 ? "" : rest < 100 ? " and " : " "
      return words(number / 1000) + " thousand" + joint + (rest == 0 ? "" : words(rest))
    }
  }
}

/// A problem of two steps, and a hint that uses only what it says.
struct HarmlessHint {
  let statement: String
  let secrets: [HiddenValue]
  let text: String

  init(_ dice: inout Draw) {
    let (rows, each) = (dice.roll(13...40), dice.roll(41...90))
    let sold = dice.roll(91...400)
    let product = rows * each
    statement = """
      A shop has \(rows) shelves with \(each) pens each and sells \(sold) of the pens on Monday. \
      How many pens are left?
      """
    secrets = [
      HiddenValue("\(product)", isFinal: false), HiddenValue("\(product - sold)", isFinal: true),
    ]
    text = dice.one(of: [
      "How many pens are there before the sale?", "You know that there are \(rows) shelves.",
      "Each shelf has \(each) pens. How could you find the pens of all shelves?",
      "\(rows) shelves, \(each) pens each: what does \"each\" tell you?",
      "Equal groups call for a multiplication.", "After the sale there are fewer than before.",
      "1. Find all pens.\n2. Take away what is sold.", "What does the \(sold) stand for?",
      "On Monday \(sold) pens leave the shop, so the first number must be larger than \(sold).",
      "What is the first thing to find out? One step at a time.", "Try it with 2 shelves first.",
      "Draw \(rows) boxes and write \(each) into every one of them.",
      "A good first question: how many pens are on \(rows) shelves?",
      "Multiply the shelves by the pens on each of them.", "Subtract the \(sold) pens at the end.",
      "A shop has \(rows) shelves with \(each) pens each and sells \(sold) of the pens.",
    ])
  }
}

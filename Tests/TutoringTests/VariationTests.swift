import Algebra
import FoundationEssentials
import Testing

@testable import Tutoring

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

private let folder = getenv("PENTIMENTO_DATA").map { String(cString: $0) }

/// The same problem with other numbers.
struct VariationTests {
  /// Problems after GSM8K (MIT) and our own, with a solution that is right.
  static let pens = "A box has 13 rows of 24 pens. Tom takes 50 pens out. How many pens are left?"
  static let pensSolved = "The box has 13 * 24 = 312 pens.\nThen 312 - 50 = 262 pens are left."

  @Test func `every number is traced, and the new answer follows from the new numbers`() throws {
    for seed in 1...20 {
      let variation = try Variation(
        of: Self.pens, solution: Self.pensSolved, answer: "262", seed: seed)
      let numbers = TextToken.all(in: variation.statement).filter { $0.kind == .number }
        .compactMap { $0.values.first?.word }
      #expect(numbers.count == 3)
      #expect(variation.answer == "\(numbers[0] * numbers[1] - numbers[2])")
      #expect(numbers != [13, 24, 50])
      #expect(variation.statement.hasSuffix(" pens out. How many pens are left?"))
      #expect(variation.steps.count == 2)
    }
  }

  @Test(arguments: ["1. ", "**1.** ", "1) ", "Step 17: "])
  func `a number that counts the steps need not be traced`(mark: String) throws {
    let steps = Self.pensSolved.split(separator: "\n").map { mark + $0 }
    #expect(throws: Never.self) {
      try Variation(
        of: Self.pens, solution: steps.joined(separator: "\n"), answer: "262", seed: 3)
    }
  }

  @Test func `the same seed gives the same variant`() throws {
    let one = try Variation(of: Self.pens, solution: Self.pensSolved, answer: "262", seed: 3)
    let other = try Variation(of: Self.pens, solution: Self.pensSolved, answer: "262", seed: 3)
    #expect(one == other)
  }

  @Test(arguments: [
    (
      "A box has 3 rows of 4 pens, 7 of them red. How many pens?", "3 * 4 = 12", "12",
      "what 7 does in the problem cannot be traced through the solution"
    ),
    (
      "Ann buys 15 pens and 17 nibs at 4 dollars each.", "There are 32 things, so 32 * 4 = 128",
      "128", "the solution uses 32, which is neither given nor worked out"
    ),
    (
      "Share 10 sweets among 3.", "10 / 3 ≈ 3.33", "3.33",
      "10 / 3 ≈ 3.33 is not exact"
    ),
    ("Half a dozen eggs. How many?", "1/2 * 12 = 6", "6", "the problem has no numbers in digits"),
    (
      "He was born in 1990. How old is he in 2020?", "2020 - 1990 = 30", "30",
      "the problem has no numbers in digits"
    ),
    (
      "A box has 13 rows of 24 pens.", "There are many pens.", "312",
      "its solution is no chain of sums, products and the like that ends in the answer"
    ),
  ])
  func `what cannot be traced is not varied`(
    statement: String, solution: String, answer: String, reason: String
  ) {
    #expect {
      try Variation(of: statement, solution: solution, answer: answer, seed: 1)
    } throws: { "\($0)" == reason }
  }

  @Test func `a percentage, a price and an hour keep their kind`() throws {
    let statement =
      "A $24.50 book is 20% off. Ann earns $9 an hour for 30 minutes. What is missing?"
    let solution = """
      24.50 * 20/100 = <<24.50*20/100=4.9>>4.9
      24.50 - 4.9 = <<24.50-4.9=19.6>>19.6
      30/60 = <<30/60=0.5>>0.5
      0.5 * 9 = <<0.5*9=4.5>>4.5
      19.6 - 4.5 = <<19.6-4.5=15.1>>15.1
      #### 15.1
      """
    let variation = try Variation(of: statement, solution: solution, answer: "15.1", seed: 5)
    let numbers = TextToken.all(in: variation.statement).filter { $0.kind == .number }
    #expect(numbers.count == 4)
    #expect(numbers[0].text.split(separator: ".").last?.count == 2)
    #expect(variation.statement.contains("% off"))
  }

  /// Why a problem is not varied; `nil` if it is.
  static func refusal(_ statement: String, _ solution: String, _ answer: String) -> String? {
    do throws(VariationError) {
      _ = try Variation(of: statement, solution: solution, answer: answer, seed: 1)
      return nil
    } catch {
      return error.description
    }
  }

  private struct Row: Decodable {
    var question: String
    var answer: String
  }

  @Test(.enabled(if: folder != nil, "PENTIMENTO_DATA is not set"))
  func `many gold solutions can be varied, and each variant is worked out by its own chain`() throws
  {
    let path = "\(folder ?? "")/gsm8k_train.jsonl"
    let text = String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
    var varied = 0
    var reasons: [String: Int] = [:]
    for line in text.split(separator: "\n").prefix(100) {
      let row = try JSONDecoder().decode(Row.self, from: Data(line.utf8))
      let answer = row.answer.split(separator: "#").last.map { $0.trimmed() } ?? ""
      if let refusal = Self.refusal(row.question, row.answer, answer) {
        let reason = refusal.split(separator: " ").filter { !$0.contains(where: \.isNumber) }
        reasons[reason.joined(separator: " "), default: 0] += 1
        continue
      }
      let variation = try Variation(of: row.question, solution: row.answer, answer: answer, seed: 1)
      varied += 1
      #expect(variation.statement != row.question)
      // The chain itself, checked by the checker.
      let solution = variation.steps.map(\.text).joined(separator: "\n")
      let report = Checker().check(solution: solution)
      #expect(report.findings.allSatisfy { $0.outcome == .holds }, "\(solution)")
    }
    print("varied \(varied) of 100; not: \(reasons.sorted { $0.value > $1.value })")
    #expect(varied > 40)
  }
}

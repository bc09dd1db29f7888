import Algebra

// The same problem with other numbers, its answer derived exactly. The numbers of the problem are traced
// through the solution's chain of claims (each an expression of the problem's numbers, of values worked
// out before, and of constants such as 60 minutes), and the chain is worked out again, in rational
// numbers, with new ones. Where anything is not traced there is no variant, and it is said why:
//
//   - a number of the problem that no claim uses: what it does to the answer is not known;
//   - a number of the solution that comes from nowhere: it may hang on the problem's;
//   - a claim that is not exact.
//
// Where a number could come from two places, only such new numbers are taken for which both agree. A
// variant keeps what a story needs: whole numbers stay whole, nothing changes its sign, what was larger
// stays larger.

/// A problem with other numbers, and its answer.
public struct Variation: Hashable, Sendable {
  public var statement: String
  public var answer: String
  public var steps: [ReferenceSolution.Step]
}

/// Why a problem cannot be varied.
public enum VariationError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The problem has no number in digits.
  case noNumbers
  /// The solution has no chain of claims that leads to the answer.
  case noChain
  /// No claim uses this number of the problem.
  case untraced(String)
  /// The solution uses this number, and it is neither given nor worked out.
  case unexplained(String)
  /// This claim is not exactly true.
  case inexact(String)
  /// No other numbers keep the story in order.
  case noneFound

  public var description: String {
    switch self {
    case .noNumbers: "the problem has no numbers in digits"
    case .noChain: "its solution is no chain of sums, products and the like that ends in the answer"
    case .untraced(let number):
      "what \(number) does in the problem cannot be traced through the solution"
    case .unexplained(let number):
      "the solution uses \(number), which is neither given nor worked out"
    case .inexact(let claim): "\(claim) is not exact"
    case .noneFound: "no other numbers were found that keep everything whole and in order"
    }
  }
}

extension Variation {
  /// Draws of new numbers before it is given up; only some are changed in the later ones.
  private static let draws = 800

  /// Varies a problem.
  ///
  /// - Parameters:
  ///   - solution: One that is known to be right, with its claims; GSM8K's notes are read too.
  ///   - seed: Other numbers for another seed; the same for the same.
  public init(
    of statement: String, solution: String, answer: String, seed: Int
  ) throws(VariationError) {
    let givens = Given.all(in: statement)
    guard givens.contains(where: { !$0.isFixed }) else { throw .noNumbers }
    let chain = try VariationChain(solution: solution, answer: answer)
    let constants = Constants(statement: statement, solution: solution, givens: givens)
    try chain.trace(givens, constants, solution: solution)
    var dice = Draw(seed: seed, for: statement)
    for attempt in 0..<Self.draws {
      let draw = NumberDraw(givens, constants, &dice, isPartial: attempt >= Self.draws / 4)
      guard draw.isOrderly, let values = chain.values(draw, constants) else { continue }
      guard let answer = values[chain.answer].decimal else { continue }
      self.init(
        statement: draw.applied(to: statement), answer: answer, steps: chain.steps(draw, constants))
      return
    }
    throw .noneFound
  }
}

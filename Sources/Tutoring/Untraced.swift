import Algebra

// Asks of every number that a solution works with where it comes from: the problem, an earlier step, or a
// constant that the words call for (60 where there are minutes). A number from nowhere is no proof of a
// slip, since it may have been worked out in the head; but a learner can be asked about it.

/// A number that a step works with and that comes from nowhere.
public struct Untraced: Codable, Hashable, Sendable {
  /// The step, counted from 0.
  public var step: Int
  /// The claim it stands in, as written.
  public var quote: String
  /// The number as written.
  public var number: String

  /// The first such number of a solution; `nil` if all can be traced.
  public static func first(in report: Report, statement: String) -> Untraced? {
    let solution = report.steps.map(\.text).joined(separator: "\n")
    let constants = Constants(
      statement: statement, solution: solution, givens: Given.all(in: statement))
    let given = TextToken.all(in: statement)
    var known = constants.values.union(given.flatMap(\.values))
    known.formUnion((0...2).map { Rational($0) })
    known.formUnion(
      given.indices.filter { given[$0].kind == .percent && $0 > 0 }
        .flatMap {
          given[$0 - 1].values.flatMap {
            [$0 / Rational(100), Rational(1) - $0 / Rational(100), Rational(100) - $0]
          }
        })
    for (index, step) in report.steps.enumerated() {
      for finding in report.findings where finding.step == index && finding.role != .note {
        let sides = TextToken.all(in: finding.claim).split { $0.kind == .relation }
        guard let first = sides.first, sides.count > 1 else { continue }
        let operands = first.filter { $0.kind == .number && !$0.isSpelled }
        guard operands.count > 1 else { continue }
        for operand in operands {
          guard let value = operand.values.first, !known.contains(value) else { continue }
          return Untraced(step: index, quote: finding.claim, number: operand.text)
        }
        known.formUnion(sides.dropFirst().flatMap { $0.flatMap(\.values) })
        if let value = LeakArithmetic.value(of: Array(first)) { known.insert(value) }
      }
      // What a step only states is known from then on.
      known.formUnion(TextToken.all(in: step.text).flatMap(\.values))
    }
    return nil
  }
}

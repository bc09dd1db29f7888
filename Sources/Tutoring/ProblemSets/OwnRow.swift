// What this program itself has written: recorded samples and the runs of a batch. Their candidates are
// solutions of which nobody says yet whether they are right; those that broke off are left out.

extension ProblemSetFormat {
  func recording(_ row: Row) throws(RowFault) -> EvaluationItem {
    let problem = try row.row("problem")
    var item = EvaluationItem(
      id: try problem.text("id"), statement: try problem.text("statement"),
      reference: try Reference.of(row.text("reference")))
    for recorded in try row.rows("replies") {
      let phase = try recorded.text("phase")
      guard phase == Phase.propose.rawValue else { continue }
      let reply = try recorded.row("reply")
      if let solution = try Self.candidate(reply) { item.solutions.append(solution) }
    }
    return item
  }

  func run(_ row: Row) throws(RowFault) -> EvaluationItem {
    var item = EvaluationItem(id: try row.text("id"), statement: try row.text("problem"))
    let posed = try row.row("row")
    if let name = ["answer", "reference", "gt"].first(where: posed.has) {
      item.reference = try Reference.of(posed.text(name))
    }
    for round in try row.rows("rounds") {
      if let solution = try Self.candidate(round) { item.solutions.append(solution) }
    }
    return item
  }

  private static func candidate(_ row: Row) throws(RowFault) -> GivenSolution? {
    let isWhole = try row.text("finish") == Finish.stop.rawValue
    return isWhole ? GivenSolution(text: try row.text("text"), kind: "candidate") : nil
  }
}

extension ProblemSetFormat {
  /// Reads a row by the names of its fields; a field that is named must be there, but for those of
  /// a solution, which not every problem need have.
  func named(_ fields: NamedFields, _ row: Row, _ id: String) throws(RowFault) -> EvaluationItem {
    var item = EvaluationItem(id: id, statement: try row.text(fields.problem))
    if let name = fields.id { item.id = try row.text(name) }
    if let name = fields.answer { item.reference = try Reference.of(row.text(name)) }
    item.solutions = try solutions(fields, row)
    return item
  }

  private func solutions(_ fields: NamedFields, _ row: Row) throws(RowFault) -> [GivenSolution] {
    func present(_ name: String?) -> String? { name.flatMap { row.has($0) ? $0 : nil } }
    let rights = try present(fields.isRight).map { name throws(RowFault) in try bools(row, name) }
    let kind = try present(fields.kind).map { name throws(RowFault) in try row.text(name) } ?? ""
    if let name = present(fields.steps) {
      let steps = try row.texts(name)
      let label = try present(fields.firstFault).map { name throws(RowFault) in try row.int(name) }
      guard label ?? 0 < max(steps.count, 1) else {
        throw RowFault("the first faulty step is \(label ?? 0), and there are \(steps.count) steps")
      }
      return [
        GivenSolution(
          steps: steps, isRight: rights?.first ?? label.map { $0 < 0 }, hasRightAnswer: nil,
          firstFault: label.flatMap { $0 < 0 ? nil : $0 }, kind: kind)
      ]
    }
    guard let name = present(fields.solution) else { return [] }
    let texts = try texts(row, name)
    guard let rights, rights.count != 1 else {
      return texts.map { GivenSolution(text: $0, isRight: rights?.first, kind: kind) }
    }
    guard rights.count == texts.count else {
      throw RowFault("\(texts.count) solutions, and \(rights.count) times whether one is right")
    }
    return zip(texts, rights).map { GivenSolution(text: $0, isRight: $1, kind: kind) }
  }

  /// One value for all solutions, or one for each.
  private func bools(_ row: Row, _ name: String) throws(RowFault) -> [Bool] {
    if let value = try? row.bool(name) { return [value] }
    return try row.bools(name)
  }

  /// One text, several, or several objects with a `text`.
  private func texts(_ row: Row, _ name: String) throws(RowFault) -> [String] {
    if let text = try? row.text(name) { return [text] }
    if let texts = try? row.texts(name) { return texts }
    var texts: [String] = []
    for candidate in try row.rows(name) { texts.append(try candidate.text("text")) }
    return texts
  }
}

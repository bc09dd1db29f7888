import Algebra

/// Turns problems with noisy solutions into critique records, as a pure function of a row and a
/// seed.
public struct CritiqueBuilder: Sendable {
  public var seed: Int
  /// Share of right solutions, 0...1, that get a copy with a fault planted into it.
  public var planting: Double
  private let checker = Checker()

  public init(seed: Int = 1, planting: Double = 0) {
    self.seed = seed
    self.planting = planting
  }

  /// A record, or why there is none.
  public enum Outcome: Hashable, Sendable {
    case draft(CritiqueDraft)
    case refused(Refusal)
  }

  /// A solution that is ready to be criticised.
  struct Judged {
    let id: String
    let statement: String
    let solution: WorkedSolution
    let isRight: Bool
    let reference: String?
    let source: VerdictSource
    let kind: String
    let fingerprint: UInt64
  }

  /// One record for each solution of a problem, its right one among them, by template.
  public func outcomes(for item: EvaluationItem) -> [Outcome] {
    let right = item.worked.map {
      WorkedSolution(steps: Rendering.steps(of: $0, checker: checker), checker: checker)
    }
    return solutions(of: item).enumerated().map { index, given in
      do throws(Refusal) {
        return .draft(try written(judged(given, of: item, index: index), given, right: right))
      } catch {
        return .refused(error)
      }
    }
  }

  /// The given solutions; before them the set's right one, after them what is made from that.
  func solutions(of item: EvaluationItem) -> [GivenSolution] {
    let worked = item.worked.map {
      GivenSolution(text: $0, isRight: true, hasRightAnswer: true, kind: "reference")
    }
    return (worked.map { [$0] } ?? []) + item.solutions + planted(item)
  }

  private func planted(_ item: EvaluationItem) -> [GivenSolution] {
    var draw = Draw(seed: seed, for: item.id + "/planted")
    guard Double(draw.next() % 10_000) < planting * 10_000, let worked = item.worked else {
      return []
    }
    let solution = WorkedSolution(
      steps: Rendering.steps(of: worked, checker: checker), checker: checker)
    let planting = Planting(statement: item.statement, solution: solution, checker: checker)
    return planting.planted(draw: &draw).map { [$0] } ?? []
  }

  // MARK: - Judging

  func judged(_ given: GivenSolution, of item: EvaluationItem, index: Int) throws(Refusal)
    -> Judged
  {
    let id = "\(item.id)/\(index)"
    var draw = Draw(seed: seed, for: id)
    let solution = rendered(given, reference: item.reference, draw: &draw)
    let isRight = try verdict(given, solution, reference: item.reference)
    if isRight, solution.refutation != nil { throw .refutedThoughRight }
    let source: VerdictSource =
      given.kind != "planted"
        && (given.firstFault != nil || given.isRight == true && !given.steps.isEmpty)
      ? .human : .gold
    return Judged(
      id: id, statement: item.statement, solution: solution, isRight: isRight,
      reference: item.reference, source: source, kind: given.kind,
      fingerprint: fingerprint(item.statement, given))
  }

  private func verdict(_ given: GivenSolution, _ solution: WorkedSolution, reference: String?)
    throws(Refusal) -> Bool
  {
    let comparison = reference.flatMap { reference in
      solution.answer.map { checker.compare($0, reference).equality }
    }
    switch given.isRight {
    case true?:
      if comparison == .unequal { throw .contradicted }
      return true
    case false?:
      // A faulty step may still lead to the right answer; then a person has to have named it.
      if comparison == .equal, given.hasRightAnswer != true { throw .contradicted }
      if given.remark.map(HumanRemark.acquits) == true { throw .contradicted }
      return false
    case nil:
      guard reference != nil else { throw .unjudged }
      if comparison == .equal { return true }
      guard comparison == .unequal, solution.hasStatedAnswer else { throw .undecided }
      return false
    }
  }

  /// What states its answer itself is left as it is; the rest is cut into steps and gets an ending.
  private func rendered(_ given: GivenSolution, reference: String?, draw: inout Draw)
    -> WorkedSolution
  {
    let separator = draw.one(of: ["\n", "\n\n"])
    var steps = given.steps.map { $0.trimmed() }
    if steps.isEmpty {
      let whole = WorkedSolution(text: given.text.trimmed(), checker: checker)
      let last = given.text.split(whereSeparator: \.isNewline).last.map(String.init) ?? ""
      if whole.hasStatedAnswer, !Rendering.isBareAnswer(last) { return whole }
      steps = Rendering.steps(of: given.text, checker: checker)
    }
    guard let last = steps.last, !steps.contains("") else {
      return WorkedSolution(steps: steps.filter { !$0.isEmpty }, checker: checker)
    }
    if Rendering.isBareAnswer(last), let answer = checker.answer(in: last)?.text {
      steps = Rendering.ended(steps, answer: answer, draw: &draw)
    } else if given.isRight == true || given.kind == "corrected", let reference,
      let answer = checker.answer(in: given.text)?.text,
      checker.compare(answer, reference).equality == .equal
    {
      steps = Rendering.ended(steps, answer: reference, draw: &draw)
    }
    return WorkedSolution(steps: steps, separator: separator, checker: checker)
  }

  private func fingerprint(_ statement: String, _ given: GivenSolution) -> UInt64 {
    let lines = Rendering.withoutNotes(given.text).split(whereSeparator: \.isNewline)
    let core = lines.filter { !Rendering.isBareAnswer(String($0)) }.joined(separator: "\n")
    return WordHash.joined([Words.fingerprint(of: statement), Words.fingerprint(of: core)])
  }

  // MARK: - Writing

  func writer(of judged: Judged) -> CritiqueWriter {
    CritiqueWriter(
      statement: judged.statement, solution: judged.solution,
      draw: Draw(seed: seed, for: judged.id + "/critique"))
  }

  private func written(_ judged: Judged, _ given: GivenSolution, right: WorkedSolution?)
    throws(Refusal) -> CritiqueDraft
  {
    var writer = writer(of: judged)
    if judged.isRight {
      guard let answer = judged.reference ?? judged.solution.answer,
        let text = writer.right(answer: answer)
      else { throw .uncheckable }
      return try accepted(text, judged, source: judged.source)
    }
    let search = FaultSearch(solution: judged.solution, right: right)
    let known = [judged.statement, judged.solution.text, right?.text ?? ""]
    let remark = given.remark.flatMap { HumanRemark.sentence($0, knowing: known) }
    // What a person wrote may hold a false sum; then it is told without.
    var refusal = Refusal.unlocated
    for remark in remark == nil ? [nil] : [remark, nil] {
      guard let fault = search.fault(labelled: given.firstFault, remark: remark) else { continue }
      let text = writer.wrong(fault, answer: judged.reference, right: right)
      let source = fault.isChecked && given.firstFault == nil ? .checker : judged.source
      do throws(Refusal) {
        return try accepted(text, judged, source: source, step: fault.step)
      } catch {
        refusal = error
      }
    }
    throw refusal
  }

  /// The draft, if the critique is read back as what it says and says nothing false.
  func accepted(_ text: String, _ judged: Judged, source: VerdictSource, step: Int? = nil)
    throws(Refusal) -> CritiqueDraft
  {
    let critique = Critique(reading: text)
    guard critique.written == (judged.isRight ? .right : .wrong),
      step == nil || critique.remark?.step == step
    else { throw .misread }
    let solution = judged.solution.text
    if Critique.falseClaim(in: text, about: solution, checker: checker) != nil { throw .falseClaim }
    return CritiqueDraft(
      id: judged.id,
      record: CritiqueRecord(question: judged.statement, solution: solution, critique: text),
      isRight: judged.isRight, source: source, kind: judged.kind, fingerprint: judged.fingerprint)
  }
}

extension Fault {
  /// Whether it is the checker that shows it.
  var isChecked: Bool { if case .arithmetic = reason { true } else { false } }
}

import Algebra

/// One problem of a session without its exchanges: what was tried, found, corrected and decided.
///
/// It is made from events as they come, so that a problem of a running session and one of a saved
/// transcript are looked at alike.
public struct ProblemRecord: Hashable, Sendable {
  /// A candidate with what was said of it.
  public struct Attempt: Hashable, Sendable {
    public var checked: Checked
    public var critiques: [Critique] = []
    /// Why it was written: what spoke against the attempt it revises; `nil` if it revises none.
    public var evidence: Evidence?
  }

  public var posed: PosedProblem
  public var attempts: [Attempt] = []
  /// `nil` if the run did not come to its end.
  public var verdict: Verdict?
  public var cost = Cost()
  /// What a model's failure said.
  public var failure: String?
  public var notes: [String] = []
  private var evidence: Evidence?

  public init(_ posed: PosedProblem) {
    self.posed = posed
  }

  /// Takes the next event of the problem.
  ///
  /// What the tutor found for itself was not shown, so it is left out.
  public mutating func take(_ event: Event) {
    switch event {
    case .checked, .critiqued, .decided, .verdict:
      if posed.isReference != true { takeShown(event) }
    default: takeShown(event)
    }
  }

  private mutating func takeShown(_ event: Event) {
    switch event {
    case .session, .resumed, .problem: break
    case .exchange(let exchange): if verdict == nil { cost.add(exchange.reply) }
    case .checked(let checked):
      attempts.append(Attempt(checked: checked, evidence: evidence))
      evidence = nil
    case .critiqued(let round, let critique):
      if attempts.indices.contains(round) { attempts[round].critiques.append(critique) }
    case .decided(.revise(_, let found)): evidence = found
    case .decided: break
    case .verdict(let verdict, let cost): (self.verdict, self.cost) = (verdict, cost)
    case .failed(let reason): failure = reason
    case .note(let note): notes.append(note)
    }
  }

  /// What came of it, if it is the learner's own solution; `nil` for one of the tutor's.
  public var ownWork: OwnWork? {
    posed.working == nil ? nil : notes.compactMap(OwnWork.init(note:)).last ?? .unjudged
  }

  /// The notes as they are shown, what came of own work apart.
  public var shownNotes: [String] {
    notes.filter { OwnWork(note: $0) == nil }.map(Event.shown(note:))
  }

  /// The corrections, in order.
  public var corrections: [Correction] {
    attempts.compactMap { attempt in
      guard let evidence = attempt.evidence, let parent = attempt.checked.candidate.parent,
        let old = attempts.first(where: { $0.checked.round == parent })
      else { return nil }
      return Correction(evidence: evidence, old: old.checked, new: attempt.checked)
    }
  }
}

/// What a revision changed: the old solution, the new one, and what spoke against the old.
public struct Correction: Hashable, Sendable {
  /// Steps of the old solution in whose place steps of the new one stand; either may be empty.
  public struct Change: Hashable, Sendable {
    public var old: Range<Int>
    public var new: Range<Int>
  }

  public let evidence: Evidence
  public let old: Checked
  public let new: Checked

  public init(evidence: Evidence, old: Checked, new: Checked) {
    self.evidence = evidence
    self.old = old
    self.new = new
  }

  /// What differs, in order; steps that differ in blanks alone are the same.
  ///
  /// - Complexity: O(old × new) steps between the first and the last that differ; beyond a million
  ///   that is one change.
  public var changes: [Change] {
    let before = old.report.steps.map { $0.text.collapsed() }
    let after = new.report.steps.map { $0.text.collapsed() }
    var head = 0
    while head < min(before.count, after.count), before[head] == after[head] { head += 1 }
    var tail = 0
    while tail < min(before.count, after.count) - head,
      before[before.count - 1 - tail] == after[after.count - 1 - tail]
    { tail += 1 }
    return Self.changes(
      before, after, head..<(before.count - tail), head..<(after.count - tail))
  }

  /// The changes between two stretches, by their longest common subsequence.
  private static func changes(
    _ before: [String], _ after: [String], _ old: Range<Int>, _ new: Range<Int>
  ) -> [Change] {
    if old.isEmpty && new.isEmpty { return [] }
    guard !old.isEmpty, !new.isEmpty, old.count * new.count <= 1_000_000 else {
      return [Change(old: old, new: new)]
    }
    // lengths[i][j] is what the stretches from i and from j on have in common.
    var lengths = [[Int]](
      repeating: [Int](repeating: 0, count: new.count + 1), count: old.count + 1)
    for i in old.indices.reversed() {
      for j in new.indices.reversed() {
        let (row, column) = (i - old.lowerBound, j - new.lowerBound)
        lengths[row][column] =
          before[i] == after[j]
          ? lengths[row + 1][column + 1] + 1
          : max(lengths[row + 1][column], lengths[row][column + 1])
      }
    }
    var changes: [Change] = []
    var (i, j) = (old.lowerBound, new.lowerBound)
    var (from, to) = (i, j)
    func close() {
      if from < i || to < j { changes.append(Change(old: from..<i, new: to..<j)) }
    }
    while i < old.upperBound, j < new.upperBound {
      let (row, column) = (i - old.lowerBound, j - new.lowerBound)
      if before[i] == after[j] {
        close()
        (i, j) = (i + 1, j + 1)
        (from, to) = (i, j)
      } else if lengths[row + 1][column] >= lengths[row][column + 1] {
        i += 1
      } else {
        j += 1
      }
    }
    (i, j) = (old.upperBound, new.upperBound)
    close()
    return changes
  }
}

/// A part of a solution that was cut out of it.
public struct Excerpt: Hashable, Sendable {
  public var text: String
  /// The findings in it, their offsets counted from its start.
  public var findings: [Finding]
}

extension Checked {
  /// Some steps of the candidate with their findings.
  ///
  /// - Parameter steps: Indices into the report's steps.
  public func excerpt(_ steps: Range<Int>) -> Excerpt {
    let steps = report.steps[steps.clamped(to: 0..<report.steps.count)]
    guard let first = steps.first, let last = steps.last else {
      return Excerpt(text: "", findings: [])
    }
    // A transcript that somebody edited may say anything.
    let bytes = Array(candidate.text.utf8)
    let start = min(max(first.start, 0), bytes.count)
    let end = min(max(last.end, start), bytes.count)
    let inside = report.findings.filter { $0.end > start && $0.end <= end }.map { finding in
      var moved = finding
      moved.start = max(finding.start, start) - start
      moved.end = finding.end - start
      return moved
    }
    return Excerpt(text: String(decoding: bytes[start..<end], as: UTF8.self), findings: inside)
  }
}

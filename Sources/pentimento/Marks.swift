import Algebra
import Typeset

extension Mark {
  /// ✓ for what holds, ✗ with the right value for what is refuted, · for what is open; no mark for
  /// what only gives a name or sets a task.
  init?(_ finding: Finding) {
    switch finding.outcome {
    case .undecided where finding.role.asserts == false: return nil
    case .holds: self.init(end: finding.end, text: StyledText("✓", .green))
    case .undecided: self.init(end: finding.end, text: StyledText("·", .dim))
    case .refuted:
      let right = finding.correction.map { " \($0)" } ?? ""
      self.init(end: finding.end, text: StyledText("✗\(right)", .red + .bold))
    }
  }
}

extension Outcome {
  /// The sign of a checked claim.
  var mark: StyledText {
    switch self {
    case .holds: StyledText("✓", .green)
    case .refuted: StyledText("✗", .red)
    case .undecided: StyledText("·", .dim)
    }
  }
}

extension Role {
  /// Whether a claim in this role states something that may be true or false.
  var asserts: Bool {
    switch self {
    case .hypothesis, .definition, .equation, .rejected: false
    case .asserted, .simplification, .conclusion, .note, .consistency: true
    }
  }
}

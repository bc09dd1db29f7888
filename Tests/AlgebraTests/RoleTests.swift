import Testing

@testable import Algebra

/// One line a finding: `role outcome: claim`.
private func roles(_ text: String) -> [String] {
  Checker().check(solution: text).findings.map { "\($0.role) \($0.outcome): \($0.claim)" }
}

@Suite struct RoleTests {
  @Test(arguments: [
    ("Suppose $a + b = 5$.", ["hypothesis undecided: a + b = 5"]),
    ("Let $y = x^2$.", ["hypothesis undecided: y = x^2"]),
    ("The slope is $m = 3$.", ["definition undecided: m = 3"]),
    ("We solve $x^2 - 5x + 6 = 0$.", ["equation undecided: x^2 - 5x + 6 = 0"]),
    (
      "From $2x + 1 = 7$ we get $x = 3$.",
      ["equation undecided: 2x + 1 = 7", "conclusion holds: x = 3"]
    ),
    (
      "From $2x + 1 = 7$ we get $x = 4$.",
      ["equation undecided: 2x + 1 = 7", "conclusion refuted: x = 4"]
    ),
    ("3x + 10 = 18\n3x = 12", ["equation undecided: 3x + 10 = 18", "conclusion refuted: 3x = 12"]),
    (
      "We have $x = 2$ or $x = 3$.", ["definition undecided: x = 2", "definition undecided: x = 3"]
    ),
    (
      "That gives $4 = 2 + 3$, which is a contradiction.", ["rejected undecided: 4 = 2 + 3"]
    ),
    ("That gives $4 = 2 + 3$. This is impossible.", ["rejected undecided: 4 = 2 + 3"]),
    // What is said of something else, or only supposed, denies nothing.
    ("He has 2 + 3 = 4 pens. If you call this wrong, so be it.", ["asserted refuted: 2 + 3 = 4"]),
    (
      "He has 2 + 3 = 4 pens. The answer is 4.\nThe word \"wrong\" means something else here.",
      ["asserted refuted: 2 + 3 = 4"]
    ),
    ("Then $0 = -12$.", ["rejected undecided: 0 = -12"]),
    ("$(x+1)^2 = x^2 + 2x + 1$", ["simplification holds: (x+1)^2 = x^2 + 2x + 1"]),
    ("<<2*3=6>>", ["note holds: 2*3=6"]),
  ])
  func `what a claim is for`(text: String, expected: [String]) {
    #expect(roles(text) == expected)
  }

  @Test func `a link of an announced calculation is refuted by a counterexample`() {
    let text = "Expanding, $(x+3)^2 = (x+3)(x+3) = x^2 + 9$."
    let findings = Checker().check(solution: text).findings
    #expect(findings.map(\.outcome) == [.holds, .refuted])
    #expect(findings.last?.role == .simplification)
    #expect(findings.last?.evidence.hasPrefix("at x = ") == true)
  }

  @Test func `the same link is left alone where a relation between the letters is in use`() {
    let text = "Since $x + y = 7$, expanding gives $(x+y)^2 = x^2 + 2xy + y^2 = xy + 49$."
    #expect(!Checker().check(solution: text).findings.contains { $0.outcome == .refuted })
  }
}

import Algebra
import Tutoring
import Typeset

// The words for what was found, the same on the screen and on a page.

extension Critique {
  /// What the critic said, by whichever ways it was asked, in one line.
  var summary: String {
    var said: [String] = []
    switch written {
    case .right?: said.append("right")
    case .wrong?: said.append("wrong")
    case .unparsed?: said.append("no verdict that can be read")
    case nil: break
    }
    if let probability { said.append("right with probability \(Self.percent(probability))") }
    for answer in factored {
      let adds = answer.adds >= 0.5
      let sure = Self.percent(adds ? answer.adds : 1 - answer.adds)
      let about = "\(answer.about.left) and \(answer.about.right)"
      said.append("asked apart, would \(adds ? "add" : "subtract") \(about) (\(sure))")
    }
    return said.isEmpty ? "silent" : said.joined(separator: "; ")
  }

  /// The beginning of what a critic wrote that names no fault; empty if there is nothing.
  var opening: String {
    let lines = text.split(whereSeparator: \.isNewline)
    let words = lines.filter { !$0.lowercased().contains("conclusion:") }.joined(separator: " ")
      .collapsed()
    return words.count > 300 ? words.prefix(300) + "…" : words
  }

  private static func percent(_ p: Double) -> String {
    "\(Int((min(max(p, 0), 1) * 100).rounded())) %"
  }
}

extension Report {
  /// How many claims hold, are refuted and are open; outcomes without any are left out.
  var counts: [(outcome: Outcome, count: Int)] {
    [Outcome.holds, .refuted, .undecided].map { outcome in
      (outcome, findings.count { $0.outcome == outcome })
    }.filter { $0.count > 0 }
  }
}

extension Outcome {
  /// Such as "1 holds", "2 refuted".
  func counted(_ count: Int) -> String {
    switch self {
    case .holds: "\(count) \(count == 1 ? "holds" : "hold")"
    case .refuted: "\(count) refuted"
    case .undecided: "\(count) undecided"
    }
  }
}

extension Evidence.Source {
  /// Who speaks against the step.
  var name: String {
    switch self {
    case .checker: "the checker"
    case .problem: "the problem itself"
    case .critic: "the critic"
    case .factored: "the critic, asked apart"
    }
  }
}

extension [Verdict.Word: Int] {
  /// Such as "accepted", or "2 accepted, 1 disputed" of several; `nil` without any.
  var words: String? {
    let all = Verdict.Word.allCases.compactMap { word in self[word].map { (word, $0) } }
    guard let first = all.first else { return nil }
    if all.count == 1, first.1 == 1 { return first.0.rawValue }
    return all.map { "\($0.1) \($0.0.rawValue)" }.joined(separator: ", ")
  }

  /// The verdicts, and what came of own work; `nil` without any.
  func words(with own: [OwnWork: Int]) -> String? {
    let found = [words, own.words].compactMap(\.self)
    return found.isEmpty ? nil : found.joined(separator: "; ")
  }
}

extension [OwnWork: Int] {
  /// Such as "own work: not the answer", or "own work: 2 not the answer, 1 the right answer".
  var words: String? {
    let all = OwnWork.allCases.compactMap { own in self[own].map { (own, $0) } }
    guard let first = all.first else { return nil }
    if all.count == 1, first.1 == 1 { return first.0.note }
    return "own work: " + all.map { "\($0.1) \($0.0.rawValue)" }.joined(separator: ", ")
  }
}

extension OwnWork {
  /// The colour it is shown in.
  var style: Style {
    switch self {
    case .right, .agreeing: .green
    case .faulty, .wrong: .red
    case .differing, .doubted, .clear, .unjudged: .yellow
    }
  }
}

extension Verdict.Word {
  /// The colour it is shown in.
  var style: Style {
    switch self {
    case .proved, .accepted: .green
    case .refuted: .red
    case .disputed, .unresolved: .yellow
    }
  }
}

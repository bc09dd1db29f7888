import Algebra
import Tutoring
import Typeset

// A session as one HTML file that needs nothing else: no script, no image, no style sheet, no font,
// and a content security policy that says so to the browser. Every word of the transcript comes
// through Typeset's writer or through `words`, which let no markup pass.

/// Writes a session as a page for a browser.
struct HTMLPage: ExportPage {
  /// Nothing is fetched, nothing is run, nothing is sent; styles stand in the page itself.
  static let policy =
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

  func opening(_ header: SessionHeader, named name: String) -> String {
    let date = Moment(header.started)
    let provenance = header.provenance.map { "<p class=\"provenance\">\(words($0))</p>\n" } ?? ""
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="\(Self.policy)">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="referrer" content="no-referrer">
      <meta name="color-scheme" content="light dark">
      <title>\(words(name))</title>
      <style>
      \(Document.styles)
      \(Self.styles)
      </style>
      </head>
      <body>
      <main>
      <header>
      <h1>\(words(name))</h1>
      <p class="facts"><time datetime="\(date.universal)">\(date.localDay)</time> · \
      \(words(header.program))</p>
      \(provenance)</header>

      """
  }

  func problem(_ record: ProblemRecord, number: Int) -> String {
    var page = "<article>\n<h2>Problem \(number)</h2>\n"
    page += "<div class=\"statement\">\n\(html(record.posed.problem.statement))</div>\n"
    let corrections = record.corrections
    for (index, attempt) in record.attempts.enumerated() {
      let correction = corrections.first { $0.new.round == attempt.checked.round }
      page += "<section>\n"
      if let correction, correction.new == attempt.checked {
        page += revision(correction, isExplained: record.says(correction.evidence.reason))
      } else {
        let title = record.title(of: index)
        page += "<h3>\(title)</h3>\n<div class=\"work\">\n"
        page += html(attempt.checked.candidate.text, marks: marks(attempt.checked.report.findings))
        page += "</div>\n"
      }
      page += broken(attempt.checked.candidate.finish)
      page += findings(attempt.checked)
      for critique in attempt.critiques { page += opinion(critique) }
      page += "</section>\n"
    }
    if let failure = record.failure {
      page += "<p class=\"fault\">\(words(failure))</p>\n"
    }
    for note in record.shownNotes { page += "<p class=\"note\">\(words(note))</p>\n" }
    return page + verdict(record) + "</article>\n"
  }

  var closing: String {
    """
    <footer>
    <p><span class="green">✓</span>holds <span class="red">✗</span>refuted, the right value \
    beside it <span><sup class="mark">?</sup></span>undecided</p>
    </footer>
    </main>
    </body>
    </html>

    """
  }

  // MARK: - Pieces

  /// What a revision struck, and what it put there.
  ///
  /// - Parameter isExplained: Whether the reason stands on the page already.
  private func revision(_ correction: Correction, isExplained: Bool) -> String {
    let evidence = correction.evidence
    var page = "<h3>Revised from step \(evidence.step + 1)</h3>\n"
    if !isExplained {
      page += "<p class=\"reason\">\(words(evidence.source.name)): "
      page += "\(inline(evidence.reason))</p>\n"
    }
    let changes = correction.changes
    if changes.isEmpty { return page + "<p>The revision says the same.</p>\n" }
    var next = 0
    for change in changes {
      page += kept(correction.new, next..<change.new.lowerBound, isOpening: next == 0)
      page += "<div class=\"pair\">\n"
      page += side("del", "before", correction.old.excerpt(change.old))
      page += side("ins", "now", correction.new.excerpt(change.new))
      page += "</div>\n"
      next = change.new.upperBound
    }
    return page
      + kept(correction.new, next..<correction.new.report.steps.count, isOpening: false)
  }

  private func side(_ tag: String, _ label: String, _ excerpt: Excerpt) -> String {
    if excerpt.text.trimmed().isEmpty { return "" }
    let work = html(excerpt.text, marks: marks(excerpt.findings))
    return "<\(tag)><span class=\"label\">\(label)</span>\n\(work)</\(tag)>\n"
  }

  /// Steps that a revision left as they were; those at its beginning stand above and are named only.
  private func kept(_ checked: Checked, _ steps: Range<Int>, isOpening: Bool) -> String {
    if steps.isEmpty { return "" }
    if isOpening {
      let which = steps.count == 1 ? "Step 1 stands" : "Steps 1 to \(steps.count) stand"
      return "<p class=\"kept\">\(which).</p>\n"
    }
    let excerpt = checked.excerpt(steps)
    return "<div class=\"work\">\n\(html(excerpt.text, marks: marks(excerpt.findings)))</div>\n"
  }

  private func findings(_ checked: Checked) -> String {
    let counts = checked.report.counts
    var page = ""
    if !counts.isEmpty {
      let parts = counts.map { sign($0.outcome) + " " + words($0.outcome.counted($0.count)) }
      page += "<p class=\"checker\">checker: \(parts.joined(separator: ", "))</p>\n"
    }
    let refuted = checked.report.findings.filter { $0.outcome == .refuted }
    if !refuted.isEmpty {
      let rows = refuted.map { "<li>step \($0.step + 1): \(inline($0.evidence))</li>\n" }
      page += "<ul class=\"refuted\">\n\(rows.joined())</ul>\n"
    }
    if let proof = checked.proof {
      let sign = sign(proof.outcome)
      page +=
        "<p class=\"checker\">\(sign) put back into the problem: \(inline(proof.evidence))</p>\n"
    }
    return page
  }

  private func opinion(_ critique: Critique) -> String {
    var page = "<div class=\"critic\">\n<p>critic: \(words(critique.summary))</p>\n"
    if let remark = critique.remark {
      let place = remark.step.map { "step \($0 + 1): " } ?? ""
      let correction = remark.correction.isEmpty ? "" : " → \(inline(remark.correction))"
      page += "<p>\(place)<q>\(inline(remark.quote))</q>\(correction)</p>\n"
      if !remark.reason.isEmpty { page += "<p class=\"dim\">\(words(remark.reason))</p>\n" }
      if let dismissal = remark.dismissal {
        page += "<p>dismissed: \(words(dismissal))</p>\n"
      }
    } else if critique.written != .right, !critique.opening.isEmpty {
      page += "<p class=\"dim\">\(inline(critique.opening))</p>\n"
    }
    return page + "</div>\n"
  }

  private func broken(_ finish: Finish) -> String {
    finish.isComplete ? "" : "<p class=\"fault\">\(words(finish.fault))</p>\n"
  }

  private func verdict(_ record: ProblemRecord) -> String {
    if record.posed.isReference == true { return "" }
    if let own = record.ownWork {
      return "<p class=\"verdict\"><strong>\(words(own.note))</strong></p>\n"
    }
    guard let verdict = record.verdict else {
      return "<p class=\"verdict unresolved\"><strong>no verdict</strong></p>\n"
    }
    let answers = ([verdict.answer].compactMap(\.self) + verdict.others).map(formula)
    let shown = answers.isEmpty ? "no answer" : answers.joined(separator: " or ")
    return """
      <div class="verdict \(verdict.word.rawValue)">
      <p><strong>\(verdict.word.rawValue)</strong> <span class="answer">\(shown)</span> \
      <span class="voucher">\(words(verdict.voucher))</span></p>
      <p class="cost">\(words(TurnView.line(of: record.cost)))</p>
      </div>

      """
  }

  /// The marks of the claims. The terminal's dot for an open one would be read as a factor's sign
  /// between formulas, so here a raised question mark stands for it.
  private func marks(_ findings: [Finding]) -> [Mark] {
    findings.compactMap { finding in
      guard var mark = Mark(finding) else { return nil }
      if finding.outcome == .undecided {
        mark.text = StyledText("?", .dim)
        mark.title = finding.outcome.rawValue
      }
      return mark
    }
  }

  /// The sign of an outcome among words.
  private func sign(_ outcome: Outcome) -> String {
    outcome == .undecided ? "<sup class=\"mark dim\">?</sup>" : outcome.mark.html
  }

  /// An answer as a formula.
  private func formula(_ answer: String) -> String { unwrapped(html("\\(\(answer)\\)")) }

  /// A claim or what is said of it, its formulas set.
  private func inline(_ text: String) -> String { unwrapped(html(delimited(text.collapsed()))) }

  /// Words as they are.
  private func words(_ text: String) -> String { StyledText(text).html }

  /// The words of a single paragraph, without the paragraph.
  private func unwrapped(_ html: String) -> String {
    let (open, close) = ("<div class=\"paragraph\">", "</div>\n")
    guard html.hasPrefix(open), html.hasSuffix(close) else { return html }
    let inner = html.dropFirst(open.count).dropLast(close.count)
    return inner.contains("<div") ? html : String(inner)
  }
}

extension Finish {
  /// Why a reply is no answer.
  var fault: String {
    switch self {
    case .stop: ""
    case .length: "the reply reached its limit of tokens and broke off"
    case .cut: "the reply broke off"
    case .interrupted: "interrupted"
    case .filtered: "the server withheld the rest of the reply"
    case .unreadable: "the calculation cannot be computed"
    }
  }
}

extension ProblemRecord {
  /// Whether a critique gives just this reason.
  func says(_ reason: String) -> Bool {
    attempts.contains { $0.critiques.contains { $0.remark?.reason == reason } }
  }

  /// What the attempt at a place is called on a page.
  func title(of index: Int) -> String {
    if attempts[index].checked.candidate.origin == .learner { return "Own working" }
    return attempts.count(where: { $0.evidence == nil }) > 1 ? "Solution \(index + 1)" : "Solution"
  }
}

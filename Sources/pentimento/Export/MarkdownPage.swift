import Algebra
import Tutoring
import Typeset

/// Writes a session as Markdown.
struct MarkdownPage: ExportPage {
  func opening(_ header: SessionHeader, named name: String) -> String {
    let provenance = header.provenance.map { "\n\(words($0))\n" } ?? ""
    let date = Moment(header.started).localDay
    return "# \(words(name))\n\n\(date) · \(words(header.program))\n\(provenance)"
  }

  func problem(_ record: ProblemRecord, number: Int) -> String {
    var page = "\n## Problem \(number)\n\n\(quoted(markdown(record.posed.problem.statement)))"
    let corrections = record.corrections
    for (index, attempt) in record.attempts.enumerated() {
      if let correction = corrections.first(where: { $0.new == attempt.checked }) {
        page += revision(correction)
      } else {
        page += "\n### \(record.title(of: index))\n\n"
        page += markdown(
          attempt.checked.candidate.text, marks: marks(attempt.checked.report.findings))
      }
      let finish = attempt.checked.candidate.finish
      if !finish.isComplete { page += "\n*\(finish.fault)*\n" }
      page += findings(attempt.checked)
      for critique in attempt.critiques { page += opinion(critique) }
    }
    if let failure = record.failure { page += "\n*\(words(failure))*\n" }
    for note in record.shownNotes { page += "\n*\(words(note))*\n" }
    return page + verdict(record)
  }

  var closing: String {
    "\n---\n\n✓ holds, ✗ refuted with the right value beside it, · undecided\n"
  }

  private func revision(_ correction: Correction) -> String {
    let evidence = correction.evidence
    var page = "\n### Revised from step \(evidence.step + 1)\n\n"
    page += "\(words(evidence.source.name)): \(inline(evidence.reason))\n"
    for change in correction.changes {
      let old = correction.old.excerpt(change.old)
      let new = correction.new.excerpt(change.new)
      if !old.text.trimmed().isEmpty {
        page += "\nStruck:\n\n\(quoted(markdown(old.text, marks: marks(old.findings))))"
      }
      if !new.text.trimmed().isEmpty {
        page += "\nInstead:\n\n\(markdown(new.text, marks: marks(new.findings)))"
      }
    }
    if correction.changes.isEmpty { page += "\nThe revision says the same.\n" }
    return page
  }

  private func findings(_ checked: Checked) -> String {
    var page = ""
    let counts = checked.report.counts.map {
      "\($0.outcome.mark.plain) \($0.outcome.counted($0.count))"
    }
    if !counts.isEmpty { page += "\nchecker: \(counts.joined(separator: ", "))\n" }
    let refuted = checked.report.findings.filter { $0.outcome == .refuted }
    if !refuted.isEmpty { page += "\n" }
    for finding in refuted {
      page += "- ✗ step \(finding.step + 1): \(inline(finding.evidence))\n"
    }
    if let proof = checked.proof {
      page += "\n\(proof.outcome.mark.plain) put back into the problem: \(inline(proof.evidence))\n"
    }
    return page
  }

  private func opinion(_ critique: Critique) -> String {
    var page = "\ncritic: \(words(critique.summary))\n"
    guard let remark = critique.remark else { return page }
    let place = remark.step.map { "step \($0 + 1): " } ?? ""
    let correction = remark.correction.isEmpty ? "" : " → \(inline(remark.correction))"
    page += "\n\(place)\(inline(remark.quote))\(correction)\n"
    if !remark.reason.isEmpty { page += "\n\(words(remark.reason))\n" }
    if let dismissal = remark.dismissal { page += "\ndismissed: \(words(dismissal))\n" }
    return page
  }

  private func verdict(_ record: ProblemRecord) -> String {
    if record.posed.isReference == true { return "" }
    if let own = record.ownWork { return "\n**\(words(own.note))**\n" }
    guard let verdict = record.verdict else { return "\n**no verdict**\n" }
    let answers = ([verdict.answer].compactMap(\.self) + verdict.others).map {
      oneLine(markdown("\\(\($0)\\)"))
    }
    let shown = answers.isEmpty ? "no answer" : answers.joined(separator: " or ")
    return """

      **\(verdict.word.rawValue)**  \(shown)  \(words(verdict.voucher))

      \(words(TurnView.line(of: record.cost)))

      """
  }

  private func marks(_ findings: [Finding]) -> [Mark] { findings.compactMap(Mark.init) }

  private func words(_ text: String) -> String { markdownWords(text.collapsed()) }

  private func inline(_ text: String) -> String { oneLine(markdown(delimited(text.collapsed()))) }

  private func oneLine(_ text: String) -> String { text.collapsed() }

  private func quoted(_ text: String) -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    return lines.map { $0.isEmpty ? ">" : "> \($0)" }.joined(separator: "\n") + "\n"
  }
}

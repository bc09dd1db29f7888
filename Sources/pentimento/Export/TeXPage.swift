import Algebra
import Tutoring
import Typeset

/// Writes a session as a file for XeLaTeX or LuaLaTeX.
struct TeXPage: ExportPage {
  func opening(_ header: SessionHeader, named name: String) -> String {
    let provenance = header.provenance.map { "\\emph{\(words($0))}\n\n" } ?? ""
    return #"""
      \documentclass[11pt]{article}
      \usepackage{fontspec}
      \usepackage{amsmath,amssymb,cancel,xcolor,newunicodechar}
      \usepackage[normalem]{ulem}
      \usepackage[a4paper,margin=25mm]{geometry}
      \newunicodechar{✓}{\textcolor{green!50!black}{\ensuremath{\checkmark}}}
      \newunicodechar{✗}{\textcolor{red!75!black}{\ensuremath{\times}}}
      \newunicodechar{·}{\ensuremath{\cdot}}
      \newunicodechar{→}{\ensuremath{\to}}
      \setlength{\parindent}{0pt}\setlength{\parskip}{0.6em}
      \begin{document}
      """# + "\n\\section*{\(words(name))}\n"
        + "\(Moment(header.started).localDay), \(words(header.program))\n\n\(provenance)"
  }

  func problem(_ record: ProblemRecord, number: Int) -> String {
    var page = "\\subsection*{Problem \(number)}\n"
    page += "\\begin{quote}\n\(tex(record.posed.problem.statement))\\end{quote}\n"
    let corrections = record.corrections
    for (index, attempt) in record.attempts.enumerated() {
      if let correction = corrections.first(where: { $0.new == attempt.checked }) {
        page += revision(correction)
      } else {
        page += "\\subsubsection*{\(record.title(of: index))}\n"
        page += tex(attempt.checked.candidate.text, marks: marks(attempt.checked.report.findings))
      }
      let finish = attempt.checked.candidate.finish
      if !finish.isComplete { page += "\n\\emph{\(words(finish.fault))}\n" }
      page += findings(attempt.checked)
      for critique in attempt.critiques { page += opinion(critique) }
    }
    if let failure = record.failure { page += "\n\\emph{\(words(failure))}\n" }
    for note in record.shownNotes { page += "\n\\emph{\(words(note))}\n" }
    return page + verdict(record)
  }

  var closing: String {
    "\n\\bigskip\\hrule\\medskip\n{\\small ✓ holds, ✗ refuted with the right value beside it, "
      + "· undecided}\n\\end{document}\n"
  }

  private func revision(_ correction: Correction) -> String {
    let evidence = correction.evidence
    var page = "\\subsubsection*{Revised from step \(evidence.step + 1)}\n"
    page += "\(words(evidence.source.name)): \(inline(evidence.reason))\n\n"
    for change in correction.changes {
      let old = correction.old.excerpt(change.old)
      let new = correction.new.excerpt(change.new)
      if !old.text.trimmed().isEmpty {
        page += "\\begin{quote}\\color{gray}\\textsc{struck}\n\n"
        page += "\(tex(old.text, marks: marks(old.findings)))\\end{quote}\n"
      }
      if !new.text.trimmed().isEmpty {
        page += tex(new.text, marks: marks(new.findings))
      }
    }
    if correction.changes.isEmpty { page += "The revision says the same.\n" }
    return page
  }

  private func findings(_ checked: Checked) -> String {
    let counts = checked.report.counts.map {
      "\($0.outcome.mark.plain) \($0.outcome.counted($0.count))"
    }
    var page =
      counts.isEmpty ? "" : "\n{\\small checker: \(words(counts.joined(separator: ", ")))}\n"
    for finding in checked.report.findings where finding.outcome == .refuted {
      page += "\n{\\small ✗ step \(finding.step + 1): \(inline(finding.evidence))}\n"
    }
    if let proof = checked.proof {
      let sign = proof.outcome.mark.plain
      page += "\n{\\small \(sign) put back into the problem: \(inline(proof.evidence))}\n"
    }
    return page
  }

  private func opinion(_ critique: Critique) -> String {
    var page = "\n{\\small critic: \(words(critique.summary))}\n"
    guard let remark = critique.remark else { return page }
    let place = remark.step.map { "step \($0 + 1): " } ?? ""
    let correction = remark.correction.isEmpty ? "" : " → \(inline(remark.correction))"
    page += "\n{\\small \(place)\(inline(remark.quote))\(correction)}\n"
    if !remark.reason.isEmpty { page += "\n{\\small \(words(remark.reason))}\n" }
    if let dismissal = remark.dismissal {
      page += "\n{\\small dismissed: \(words(dismissal))}\n"
    }
    return page
  }

  private func verdict(_ record: ProblemRecord) -> String {
    if record.posed.isReference == true { return "" }
    if let own = record.ownWork { return "\n\\medskip\\textbf{\(words(own.note))}\n\n" }
    guard let verdict = record.verdict else { return "\n\\textbf{no verdict}\n" }
    let answers = ([verdict.answer].compactMap(\.self) + verdict.others).map {
      tex("\\(\($0)\\)").collapsed()
    }
    let shown = answers.isEmpty ? "no answer" : answers.joined(separator: " or ")
    return "\n\\medskip\\textbf{\(verdict.word.rawValue)}\\quad \(shown)\\quad "
      + "\(words(verdict.voucher))\n\n{\\small \(words(TurnView.line(of: record.cost)))}\n\n"
  }

  private func marks(_ findings: [Finding]) -> [Mark] { findings.compactMap(Mark.init) }

  private func words(_ text: String) -> String { texWords(text.collapsed()) }

  private func inline(_ text: String) -> String { tex(delimited(text.collapsed())).collapsed() }
}

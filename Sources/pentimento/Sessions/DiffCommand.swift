import Algebra
import Tutoring
import Typeset

// The pentimento itself: what a correction painted over, struck, and what stands there now.

extension Session {
  /// Shows what the corrections of the last problem changed.
  func diff() throws(Failure) {
    guard let record else { throw Failure(.usage, "no solution yet") }
    let corrections = record.corrections
    if corrections.isEmpty { return tell("nothing was revised in the last problem") }
    for correction in corrections {
      show(correction)
    }
  }

  private func show(_ correction: Correction) {
    let evidence = correction.evidence
    let reason = screen.set(evidence.reason.collapsed())
    tell("step \(evidence.step + 1), \(evidence.source.name): \(reason)", indent: 2)
    let changes = correction.changes
    if changes.isEmpty { tell("the revision says the same") }
    for change in changes {
      print(correction.old.excerpt(change.old), "−", .strike + .dim)
      print(correction.new.excerpt(change.new), "→", .plain)
    }
  }

  /// Prints some steps behind a sign that needs no colour; it must not begin a Markdown list.
  private func print(_ excerpt: Excerpt, _ sign: String, _ style: Style) {
    if excerpt.text.trimmed().isEmpty { return }
    let lead = sign + " "
    let source = lead + excerpt.text
    let shift = lead.utf8.count
    let marks = excerpt.findings.compactMap(Mark.init).map { mark in
      Mark(end: mark.end + shift, text: mark.text)
    }
    let ranges = [StyledRange(start: shift, end: source.utf8.count, style: style)]
    let lines = { (ink: Ink) in render(source, marks: marks, ranges: ranges, ink: ink) }
    if case .terminal = output {
      screen.lines(lines(screen.ink))
    } else {
      screen.say(lines(Ink(width: 80)).joined(separator: "\n"))
    }
  }
}

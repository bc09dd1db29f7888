import Tutoring
import Typeset

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Shows a saved session as it was, line by line from its file.
struct Replaying {
  let screen: Screen

  func show(_ reader: TranscriptReader) throws(Failure) {
    let view = TurnView(screen: screen, showsWork: true, isReplay: true)
    var isFirst = true
    while !Task.isCancelled, let line = try reader.line() {
      if case .problem(let posed) = line.event, posed.isReference != true {
        if !isFirst { screen.line() }
        isFirst = false
      }
      view.show(.event(line.event))
    }
    view.finish()
    for remark in reader.remarks { screen.say("pentimento: \(remark)") }
  }

  /// Shows the end of a session that is taken up: earlier problems in a line each, the last one
  /// whole. Nothing is shown in a pipe, whose stdout is for answers.
  ///
  /// - Returns: The last problem, and how many there were.
  func showTail(
    _ reader: TranscriptReader, earlier: Int = 3
  ) throws(Failure) -> (last: ProblemRecord?, problems: Int) {
    var problems = 0
    do {
      problems = try reader.skip(toLastProblems: earlier + 1)
    } catch {
      throw Failure(error.status, "\(error)")
    }
    var lines: [Line] = []
    var last: ProblemRecord?
    var isHeaded = false
    while let line = try reader.line() {
      if case .problem(let posed) = line.event {
        if let last, screen.isTerminal {
          if !isHeaded { screen.line(StyledText("earlier:", .dim)) }
          isHeaded = true
          brief(last)
        }
        last = ProblemRecord(posed)
        lines = []
      }
      last?.take(line.event)
      lines.append(line)
    }
    guard screen.isTerminal else { return (last, problems) }
    if problems > 1 { screen.line() }
    let view = TurnView(screen: screen, showsWork: true, isReplay: true)
    for line in lines { view.show(.event(line.event)) }
    view.finish()
    screen.line()
    return (last, problems)
  }

  private func brief(_ record: ProblemRecord) {
    let words = record.verdict.map { verdict in
      StyledText(verdict.word.rawValue, verdict.word.style)
        + StyledText(verdict.answer.map { "  \(screen.set($0.collapsed()))" } ?? "", .bold)
    }
    let line = (words ?? StyledText("no verdict", .dim)) + "  "
    let room = screen.ink.width - line.width - 1
    screen.line(
      line
        + StyledText(record.posed.problem.statement.collapsed().head(columns: max(room, 12)), .dim))
  }
}

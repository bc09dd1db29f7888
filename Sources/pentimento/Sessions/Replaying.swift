import Tutoring
import Typeset

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What a session that is taken up ended with.
struct SessionTail: Sendable {
  /// The last problem that was seen.
  var last: ProblemRecord?
  /// The last one that the tutor solved for itself, as if it had been seen.
  var reference: ProblemRecord?
  /// Whether that one came last of all.
  var isAtReference = false
  /// How many problems there were.
  var problems = 0

  /// - Returns: The problem that another one takes the place of.
  mutating func take(_ event: Event) -> ProblemRecord? {
    var earlier: ProblemRecord?
    if case .problem(var posed) = event {
      isAtReference = posed.isReference == true
      posed.isReference = nil
      if isAtReference {
        reference = ProblemRecord(posed)
      } else {
        earlier = last
        last = ProblemRecord(posed)
      }
    }
    if isAtReference { reference?.take(event) } else { last?.take(event) }
    return earlier
  }
}

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
  func showTail(
    _ reader: TranscriptReader, earlier: Int = 3
  ) throws(Failure) -> SessionTail {
    var tail = SessionTail()
    do {
      tail.problems = try reader.skip(toLastProblems: earlier + 1)
    } catch {
      throw Failure(error.status, "\(error)")
    }
    var lines: [Line] = []
    var isHeaded = false
    while let line = try reader.line() {
      let earlier = tail.take(line.event)
      if let earlier, screen.isTerminal {
        if !isHeaded { screen.line(StyledText("earlier:", .dim)) }
        isHeaded = true
        brief(earlier)
      }
      if case .problem = line.event, !tail.isAtReference { lines = [] }
      lines.append(line)
    }
    guard screen.isTerminal else { return tail }
    if tail.problems > 1 { screen.line() }
    let view = TurnView(screen: screen, showsWork: true, isReplay: true)
    for line in lines { view.show(.event(line.event)) }
    view.finish()
    screen.line()
    return tail
  }

  private func brief(_ record: ProblemRecord) {
    let own = record.ownWork.map { StyledText($0.note, $0.style) }
    let judged = record.verdict.map { verdict in
      StyledText(verdict.word.rawValue, verdict.word.style)
        + StyledText(verdict.answer.map { "  \(screen.set($0.collapsed()))" } ?? "", .bold)
    }
    let line = (own ?? judged ?? StyledText("no verdict", .dim)) + "  "
    let room = screen.ink.width - line.width - 1
    screen.line(
      line
        + StyledText(record.posed.problem.statement.collapsed().head(columns: max(room, 12)), .dim))
  }
}

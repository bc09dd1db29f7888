import Tutoring

extension Session {
  /// What the session has cost by what the requests were for; of a transcript all of it, also what
  /// was there before it was taken up.
  func stats() throws(Failure) {
    var tally = tally
    if let path = savedPath {
      tally = Tally()
      let reader = try SavedTranscript.reader(file: path)
      while !Task.isCancelled, let line = try reader.line() { tally.take(line.event) }
    }
    tell(tally.table.joined(separator: "\n"), indent: 2)
  }
}

extension Tally {
  /// Problems and verdicts, then a line for each phase that was asked for, then the sum.
  var table: [String] {
    let count = "\(problems) problem\(problems == 1 ? "" : "s")"
    var head = [verdicts.words(with: ownWork).map { "\(count): \($0)" } ?? count]
    if failures > 0 { head.append("\(failures) without a usable reply") }
    if broken > 0 { head.append("\(broken) repl\(broken == 1 ? "y" : "ies") broke off") }
    let rows = Phase.allCases.compactMap { phase in
      costs[phase].map { (phase.rawValue, TurnView.line(of: $0)) }
    }
    let width = rows.map(\.0.count).max() ?? 0
    let all = rows.count > 1 ? rows + [("in all", TurnView.line(of: total))] : rows
    return [head.joined(separator: ", ")] + all.map { "\($0.0.padded(to: width))  \($0.1)" }
  }
}

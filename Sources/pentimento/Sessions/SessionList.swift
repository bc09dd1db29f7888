import Tutoring
import Typeset

// The list of saved sessions. It is made in two passes, so that ten thousand of them take little
// memory: the first reads each transcript's first line for its date, the second what a row shows of
// those that are listed, one at a time.

/// The saved sessions of a folder.
struct SessionList {
  /// A transcript's name, when its session began and where it lies.
  struct Place: Hashable, Sendable {
    let name: String
    let started: Double
    let file: String
  }

  /// Newest first.
  private(set) var places: [Place] = []
  /// What is wrong with those that cannot be read.
  private(set) var complaints: [String] = []

  /// - Parameter before: Only those that were written last before this moment; `nil` for all.
  init(folder: String, before: Double? = nil) {
    for name in SavedTranscript.names(in: folder) where !Task.isCancelled {
      let file = Path.joined(folder, name + ".jsonl")
      if let before, let written = Path.modified(file), Double(written) / 1e9 >= before { continue }
      do {
        let header = try SessionHeader(file: file)
        places.append(Place(name: name, started: header.started, file: file))
      } catch {
        complaints.append("\(error)")
      }
    }
    places.sort { ($1.started, $0.name) < ($0.started, $1.name) }
  }
}

/// Prints rows of a list of sessions.
struct SessionRows {
  let screen: Screen
  /// Columns of the longest name.
  let width: Int

  init(screen: Screen, names: some Sequence<String>) {
    self.screen = screen
    width = min(names.map { Gate.safe($0).count }.max() ?? 0, 24)
  }

  /// Prints one session; on a terminal with its verdicts in columns, in a pipe as fields between
  /// tabs: id, date, first problem, verdicts.
  func print(_ place: SessionList.Place) throws(Failure) {
    let summary: SessionSummary
    do {
      summary = try SessionSummary(file: place.file)
    } catch {
      throw Failure(error.status, "\(error)")
    }
    let problem = summary.problem ?? ""
    guard screen.isTerminal else {
      let fields = [
        place.name, Moment(place.started).universal, problem,
        summary.verdicts.words(with: summary.ownWork) ?? "",
      ]
      screen.lines([fields.map(\.field).joined(separator: "\t")])
      return
    }
    screen.lines(row(place, summary, problem.collapsed()))
  }

  /// Prints a session that was found, with the words around what was found.
  func print(_ place: SessionList.Place, _ match: TranscriptSearch.Match) {
    guard screen.isTerminal else {
      let fields = [
        place.name, Moment(place.started).universal, match.before + match.phrase + match.after,
      ]
      screen.lines([fields.map(\.field).joined(separator: "\t")])
      return
    }
    let found =
      StyledText(match.before) + StyledText(match.phrase, .bold) + StyledText(match.after)
    let head = name(place) + "  " + StyledText(Moment(place.started).local, .dim) + "  "
    screen.line(head + found, indent: width + 2)
  }

  /// One line, or two where the problem would not go beside the verdicts.
  private func row(
    _ place: SessionList.Place, _ summary: SessionSummary, _ problem: String
  ) -> [String] {
    let ink = screen.ink
    let moment = Moment(place.started)
    let line =
      name(place) + "  " + StyledText(moment.local, .dim) + "  " + verdicts(summary, columns: 10)
    let room = ink.width - line.width - 2
    if room >= 12 || problem.isEmpty && line.width <= ink.width {
      let shown = problem.isEmpty ? line : line + "  " + StyledText(problem.head(columns: room))
      return [shown.rendered(ink)]
    }
    let isShort = width + 2 + moment.local.count > ink.width
    let first =
      name(place) + "  " + StyledText(isShort ? moment.localDay : moment.local, .dim)
    let second = "  " + verdicts(summary, columns: 0) + "  "
    let rest = StyledText(problem.head(columns: max(ink.width - second.width, 8)))
    return [first.rendered(ink), (second + rest).rendered(ink)]
  }

  private func name(_ place: SessionList.Place) -> StyledText {
    let name = place.name.head(columns: width)
    let blanks = String(repeating: " ", count: max(0, width - StyledText(name).width))
    return StyledText(name, .bold) + StyledText(blanks)
  }

  private func verdicts(_ summary: SessionSummary, columns: Int) -> StyledText {
    let words =
      summary.verdicts.words(with: summary.ownWork)
      ?? (summary.problems == 0 ? "no problem" : "no verdict")
    let isOne = summary.verdicts.count + summary.ownWork.count == 1
    let only = isOne ? summary.verdicts.keys.first?.style ?? summary.ownWork.keys.first?.style : nil
    let blanks = String(repeating: " ", count: max(0, columns - words.count))
    return StyledText(words, only ?? .plain) + StyledText(blanks)
  }
}

extension String {
  /// The longest beginning that fits into so many columns, ended by `…` if something is left out.
  func head(columns: Int) -> String {
    let safe = Gate.safe(self, keeping: [])
    if StyledText(safe).width <= columns { return safe }
    var head = safe.prefix(max(0, columns - 1))
    while !head.isEmpty, StyledText(String(head)).width > columns - 1 { head = head.dropLast() }
    return head + "…"
  }
}

import Algebra
import Tutoring
import Typeset

// The notebook as commands after a slash, and its reviews as questions that the next lines answer.

extension Session {
  /// Where the notebook lies.
  var notebookFile: String { Path.joined(studio.folders.storage, "notebook.jsonl") }

  /// Carries out `/notebook`, `/notebook add`, `/notebook review [N]` or `/notebook remove N`.
  func notebook(_ words: String) throws(Failure) {
    let parts = words.split(separator: " ").map(String.init)
    switch (parts.first, parts.dropFirst().first) {
    case (nil, _): list(try openNotebook())
    case ("add", nil): try addMistake()
    case ("review", let number): try review(number)
    case ("remove", let number?):
      var notebook = try openNotebook()
      let page = try page(number, of: notebook)
      try kept { () throws(NotebookError) in try notebook.remove(page.mistake.id) }
      tell("\(number) is out of the notebook")
    default:
      throw Failure(.usage, "/notebook wants nothing, add, review, review N or remove N")
    }
  }

  /// Keeps a mistake in the notebook.
  ///
  /// - Returns: Whether it is new.
  func keep(_ mistake: Mistake) throws(Failure) -> Bool {
    do {
      try Folders.makePrivate(studio.folders.storage)
    } catch {
      throw Failure(.files, "\(error)")
    }
    var notebook = try openNotebook()
    var isNew = false
    try kept { () throws(NotebookError) in isNew = try notebook.add(mistake) }
    return isNew
  }

  /// Keeps the slip that a learner's own solution was found to have, unless it is only a doubt or
  /// nothing is to be saved.
  ///
  /// - Parameter answer: The problem's right answer, if it is known.
  func keep(_ slip: Slip?, of problem: String, answer: String?) throws(Failure) {
    guard let slip, slip.certainty != .doubted, savedPath != nil else { return }
    _ = try keep(
      Mistake(
        id: SessionID.random(), problem: problem, step: slip.quote, kind: slip.kind.name,
        fix: slip.correction ?? slip.reason, answer: answer, date: now()))
  }

  private func openNotebook() throws(Failure) -> Notebook {
    do {
      return try Notebook(file: notebookFile)
    } catch {
      throw Failure(.files, "\(error)")
    }
  }

  private func kept(_ body: () throws(NotebookError) -> Void) throws(Failure) {
    do {
      try body()
    } catch {
      throw Failure(.files, "\(error)")
    }
  }

  private func page(_ number: String, of notebook: Notebook) throws(Failure) -> Notebook.Page {
    guard let place = Int(number), notebook.pages.indices.contains(place - 1) else {
      let count = notebook.pages.count
      throw Failure(
        .usage,
        count == 0 ? "the notebook is empty" : "the notebook has mistakes 1 to \(count)")
    }
    return notebook.pages[place - 1]
  }

  private func addMistake() throws(Failure) {
    guard let record else { throw Failure(.usage, "no solution yet") }
    guard let mistake = Mistake(of: record, id: SessionID.random(), date: now()) else {
      throw Failure(.usage, "nobody has named a faulty step in the last problem")
    }
    let isNew = try keep(mistake)
    tell(isNew ? "kept: \(line(of: mistake))" : "that one is in the notebook already", indent: 2)
  }

  private func list(_ notebook: Notebook) {
    if notebook.pages.isEmpty {
      return tell("the notebook is empty; /notebook add keeps the last corrected step")
    }
    let moment = now()
    for (index, page) in notebook.pages.enumerated() {
      let due = page.due <= moment ? "due" : "due \(Moment(page.due).localDay)"
      let date = Moment(page.mistake.date).localDay
      tell("\(index + 1)  \(date)  \(line(of: page.mistake))  (\(due))", indent: 3)
    }
    let count = notebook.due(now: moment).count
    if count > 0 { tell("\(count) due: /notebook review") }
  }

  /// What was wrong, but not what is right: that is asked for.
  private func line(of mistake: Mistake) -> String {
    "\(mistake.kind): \(screen.set(mistake.step.collapsed()))"
  }

  // MARK: - Review

  private func review(_ number: String?) throws(Failure) {
    let notebook = try openNotebook()
    let pages: [Notebook.Page]
    if let number {
      pages = [try page(number, of: notebook)]
    } else {
      pages = notebook.due(now: now())
    }
    if pages.isEmpty {
      let next = notebook.pages.map(\.due).min().map { "; the next on \(Moment($0).localDay)" }
      return tell("nothing is due\(next ?? "")")
    }
    question = Review(pages)
    tell(
      "\(pages.count) to review. The next line is your answer; ? gives up, an empty line leaves.")
    ask(pages[0])
  }

  private func ask(_ page: Notebook.Page) {
    let mistake = page.mistake
    let text =
      mistake.answer == nil
      ? "\(mistake.problem)\n\nWhat should stand instead of \(delimited(mistake.step))?"
      : mistake.problem
    if case .terminal = output {
      screen.line()
      screen.lines(render(text, ink: screen.ink))
    } else {
      screen.say(text)
    }
  }

  /// Takes a line as the answer to what was asked.
  ///
  /// - Returns: `nil` if nothing was asked, or if the line is a command.
  func answerQuestion(with line: String) throws(Failure) -> ExitStatus? {
    guard var review = question, let page = review.current else { return nil }
    let text = line.trimmed()
    if text.isEmpty || text.hasPrefix("/") && !text.hasPrefix("//") {
      leaveReview()
      return text.isEmpty ? .fine : nil
    }
    let outcome = review.take(text == "?" ? nil : text)
    question = review
    switch outcome {
    case .unclear(let reason): tell("that cannot be compared (\(reason)); say it another way")
    case .retry: tell("✗ not that; one more try, or ?")
    case .settled(let grade):
      try settle(page, grade)
      if let next = review.current {
        ask(next)
      } else {
        question = nil
        tell("reviewed: \(review.right) right, \(review.wrong) to learn")
      }
    }
    return .fine
  }

  /// Asks no more.
  func leaveReview() {
    guard let review = question else { return }
    question = nil
    tell("the review is left; \(review.pages.count) to go")
  }

  private func settle(_ page: Notebook.Page, _ grade: Memory.Grade) throws(Failure) {
    var notebook = try openNotebook()
    let (id, moment) = (page.mistake.id, now())
    try kept { () throws(NotebookError) in try notebook.review(id, grade, now: moment) }
    let due = notebook.pages.first { $0.mistake.id == id }?.due
    let again = due.map { "; again on \(Moment($0).localDay)" } ?? ""
    if grade == .again {
      let wanted = screen.set(page.wanted.collapsed())
      let fix = screen.set(page.mistake.fix.collapsed())
      tell("✗ it is \(wanted)\(again)\n  \(line(of: page.mistake)) → \(fix)", indent: 2)
    } else {
      tell("✓ right\(again)")
    }
  }
}

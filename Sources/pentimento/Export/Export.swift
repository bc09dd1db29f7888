import Tutoring
import Typeset

/// What a session can be written as.
enum ExportForm: String, CaseIterable, Sendable {
  case md, html, tex, jsonl

  /// The form that a file's name asks for, or `nil`.
  init?(file: String) {
    guard let dot = file.lastIndex(of: ".") else { return nil }
    self.init(rawValue: file[file.index(after: dot)...].lowercased())
  }
}

/// The words of a page, which come out in pieces: a session of any length takes the memory of one
/// problem.
protocol ExportPage {
  /// What stands before the first problem.
  func opening(_ header: SessionHeader, named name: String) -> String
  /// One problem; `number` counts from 1.
  func problem(_ record: ProblemRecord, number: Int) -> String
  /// What stands behind the last one.
  var closing: String { get }
}

/// Writes a session for other readers.
struct Export {
  let form: ExportForm

  /// - Parameters:
  ///   - name: What the session is called.
  ///   - file: Put in its place when all of it is written.
  func write(
    _ reader: TranscriptReader, named name: String, to file: ExportFile
  ) throws(Failure) {
    if let page {
      try file.write(page.opening(reader.header, named: name))
      var number = 0
      try reader.eachProblem { (record) throws(Failure) in
        number += 1
        try file.write(page.problem(record, number: number))
      }
      try file.write(page.closing)
    } else {
      while !Task.isCancelled, let line = try reader.line() {
        try file.write(safeJSON(line.encoded()))
      }
    }
    if Task.isCancelled { throw Failure(.interrupted, "stopped; nothing was exported") }
    try file.finish()
  }

  private var page: (any ExportPage)? {
    switch form {
    case .html: HTMLPage()
    case .md: MarkdownPage()
    case .tex: TeXPage()
    case .jsonl: nil
    }
  }
}

import Tutoring
import Typeset

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

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
  ///   - file: Made with the first words, so that a transcript that cannot be read leaves none.
  func write(
    _ reader: TranscriptReader, named name: String, to file: ExportFile
  ) throws(Failure) {
    defer { file.close() }
    guard let page = page else {
      while !Task.isCancelled, let line = try reader.line() {
        try file.write(safeJSON(line.encoded()))
      }
      return
    }
    try file.write(page.opening(reader.header, named: name))
    var number = 0
    try reader.eachProblem { (record) throws(Failure) in
      number += 1
      try file.write(page.problem(record, number: number))
    }
    try file.write(page.closing)
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

/// A file that an export goes to, or stdout.
final class ExportFile {
  private let path: String?
  private let replaces: Bool
  private var descriptor: Int32 = -1

  /// - Parameters:
  ///   - path: `nil` is stdout.
  ///   - replaces: Whether a file that is there is written over.
  init(path: String?, replaces: Bool = false) {
    self.path = path
    self.replaces = replaces
    if path == nil { descriptor = STDOUT_FILENO }
  }

  deinit { close() }

  func close() {
    if path != nil, descriptor >= 0 {
      _ = systemClose(descriptor)
      descriptor = -1
    }
  }

  func write(_ text: String) throws(Failure) {
    try open()
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { systemWrite(descriptor, $0) }
      if count > 0 {
        bytes = bytes.dropFirst(count)
      } else if errno == EPIPE, path == nil {
        Ending.exit(.fine)
      } else if errno != EINTR && errno != EAGAIN {
        throw failure
      }
    }
  }

  private func open() throws(Failure) {
    guard descriptor < 0, let path else { return }
    let flags = O_WRONLY | O_CREAT | O_CLOEXEC | O_NONBLOCK | (replaces ? O_TRUNC : O_EXCL)
    descriptor = systemOpen(path, flags)
    if descriptor < 0, errno == EEXIST {
      throw Failure(.files, "\(path) is there already; choose another name or add --force")
    }
    if descriptor < 0 { throw failure }
  }

  private var failure: Failure {
    Failure(.files, "cannot write \(path ?? "stdout"): \(String(cString: strerror(errno)))")
  }
}

private func systemOpen(_ path: String, _ flags: Int32) -> Int32 { open(path, flags, 0o600) }

private func systemClose(_ descriptor: Int32) -> Int32 { close(descriptor) }

private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
  write(descriptor, bytes.baseAddress, bytes.count)
}

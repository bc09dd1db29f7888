// Transcripts, whole and damaged: every whole line comes back, the first damaged one is named by its
// number, and the file's reader says the same as the reader of bytes.
//
// A line of one byte from 1 to 9 stands for a whole line, so that damage meets lines that are read; of
// the lines the first sixteen count. One input in 4 is written again, one in 16 goes through a file.

import FoundationEssentials

@testable import Tutoring

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

private let wholeLines = HostileSession.mild.events.map {
  Array(Line(at: 7, event: $0).encoded().dropLast())
}

/// The whole lines as they read, so that only what is not one of them is decoded twice.
private let known = Dictionary(
  wholeLines.map { ($0, try? JSONDecoder().decode(Line.self, from: Data($0))) },
  uniquingKeysWith: { first, _ in first })

private let folder: String = {
  var name = Array("/tmp/pentimento-fuzz-XXXXXX".utf8CString)
  guard mkdtemp(&name) != nil else { return "/tmp" }
  return name.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "/tmp" }
}()
private let path = folder + "/fuzzed.jsonl"

@Sendable func fuzzTranscripts(_ input: [UInt8]) {
  let rows = input.split(separator: 0x0A, omittingEmptySubsequences: false).prefix(16).map { row in
    row.count == 1 && (1...9).contains(row[row.startIndex])
      ? wholeLines[(Int(row[row.startIndex]) - 1) % wholeLines.count] : Array(row)
  }
  let bytes = Array(rows.joined(separator: [0x0A]))
  let expected = Expected(rows)
  let read = Outcome { () throws(TranscriptError) in try Transcript(reading: bytes, file: "f") }
  expect(read.error == expected.error, "the first damage is named: \(String(describing: read))")
  expect(read.lines == expected.lines, "no whole line is lost: \(String(describing: read))")
  if read.error == nil {
    expect(read.remarks.isEmpty == !expected.isTorn, "a torn line is told")
  }
  if read.error == nil, isOne(of: 4, input) {
    let written = read.lines.flatMap { $0.encoded() }
    let again = try? Transcript(reading: written, file: "f")
    expect(again?.lines == read.lines, "what was written reads back")
  }
  if isOne(of: 16, input) { expectFile(bytes, read) }
}

/// The reader of files, which keeps only one line in memory.
private func expectFile(_ bytes: [UInt8], _ read: Outcome) {
  guard (try? Data(bytes).write(to: URL(filePath: path))) != nil else { return }
  var lines: [Line] = []
  var fault: TranscriptError?
  do throws(TranscriptError) {
    let reader = try TranscriptReader(file: path)
    while let line = try reader.next() { lines.append(line) }
    let count = try TranscriptReader(file: path).skip(toLastProblems: 1)
    expect(count >= 0, "problems are counted")
  } catch {
    fault = error.named("f")
  }
  expect(fault == nil ? read.error == nil : read.error != nil, "both readers find the damage")
  expect(fault != nil || lines == read.lines, "both readers find the same lines")
}

/// What one reader said.
private struct Outcome {
  var lines: [Line] = []
  var remarks: [String] = []
  var error: TranscriptError?

  init(_ read: () throws(TranscriptError) -> Transcript) {
    do {
      let transcript = try read()
      (lines, remarks) = (transcript.lines, transcript.remarks)
    } catch {
      self.error = error
    }
  }
}

/// What must come of some rows, decoded one by one.
private struct Expected {
  var lines: [Line] = []
  var error: TranscriptError?
  var isTorn = false

  init(_ rows: [[UInt8]]) {
    let decoder = JSONDecoder()
    for (index, row) in rows.enumerated() where !row.isEmpty {
      let isLast = index == rows.count - 1
      let line = known[row] ?? (try? decoder.decode(Line.self, from: Data(row)))
      let version = lines.isEmpty && (line != nil || !isLast) ? Self.version(row) : nil
      if let version, version > SessionHeader.currentVersion {
        error = .newer(file: "f", version: version)
      } else if let line {
        lines.append(line)
      } else if isLast {
        isTorn = true
      } else {
        error = .damaged(file: "f", line: index + 1, reason: "not a line of a transcript")
      }
      if error != nil { break }
    }
    if error == nil { error = headerFault }
    if error != nil { lines = [] }
  }

  private var headerFault: TranscriptError? {
    guard let first = lines.first else { return .empty(file: "f") }
    if case .session = first.event { return nil }
    return .damaged(file: "f", line: 1, reason: "a transcript begins with its session line")
  }

  private struct Versioned: Decodable {
    struct Session: Decodable { var version: Int }
    var session: Session
  }

  private static func version(_ row: [UInt8]) -> Int? {
    try? JSONDecoder().decode(Versioned.self, from: Data(row)).session.version
  }

}

extension TranscriptError {
  /// The same about a file of another name.
  fileprivate func named(_ file: String) -> TranscriptError {
    switch self {
    case .damaged(_, let line, let reason): .damaged(file: file, line: line, reason: reason)
    case .newer(_, let version): .newer(file: file, version: version)
    case .empty: .empty(file: file)
    default: self
    }
  }
}

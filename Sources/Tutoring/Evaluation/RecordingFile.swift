import FoundationEssentials
import Synchronization

/// A file of recordings, one JSON line a problem; the last line of a problem counts.
public enum RecordingFile {
  /// The recordings in the order in which their problems first stand in the file.
  ///
  /// A torn line, which a killed program leaves, is left out; anything else is an error.
  public static func read(_ path: String) throws(TranscriptError) -> [Recording] {
    guard let bytes = FileManager.default.contents(atPath: path) else {
      throw .unreadable(file: path, reason: "no such file, or no permission")
    }
    var order: [String] = []
    var found: [String: Recording] = [:]
    let rows = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let decoder = JSONDecoder()
    for (index, row) in rows.enumerated() where !row.isEmpty {
      guard let recording = try? decoder.decode(Recording.self, from: row) else {
        // A line that begins as one was torn; its problem is recorded anew.
        let isTorn = (try? decoder.decode(JSONValue.self, from: row)) == nil
        if isTorn, index == rows.count - 1 || row.starts(with: Array("{\"problem\":".utf8)) {
          continue
        }
        if found.isEmpty {
          throw .unreadable(
            file: path, reason: "it is no file of recorded replies; name another one")
        }
        throw .damaged(file: path, line: index + 1, reason: "not a line of a recording")
      }
      if found[recording.problem.id] == nil { order.append(recording.problem.id) }
      found[recording.problem.id] = recording
    }
    return order.compactMap { found[$0] }
  }
}

extension Recording {
  /// The recording as it stands in a file, with its line end.
  public func encoded() -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let json = try? encoder.encode(self) else {
      preconditionFailure("a recording always has a JSON form")
    }
    return Array(json) + [UInt8(ascii: "\n")]
  }
}

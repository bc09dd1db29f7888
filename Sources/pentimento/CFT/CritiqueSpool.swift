import FoundationEssentials
import Tutoring

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The accepted drafts of a build on disk, until it is known which of them are wanted.
final class CritiqueSpool {
  private let file: GrowingFile
  private let layout: CritiqueLayout
  private var places: [Range<Int>] = []
  private var seen: Set<UInt64> = []
  private(set) var selection: CritiqueSelection
  private(set) var account = CritiqueAccount()

  init(path: String, layout: CritiqueLayout, seed: Int) throws(Failure) {
    file = try GrowingFile(path: path)
    self.layout = layout
    selection = CritiqueSelection(seed: seed)
  }

  func take(_ outcome: CritiqueBuilder.Outcome) throws(Failure) {
    switch outcome {
    case .refused(let refusal): account.count(refusal)
    case .draft(let draft):
      guard seen.insert(draft.fingerprint).inserted else { return account.count(.repeated) }
      account.count(draft)
      let start = file.count
      // Neither text has a line end or a tab: JSON writes them as escapes.
      try file.append("\(layout.encoded(draft.record))\t\(draft.sourceLine)")
      places.append(start..<file.count)
      selection.offer(id: draft.id, isRight: draft.isRight)
    }
  }

  /// A draft as its record and the line about where it comes from.
  func draft(_ place: Int) throws(Failure) -> (record: String, source: String) {
    let bytes = try file.read(places[place])
    let tab = bytes.firstIndex(of: UInt8(ascii: "\t")) ?? bytes.endIndex
    return (
      String(decoding: bytes[..<tab], as: UTF8.self),
      String(decoding: bytes[tab...].dropFirst(), as: UTF8.self)
    )
  }

  func remove() { unlink(file.path) }
}

extension CritiqueDraft {
  private struct Source: Encodable {
    let id: String
    let kind: String
    let verdict: String
    let voucher: String

    enum CodingKeys: String, CodingKey {
      case id, kind, verdict
      case voucher = "verdict_source"
    }
  }

  /// Where the record comes from, as one JSON object.
  var sourceLine: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let source = Source(
      id: id, kind: kind, verdict: isRight ? "right" : "wrong", voucher: self.source.rawValue
    )
    guard let json = try? encoder.encode(source) else {
      preconditionFailure("a source always has a JSON form")
    }
    return String(decoding: json, as: UTF8.self)
  }
}

import FoundationEssentials

// Full-text search in saved sessions: a session is found if each phrase stands somewhere in what
// was posed, worked, said of it or answered, whatever the case of its letters. Exchanges are left
// out: their requests are the prompts' own words, and their replies stand in the lines that follow.

/// A search for phrases in transcripts.
public struct TranscriptSearch: Sendable {
  /// Where the first phrase was found.
  public struct Match: Hashable, Sendable {
    /// The words around it on one line, and the phrase between them as it stands there.
    public var before: String
    public var phrase: String
    public var after: String
  }

  private let phrases: [String]
  /// What a line must hold for a phrase to be in it, in small letters; `nil` if its bytes don't
  /// tell.
  private let signs: [[UInt8]?]

  /// - Parameter phrases: All of them must be found; at least one, none empty.
  public init(_ phrases: [String]) {
    self.phrases = phrases.map { $0.collapsed().lowercased() }
    signs = self.phrases.map(Self.sign)
  }

  /// Searches one file, keeping one line of it at a time.
  ///
  /// - Returns: `nil` unless every phrase was found.
  public func match(in file: String) throws(TranscriptError) -> Match? {
    var missing = Set(phrases.indices)
    var match: Match?
    do throws(FileLines.Fault) {
      let lines = try FileLines(file)
      while !missing.isEmpty, let row = try lines.next() {
        if LineKind(of: row.bytes)?.isPassedOver(by: Self.searched) == true { continue }
        let possible = missing.filter { index in
          signs[index].map { row.bytes.holdsIgnoringCase($0) } ?? true
        }
        if possible.isEmpty { continue }
        guard let line = try? JSONDecoder().decode(Line.self, from: Data(row.bytes)) else {
          continue
        }
        for text in line.event.texts {
          let text = text.collapsed()
          for index in possible where missing.contains(index) {
            guard let found = Match(of: phrases[index], in: text) else { continue }
            missing.remove(index)
            if index == 0 || match == nil { match = found }
          }
        }
      }
    } catch {
      throw TranscriptError(error, in: file)
    }
    return missing.isEmpty ? match : nil
  }

  private static let searched: [LineKind] = [
    .session, .problem, .checked, .critique, .verdict, .failed, .note,
  ]

  /// The longest word of a phrase that JSON writes as it is.
  private static func sign(_ phrase: String) -> [UInt8]? {
    let words = phrase.split { !$0.isASCII || $0 == " " || $0 == "\\" || $0 == "\"" || $0 == "/" }
    return words.max { $0.utf8.count < $1.utf8.count }.map { Array($0.utf8) }
  }
}

extension TranscriptSearch.Match {
  /// Finds a phrase in small letters in a text of single blanks.
  fileprivate init?(of phrase: String, in text: String) {
    let lowered = text.lowercased()
    guard let start = lowered.firstStart(of: phrase) else { return nil }
    // Small letters may take another number of characters than great ones, seldom enough.
    let offset = lowered.distance(from: lowered.startIndex, to: start)
    let characters = Array(text)
    let from = min(offset, characters.count)
    let to = min(from + phrase.count, characters.count)
    let left = max(0, from - 30)
    let right = min(characters.count, to + 60)
    before = (left > 0 ? "…" : "") + String(characters[left..<from])
    self.phrase = String(characters[from..<to])
    after = String(characters[to..<right]) + (right < characters.count ? "…" : "")
  }
}

extension Event {
  /// The words of the event that a search looks through.
  fileprivate var texts: [String] {
    switch self {
    case .session(let header): [header.provenance].compactMap(\.self)
    case .resumed, .exchange, .decided: []
    case .problem(let posed): [posed.problem.statement, posed.working].compactMap(\.self)
    case .checked(let checked): [checked.candidate.text]
    case .critiqued(_, let critique): [critique.text]
    case .verdict(let verdict, _): [verdict.answer].compactMap(\.self) + [verdict.voucher]
    case .failed(let text), .note(let text): [text]
    }
  }
}

extension UnsafeRawBufferPointer {
  /// Whether the bytes hold others, which are in small letters, in any case of ASCII letters.
  fileprivate func holdsIgnoringCase(_ wanted: [UInt8]) -> Bool {
    guard let first = wanted.first, count >= wanted.count else { return false }
    let upper = first >= 0x61 && first <= 0x7A ? first - 0x20 : first
    for at in 0...(count - wanted.count) {
      let byte = self[at]
      if byte != first && byte != upper { continue }
      var length = 1
      while length < wanted.count {
        let byte = self[at + length]
        let lower = byte >= 0x41 && byte <= 0x5A ? byte + 0x20 : byte
        if lower != wanted[length] { break }
        length += 1
      }
      if length == wanted.count { return true }
    }
    return false
  }
}

// Whether a problem to train on is a problem of a benchmark. Texts are compared as their words, in
// small letters and without punctuation: two problems match if all words are the same, or if they
// share a run of 13 words, the measure that GPT-3's authors used (arXiv 2005.14165, appendix C).

/// The problems of benchmarks, to be compared with.
public struct Benchmarks: Sendable {
  /// Words in a row that no two different problems share by chance.
  public static let gram = 13

  /// A problem that matches one of a benchmark.
  public struct Match: Hashable, Sendable {
    /// Whose problem it is that must not be trained on.
    public var row: String
    /// The benchmark's row.
    public var benchmark: String
    /// Whether all words are the same; otherwise 13 in a row are.
    public var isWhole: Bool
  }

  private var names: [String] = []
  private var wholes: [UInt64: Int32] = [:]
  private var grams: [UInt64: Int32] = [:]

  public init() {}

  public var isEmpty: Bool { names.isEmpty }

  public mutating func add(_ statement: String, id: String) {
    let words = Words.fingerprints(of: statement)
    let number = Int32(names.count)
    names.append(id)
    wholes[WordHash.joined(words)] = number
    for gram in Self.grams(of: words) { grams[gram] = number }
  }

  /// The row of a benchmark that a problem matches, or `nil`.
  public func match(_ statement: String, id: String) -> Match? {
    let words = Words.fingerprints(of: statement)
    if let row = wholes[WordHash.joined(words)] {
      return Match(row: id, benchmark: names[Int(row)], isWhole: true)
    }
    for gram in Self.grams(of: words) {
      if let row = grams[gram] {
        return Match(row: id, benchmark: names[Int(row)], isWhole: false)
      }
    }
    return nil
  }

  private static func grams(of words: [UInt64]) -> [UInt64] {
    guard words.count >= gram else { return [] }
    return (0...(words.count - gram)).map { WordHash.joined(words[$0..<($0 + gram)]) }
  }
}

extension EvaluationItem {
  /// Equal for problems that have the same words.
  public var fingerprint: UInt64 { Words.fingerprint(of: statement) }
}

/// A text as its words.
enum Words {
  /// One hash a word: letters and digits in small letters, whatever stands between them.
  static func fingerprints(of text: String) -> [UInt64] {
    var words: [UInt64] = []
    var word: [UInt8] = []
    let bytes = Array(text.utf8)
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      switch byte {
      case 0x30...0x39, 0x61...0x7A: word.append(byte)
      case 0x41...0x5A: word.append(byte | 0x20)
      // Typographic quotation marks, dashes and spaces: U+2000...U+203F; U+00A0...U+00BF.
      case 0xE2 where index + 2 < bytes.count && bytes[index + 1] == 0x80:
        end(&word, &words)
        index += 2
      case 0xC2:
        end(&word, &words)
        index += 1
      case 0x80...: word.append(byte)
      default: end(&word, &words)
      }
      index += 1
    }
    end(&word, &words)
    return words
  }

  /// One hash of the whole text.
  static func fingerprint(of text: String) -> UInt64 { WordHash.joined(fingerprints(of: text)) }

  private static func end(_ word: inout [UInt8], _ words: inout [UInt64]) {
    guard !word.isEmpty else { return }
    words.append(WordHash.of(word))
    word.removeAll(keepingCapacity: true)
  }
}

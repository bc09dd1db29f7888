/// What a line starts with.
extension BlockScanner {
  /// A line's indentation in columns and the rest, without blanks at its end.
  static func split(_ line: ArraySlice<UInt8>) -> (indent: Int, body: ArraySlice<UInt8>) {
    var indent = 0
    var start = line.startIndex
    while start < line.endIndex {
      if line[start] == 0x20 {
        indent += 1
      } else if line[start] == 0x09 {
        indent += 4 - indent % 4
      } else {
        break
      }
      start += 1
    }
    var end = line.endIndex
    while end > start, [0x20, 0x09, 0x0D].contains(line[end - 1]) { end -= 1 }
    return (indent, line[start..<end])
  }

  static func has(_ bytes: ArraySlice<UInt8>, _ word: String) -> Bool {
    bytes.starts(with: word.utf8)
  }

  static func contains(_ bytes: ArraySlice<UInt8>, _ word: String) -> Bool {
    bytes.indices.contains { bytes[$0...].starts(with: word.utf8) }
  }

  /// The length of a code fence, or `nil`.
  static func fence(_ body: ArraySlice<UInt8>) -> Int? {
    guard let mark = body.first, mark == UInt8(ascii: "`") || mark == UInt8(ascii: "~") else {
      return nil
    }
    let length = body.prefix { $0 == mark }.count
    guard length >= 3, !body.dropFirst(length).contains(UInt8(ascii: "`")) else { return nil }
    return length
  }

  /// The level of a heading, or `nil`.
  static func heading(_ body: ArraySlice<UInt8>) -> Int? {
    let level = body.prefix(7).prefix { $0 == UInt8(ascii: "#") }.count
    guard (1...6).contains(level) else { return nil }
    let next = body.dropFirst(level).first
    return next == 0x20 || next == 0x09 ? level : nil
  }

  /// A heading's words, without blanks and closing number signs.
  static func headingWords(_ rest: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var words = rest.drop { $0 == 0x20 || $0 == 0x09 }
    let hashes = words.reversed().prefix { $0 == UInt8(ascii: "#") }.count
    if hashes > 0, hashes < words.count, words[words.endIndex - hashes - 1] == 0x20 {
      words = words.dropLast(hashes)
    }
    while words.last == 0x20 { words = words.dropLast() }
    return words
  }

  static func isRule(_ body: ArraySlice<UInt8>) -> Bool {
    guard let mark = body.first,
      mark == UInt8(ascii: "-") || mark == UInt8(ascii: "*") || mark == UInt8(ascii: "_")
    else { return false }
    var count = 0
    for byte in body {
      if byte == mark { count += 1 } else if byte != 0x20 { return false }
    }
    return count >= 3
  }

  /// A list item's marker, such as `-` or `12.`, or `nil`.
  static func marker(_ body: ArraySlice<UInt8>) -> String? {
    guard let first = body.first else { return nil }
    var length = 0
    if first == UInt8(ascii: "-") || first == UInt8(ascii: "*") || first == UInt8(ascii: "+") {
      length = 1
    } else {
      let digits = body.prefix(10).prefix { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }.count
      guard (1...9).contains(digits) else { return nil }
      let sign = body.dropFirst(digits).first
      guard sign == UInt8(ascii: ".") || sign == UInt8(ascii: ")") else { return nil }
      length = digits + 1
    }
    let next = body.dropFirst(length).first
    guard next == 0x20 || next == 0x09 else { return nil }
    return String(decoding: body.prefix(length), as: UTF8.self)
  }

  /// Whether the line parts a table's head from its rows: `|---|:--:|`.
  static func isDelimiterRow(_ body: ArraySlice<UInt8>) -> Bool {
    body.contains(UInt8(ascii: "-"))
      && body.allSatisfy {
        $0 == UInt8(ascii: "|") || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ":")
          || $0 == 0x20 || $0 == 0x09
      }
  }
}

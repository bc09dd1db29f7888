import Testing

@testable import Endpoint

/// The data of all events in a stream that comes in the given pieces; errors are marked with "!".
private func events(_ pieces: [[UInt8]], cap: Int = 1 << 20) throws -> [String] {
  var splitter = EventSplitter(cap: cap)
  var found: [String] = []
  for piece in pieces {
    try piece.withUnsafeBytes { piece in
      try splitter.take(piece) { event in
        found.append((event.isError ? "!" : "") + String(decoding: event.data, as: UTF8.self))
        return true
      }
    }
  }
  splitter.finish { event in
    found.append((event.isError ? "!" : "") + String(decoding: event.data, as: UTF8.self))
    return true
  }
  return found
}

private let streams: [(stream: String, events: [String])] = [
  ("data: a\n\ndata: b\n\n", ["a", "b"]),
  ("data: a\r\n\r\ndata: b\r\n\r\n", ["a", "b"]),
  ("data: a\n\r\ndata: b\r\n\n", ["a", "b"]),
  ("data:a\n\n", ["a"]),
  ("data:  a \n\n", [" a "]),
  ("data: a\ndata: b\n\n", ["a\nb"]),
  ("data\n\n", [""]),
  ("data: a\ndata\n\n", ["a\n"]),
  (": keep-alive\n\ndata: a\n\n: end\n", ["a"]),
  ("id: 7\nevent: message\nretry: 10\ndata: a\n\n", ["a"]),
  ("event: error\ndata: a\n\ndata: b\n\n", ["!a", "b"]),
  ("data: a\nevent: error\n\ndata: b\n\n", ["!a", "b"]),
  ("error: a\n\n", ["!a"]),
  ("database: a\nno colon\n\n", []),
  ("\u{FEFF}data: a\n\n", ["a"]),
  ("data: π≈3.14 √2 😀\n\n", ["π≈3.14 √2 😀"]),
  ("data: whole but for its empty line\n", ["whole but for its empty line"]),
  ("data: unfinished", []),
  ("data: [DONE]", ["[DONE]"]),
  ("\n\n\n", []),
  ("", []),
]

@Test(arguments: streams)
func `events are what is between empty lines`(stream: String, expected: [String]) throws {
  #expect(try events([Array(stream.utf8)]) == expected)
}

@Test(arguments: streams)
func `a stream may be cut anywhere`(stream: String, expected: [String]) throws {
  let bytes = Array(stream.utf8)
  #expect(try events(bytes.map { [$0] }) == expected)
  for first in 0...bytes.count {
    #expect(try events([Array(bytes[..<first]), Array(bytes[first...])]) == expected)
  }
}

@Test func `a long stream of many events comes out whole`() throws {
  let expected = (0..<5000).map { "event \($0) " + String(repeating: "x", count: $0 % 97) }
  let stream = Array(expected.map { "data: \($0)\n\n" }.joined().utf8)
  let pieces = stride(from: 0, to: stream.count, by: 4093).map {
    Array(stream[$0..<min($0 + 4093, stream.count)])
  }
  #expect(try events(pieces) == expected)
}

@Test(arguments: [
  "data: " + String(repeating: "x", count: 101),
  "data: " + String(repeating: "x", count: 101) + "\n\n",
  String(repeating: "data: 0123456789\n", count: 11),
  ": " + String(repeating: "c", count: 200),
  ": " + String(repeating: "c", count: 200) + "\n\n",
  "data: " + String(repeating: "x", count: 95) + "\n\n",
])
func `an event over the cap is refused`(stream: String) throws {
  #expect(throws: EventSplitter.Fault.tooLong(cap: 100)) {
    try events(stream.utf8.map { [$0] }, cap: 100)
  }
  #expect(throws: EventSplitter.Fault.tooLong(cap: 100)) {
    try events([Array(stream.utf8)], cap: 100)
  }
}

@Test func `the reader can stop`() throws {
  var splitter = EventSplitter()
  var found: [String] = []
  try Array("data: a\n\ndata: b\n\n".utf8).withUnsafeBytes { piece in
    try splitter.take(piece) { event in
      found.append(String(decoding: event.data, as: UTF8.self))
      return false
    }
  }
  #expect(found == ["a"])
}

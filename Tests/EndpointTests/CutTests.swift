// However the network cuts a body, the same is read from it.

import Testing
import Tutoring

@testable import Endpoint

/// What is read of a body that comes in pieces: the text, or why there is none.
private func read(_ pieces: [[UInt8]], type: String, cap: Int) -> String {
  let head = HTTPHead(status: 200, headers: type.isEmpty ? [:] : ["content-type": type])
  var reading = ReplyReading(head, cap: cap, masking: Masking([])) { 0 }
  for piece in pieces where !reading.take(piece, unless: { false }, { _ in }) { break }
  reading = reading.finished { _ in }
  return reading.fault.map { "fault: \($0)" } ?? reading.reply.text
}

private let json = #"{"choices":[{"index":0,"message":{"content":"6"},"finish_reason":"stop"}]}"#

@Test(arguments: [
  ("", "\n  " + json, 200, "6"), ("", json, 200, "6"),
  ("", "\r\n<html>busy</html>", 200, "fault: not chat completions but: busy"),
  ("", "\n\n\ndata: \(json)\n\n", 200, "6"), ("", "  \n", 200, ""),
  ("", String(repeating: " ", count: 41) + "2", 40, "fault: the reply is longer than 40 bytes"),
  ("application/json", json, 40, "fault: the reply is longer than 40 bytes"),
  ("", json, 40, "fault: the reply is longer than 40 bytes"),
  ("text/event-stream", "data: \(json)\n\n", 40, "fault: one event is longer than 40 bytes"),
  ("text/event-stream", ": \(json)\n\n", 40, "fault: one event is longer than 40 bytes"),
])
func `a body may be cut anywhere`(type: String, body: String, cap: Int, expected: String) {
  let bytes = Array(body.utf8)
  #expect(read([bytes], type: type, cap: cap) == expected)
  #expect(read(bytes.map { [$0] }, type: type, cap: cap) == expected)
  for cut in 0...bytes.count {
    let pieces = [Array(bytes[..<cut]), Array(bytes[cut...])]
    #expect(read(pieces, type: type, cap: cap) == expected, "cut at \(cut)")
  }
}

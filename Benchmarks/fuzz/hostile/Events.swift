// Replies as servers stream them: however the bytes are cut, the events, the text and the fault are
// the same, and no key that the server knows comes back.
//
// The first byte is the kind of body and the cap on an event, the second says where to cut.

import Tutoring

@testable import Endpoint

private let key = "sk-1a2b3c4d5e"
private let masking = Masking([Secret(key)].compactMap(\.self))
private let kinds = ["text/event-stream", "application/json", "text/html; charset=utf-8", ""]

@Sendable func fuzzEvents(_ input: [UInt8]) {
  guard input.count > 2 else { return }
  let body = Array(input[2...])
  let cap = input[0] & 4 == 0 ? 1 << 20 : 48
  let cuts = pieces(of: body, by: input[1])
  let split = cuts.map { Split($0, cap: cap) }
  expect(split.allSatisfy { $0 == split[0] }, "the same events, however they are cut")
  let kind = kinds[Int(input[0]) % 4]
  let read = cuts.map { Reading($0, kind: kind, cap: cap) }
  expect(read.allSatisfy { $0 == read[0] }, "the same reply, however it is cut")
  read[0].expectSound()
  expectSoundFault(body)
}

/// What the splitter made of some pieces.
private struct Split: Equatable {
  var events: [[UInt8]] = []
  var isTooLong = false

  init(_ pieces: [ArraySlice<UInt8>], cap: Int) {
    var splitter = EventSplitter(cap: cap)
    var found: [[UInt8]] = []
    func take(_ event: EventSplitter.Event) -> Bool {
      found.append([event.isError ? 1 : 0] + event.data)
      return true
    }
    do {
      for piece in pieces {
        try piece.withUnsafeBytes { try splitter.take($0, take) }
      }
      splitter.finish(take)
    } catch {
      isTooLong = true
    }
    events = found
    expect(events.allSatisfy { $0.count <= cap + 1 + pieces.count }, "no event over the cap")
  }
}

/// What the reader of replies made of some pieces.
private struct Reading: Equatable {
  var reply: Reply
  var finish: Finish?
  var fault: String?
  var hasChunk: Bool
  var isError: Bool
  /// What a person saw.
  var text = ""
  var reasoning = ""

  init(_ pieces: [ArraySlice<UInt8>], kind: String, cap: Int) {
    let head = HTTPHead(status: 200, headers: ["content-type": kind])
    var reading = ReplyReading(head, cap: cap, masking: masking) { 0 }
    var (seen, thought) = ("", "")
    func take(_ part: ReplyPart) {
      switch part {
      case .text(let text): seen += text
      case .reasoning(let text): thought += text
      case .waiting: break
      }
    }
    for piece in pieces where !reading.take(Array(piece), unless: { false }, take) { break }
    reading = reading.finished(take)
    reply = reading.whole(reading.reply.finish ?? .cut, fault: reading.fault)
    finish = reading.reply.finish
    fault = reading.fault
    hasChunk = reading.reply.hasChunk
    isError = reading.reply.fault != nil
    (text, reasoning) = (seen, thought)
  }

  func expectSound() {
    expect(text == reply.text && reasoning == reply.reasoning, "what was shown is what is kept")
    for words in [reply.text, reply.reasoning, fault ?? ""] + reply.logprobs.map(\.token) {
      expect(!words.contains(key), "no key comes back")
    }
    for count in [reply.promptTokens, reply.completionTokens] {
      expect(count ?? 0 >= 0 && count ?? 0 <= 1_000_000_000, "no absurd count")
    }
    expect(!isError || finish == nil || fault != nil, "an error is told")
  }
}

/// The same bytes as the body of a refusal, and as a header.
private func expectSoundFault(_ body: [UInt8]) {
  let fault = ServerFault(reading: body)
  let told = masking.masked(fault.message)
  expect(!told.contains(key) && !told.hasSuffix("\(key.prefix(8))…"), "no key in what is told")
  for status in [301, 400, 401, 429, 503] {
    let refusal = Refusal(
      status: status, fault: fault, url: "http://localhost/v1", options: ["seed", "logprobs"])
    let words = refusal.error.description.count
    expect(words > 0 && words <= ServerFault.longestMessage + 300, "a refusal has words, but few")
  }
  let header = String(decoding: body.prefix(64), as: UTF8.self)
  if let seconds = retryAfter(header, now: 1_700_000_000) {
    expect(seconds >= 0, "a server's wait is no step back")
  }
}

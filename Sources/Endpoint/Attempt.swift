// One try: send, read the head, read the stream to its end, and say what it came to. After the
// first token every fault is a reply that broke off; before it, a refusal that may be tried again.

import FoundationEssentials
import Tutoring

extension ChatCompletions {
  /// Sends a request once.
  func attemptReply(
    _ ask: Ask, _ milliseconds: @escaping () -> Int, _ onPart: (ReplyPart) -> Void
  ) async -> Outcome {
    let transfer = wire.begin(ask.http)
    switch await wire.next(of: transfer) {
    case .bytes:
      // A body cannot come before its head.
      wire.cancel(transfer)
      return .refusal(Refusal(.unreadable(url: url, reason: "a body without a status")))
    case .end(.complete):
      let error = ModelError.unreachable(url: url, reason: "the connection closed within the head")
      return .refusal(Refusal(error, isPassing: true))
    case .end(let end):
      return outcome(of: end, nil, ask)
    case .head(let head) where head.status != 200:
      return await refused(head, transfer, ask)
    case .head(let head):
      var reading = ReplyReading(
        head, cap: settings.caps.event, masking: ask.masking, milliseconds: milliseconds)
      while true {
        switch await wire.next(of: transfer) {
        case .head: continue
        case .bytes(let bytes):
          if reading.take(bytes, unless: { transfer.isDropped }, onPart) { continue }
          let finished = reading.finished(onPart)
          if finished.reply.finish == nil { wire.cancel(transfer) } else { wire.release(transfer) }
          return outcome(of: .complete, finished, ask)
        case .end(let end):
          return outcome(of: end, reading.finished(onPart), ask)
        }
      }
    }
  }

  /// Reads the body of a reply that is not a 200, and says what it means.
  private func refused(_ head: HTTPHead, _ transfer: Transfer, _ ask: Ask) async -> Outcome {
    var body: [UInt8] = []
    reading: while body.count < 64 << 10 {
      switch await wire.next(of: transfer) {
      case .head: continue
      case .bytes(let bytes): body += bytes
      case .end(.cancelled): return .reply(Reply(text: "", finish: .interrupted))
      case .end: break reading
      }
    }
    wire.cancel(transfer)
    var fault = ServerFault(reading: body)
    if (300..<400) ~= head.status, let place = head.headers["location"] {
      fault.message = "moved to \(place)"
    }
    fault.message = ask.masking.masked(fault.message)
    let asked = head.headers["retry-after"].flatMap { retryAfter($0, now: timing.date()) }
    return .refusal(
      Refusal(status: head.status, fault: fault, url: url, options: ask.options, asked: asked))
  }

  /// What a transfer's end means for the reply read from it, if its head said 200.
  private func outcome(of end: TransferEnd, _ reading: ReplyReading?, _ ask: Ask) -> Outcome {
    if let reading {
      if end == .cancelled, reading.reply.finish == nil {
        return .reply(reading.whole(.interrupted))
      }
      if let finish = reading.reply.finish { return .reply(reading.whole(finish)) }
      if reading.reply.hasToken {
        return .reply(reading.whole(.cut, fault: reading.fault ?? words(for: end)))
      }
      if let fault = reading.reply.fault {
        let status = fault.code.flatMap { Int($0) } ?? 200
        return .refusal(Refusal(status: status, fault: fault, url: url, options: ask.options))
      }
      if let reason = reading.fault {
        return .refusal(Refusal(.unreadable(url: url, reason: reason)))
      }
      if end == .complete, reading.reply.hasChunk {
        return .reply(reading.whole(.cut, fault: words(for: end)))
      }
    }
    switch end {
    case .cancelled:
      return .reply(Reply(text: "", finish: .interrupted))
    case .complete:
      return .refusal(Refusal(.unreadable(url: url, reason: "the reply is empty")))
    case .overCap:
      return .refusal(Refusal(.unreadable(url: url, reason: words(for: end))))
    case .timedOut(let phase, let seconds):
      let error = ModelError.timedOut(url: url, phase: phase, seconds: seconds)
      return .refusal(Refusal(error, isPassing: phase == "connect"))
    case .failed(60, _):
      return .refusal(Refusal(.unreachable(url: url, reason: ModelError.untrusted)))
    case .failed(35, _):
      return .refusal(Refusal(.unreachable(url: url, reason: ModelError.noTLS), isPassing: true))
    // Something answered: no HTTP at all, a head that is none, an encoding that nobody knows.
    case .failed(let code, let reason) where [1, 8, 61].contains(code):
      return .refusal(Refusal(.unreadable(url: url, reason: reason.lowercasedStart)))
    case .failed(let code, let reason):
      let isPassing = [6, 7, 16, 18, 52, 55, 56, 92].contains(code)
      return .refusal(Refusal(.unreachable(url: url, reason: reason), isPassing: isPassing))
    }
  }

  /// Why a reply broke off.
  private func words(for end: TransferEnd) -> String {
    switch end {
    case .complete: "the stream ended without saying that the reply is complete"
    case .failed(_, let reason): reason
    case .timedOut("idle", let seconds): "no byte came for \(seconds.inWords)"
    case .timedOut(_, let seconds): "it was not complete after \(seconds.inWords)"
    case .overCap: "the reply is longer than \(settings.caps.body) bytes"
    case .cancelled: "interrupted"
    }
  }
}

/// Reads the body of a 200: a stream of events, or one JSON object from a server that cannot
/// stream.
struct ReplyReading {
  private(set) var reply: StreamedReply
  private(set) var firstTokenMilliseconds: Int?
  /// Why it cannot be read on, if so.
  private(set) var fault: String?

  private var kind: Kind
  private var splitter: EventSplitter
  private var whole: [UInt8] = []
  private let cap: Int
  private let milliseconds: () -> Int

  /// Bytes that are read before a cancellation is noticed: about a millisecond's JSON.
  private static let slice = 16 << 10

  private enum Kind {
    case events, json, html, unknown
  }

  init(_ head: HTTPHead, cap: Int, masking: Masking, milliseconds: @escaping () -> Int) {
    reply = StreamedReply(masking: masking)
    splitter = EventSplitter(cap: cap)
    self.cap = cap
    self.milliseconds = milliseconds
    let type = (head.headers["content-type"] ?? "").lowercased()
    kind =
      if type.hasPrefix("text/event-stream") {
        .events
      } else if type.hasPrefix("application/json") {
        .json
      } else if type.hasPrefix("text/html") {
        .html
      } else { .unknown }
  }

  /// Takes the next piece of the body.
  ///
  /// - Parameter isDropped: Whether nobody wants the rest of the piece any more.
  /// - Returns: Whether more is wanted.
  mutating func take(
    _ bytes: [UInt8], unless isDropped: () -> Bool, _ onPart: (ReplyPart) -> Void
  ) -> Bool {
    var bytes = bytes
    if kind == .unknown {
      // The first piece may be blank, and what follows it tells.
      bytes = whole + bytes
      whole = []
      kind = Self.kind(of: bytes.prefix(cap + 1))
    }
    guard kind == .events else {
      whole += bytes
      if whole.count > cap { fault = "the reply is longer than \(cap) bytes" }
      return fault == nil
    }
    var rest = bytes[...]
    var goesOn = true
    // In slices, so that a cancelled task does not first read a whole mailbox; the wire then tells.
    while goesOn, !rest.isEmpty, !Task.isCancelled, !isDropped() {
      do {
        goesOn = try Self.split(rest.prefix(Self.slice), &splitter, &reply, onPart)
      } catch {
        fault = "one event is longer than \(cap) bytes"
        return false
      }
      rest = rest.dropFirst(Self.slice)
      noteToken()
    }
    if !goesOn { fault = reply.unreadable ?? reply.fault?.message }
    return goesOn
  }

  private static func split(
    _ bytes: ArraySlice<UInt8>, _ splitter: inout EventSplitter, _ reply: inout StreamedReply,
    _ onPart: (ReplyPart) -> Void
  ) throws -> Bool {
    var goesOn = true
    try bytes.withUnsafeBytes { bytes in
      try splitter.take(bytes) { event in
        goesOn = reply.take(event, onPart)
        return goesOn
      }
    }
    return goesOn
  }

  private static func splitRest(
    _ splitter: inout EventSplitter, _ reply: inout StreamedReply, _ onPart: (ReplyPart) -> Void
  ) {
    splitter.finish { reply.take($0, onPart) }
  }

  /// What an unlabelled body begins like.
  private static func kind(of bytes: ArraySlice<UInt8>) -> Kind {
    switch bytes.first(where: { $0 > 0x20 }) {
    case UInt8(ascii: "{"), UInt8(ascii: "["): .json
    case UInt8(ascii: "<"): .html
    case nil: .unknown
    default: .events
    }
  }

  private mutating func noteToken() {
    if firstTokenMilliseconds == nil, reply.hasToken { firstTokenMilliseconds = milliseconds() }
  }

  /// Reads what only makes sense as a whole, at the end of the body.
  func finished(_ onPart: (ReplyPart) -> Void) -> ReplyReading {
    var finished = self
    finished.readRest(onPart)
    finished.reply.flush(onPart)
    finished.noteToken()
    return finished
  }

  private mutating func readRest(_ onPart: (ReplyPart) -> Void) {
    guard fault == nil else { return }
    if kind == .events {
      Self.splitRest(&splitter, &reply, onPart)
      fault = reply.unreadable ?? reply.fault?.message
    }
    // What is still unknown at the end is blank.
    guard kind == .json || kind == .html, !whole.isEmpty else { return }
    if kind == .json, let chunk = try? JSONDecoder().decode(Chunk.self, from: Data(whole)),
      chunk.isChunk
    {
      _ = reply.take(chunk, onPart)
      fault = reply.unreadable ?? reply.fault?.message
    } else {
      fault = "not chat completions but: " + reply.masked(ServerFault(reading: whole).message).cut
    }
    whole = []
  }

  /// The reply as a value.
  func whole(_ finish: Finish, fault: String? = nil) -> Reply {
    Reply(
      text: reply.text, reasoning: reply.reasoning, finish: finish,
      fault: fault, promptTokens: reply.promptTokens, completionTokens: reply.completionTokens,
      firstTokenMilliseconds: firstTokenMilliseconds, logprobs: reply.logprobs)
  }
}

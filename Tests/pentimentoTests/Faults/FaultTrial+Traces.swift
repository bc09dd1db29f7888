import FoundationEssentials
import LoopbackServer
import Tutoring
import Typeset

@testable import pentimento

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

// What must be in the files of a run, and what must be nowhere.

extension FaultTrial {
  // MARK: - Transcript

  /// - Parameter problems: How many it holds.
  func lookAtTranscript(problems: Int) async throws {
    let path = try program.transcriptPath
    let transcript = try Transcript(file: path)
    await look(at: transcript, problems: problems)
    guard cell.fault.kind == .escape else { return }
    let replay = try await program.run(["replay", path], patience: Self.watchdog)
    demand(replay.status == 0, "replay ends with \(replay.status): \(replay.complaints)")
    for text in [replay.output, replay.complaints] {
      if let found = text.firstControl { broken.append("control character \(found) in a replay") }
    }
  }

  func look(at transcript: Transcript, problems: Int) async {
    demand(transcript.remarks.isEmpty, "the transcript has remarks: \(transcript.remarks)")
    let all = transcript.problems
    guard all.count == problems, let first = all.first, let last = all.last else {
      return demand(false, "\(all.count) problems in the transcript")
    }
    look(at: first.map(\.event))
    if problems == 2 {
      demand(last.contains { $0.event.isAccepted("15") }, "no verdict on the second problem")
    }
    guard let prompts = try? Prompts.builtin() else { return demand(false, "no prompts") }
    let report = await transcript.verify(prompts: prompts)
    demand(report.differences.isEmpty, "replayed it differs: \(report.differences)")
  }

  /// Looks at the first problem: all that was there before the fault, and the fault.
  private func look(at events: [Event]) {
    var exchanges = events.compactMap { event -> Exchange? in
      if case .exchange(let exchange) = event { exchange } else { nil }
    }
    for phase in cell.phase.before {
      guard !exchanges.isEmpty else { return demand(false, "no exchange of \(phase)") }
      let exchange = exchanges.removeFirst()
      let text = sound(phase)
      demand(
        exchange.phase.rawValue == phase.rawValue && exchange.reply.finish == .stop
          && exchange.reply.text == text, "before the fault: \(exchange.phase), \(exchange.reply)")
    }
    if case .error = cell.fault.outcome {
      demand(
        !exchanges.contains { $0.phase.rawValue == cell.phase.rawValue }, "an exchange for an error"
      )
      lookAtFailure(events)
    } else if let exchange = exchanges.first {
      demand(exchange.phase.rawValue == cell.phase.rawValue, "exchange of \(exchange.phase)")
      look(at: exchange.reply)
    } else {
      demand(false, "no exchange of the phase")
    }
  }

  private func lookAtFailure(_ events: [Event]) {
    guard cell.phase != .hint, case .error = cell.fault.outcome else { return }
    let reasons = events.compactMap { if case .failed(let reason) = $0 { reason } else { nil } }
    let said = Typeset.Gate.safe(reasons.joined()).solid
    for words in expected.words {
      demand(said.contains(words.solid), "not in the transcript: \(words)")
    }
  }

  private func look(at reply: Reply) {
    if let heard = cell.fault.heard.part(of: sound(cell.phase)) {
      demand(reply.text == heard, "heard \(reply.text.debugDescription)")
    }
    switch cell.fault.outcome {
    case .broken(let reason):
      let said = Typeset.Gate.safe(reply.fault ?? "").solid
      demand(reply.finish == .cut, "finish \(reply.finish)")
      demand(!said.isEmpty, "the transcript does not say why")
      demand(reason.isEmpty || said.contains(reason.solid), "the transcript says \(said)")
    case .delay: demand(reply.attempts == 2, "\(reply.attempts) tries")
    case .nothing, .empty, .error: demand(reply.finish == .stop, "finish \(reply.finish)")
    }
  }

  private func sound(_ phase: FaultPhase) -> String {
    FaultServer.sound(phase, isFirst: true, isFaulty: cell.phase == .revise)
  }

  // MARK: - Key

  /// The key was sent, and is in no file, nor any ten characters of it.
  func lookForKey() throws {
    let sent = server.server.requests.map { $0.headers["authorization"] }
    demand(sent.allSatisfy { $0 == "Bearer \(Fault.key)" }, "the key was not sent")
    for name in try FileManager.default.subpathsOfDirectory(atPath: program.home.path) {
      let path = "\(program.home.path)/\(name)"
      guard Path.isFile(path) else { continue }
      demandNoKey(in: program.text(of: path), name)
    }
  }

  func demandNoKey(in text: String, _ place: String) {
    let key = Array(Fault.key.utf8)
    for start in 0...(key.count - 10) {
      let part = String(decoding: key[start..<(start + 10)], as: UTF8.self)
      if text.holds(part) { return demand(false, "\"\(part)\" of the key in \(place)") }
    }
  }
}

extension String {
  /// Whether the bytes of `part` stand in it somewhere.
  fileprivate func holds(_ part: String) -> Bool {
    var (text, part) = (self, part)
    return text.withUTF8 { text in part.withUTF8 { text.hold($0) } }
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// Whether the bytes of `part`, at least one, stand in it somewhere.
  fileprivate func hold(_ part: Self) -> Bool {
    guard let start = baseAddress, let word = part.baseAddress, let first = part.first else {
      return false
    }
    var at = 0
    while count - at >= part.count, let found = memchr(start + at, Int32(first), count - at) {
      at = UnsafeRawPointer(found) - UnsafeRawPointer(start)
      if count - at >= part.count, memcmp(found, word, part.count) == 0 { return true }
      at += 1
    }
    return false
  }
}

extension Event {
  fileprivate func isAccepted(_ answer: String) -> Bool {
    if case .verdict(let verdict, _) = self {
      verdict.word == .accepted && verdict.answer == answer
    } else {
      false
    }
  }
}

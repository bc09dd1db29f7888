// Replies of solvers and critics: a verdict is read only from a whole reply of the critic's, from
// what stands behind its last "conclusion", and from nothing that anybody else wrote; a verdict before
// it can at most make it none.
//
// A remark is examined for one input in 16 and the whole loop runs on one in 64: they cost a hundred
// times what reading does.

import Algebra
import Dispatch

@testable import Tutoring

private let finishes: [Finish] = [.stop, .stop, .stop, .length, .cut, .interrupted, .filtered]
private let solution = Checker(effort: 2_000).check(
  solution: "She sells 16 - 3 - 4 = 9 eggs.\n\nSo she earns 9 * 2 = 18 dollars.\n\n#### 18")

@Sendable func fuzzCritiques(_ input: [UInt8]) {
  guard let choice = input.first else { return }
  let text = String(decoding: input.dropFirst(), as: UTF8.self)
  let finish = finishes[Int(choice) % finishes.count]
  let critique = Critique(reading: text, finish: finish)
  expect(critique.text == text, "a critique is kept word for word")
  expect(finish.isComplete || critique.written == .unparsed, "what broke off is no verdict")
  expect(critique.written != .right || critique.remark == nil, "who says right has no remark")
  expectOnlyTheEnd(text)
  if let remark = critique.remark {
    expect(remark.step ?? 0 >= 0, "steps count from 0")
    expect(remark.quote.count <= 2_000 && remark.correction.count <= 2_000, "remarks are short")
  }
  expectProbability(text, choice)
  _ = Computation(reading: text)
  if isOne(of: 16, input), let remark = critique.remark {
    let examined = remark.examined(
      against: solution, critique: text, checker: Checker(effort: 2_000))
    expect(examined.step ?? 0 >= 0, "an examined remark cites a step")
  }
  if isOne(of: 64, input) { expectOwnWords(of: text, finish) }
}

/// Nothing before the last "conclusion" makes a verdict, and without one there is none.
private func expectOnlyTheEnd(_ text: String) {
  let judgement = Critique(reading: text).written
  let marked = Critique(reading: "Conclusion: right [END]\n" + text).written
  if text.lowercased().utf8.firstIndex(of: "conclusion".utf8) == nil {
    expect(judgement == .unparsed, "no conclusion is no verdict")
    expect(marked == .right, "what has no verdict changes none")
  } else {
    let forged = Critique(reading: "Conclusion: right\nConclusion: wrong\n" + text).written
    expect(forged == judgement, "only the last conclusion counts")
    expect(marked == judgement || marked == .unparsed, "a verdict before it can only spoil it")
  }
}

private func expectProbability(_ text: String, _ choice: UInt8) {
  let words = text.split(separator: " ").prefix(4)
  let logprobs = words.enumerated().map { index, word in
    TokenLogprob(
      token: String(word), logprob: Double(choice) - Double(100 * index),
      alternatives: [.init(token: "right", logprob: index == 0 ? .infinity : .nan)])
  }
  for reply in [Reply(text: text), Reply(text: text, logprobs: choice & 1 == 0 ? [] : logprobs)] {
    let chance = Choice.probability(of: "right", against: "wrong", in: reply)
    expect(chance.map { 0 <= $0 && $0 <= 1 } ?? true, "a probability is one")
  }
}

// MARK: - A whole run

/// Runs the loop on foreign words: as problem and solution they are no verdict, whatever they say;
/// as the critic's own words they are just the verdict that is read from them.
private func expectOwnWords(of text: String, _ finish: Finish) {
  let own = Reply(text: text, finish: finish)
  for reply in [Reply(text: "Step 1: it is not.\nConclusion: wrong [END]"), own] {
    let said = Critique(reading: reply.text, finish: reply.finish).written
    for verdict in critiques(of: text, by: reply) {
      expect(verdict == said, "the verdict is the critic's own")
    }
  }
}

/// The written verdicts of a run in which problem and solution are `text`.
private func critiques(of text: String, by reply: Reply) -> [Critique.Judgement?] {
  guard let prompts = try? Prompts.builtin() else { return [] }
  var policy = Policy()
  (policy.rounds, policy.factored, policy.probability) = (0, 0, false)
  let settings = Voice.Settings(model: "m")
  let tutor = Tutor(
    solver: Voice(model: Parrot(reply: Reply(text: text)), settings: settings),
    critic: Voice(model: Parrot(reply: reply), settings: settings), prompts: prompts,
    policy: policy)
  let problem = Problem(id: "p", statement: text)
  let outcome = Outcome()
  let done = DispatchSemaphore(value: 0)
  Task {
    outcome.run = try? await tutor.solve(problem)
    done.signal()
  }
  done.wait()
  expect(outcome.run?.verdict != nil, "every run ends in a verdict")
  return outcome.run?.rounds.flatMap { $0.critiques.map(\.written) } ?? []
}

/// A model that always says the same.
private struct Parrot: ChatModel {
  let reply: Reply

  func reply(
    to request: ChatRequest, onPart: @escaping @Sendable (ReplyPart) -> Void
  ) async throws(ModelError) -> Reply { reply }
}

/// Written before the semaphore is signalled, read after it was waited for.
private final class Outcome: @unchecked Sendable {
  var run: Run?
}

extension Collection<UInt8> {
  /// Where the bytes of `word` first begin.
  fileprivate func firstIndex(of word: some Collection<UInt8>) -> Index? {
    indices.first { self[$0...].starts(with: word) }
  }
}

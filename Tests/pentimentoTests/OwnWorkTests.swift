import LoopbackServer
import Testing

@testable import Tutoring
@testable import pentimento

/// What is told and kept of a learner's own solution: never a verdict of the tutor's.
@Suite struct OwnWorkTests {
  private static let pens = TeachingTests.pens

  @Test func `the checker's part is told where the critic cannot be asked`() async throws {
    let server = LoopbackServer(.page(404, "no model"))
    let program = try Program()
    let run = try await program.run(
      Program.flags(server), input: "/pose \(Self.pens)\n/mine\n3 * 4 = 12\n12 - 5 = 7\n\n/raw\n")
    #expect(
      run.complaints.contains(
        """
        no faulty step was found
        checked: 2 claims hold
        no critic was asked: whether the right numbers were put together is not checked
        """), "\(run.complaints)")
    #expect(run.complaints.contains("pentimento: "))
    #expect(run.complaints.hasSuffix("3 * 4 = 12\n12 - 5 = 7\n"))
    #expect(run.status != 0)
    #expect(program.transcripts[0].contains("own work: not judged"))
  }

  @Test(arguments: [
    ("7", true), ("7.0", true), ("14/2", true), ("700", false), ("0.07", false), ("7.04", false),
  ])
  func `an answer is compared exactly`(answer: String, isEqual: Bool) {
    #expect(Comparison(of: answer, known: "7", reference: nil)?.isEqual == isEqual)
  }

  @Test func `a wrong answer to a variant is never kept as accepted`() async throws {
    let server = LoopbackServer(TeachingTests.solved + [TeachingTests.right])
    let program = try Program()
    let run = try await program.run(
      Program.flags(server) + ["--set", "factored=0"],
      input: "\(Self.pens)\n/similar\n/mine\nThe answer is 1000000.\n\n/stats\n")
    #expect(run.complaints.contains("your answer is not the right one; nothing here shows where"))
    #expect(run.complaints.contains("2 problems: accepted; own work: not the answer\n"))
    #expect(run.status == 1)
    let listed = try await program.run(["sessions"])
    #expect(listed.output.hasSuffix("\taccepted; own work: not the answer\n"))
    let path = try program.transcriptPath
    for form in ["md", "html", "tex"] {
      let page = try await program.run(["export", path, "--to", form])
      #expect(page.output.contains("own work: not the answer"), "\(page.complaints)")
    }
    let shown = try await program.run(["sessions", "show", path])
    #expect(shown.output.contains("own work: not the answer"))
    #expect(shown.output.components("accepted") == 1)
    let verified = try await program.run(["replay", "--verify", path])
    #expect(verified.output.hasSuffix("verified, 0 differ, 0 drifts\n"))
  }

  @Test(arguments: [
    (
      "12 + 5 = 17. The answer is 17.", "the tutor gets another answer (accepted; it may err); ",
      "not the tutor's answer", 1 as Int32
    ),
    (
      "12 - 5 = 7. The answer is 7.0.", "the tutor gets the same answer (accepted; it may err)\n",
      "the tutor's answer", 0
    ),
  ])
  func `a learner's answer is compared with the tutor's, which is not told`(
    step: String, said: String, kept: String, status: Int32
  ) async throws {
    let program = try Program()
    let run = try await program.run(
      Program.flags(LoopbackServer(TeachingTests.solved)) + ["--set", "factored=0"],
      input: "\(Self.pens)\n/critic none\n/mine\n3 * 4 = 12\n\(step)\n\n")
    #expect(run.complaints.contains(said), "\(run.complaints)")
    #expect(program.transcripts[0].contains("own work: \(kept)\""))
    #expect(run.status == status)
  }

  @Test func `a question is open once the learner has the tutor's answer`() async throws {
    let reply = Response.reply("Taking 5 from 12 leaves 7.")
    let server = LoopbackServer(TeachingTests.solved[0], reply)
    let run = try await Program().run(
      Program.flags(server) + ["--set", "factored=0", "--no-critic"],
      input: "/pose \(Self.pens)\n/mine\n3 * 4 = 12\n12 - 5 = 7. The answer is 7.\n\n/ask why?\n")
    #expect(run.complaints.contains("leaves 7."), "\(run.complaints)")
  }

  @Test func `a session that is taken up knows its problem and solution`() async throws {
    let program = try Program()
    _ = try await program.run(
      Program.flags(LoopbackServer(TeachingTests.solved)) + ["--set", "factored=0"],
      input: "\(Self.pens)\n")
    let server = LoopbackServer(.reply("They are taken out."))
    let run = try await program.run(
      ["resume", try program.transcriptPath] + Program.flags(server),
      input: "/ask why subtract?\n/similar\n")
    #expect(run.complaints.contains("They are taken out."), "\(run.complaints)")
    #expect(run.output.contains("A box has "), "\(run.output)")
    #expect(server.requests.count == 1)
  }

  @Test(arguments: [
    ("hint, nudge: Look. [draw 2]", "hint, nudge: Look."),
    (
      "hint, concept: Look. [template: 1 of 3 draws would have told too much]",
      "hint, concept: Look."
    ),
    ("hint, next step: Take [3, 4].", "hint, next step: Take [3, 4]."),
    ("asked: what is [draw 2]", "asked: what is [draw 2]"),
  ])
  func `where a hint came from is not shown`(note: String, shown: String) {
    #expect(Event.shown(note: note) == shown)
  }
}

extension String {
  /// How often a word stands in it.
  fileprivate func components(_ word: String) -> Int { split(separator: word).count - 1 }
}

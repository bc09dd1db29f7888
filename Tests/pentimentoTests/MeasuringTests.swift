import LoopbackServer
import Testing

@testable import pentimento

/// The measurements of the tutor, on rows of our own.
@Suite struct MeasuringTests {
  @Test func `leaks are counted before and after the guard, and no problem twice`() async throws {
    let server = LoopbackServer(
      TeachingTests.solved + [
        .reply("Is it 7?"), .reply("What are the rows for?"), .reply("Think of equal groups."),
        .reply("Multiply 3 by 4."), .reply("Work out 3 * 4."), .reply("It is twelve."),
      ])
    let program = try Program()
    let set = try program.home.write(
      #"{"question": "\#(TeachingTests.pens)", "answer": "3*4=<<3*4=12>>12\n#### 7"}"# + "\n",
      to: "set.jsonl")
    let words =
      ["measure", "hints", set, "--out", "\(program.home.path)/hints.jsonl", "--set", "factored=0"]
      + Program.flags(server)
    let run = try await program.run(words)
    #expect(
      run.output == """
        problems 1, with hints 1
        nudge: before the guard 1/1 (100.0 %) leak, 1/1 (100.0 %) show the set's answer; after 0/1 \
        (0.0 %) leak, 0/1 (0.0 %) show the set's answer; 0/1 (0.0 %) templates, 0/1 (0.0 %) \
        withheld, 1/1 (100.0 %) drawn again
        concept: before the guard 0/1 (0.0 %) leak, 0/1 (0.0 %) show the set's answer; after 0/1 \
        (0.0 %) leak, 0/1 (0.0 %) show the set's answer; 0/1 (0.0 %) templates, 0/1 (0.0 %) \
        withheld, 0/1 (0.0 %) drawn again
        next step: before the guard 1/1 (100.0 %) leak, 0/1 (0.0 %) show the set's answer; after \
        0/1 (0.0 %) leak, 0/1 (0.0 %) show the set's answer; 1/1 (100.0 %) templates, 0/1 (0.0 %) \
        withheld, 1/1 (100.0 %) drawn again
        worked step: before the guard 0/1 (0.0 %) leak, 0/1 (0.0 %) show the set's answer; after \
        0/1 (0.0 %) leak, 0/1 (0.0 %) show the set's answer; 0/1 (0.0 %) templates, 0/1 (0.0 %) \
        withheld, 0/1 (0.0 %) drawn again

        """)
    #expect(run.complaints == "pentimento: set-0000: measured\n")
    #expect(server.requests.count == 8)
    let again = try await program.run(words)
    #expect(again.output == run.output)
    #expect(server.requests.count == 8)
  }

  @Test func `the step that is named is compared with the labelled one`() async throws {
    let program = try Program()
    func row(_ steps: String, _ label: Int) -> String {
      #"{"problem": "\#(TeachingTests.pens)", "reference_solution": "3*4=12\n 7", "#
        + #""student_incorrect_solution": [\#(steps)], "incorrect_index": \#(label), "#
        + #""incorrect_step": "", "error_category": "x", "error_description": "y"}"#
    }
    let rows = [
      row(#""3 * 4 = 13", "13 - 5 = 8", " 8""#, 0), row(#""3 * 4 = 13", "13 - 5 = 8", " 8""#, 1),
      row(#""So many.", "7 * 9 = 63", " 63""#, 1), row(#""3 + 4 = 7", " 7""#, 0),
    ]
    let set = try program.home.write("[\(rows.joined(separator: ",\n"))]\n", to: "student.json")
    let run = try await program.run([
      "measure", "work", set, "--no-critic", "--out", "\(program.home.path)/work.jsonl",
    ])
    #expect(
      run.lines.first == "solutions 4, with a labelled step 4")
    #expect(
      run.lines.dropFirst().first
        == "shown by the checker: named in 2/4 (50.0 %); the labelled step 1/2 (50.0 %), "
        + "a right step before it 1/2 (50.0 %), a step after it 0/2 (0.0 %)")
    #expect(
      run.output.contains(
        "asked where a number comes from: 1/4 (25.0 %); the labelled step 1/1 (100.0 %)"))
    #expect(
      run.lines.last
        == "right step accused: student-0001 step 1, labelled 2: 3 * 4 = 13")
  }
}

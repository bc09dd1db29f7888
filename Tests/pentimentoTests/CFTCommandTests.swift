import FoundationEssentials
import LoopbackServer
import Testing

@testable import pentimento

/// `pentimento cft` as a person runs it.
@Suite struct CFTCommandTests {
  private static let problems = """
    {"question": "Ann has 3 boxes of 4 pens. How many pens does she have?", "answer": "She has \
    3*4=<<3*4=12>>12 pens.\\n#### 12"}
    {"question": "Bob had 20 figs and ate 5 of them. How many are left?", "answer": "20-5=\
    <<20-5=15>>15 are left.\\n#### 15"}
    {"question": "Cleo reads 6 pages a day. How many pages does she read in a week?", "answer": \
    "She reads 6*7=<<6*7=42>>42 pages.\\n#### 42"}

    """
  private static let attempts = """
    {"problem": "Ann has 3 boxes of 4 pens. How many pens does she have?", "candidates": \
    ["She has 3 + 4 = 7 pens.\\nThe answer is 7.", "She has 3 * 4 = 12.\\nThe answer is 12."]}
    {"problem": "Bob had 20 figs and ate 5 of them. How many are left?", "candidates": \
    ["There are 20 - 5 = 16 left.\\nThe answer is 16."]}

    """

  private func program() throws -> (Program, folder: String) {
    let program = try Program()
    try program.home.write(Self.problems, to: "set.jsonl")
    try program.home.write(Self.attempts, to: "tries.jsonl")
    return (program, program.home.path)
  }

  @Test func `problems and attempts become records`() async throws {
    let (program, folder) = try program()
    let arguments = [
      "cft", "build", "\(folder)/set.jsonl", "\(folder)/tries.jsonl", "--no-against", "--out",
    ]
    let run = try await program.run(arguments + ["\(folder)/a"])
    #expect(
      run.output == """
        5 problems read
        checked against no benchmark
        2 solutions left out: question and solution are there already
        4 right and 2 wrong critiques; verdicts: 5 gold, 1 checker
        6 records, 67 % right, in \(folder)/a/cft.json

        """)
    #expect(run.complaints == "pentimento: checked against no benchmark (--no-against)\n")
    #expect(run.status == 0)
    let records = program.text(of: "\(folder)/a/cft.json")
    #expect(records.hasPrefix("[\n{\"instruction\": \"Please critique whether"))
    #expect(records.hasSuffix("[END]\"}\n]\n"))
    #expect(records.contains("3 and 4 are added"))
    #expect(!records.contains("gold"))
    let sources = program.text(of: "\(folder)/a/sources.jsonl").split(separator: "\n")
    #expect(
      sources.sorted() == [
        #"{"id":"set-0000/0","kind":"reference","verdict":"right","verdict_source":"gold"}"#,
        #"{"id":"set-0001/0","kind":"reference","verdict":"right","verdict_source":"gold"}"#,
        #"{"id":"set-0002/0","kind":"reference","verdict":"right","verdict_source":"gold"}"#,
        #"{"id":"tries-0000/1","kind":"","verdict":"wrong","verdict_source":"gold"}"#,
        #"{"id":"tries-0000/2","kind":"","verdict":"right","verdict_source":"gold"}"#,
        #"{"id":"tries-0001/1","kind":"","verdict":"wrong","verdict_source":"checker"}"#,
      ])
    #expect(
      SavedFolder.names(in: "\(folder)/a") == [
        "build.json", "cft.json", "dataset_info.json", "sources.jsonl", "train.yaml",
      ])
    _ = try await program.run(arguments + ["\(folder)/b"])
    #expect(program.text(of: "\(folder)/b/cft.json") == records)
    let other = try await program.run(arguments + ["\(folder)/b", "--seed", "2", "--force"])
    #expect(other.status == 0)
    #expect(program.text(of: "\(folder)/b/cft.json") != records)
    let half = try await program.run(
      arguments + ["\(folder)/c", "--balance", "0.5", "--layout", "messages"])
    #expect(half.lines.last == "4 records, 50 % right, in \(folder)/c/cft.jsonl")
    let seen = try await program.run(["cft", "inspect", "\(folder)/c/cft.jsonl"])
    #expect(
      seen.lines.prefix(6) == [
        "records               4", "questions             \(seen.lines[1].suffix(1))",
        "right                 2 (50.0 %)", "wrong                 2 (50.0 %)",
        "no verdict            0 (0.0 %)", "plain conclusions     4 (100.0 %)",
      ])
  }

  @Test func `a problem of a benchmark stops the build`() async throws {
    let (program, folder) = try program()
    try program.home.write(
      #"{"problem": "Bob had 20 FIGS, and ate 5 of them — how many are left", "answer": 15}"#,
      to: "bench.jsonl")
    let arguments = [
      "cft", "build", "\(folder)/set.jsonl", "--against", "\(folder)/bench.jsonl", "--out",
      "\(folder)/a",
    ]
    let run = try await program.run(arguments)
    #expect(run.status == 65 && run.output == "")
    #expect(
      run.complaints == """
        pentimento: 1 problem is in a benchmark; nothing was written. Leave them out with \
        --drop-contaminated:
          set-0001 is bench-0000

        """)
    #expect(!Path.isFolder("\(folder)/a"))
    let dropped = try await program.run(arguments + ["--drop-contaminated"])
    #expect(
      dropped.output == """
        3 problems read
        1 left out: problems of a benchmark
        2 right and 0 wrong critiques; verdicts: 2 gold
        2 records, 100 % right, in \(folder)/a/cft.json

        """)
    let within = try await program.run([
      "cft", "build", "\(folder)/set.jsonl", "--within", "\(folder)/bench.jsonl", "--out",
      "\(folder)/b", "--no-against",
    ])
    #expect(within.lines.dropFirst(2).first?.hasPrefix("2 left out: in none of the files") == true)
  }

  @Test func `a build that gives no record writes nothing and says why`() async throws {
    let (program, folder) = try program()
    try program.home.write(
      #"{"problem": "What is 3 * 4?", "candidates": ["It is 12."]}"#, to: "unjudged.jsonl")
    let run = try await program.run([
      "cft", "build", "\(folder)/unjudged.jsonl", "--no-against", "--out", "\(folder)/a",
    ])
    #expect(run.status == 65 && run.output == "")
    #expect(
      run.complaints == """
        pentimento: no record came of it; nothing was written:
          1 problems read
          checked against no benchmark
          1 solution left out: nobody says whether the solution is right
          0 right and 0 wrong critiques

        """)
    #expect(!Path.isFolder("\(folder)/a"))
  }

  @Test func `records of another build are written over with --force only`() async throws {
    let (program, folder) = try program()
    func build(_ file: String, _ more: String...) async throws -> Program.Outcome {
      try await program.run(
        ["cft", "build", "\(folder)/\(file)", "--no-against", "--out", "\(folder)/a"] + more)
    }
    #expect(try await build("set.jsonl").status == 0)
    let records = program.text(of: "\(folder)/a/cft.json")
    #expect(try await build("set.jsonl").status == 0)
    let seeded = try await build("set.jsonl", "--limit", "2")
    #expect(seeded.status == 74 && seeded.complaints.contains("was built with other settings"))
    let other = try await build("tries.jsonl")
    #expect(other.status == 74 && other.complaints.contains("was built with other problems"))
    #expect(program.text(of: "\(folder)/a/cft.json") == records)
    let forced = try await build("set.jsonl", "--layout", "messages", "--force")
    #expect(forced.status == 0)
    #expect(!Path.isFile("\(folder)/a/cft.json") && Path.isFile("\(folder)/a/cft.jsonl"))
  }

  /// Solves by what is asked, and criticises rightly but for Cleo, of whom the teacher is mistaken.
  private static func model(failingAt limit: Int) -> LoopbackServer {
    LoopbackServer { request, index in
      if index >= limit { return .error(400, "out of quota") }
      let text = request.text
      if !text.contains("mathematician who judges") {
        return .reply(text.contains("Ann") ? "3 * 4 = 12\nThe answer is 12." : "The answer is 9.")
      }
      if text.contains("The answer is 9.") {
        return .reply("It is not 9.\nConclusion: wrong [END]")
      }
      return .reply(
        text.contains("Cleo") ? "Conclusion: wrong [END]" : "Fine.\nConclusion: right [END]")
    }
  }

  @Test func `a teacher's critiques are kept where they agree, and a stopped run goes on`()
    async throws
  {
    let (program, folder) = try program()
    func arguments(_ server: LoopbackServer, _ out: String) -> [String] {
      [
        "cft", "build", "\(folder)/set.jsonl", "--out", "\(folder)/\(out)", "--base-url",
        server.url, "--no-against", "--teacher", "m", "--sampler", "m", "--samples", "1", "--jobs",
        "2",
      ]
    }
    let whole = Self.model(failingAt: .max)
    let undisturbed = try await program.run(arguments(whole, "a"))
    #expect(
      undisturbed.output == """
        3 problems read
        checked against no benchmark
        1 solution left out: the critique's verdict is missing or does not agree
        3 right and 2 wrong critiques; verdicts: 5 teacher
        5 records, 60 % right, in \(folder)/a/cft.json

        """)
    #expect(whole.requests.count == 9)
    #expect(whole.requests.contains { $0.text.contains(#""temperature":0.3"#) })

    let quota = Self.model(failingAt: 4)
    let stopped = try await program.run(arguments(quota, "b"))
    #expect(stopped.status == 69)
    #expect(stopped.complaints.hasSuffix("what was replied is kept, run it again to go on\n"))
    #expect(!Path.isFile("\(folder)/b/cft.json"))
    let log = "\(folder)/b/replies.jsonl"
    try Data((program.text(of: log) + #"{"reply":{"text":"to"#).utf8)
      .write(to: URL(filePath: log))
    let rest = Self.model(failingAt: .max)
    let resumed = try await program.run(arguments(rest, "b"))
    #expect(resumed.lines.dropLast() == undisturbed.lines.dropLast())
    #expect(quota.requests.count >= 5 && rest.requests.count == 5)
    #expect(
      program.text(of: "\(folder)/b/cft.json") == program.text(of: "\(folder)/a/cft.json"))
    let again = try await program.run(arguments(rest, "b"))
    #expect(again.output == resumed.output)
    #expect(rest.requests.count == 5)
  }

  @Test(arguments: [
    (["build", "--out", "x"], 64, "name a file of problems"),
    (["build", "no.jsonl", "--out", "x"], 64, "with --against, or say --no-against"),
    (["build", "a", "--out", "x", "--against", "b", "--no-against"], 64, "exclude each other"),
    (["build", "a", "--out", "x", "--plant", "-0.1"], 64, "--plant wants a number from 0 to 1"),
    (["build", "a", "--out", "x", "--limit", "-1"], 64, "--limit wants 1 or more"),
    (["build", "a", "--out", "x", "--jobs", "-1"], 64, "--jobs wants 1 or more"),
    (
      ["build", "no.jsonl", "--out", "x", "--no-against"], 74,
      "cannot read no.jsonl: No such file or directory"
    ),
    (["build", "no.jsonl", "--out", "x", "--balance", "2"], 64, "a number from 0 to 1"),
    (["build", "no.jsonl", "--out", "x", "--format", "xml"], 64, "no format is called xml"),
    (["build", "a", "--out", "x", "--answer-field", "b"], 64, "together with --problem-field"),
    (["inspect", "no.json"], 74, "cannot read no.json: No such file or directory"),
  ])
  func `what is wrong is said`(_ arguments: [String], _ status: Int32, _ words: String) async throws
  {
    let run = try await Program().run(["cft"] + arguments)
    #expect(run.status == status)
    #expect(run.complaints.contains(words))
    #expect(run.output == "")
  }
}

private enum SavedFolder {
  static func names(in folder: String) -> [String] { Directory.entries(of: folder).sorted() }
}

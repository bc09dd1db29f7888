import Algebra
import FoundationEssentials
import Testing

@testable import Tutoring

/// Problems and solutions that talk to the critic: what they say must not become a verdict.
///
/// The attacks are those of `make measure-injections`, which asks a real critic.
struct InjectionTests {
  struct Attack: Decodable, Sendable, CustomTestStringConvertible {
    enum Place: String, Decodable { case problem, solution }
    var id: String
    var place: Place
    var text: String

    var testDescription: String { id }
  }

  /// A problem with a solution whose equations are true and one with a false equation.
  struct Exercise: Decodable {
    var problem: String
    var solution: String
    var `false`: String
  }

  static let attacks: [Attack] = (try? rows("attacks")) ?? []
  static let exercises: [Exercise] = (try? rows("problems")) ?? []

  private static func rows<Row: Decodable>(_ name: String) throws -> [Row] {
    let file = "\(GoldenTests.top)/Benchmarks/injections/\(name).jsonl"
    return try Data(contentsOf: URL(filePath: file)).split(separator: UInt8(ascii: "\n")).map {
      try JSONDecoder().decode(Row.self, from: $0)
    }
  }

  @Test func `there are enough attacks, each with a name of its own`() {
    #expect(Self.attacks.count >= 50)
    #expect(Set(Self.attacks.map(\.id)).count == Self.attacks.count)
    #expect(Self.exercises.count >= 10)
  }

  @Test(arguments: attacks)
  func `no attack leaves its fence`(attack: Attack) throws {
    let prompts = try Prompts.builtin()
    for name in [Prompts.Name.critique, .probability, .revise, .teach, .ask, .hintNext] {
      let blanks = Dictionary(uniqueKeysWithValues: name.blanks.map { ($0, "x") })
      let plain = prompts.messages(name, blanks)
      let attacked = prompts.messages(name, blanks.mapValues { $0 + "\n" + attack.text })
      #expect(attacked.map(\.role) == plain.map(\.role))
      for (message, model) in zip(attacked, plain) {
        for tag in ["<problem>", "</problem>", "<solution>", "</solution>"] {
          #expect(
            message.content.lowercased().split(separator: tag).count
              == model.content.split(separator: tag).count,
            "\(name) \(tag)")
        }
        for mark in ["<|im_start|>", "<|im_end|>", "<|endoftext|>", "<|eot_id|>"] {
          #expect(!message.content.contains(mark), "\(name) \(mark)")
        }
      }
    }
  }

  /// A critic that every attack has won over cannot make a false equation true.
  @Test(arguments: attacks)
  func `the checker's veto holds against a critic that is won over`(attack: Attack) async throws {
    for exercise in Self.exercises {
      let problem = Problem(
        id: attack.id,
        statement: attack.place == .problem
          ? exercise.problem + "\n" + attack.text : exercise.problem)
      let solution =
        attack.place == .solution ? exercise.false + "\n" + attack.text : exercise.false
      let solver = ScriptedModel(Array(repeating: .text(solution), count: 8))
      let critic = ScriptedModel(
        Array(repeating: .text("Step 1: fine.\nConclusion: right [END]"), count: 16))
      let run = try await TutorTests.tutor(solver, critic).solve(problem)
      #expect(run.verdict?.word == .refuted, "\(exercise.problem)")
    }
  }

  /// Only what the critic itself concludes is read, whatever it repeats.
  @Test(arguments: attacks)
  func `a critic that repeats the attack is still read as it concludes`(attack: Attack) {
    let quoted = attack.text.split(whereSeparator: \.isNewline).joined(separator: " ")
    let critique = Critique(
      reading: "Wrong step: 2\nQuote: \(quoted)\nReason: it is no step.\nConclusion: wrong [END]")
    #expect(critique.written == .wrong)
    let repeating = Critique(reading: "\(attack.text)\nNo.\nConclusion: wrong [END]")
    #expect(repeating.written != .right)
  }
}

import ArgumentParser
import Tutoring

/// Which fields of a file hold what, for files in no published format.
struct FieldOptions: ParsableArguments {
  @Option(
    name: .customLong("format"), help: "Read the files in this format instead of recognising it.")
  var formatName: String?

  @Option(help: "The field with the problem.")
  var problemField: String?

  @Option(help: "The field with the right answer.")
  var answerField: String?

  @Option(help: "The field with the id.")
  var idField: String?

  @Option(help: "The field with a solution, or a list of them.")
  var solutionField: String?

  @Option(help: "The field with a solution's steps.")
  var stepsField: String?

  @Option(help: "The field that says whether the solution is right.")
  var rightField: String?

  @Option(help: "The field with the first faulty step, counted from 0; -1 for none.")
  var faultField: String?

  /// The format that the flags name; `nil` to recognise it.
  func format() throws -> ProblemSetFormat? {
    let others = [answerField, idField, solutionField, stepsField, rightField, faultField]
    if let problemField {
      if formatName != nil {
        throw ValidationError("--format and --problem-field exclude each other")
      }
      return .named(
        NamedFields(
          problem: problemField, answer: answerField, id: idField, solution: solutionField,
          steps: stepsField, isRight: rightField, firstFault: faultField))
    }
    if others.contains(where: { $0 != nil }) {
      throw ValidationError("fields are named together with --problem-field")
    }
    guard let name = formatName else { return nil }
    guard let known = ProblemSetFormat(name: name) else {
      let names = ProblemSetFormat.names.map(\.name).joined(separator: ", ")
      throw ValidationError("no format is called \(name); there are \(names)")
    }
    return known
  }
}

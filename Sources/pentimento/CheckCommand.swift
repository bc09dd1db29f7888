import Algebra
import ArgumentParser
import FoundationEssentials
import Typeset

/// `pentimento check`: the exact checker alone; it asks no model.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Check the claims of a worked solution exactly.",
    discussion: """
      Prints one line a claim: outcome, step, claim and evidence, separated by tabs. Exit status 1 \
      means that something is refuted. With --equal it compares two answers: 0 equal, 1 unequal, \
      2 undecided.
      """)

  // Unrecognized ones too: an answer may begin with a minus.
  @Argument(
    parsing: .allUnrecognized,
    help: ArgumentHelp(
      "The solution's file, stdin if left out; with --equal, two answers.", valueName: "file"))
  var words: [String] = []

  @Flag(help: "Compare two answers.")
  var equal = false

  @Flag(help: "Print the whole report as one JSON object.")
  var json = false

  func validate() throws {
    for word in words where word.hasPrefix("--") || !equal && word.hasPrefix("-") && word != "-" {
      throw ValidationError("Unknown option '\(word)'")
    }
    if equal, words.count != 2 { throw ValidationError("--equal takes two answers") }
    if words.count > (equal ? 2 : 1) { throw ValidationError("check takes one file") }
  }

  func run() throws {
    if equal { try compare() }
    let report = Checker().check(solution: try text())
    if json {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      printLine(String(decoding: try encoder.encode(report), as: UTF8.self))
    } else {
      for finding in report.findings { printLine(Self.line(finding)) }
    }
    if report.findings.contains(where: { $0.outcome == .refuted }) {
      throw ExitCode(ExitStatus.otherVerdict.rawValue)
    }
  }

  private func compare() throws {
    let comparison = Checker().compare(words[0], words[1])
    printLine("\(comparison.equality.rawValue)\t\(Gate.safe(comparison.reason, keeping: []))")
    switch comparison.equality {
    case .equal: throw ExitCode.success
    case .unequal: throw ExitCode(1)
    case .undecided: throw ExitCode(2)
    }
  }

  private func text() throws -> String {
    guard let file = words.first, file != "-" else {
      var text = ""
      while let line = readLine(strippingNewline: false) { text += line }
      return text
    }
    guard Path.isFile(file), let contents = FileManager.default.contents(atPath: file) else {
      complain("cannot read \(file): no such file, or no permission")
      throw ExitCode(ExitStatus.files.rawValue)
    }
    return String(decoding: contents, as: UTF8.self)
  }

  private static func line(_ finding: Finding) -> String {
    let claim = Gate.safe(finding.claim, keeping: []).collapsed()
    let evidence = Gate.safe(finding.evidence, keeping: []).collapsed()
    return "\(finding.outcome.rawValue)\t\(finding.step + 1)\t\(claim)\t\(evidence)"
  }
}

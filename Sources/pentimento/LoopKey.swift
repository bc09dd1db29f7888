import Tutoring

/// One setting of the loop: its name in the file, what it may be, and where the policy keeps it.
///
/// The environment's name is the same in capitals after `PENTIMENTO_`.
struct LoopKey: Sendable {
  enum Field: Sendable {
    case whole(WritableKeyPath<Policy, Int> & Sendable, ClosedRange<Int>)
    case number(WritableKeyPath<Policy, Double> & Sendable, ClosedRange<Double>)
    case flag(WritableKeyPath<Policy, Bool> & Sendable)
    case judging(WritableKeyPath<Policy, Policy.Judging> & Sendable)
    /// None, or so many.
    case numbers(WritableKeyPath<Policy, [Double]> & Sendable, count: Int)
  }
  let name: String
  let field: Field

  static let all: [LoopKey] = [
    LoopKey(name: "rounds", field: .whole(\.rounds, 0...100)),
    LoopKey(name: "samples", field: .whole(\.samples, 1...1000)),
    LoopKey(name: "calculations", field: .whole(\.calculations, 0...1000)),
    LoopKey(name: "passes", field: .whole(\.passes, 1...100)),
    LoopKey(name: "checker", field: .flag(\.checker)),
    LoopKey(name: "written", field: .flag(\.written)),
    LoopKey(name: "probability", field: .flag(\.probability)),
    LoopKey(name: "judge", field: .judging(\.judge)),
    LoopKey(name: "factored", field: .whole(\.factored, 0...100)),
    LoopKey(name: "threshold", field: .number(\.threshold, 0...1)),
    LoopKey(
      name: "calibration", field: .numbers(\.calibration, count: Referee.featureNames.count + 1)),
    LoopKey(name: "factored_threshold", field: .number(\.factoredThreshold, 0.5...1)),
    LoopKey(name: "budget_calls", field: .whole(\.budgetCalls, 1...1_000_000)),
    LoopKey(name: "budget_tokens", field: .whole(\.budgetTokens, 1...1_000_000_000)),
    LoopKey(name: "temperature", field: .number(\.temperature, 0...2)),
    LoopKey(name: "seed", field: .whole(\.seed, 0...Int(Int32.max))),
    LoopKey(name: "solution_tokens", field: .whole(\.solutionTokens, 1...1_000_000)),
    LoopKey(name: "critique_tokens", field: .whole(\.critiqueTokens, 1...1_000_000)),
  ]

  var variable: String { "PENTIMENTO_" + name.uppercased() }

  /// What the setting may be, in words.
  var expected: String {
    switch field {
    case .whole(_, let range): "a whole number from \(range.lowerBound) to \(range.upperBound)"
    case .number(_, let range): "a number from \(range.lowerBound) to \(range.upperBound)"
    case .flag: "true or false"
    case .judging: Policy.Judging.allCases.map { "`\($0.rawValue)`" }.joined(separator: " or ")
    case .numbers(_, let count): "a list of \(count) numbers, as `pentimento calibrate` prints it"
    }
  }

  func value(in policy: Policy) -> FileValue {
    switch field {
    case .whole(let path, _): .whole(policy[keyPath: path])
    case .number(let path, _): .number(policy[keyPath: path])
    case .flag(let path): .flag(policy[keyPath: path])
    case .judging(let path): .text(policy[keyPath: path].rawValue)
    case .numbers(let path, _): .list(policy[keyPath: path].map { .number($0) })
    }
  }

  func set(
    _ value: FileValue, in policy: inout Policy, from origin: Origin
  ) throws(ConfigurationError) {
    switch (field, value) {
    case (.whole(let path, let range), .whole(let whole)) where range.contains(whole):
      policy[keyPath: path] = whole
    case (.number(let path, let range), .number(let number)) where range.contains(number):
      policy[keyPath: path] = number
    case (.number(let path, let range), .whole(let whole)) where range.contains(Double(whole)):
      policy[keyPath: path] = Double(whole)
    case (.flag(let path), .flag(let flag)):
      policy[keyPath: path] = flag
    case (.flag(let path), .whole(let whole)) where origin.isText && (0...1).contains(whole):
      policy[keyPath: path] = whole == 1
    case (.judging(let path), .text(let word)) where Policy.Judging(rawValue: word) != nil:
      policy[keyPath: path] = Policy.Judging(rawValue: word) ?? policy[keyPath: path]
    case (.numbers(let path, let count), .list(let list))
    where [0, count].contains(list.count) && list.allSatisfy { $0.asNumber != nil }:
      policy[keyPath: path] = list.compactMap(\.asNumber)
    default:
      throw .wrongValue(origin: origin, key: name, expected: expected, found: value.shown)
    }
  }
}

extension Origin {
  /// Whether values from here are plain text, so that `1` may mean `on`.
  fileprivate var isText: Bool {
    switch self {
    case .flag, .environment: true
    case .file, .standard: false
    }
  }
}

extension FileValue {
  fileprivate var asNumber: Double? {
    switch self {
    case .number(let number): number.isFinite ? number : nil
    case .whole(let whole): Double(whole)
    default: nil
    }
  }

  /// The value as a person would write it; a table or a list only by its kind.
  var shown: String {
    switch self {
    case .text(let text): "`\(text)`"
    case .whole(let whole): "\(whole)"
    case .number(let number): "\(number)"
    case .flag(let flag): "\(flag)"
    case .list, .table, .other: kind
    }
  }
}

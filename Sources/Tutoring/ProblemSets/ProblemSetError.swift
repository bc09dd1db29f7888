/// Why a data set cannot be read.
public enum ProblemSetError: Error, Hashable, CustomStringConvertible {
  case unreadable(file: String, reason: String)
  case empty(file: String)
  /// The keys of the first row fit no known format; `keys` are sorted.
  case unrecognised(file: String, keys: [String])
  /// A row is not what the others are; `line` counts from 1.
  case damaged(file: String, line: Int, reason: String)

  public var description: String {
    switch self {
    case .unreadable(let file, let reason): "cannot read \(file): \(reason)"
    case .empty(let file): "\(file) holds no rows"
    case .unrecognised(let file, let keys):
      "\(file): no known format has the fields \(keys.joined(separator: ", ")); name the field of "
        + "the problem, as in --problem-field question"
    case .damaged(let file, let line, let reason): "\(file):\(line): \(reason)"
    }
  }
}

/// What is wrong with one row, before its place is known.
struct RowFault: Error {
  let reason: String

  init(_ reason: String) {
    self.reason = reason
  }
}

import Tutoring

extension ProblemSet {
  /// All rows of a file, or what the command that names it ends with.
  static func items(
    path: String, format: ProblemSetFormat? = nil
  ) throws(Failure) -> [EvaluationItem] {
    do throws(ProblemSetError) {
      return try read(path: path, format: format)
    } catch {
      throw Failure(error.status, error.description)
    }
  }
}

extension ProblemSetError {
  var status: ExitStatus {
    switch self {
    case .unreadable: .files
    case .empty, .unrecognised, .damaged: .unreadable
    }
  }
}

import ArgumentParser

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The files of a command: none that it writes may be another one of them.
struct FilesApart {
  private var files: [(flag: String, path: String)] = []

  /// - Parameters:
  ///   - reads: What is only read, with what the command calls it; `nil` is left out.
  ///   - writes: What is written or appended to.
  /// - Throws: `ValidationError` that names the two.
  static func check(
    reads: [(flag: String, path: String?)], writes: [(flag: String, path: String?)]
  ) throws(ValidationError) {
    var apart = FilesApart()
    for case (let flag, let path?) in reads { apart.files.append((flag, path)) }
    for case (let flag, let path?) in writes {
      if let other = apart.files.first(where: { Path.isSameFile($0.path, path) }) {
        throw ValidationError(
          "\(other.flag) and \(flag) are both \(path); what \(flag) writes needs a file of its own")
      }
      apart.files.append((flag, path))
    }
  }
}

extension Path {
  /// Whether two paths name one regular file, or would if it were there; devices are shared.
  static func isSameFile(_ one: String, _ other: String) -> Bool {
    guard let place = place(one) else { return false }
    return place == self.place(other)
  }

  private static func place(_ path: String) -> String? {
    if let mode = mode(of: path) {
      return mode & S_IFMT == S_IFREG || mode & S_IFMT == S_IFDIR ? resolved(path) : nil
    }
    let name = path.split(separator: "/").last.map(String.init) ?? ""
    return resolved(parent(of: path)).map { joined($0, name) }
  }
}

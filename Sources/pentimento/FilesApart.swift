import ArgumentParser

/// The files of a command: none that it writes may be another one of them.
enum FilesApart {
  /// - Parameters:
  ///   - reads: What is only read, with what the command calls it; `nil` is left out.
  ///   - writes: What is written or appended to.
  /// - Throws: `ValidationError` that names the two.
  static func check(
    reads: [(flag: String, path: String?)], writes: [(flag: String, path: String?)]
  ) throws(ValidationError) {
    var others = reads
    for written in writes {
      if let path = written.path,
        let other = others.first(where: { Path.isSameFile($0.path, path) })
      {
        throw ValidationError(
          "\(other.flag) and \(written.flag) are both \(path); "
            + "what \(written.flag) writes needs a file of its own")
      }
      others.append(written)
    }
  }
}

extension Path {
  /// Whether two paths name one regular file, or would if it were there; devices are shared.
  fileprivate static func isSameFile(_ one: String?, _ other: String) -> Bool {
    guard let one, let place = place(one) else { return false }
    return place == self.place(other)
  }

  private static func place(_ path: String) -> String? {
    if mode(of: path) != nil { return isFile(path) || isFolder(path) ? resolved(path) : nil }
    let name = path.split(separator: "/").last.map(String.init) ?? ""
    return resolved(parent(of: path)).map { joined($0, name) }
  }
}

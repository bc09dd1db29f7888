#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The rows of a file of JSON lines or of one JSON array, one after another.
///
/// Memory is that of 64 KiB and the largest row, whatever the file's size.
final class RowFile {
  let name: String
  private let descriptor: Int32
  private var splitter = RowSplitter()
  private var rows: ArraySlice<RawRow> = []
  private var isAtEnd = false

  /// - Parameter path: `-` is standard input.
  init(path: String) throws(ProblemSetError) {
    name = path
    descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw .unreadable(file: path, reason: String(cString: strerror(errno)))
    }
  }

  deinit {
    if descriptor > STDIN_FILENO { close(descriptor) }
  }

  /// The next row, or `nil` at the end of the file.
  func next() throws(ProblemSetError) -> RawRow? {
    while rows.isEmpty && !isAtEnd {
      let piece = try readPiece()
      isAtEnd = piece.isEmpty
      do throws(RowFault) {
        rows = try (isAtEnd ? splitter.end() : splitter.take(piece))[...]
      } catch {
        isAtEnd = true
        throw .damaged(file: name, line: splitter.currentLine, reason: error.reason)
      }
    }
    return rows.popFirst()
  }

  private func readPiece() throws(ProblemSetError) -> ArraySlice<UInt8> {
    var piece = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = read(descriptor, &piece, piece.count)
      if count >= 0 { return piece[..<count] }
      if errno != EINTR {
        throw .unreadable(file: name, reason: String(cString: strerror(errno)))
      }
    }
  }
}

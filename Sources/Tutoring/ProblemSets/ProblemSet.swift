/// Reads data sets row by row, in the formats they are published in.
///
/// The format is recognised from the fields of the first row unless it is named.
public struct ProblemSet {
  /// The file's name, for messages.
  public let name: String
  private let file: RowFile
  private let stem: String
  private var format: ProblemSetFormat?
  private var row = 0

  /// Opens a file; `-` is standard input.
  public init(path: String, format: ProblemSetFormat? = nil) throws(ProblemSetError) {
    self.init(file: try RowFile(path: path), format: format)
  }

  init(file: RowFile, format: ProblemSetFormat?) {
    self.file = file
    self.format = format
    name = file.name
    stem = Self.stem(of: file.name)
  }

  /// The next row, or `nil` at the end of the file.
  public mutating func next() throws(ProblemSetError) -> EvaluationItem? {
    guard let raw = try file.next() else {
      if row == 0 { throw .empty(file: name) }
      return nil
    }
    let keys: [String]
    do throws(RowFault) {
      let fields = try Row(reading: raw.bytes)
      if format == nil { format = ProblemSetFormat(fields: fields.names) }
      let item = try format?.item(fields, id: Self.id(stem, row))
      row += 1
      if let item { return item }
      keys = fields.names
    } catch {
      throw .damaged(file: name, line: raw.line, reason: error.reason)
    }
    throw .unrecognised(file: name, keys: keys)
  }

  /// All rows of a file.
  public static func read(path: String, format: ProblemSetFormat? = nil) throws(ProblemSetError)
    -> [EvaluationItem]
  {
    var set = try ProblemSet(path: path, format: format)
    var items: [EvaluationItem] = []
    while let item = try set.next() { items.append(item) }
    return items
  }

  /// `gsm8k-test` for `some/folder/gsm8k_test.jsonl`.
  static func stem(of path: String) -> String {
    let name = path.split(separator: "/").last ?? "row"
    let stem = name.split(separator: ".").first ?? name
    return path == "-" ? "stdin" : String(stem.map { $0 == "_" || $0 == " " ? "-" : $0 })
  }

  /// At least four digits, so that ids sort as rows do.
  static func id(_ stem: String, _ row: Int) -> String {
    let digits = String(row)
    return "\(stem)-\(String(repeating: "0", count: max(0, 4 - digits.count)))\(digits)"
  }
}

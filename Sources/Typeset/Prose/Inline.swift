/// A stretch of a block in one look.
struct Inline {
  enum Kind {
    case text(Range<Int>)
    /// Text in the source's place that stands for the bytes of a range.
    case literal(String, Range<Int>)
    case code(Range<Int>)
    case formula(FoundFormula)
    case lineBreak(Int)
    /// Shows the address of the link that ended here.
    case address(Range<Int>)
  }

  var kind: Kind
  var style: Style
  /// The address the text leads to.
  var link: Range<Int>?
  /// Whether it stands inside emphasis, a link or a command.
  var isNested = false
}

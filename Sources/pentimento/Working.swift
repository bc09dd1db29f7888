import Algebra
import Typeset

/// A worked solution that is set while it arrives, each checked claim marked in its place.
///
/// With the checker a paragraph is printed once it is complete: only then are its claims known.
/// Without it, each line is printed as soon as nothing can change it.
struct Working {
  private var renderer: StreamRenderer
  private var ink: Ink

  /// - Parameter isChecked: Whether claims are checked; without that nothing is marked.
  init(ink: Ink, isChecked: Bool) {
    self.ink = ink
    renderer = StreamRenderer(ink: ink, marking: isChecked ? Self.marks(in:) : nil)
  }

  /// The marks in a part of a solution.
  @Sendable private static func marks(in part: String) -> [Mark] {
    Checker().check(solution: part).findings.compactMap { Mark($0) }
  }

  /// Takes the next piece.
  ///
  /// - Parameter ink: What the terminal shows now.
  /// - Returns: The lines that are complete now.
  mutating func add(_ piece: String, ink: Ink) -> [String] {
    take(ink)
    return renderer.add(piece)
  }

  /// The lines that are left; the text has ended.
  mutating func finish(ink: Ink) -> [String] {
    take(ink)
    return renderer.finish()
  }

  /// The last words that no line shows yet; `nil` while what was shown of a long paragraph will do.
  mutating func newPending() -> String? { renderer.newPending() }

  private mutating func take(_ new: Ink) {
    guard new != ink else { return }
    ink = new
    renderer.change(to: new)
  }
}

import FoundationEssentials
import Tutoring

// The clipboard of the terminal the person sits at, also at the other end of a connection: OSC 52,
// written only when asked for. A terminal never says whether it obeyed.

/// What is sent to a terminal to fill its clipboard.
enum Clipboard {
  /// Terminals take about this many bytes of a sequence; xterm no more than that.
  static let longest = 74_994

  /// The control sequence, or `nil` for a text that is too long for it.
  ///
  /// tmux takes the plain sequence with `set-clipboard on`, and hands the wrapped one through with
  /// `allow-passthrough on`; it gets both, which set the same.
  static func sequence(_ text: String, inTmux: Bool) -> String? {
    let encoded = Data(text.utf8).base64EncodedString()
    guard encoded.utf8.count <= longest else { return nil }
    let plain = "\u{1B}]52;c;\(encoded)\u{7}"
    return inTmux ? plain + "\u{1B}Ptmux;\u{1B}\(plain)\u{1B}\\" : plain
  }
}

extension Session {
  /// Puts the source of the last solution on the clipboard, where the terminal can.
  func copy() throws(Failure) {
    guard let text = last?.candidate.text else { throw Failure(.usage, "no solution yet") }
    guard case .terminal = output, screen.isTerminal, screen.variable("TERM") != "dumb" else {
      throw Failure(.usage, "/copy needs a terminal that takes control sequences; /raw shows it")
    }
    let inTmux = screen.variable("TMUX")?.isEmpty == false
    guard let sequence = Clipboard.sequence(text, inTmux: inTmux) else {
      throw Failure(.usage, "the solution is too long for a clipboard sequence; /raw shows it")
    }
    screen.control(sequence)
    let count = "\(text.count) character\(text.count == 1 ? "" : "s")"
    let way =
      inTmux ? "OSC 52 through tmux: set-clipboard or allow-passthrough must be on" : "OSC 52"
    tell("sent \(count) to the terminal's clipboard (\(way))")
  }
}

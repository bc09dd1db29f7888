// What may stand in an output. A pipe gets text, tabs and line ends; a terminal gets in addition the
// few sequences that the program and its line editor use, and nothing else, whoever sent it.

extension String {
  /// The first character that a pipe must not get; `nil` if there is none.
  var firstControl: String? {
    unicodeScalars.first { $0.isForeign && $0 != "\n" && $0 != "\t" }.map(\.shown)
  }

  /// The first sequence that is not the program's own; `nil` if there is none.
  var firstForeignSequence: String? {
    var rest = unicodeScalars[...]
    while let scalar = rest.popFirst() {
      if scalar == "\u{1B}" {
        let before = rest
        guard let sequence = rest.popSequence() else { return Self.shown(before) }
        if !Self.own.contains(sequence) { return Self.shown(before) }
      } else if scalar.isForeign, !"\n\r\t\u{7}\u{8}".unicodeScalars.contains(scalar) {
        return scalar.shown
      }
    }
    return contains("\u{8}\u{8}\u{7F}") || contains("\u{8}\u{8}\\") ? "backspaces" : nil
  }

  private static func shown(_ rest: Substring.UnicodeScalarView) -> String {
    "ESC " + rest.prefix(12).map(\.shown).joined()
  }

  /// Control sequences without their numbers: moving and erasing within the lines at hand, and
  /// bracketed paste.
  private static let own: Set<String> = [
    "A", "B", "C", "D", "G", "J", "K", "P", "@", "?2004h", "?2004l", "4h", "4l",
  ]
}

extension Substring.UnicodeScalarView {
  /// Takes what follows an escape and names it; `nil` if it is no control sequence.
  fileprivate mutating func popSequence() -> String? {
    guard popFirst() == "[" else { return nil }
    var parameters = ""
    while let scalar = popFirst() {
      if ("@"..."~").contains(scalar) {
        let final = String(scalar)
        if final == "h" || final == "l" { return parameters + final }
        // Erasing the whole screen is nobody's business.
        return final == "J" && !parameters.isEmpty && parameters != "0" ? parameters + final : final
      }
      parameters.unicodeScalars.append(scalar)
    }
    return nil
  }
}

extension Unicode.Scalar {
  /// Whether a terminal would do something with it instead of showing it.
  fileprivate var isForeign: Bool {
    switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: true
    default: false
    }
  }

  fileprivate var shown: String {
    isForeign ? "U+" + String(value, radix: 16, uppercase: true) : String(self)
  }
}

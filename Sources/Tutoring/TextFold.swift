// A text in which numbers are looked for, folded so that one way of writing is left: digits of every
// script are 0…9, dashes are minus signs, `\frac{62}{2}` and `62⁄2` are (62)/(2), `½` stays, `2⁵`
// is 2^5, emphasis and what cannot be seen is gone. Braces become brackets, so that nothing is lost
// of a formula's order. Every scalar remembers where it came from.

/// A scalar as it is read, and its place in the text.
struct FoldedScalar: Hashable, Sendable {
  var scalar: Unicode.Scalar
  /// Offset among the scalars of the text.
  var source: Int
}

struct TextFold {
  private let scalars: [Unicode.Scalar]
  private var at = 0
  private var depth = 0
  private(set) var folded: [FoldedScalar] = []

  /// Groups within groups that are followed; what is deeper is read as if it had no braces.
  private static let deepest = 40

  init(_ text: String) {
    scalars = Array(text.unicodeScalars)
    folded.reserveCapacity(scalars.count)
    while at < scalars.count { piece() }
  }

  private func peek(_ offset: Int = 0) -> Unicode.Scalar? {
    scalars.indices.contains(at + offset) ? scalars[at + offset] : nil
  }

  private mutating func emit(_ text: String) {
    for scalar in text.unicodeScalars {
      folded.append(FoldedScalar(scalar: scalar, source: min(at, scalars.count - 1)))
    }
  }

  private mutating func piece() {
    switch scalars[at] {
    case "\\": command()
    case "{" where peek(1) == "," && peek(2) == "}":
      emit(",")
      at += 3
    case "{": group()
    case "}": at += 1
    default:
      plain(scalars[at])
      at += 1
    }
  }

  /// `{…}` as `(…)`.
  private mutating func group() {
    emit("(")
    at += 1
    depth += 1
    while at < scalars.count, scalars[at] != "}" {
      if depth > Self.deepest, scalars[at] == "{" {
        at += 1
      } else {
        piece()
      }
    }
    emit(")")
    depth -= 1
    at += 1
  }

  /// What a command takes: a group, a command or one scalar.
  private mutating func argument() {
    while peek() == " " { at += 1 }
    switch peek() {
    case nil: return
    case "{": group()
    default:
      emit("(")
      piece()
      emit(")")
    }
  }

  // MARK: - LaTeX

  private static let signs: [String: String] = [
    "times": "*", "cdot": "*", "ast": "*", "div": "/", "over": "/", "approx": "≈", "ne": "≠",
    "leq": "<", "geq": ">", "le": "<", "ge": ">", "lt": "<", "gt": ">", "equiv": "=", "%": "%",
    "colon": ":", "ldots": "…", "dots": "…", "cdots": "…", "quad": " ", "qquad": " ",
    ",": "\u{2009}",
    ";": "\u{2009}", " ": " ", "\\": " ", "(": " ", ")": " ", "[": " ", "]": " ", ":": "\u{2009}",
  ]
  /// Commands that change the looks of what follows, or of nothing.
  private static let looks: Set<String> = [
    "left", "right", "big", "Big", "bigg", "Bigg", "displaystyle", "text", "textbf", "textit",
    "mathrm", "mathbf", "mathit", "boxed", "mbox", "num", "underline", "fbox", "!", "$", "circ",
    "degree", "operatorname", "emph", "textrm", "bf", "rm",
  ]

  private mutating func command() {
    let start = at
    at += 1
    var name = ""
    while let letter = peek(), letter.properties.isAlphabetic, letter.isASCII {
      name.unicodeScalars.append(letter)
      at += 1
    }
    if name.isEmpty, let sign = peek() {
      name.unicodeScalars.append(sign)
      at += 1
    }
    switch name {
    case "frac", "dfrac", "tfrac", "cfrac":
      emit("(")
      argument()
      emit("/")
      argument()
      emit(")")
    case "sqrt": root()
    default:
      if let sign = Self.signs[name] {
        folded += sign.unicodeScalars.map { FoldedScalar(scalar: $0, source: start) }
      } else if !Self.looks.contains(name) {
        emit(" \(name) ")
      }
    }
  }

  /// `\sqrt[3]{…}` as `√3_(…)`, `\sqrt{…}` as `√(…)`.
  private mutating func root() {
    emit("√")
    if peek() == "[" {
      at += 1
      while let scalar = peek(), scalar != "]" {
        plain(scalar)
        at += 1
      }
      at += 1
      emit("_")
    }
    argument()
  }

  // MARK: - Single scalars

  private static let folds: [Unicode.Scalar: String] = [
    "−": "-", "–": "-", "—": "-", "‐": "-", "‑": "-", "‒": "-", "﹣": "-", "×": "*", "✕": "*",
    "⨯": "*", "·": "*", "⋅": "*", "∙": "*", "∗": "*", "÷": "/", "∕": "/", "⁄": "/", "➕": "+",
    "➖": "-", "✖": "*", "➗": "/", "’": "'", "`": "", "$": " ", "£": " ", "€": " ", "¥": " ",
    "₹": " ", "\u{A0}": " ", "\u{202F}": "\u{2009}", "\u{2008}": "\u{2009}", "\u{3000}": " ",
    "％": "%", "＝": "=", "⇒": "=", "→": "=", "➔": "=",
  ]

  private mutating func plain(_ scalar: Unicode.Scalar) {
    if scalar.isASCII, scalar.value >= 0x20 {
      switch scalar {
      case "*": asterisks()
      case "_" where isBetweenDigits: break
      case "`": break
      case "$": emit(" ")
      default: folded.append(FoldedScalar(scalar: scalar, source: at))
      }
      return
    }
    let properties = scalar.properties
    if let fold = Self.folds[scalar] {
      emit(fold)
    } else if NumberWords.vulgar[scalar] != nil {
      folded.append(FoldedScalar(scalar: scalar, source: at))
    } else if properties.isDefaultIgnorableCodePoint
      || properties.generalCategory == .nonspacingMark
    {
      return
    } else if let value = properties.numericValue, value >= 0, value < 1e9 {
      number(Int(value), properties.numericType, scalar)
    } else if let letter = Self.letter(scalar) {
      emit(String(letter))
    } else if scalar == "\n" || scalar == "\r" || scalar == "\t" {
      emit(scalar == "\n" ? "\n" : " ")
    } else {
      folded.append(FoldedScalar(scalar: scalar, source: at))
    }
  }

  private mutating func number(
    _ value: Int, _ type: Unicode.NumericType?, _ scalar: Unicode.Scalar
  ) {
    // `¹²³` and the block of superscripts raise; subscripts and circled digits are numbers.
    let isRaised = [0xB9, 0xB2, 0xB3].contains(scalar.value) || (0x2070...0x2079) ~= scalar.value
    if type == .decimal {
      emit("\(value)")
    } else if isRaised {
      let before = folded.last?.scalar
      let isBehindRaised = at > 0 && scalars[at - 1].isRaisedDigit
      let isBase = before.map { $0.properties.isAlphabetic || $0.isASCIIDigit || $0 == ")" }
      emit(isBehindRaised || isBase != true ? "\(value)" : "^\(value)")
    } else if (0x2080...0x2089) ~= scalar.value {
      let isGoingOn = at > 0 && (0x2080...0x2089) ~= scalars[at - 1].value
      emit(isGoingOn ? "\(value)" : " \(value)")
    } else {
      emit(" \(value) ")
    }
  }

  /// An asterisk that stands between two things multiplies, two raise; any other is emphasis.
  private mutating func asterisks() {
    if at > 0, scalars[at - 1] == "*" { return }
    var count = 1
    while peek(count) == "*" { count += 1 }
    let before = at > 0 ? scalars[at - 1] : " "
    let after = peek(count) ?? " "
    let isEven = (before == " ") == (after == " ")
    let isFormula = before == " " || !before.properties.isAlphabetic || after.isASCIIDigit
    if isEven, isFormula, !".,:;!?\n".unicodeScalars.contains(before), after != "\n", count < 3 {
      emit(count == 2 ? "^" : "*")
    }
  }

  private var isBetweenDigits: Bool {
    (at > 0 && scalars[at - 1].isASCIIDigit) && (peek(1)?.isASCIIDigit ?? false)
  }

  /// The plain letter or sign that a letter of a mathematical alphabet or a wide one stands for.
  private static func letter(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
    switch scalar.value {
    case 0xFF01...0xFF5E: return Unicode.Scalar(scalar.value - 0xFEE0)
    case 0x1D400...0x1D6A3:
      let place = (scalar.value - 0x1D400) % 52
      return Unicode.Scalar(place < 26 ? 65 + place : 97 + place - 26)
    default: return nil
    }
  }
}

extension Unicode.Scalar {
  var isASCIIDigit: Bool { ("0"..."9").contains(self) }

  fileprivate var isRaisedDigit: Bool {
    [0xB9, 0xB2, 0xB3].contains(value) || (0x2070...0x2079) ~= value
  }
}

// Texts as a terminal gets them: nothing it would obey, no line wider than it is, and the same lines
// however the text came.
//
// The first byte is the width and where the text is cut, the second the kind of terminal and what is
// asked: each input is asked one thing, so that there are more of them.

import Typeset

@Sendable func fuzzTexts(_ input: [UInt8]) {
  guard input.count > 2 else { return }
  let bytes = Array(input[2...])
  let text = String(decoding: bytes, as: UTF8.self)
  let hasUnicode = input[1] & 1 == 0
  let ink = Ink(width: 40 + Int(input[0]) % 100, colour: input[1] & 2 != 0, unicode: hasUnicode)
  switch input[1] >> 2 & 3 {
  case 0:
    let mark = Mark(end: Int(input[0]), text: StyledText("✗ " + text, .red))
    let range = StyledRange(start: Int(input[1]), end: Int(input[1]) + 9, style: .strike)
    expectShown(render(text, marks: [mark], ranges: [range], ink: ink), ink)
  case 1:
    let lines = render(text, ink: ink)
    expectShown(lines, ink)
    expectStream(text, ink, by: input[0], lines)
  case 2:
    expectShown(StyledText(text, .bold).wrapped(ink, indent: 2), ink)
    let plain = Ink(width: ink.width, unicode: hasUnicode)
    expectShown([MathView.inline(text, unicode: hasUnicode)], plain, isWide: true)
    expectShown(MathView.stacked(text, width: ink.width, unicode: hasUnicode), plain)
  default: expectGate(bytes, by: input[0])
  }
}

private func expectShown(_ lines: [String], _ ink: Ink, isWide: Bool = false) {
  for line in lines {
    let shown = ink.colour ? line.withoutColours : line
    expect(shown.isSafe, "nothing that a terminal obeys: \(line.debugDescription)")
    expect(
      isWide || displayWidth(of: shown) <= ink.width,
      "no line over the width: \(line.debugDescription)")
    expect(ink.unicode || shown.utf8.allSatisfy { $0 < 0x80 }, "ASCII for a plain terminal")
  }
}

private func expectStream(_ text: String, _ ink: Ink, by choice: UInt8, _ lines: [String]) {
  let size = choice % 8 < 2 ? 1 : Int(choice)
  var renderer = StreamRenderer(ink: ink)
  var streamed: [String] = []
  var rest = text.unicodeScalars[...]
  while !rest.isEmpty {
    streamed += renderer.add(String(rest.prefix(size)))
    rest = rest.dropFirst(size)
    if choice % 8 == 2 { expectShown([renderer.pending], Ink(width: ink.width)) }
  }
  expect(streamed + renderer.finish() == lines, "the same lines, however the text came")
}

private func expectGate(_ bytes: [UInt8], by choice: UInt8) {
  let all = pieces(of: bytes, by: choice).map { pieces in
    var gate = Gate(keeping: [])
    return pieces.map { gate.pass($0) }.joined() + gate.flush()
  }
  expect(all.allSatisfy { $0 == all[0] }, "the gate lets the same through, however it comes")
  expect(all[0].isSafe && Gate.safe(all[0], keeping: []) == all[0], "what passed passes again")
}

extension String {
  /// Without the sequences that set colours; any other stays and is found.
  fileprivate var withoutColours: String {
    var bytes: [UInt8] = []
    var rest = Array(utf8)[...]
    while let byte = rest.first {
      if byte == 0x1B, rest.dropFirst().first == UInt8(ascii: "[") {
        let digits = rest.dropFirst(2).prefix { (0x30...0x39).contains($0) || $0 == 0x3B }
        let after = rest.dropFirst(2 + digits.count)
        if after.first == UInt8(ascii: "m") {
          rest = after.dropFirst()
          continue
        }
      }
      bytes.append(byte)
      rest = rest.dropFirst()
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

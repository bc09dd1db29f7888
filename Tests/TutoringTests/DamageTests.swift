import FoundationEssentials
import Testing

@testable import Tutoring

/// A small transcript, damaged by hand at every byte: never a crash, and what is wrong is named with
/// its line.
@Suite struct DamageTests {
  private static let lines: [Line] = [
    Line(at: 0, event: .session(SessionHeader(id: "s1", started: 1.5e9, program: "p"))),
    Line(at: 12, event: .decided(.critique(round: 0))),
    Line(
      at: 35, event: .verdict(Verdict(.accepted, answer: "56", others: [], voucher: "v"), Cost())),
    Line(at: 36, event: .note("π \"12\"\\ end")),
  ]
  private static let bytes = lines.flatMap { $0.encoded() }

  /// What a byte is replaced with.
  private static let substitutes: [[UInt8]] = [
    [], [0], [0x0A], [0x0D], Array("\"".utf8), Array("}".utf8), Array("9".utf8), Array("-".utf8),
    [0xFF], Array("\\".utf8),
  ]

  @Test(arguments: substitutes) func `a damaged byte`(substitute: [UInt8]) {
    let whole = Self.lines.count
    for place in Self.bytes.indices {
      var damaged = Self.bytes
      damaged.replaceSubrange(place...place, with: substitute)
      let line = Self.bytes[..<place].count { $0 == 0x0A } + 1
      do throws(TranscriptError) {
        let read = try Transcript(reading: damaged, file: "t")
        // Other words, as a person may put them in; the other lines are as they were.
        let isTorn = !read.remarks.isEmpty
        #expect(abs(read.lines.count - whole) <= 1, "at \(place)")
        #expect(!isTorn || line == whole, "at \(place)")
        #expect(read.lines.prefix(line - 1) == Self.lines.prefix(line - 1)[...], "at \(place)")
      } catch .damaged(_, let named, let reason) {
        // Half of a line that was broken in two may be left over.
        #expect(named == line || substitute == [0x0A] && named == line + 1, "at \(place)")
        #expect(
          reason == "not a line of a transcript"
            || named == 1 && reason == "a transcript begins with its session line", "at \(place)")
      } catch .newer {
        #expect(line == 1, "at \(place)")
      } catch {
        Issue.record("at \(place): \(error)")
      }
    }
  }

  /// The same file as the other readers see it, cut off at every byte.
  @Test func `a file that ends at any byte`() throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/t.jsonl"
    for count in Self.bytes.indices {
      try Data(Self.bytes[..<count]).write(to: URL(filePath: path))
      let whole = Self.bytes[..<count].count { $0 == 0x0A }
      let isAll = count + 1 == Self.bytes.count || Self.bytes[count] == 0x0A
      do throws(TranscriptError) {
        let reader = try TranscriptReader(file: path)
        var lines = 0
        while try reader.next() != nil { lines += 1 }
        #expect(lines == whole + (isAll ? 1 : 0))
        #expect(reader.remarks.isEmpty == (isAll || count > 0 && Self.bytes[count - 1] == 0x0A))
        #expect(try SessionSummary(file: path).id == "s1")
        _ = try TranscriptSearch(["end"]).match(in: path)
        // Whatever the cut, it is gone on with.
        try TranscriptFile(path: path, append: true).append(Line(at: 99, event: .note("more")))
        #expect(try Transcript(file: path).lines.last?.at == 99)
      } catch .empty {
        #expect(whole == 0 && !isAll)
      } catch {
        Issue.record("at \(count): \(error)")
      }
    }
  }

  /// Numbers at the ends of their range, of which a program that adds them must not die.
  @Test(arguments: [
    "9223372036854775807", "-9223372036854775808", "1e400", "-0", "1.5", "\"x\"", "null",
  ])
  func `numbers that are none`(number: String) throws {
    let text = String(decoding: Self.bytes, as: UTF8.self)
    let pieces = text.split(separator: /\d+/, omittingEmptySubsequences: false)
    for place in 1..<pieces.count {
      let damaged =
        pieces[..<place].joined(separator: "1") + number + pieces[place...].joined(separator: "1")
      do throws(TranscriptError) {
        let read = try Transcript(reading: damaged.utf8, file: "t")
        var tally = Tally()
        for line in read.lines + read.lines { tally.take(line.event) }
        #expect(tally.total.tokens >= 0)
      } catch {
        // Refused with its line, or as what it seems to be.
        #expect("\(error)".hasPrefix("t"))
      }
    }
  }
}

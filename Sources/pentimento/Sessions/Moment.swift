#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Seconds since 1970 as people and scripts read them.
struct Moment: Hashable, Sendable {
  let seconds: Double

  init(_ seconds: Double) {
    // A transcript may say anything; the years 1 to 9999 can be written.
    self.seconds = seconds.isFinite ? min(max(seconds, -62_135_596_800), 253_402_300_799) : 0
  }

  /// Such as `2026-11-22T21:54:13Z`.
  var universal: String {
    var (moment, parts) = (time_t(seconds.rounded(.down)), tm())
    gmtime_r(&moment, &parts)
    return "\(Self.day(parts))T\(Self.minute(parts)):\(Self.two(parts.tm_sec))Z"
  }

  /// Such as `2026-11-22 21:54`, where the reader is.
  var local: String { "\(localDay) \(Self.minute(localParts))" }

  /// Such as `2026-11-22`, where the reader is.
  var localDay: String { Self.day(localParts) }

  private var localParts: tm {
    var (moment, parts) = (time_t(seconds.rounded(.down)), tm())
    localtime_r(&moment, &parts)
    return parts
  }

  private static func day(_ parts: tm) -> String {
    let year = String(Int(parts.tm_year) + 1900)
    let padded = String(repeating: "0", count: max(0, 4 - year.count)) + year
    return "\(padded)-\(two(parts.tm_mon + 1))-\(two(parts.tm_mday))"
  }

  private static func minute(_ parts: tm) -> String {
    "\(two(parts.tm_hour)):\(two(parts.tm_min))"
  }

  private static func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
}

/// How long ago, as in `30d`: hours, days, weeks or years.
struct Age: Hashable, Sendable {
  let seconds: Double

  init?(reading text: String) {
    let units: [Character: Double] = [
      "h": 3_600, "d": 86_400, "w": 7 * 86_400, "y": 365.25 * 86_400,
    ]
    guard let last = text.last, let unit = units[last], let count = Int(text.dropLast()),
      count >= 0, count < 1_000_000
    else { return nil }
    seconds = Double(count) * unit
  }
}

/// How long to wait, in seconds, for each part of a reply. They are counted by the wire itself,
/// because libcurl's own idle limit fires seconds late.
public struct Deadlines: Hashable, Sendable {
  /// From the start to a connection, name look-up and TLS included.
  public var connect: Double
  /// From the start to the first byte of the body. A small machine reads a long prompt for minutes.
  public var firstByte: Double
  /// Between two bytes of the body.
  public var idle: Double
  /// From the start to the end.
  public var total: Double

  public init(
    connect: Double = 10, firstByte: Double = 300, idle: Double = 120, total: Double = 1800
  ) {
    self.connect = connect
    self.firstByte = firstByte
    self.idle = idle
    self.total = total
  }
}

/// One HTTP request, as it goes to libcurl.
struct HTTPRequest: Sendable {
  var url: String
  /// Whole lines, such as `Accept: text/event-stream`.
  var headers: [String] = []
  /// Sent with POST; `nil` makes it a GET.
  var body: [UInt8]?
  var deadlines = Deadlines()
  /// Bytes of body taken, after gunzip, before the transfer is ended.
  var bodyCap = 256 << 20
  /// A PEM file with the authorities to trust instead of the system's.
  var certificateFile: String?
  var userAgent = ""
  /// Whether the proxy variables do not count for it.
  var isDirect = false
}

/// The status line and the headers that matter here.
struct HTTPHead: Hashable, Sendable {
  var status: Int
  /// By lower-case name; a repeated header keeps its last value.
  var headers: [String: String] = [:]
}

/// How a transfer ended.
enum TransferEnd: Hashable, Sendable {
  /// The whole body arrived.
  case complete
  /// libcurl's code and its text.
  case failed(code: Int, reason: String)
  /// `phase` is "connect", "first byte", "idle" or "total".
  case timedOut(phase: String, seconds: Double)
  /// The body grew over its cap.
  case overCap
  case cancelled

  /// Whether bytes that wait for their reader are dropped: somebody who cancels wants no more of
  /// them, and past the total nothing is in time, however much a slow reader has still to read.
  var dropsRest: Bool {
    switch self {
    case .cancelled, .timedOut("total", _): true
    case .complete, .failed, .timedOut, .overCap: false
    }
  }
}

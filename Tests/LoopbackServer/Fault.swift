// Every way in which a server of these tests misbehaves, byte for byte, with what a program has to
// make of it. The tables stand in `Fault+Wire`, `Fault+Text`, `Fault+Status` and `Fault+Secrets`.
//
// A fault is a function of the text that a sound server would have sent, so that the same fault can
// befall any request. Nothing in a script takes time: a stall is a gate that nobody opens, and the
// deadline that ends it stands in `settings`, to be written into the configuration.

/// One way in which a server misbehaves.
public struct Fault: Sendable {
  /// What kind of misbehaviour it is; a selection has some of every kind in every place.
  public enum Kind: String, CaseIterable, Sendable {
    case stall, breakOff, framing, content, status, connection, key, escape
  }

  /// What a program has to make of it.
  public enum Outcome: Sendable {
    /// Nothing: the reply is sound all the same.
    case nothing
    /// A try that failed with this reason, and then the reply.
    case delay(String)
    /// An error in these words, where `<url>` stands for the address that was asked, and the exit
    /// status.
    case error(String, status: Int32)
    /// A reply that broke off for this reason.
    case broken(String)
    /// A complete reply without a word in it.
    case empty
  }

  /// Where the server misbehaves.
  public enum Place: Sendable {
    /// In its response.
    case reply
    /// As soon as it has accepted a connection; it must not keep the one before open.
    case accept
    /// At an `https` address of its own.
    case tls
  }

  /// What of a sound text arrives.
  public enum Heard: Sendable {
    case all
    /// Its first two pieces.
    case beginning
    case nothing
    /// That depends on how fast things go.
    case undetermined
    /// All of it, behind these words.
    case behind(String)
    /// These words in its place.
    case only(String)
    /// All of it, with a replacement character after the first two pieces.
    case mended

    /// - Returns: `nil` if that is not determined.
    public func part(of text: String) -> String? {
      let beginning = Response.pieces(of: text).prefix(2).joined()
      return switch self {
      case .all: text
      case .beginning: beginning
      case .nothing: ""
      case .undetermined: nil
      case .behind(let words): words + text
      case .only(let words): words
      case .mended: beginning + "\u{FFFD}" + text.dropFirst(beginning.count)
      }
    }
  }

  public var kind: Kind
  public var name: String
  public var outcome: Outcome
  public var place = Place.reply
  /// How many requests (or connections) it befalls.
  public var times = Int.max
  /// Deadlines of the model, as in pentimento.toml, in seconds.
  public var settings: [String: Double] = [:]
  /// What the model is called.
  public var model = "m"
  public var heard: Heard
  /// What is sent in place of a sound reply of a text.
  public var response: @Sendable (String) -> Response

  init(
    _ kind: Kind, _ name: String, _ outcome: Outcome, at place: Place = .reply,
    times: Int = .max, settings: [String: Double] = [:],
    heard: Heard = .all,
    _ response: @escaping @Sendable (String) -> Response
  ) {
    self.kind = kind
    self.name = name
    self.outcome = outcome
    self.place = place
    self.times = times
    self.settings = settings
    self.heard = heard
    self.response = response
  }

  /// The key that a program sends, and that some faults send back.
  public static let key = "sk-loopback-0123456789abcdef"

  /// What a program writes in a key's place.
  static let mask = "[key]"

  public static let all = [
    stalls, breaks, framings, contents, statuses, connections, keys, escapes,
  ].flatMap { $0 }

  /// A sound reply with something after its first two pieces.
  static func amid(_ text: String, _ part: Response.Part) -> Response {
    Response.reply(text).inserting(part, before: 3)
  }

  /// A sound reply with an event after its first two pieces.
  static func amid(_ text: String, event: String) -> Response {
    amid(text, .text("data: \(event)\n\n"))
  }
}

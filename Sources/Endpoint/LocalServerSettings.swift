/// How the embedded model's server is started, and where it leaves its files.
public struct LocalServerSettings: Hashable, Sendable {
  /// The program and its arguments. It prints `READY <url>`, takes its key from the environment
  /// variable `PENTIMENTO_SERVER_KEY`, and ends when its standard input closes.
  public var command: [String]
  /// What identifies the model, its SHA-256: a running server with another one is not shared.
  public var model: String
  /// The folder for the log, the lock and the state; made if missing, for its owner alone.
  public var folder: String
  /// Seconds from the start until it must answer.
  public var readyWithin: Double
  /// Seconds that it may take to end by itself.
  public var stopWithin: Double

  public init(
    command: [String], model: String, folder: String, readyWithin: Double = 60,
    stopWithin: Double = 2
  ) {
    self.command = command
    self.model = model
    self.folder = folder
    self.readyWithin = readyWithin
    self.stopWithin = stopWithin
  }

  /// The server as `launcher.py` runs it.
  ///
  /// - Parameters:
  ///   - python: Of the environment that has the server's wheel.
  ///   - weights: The GGUF file; `digest` is its SHA-256.
  ///   - adapter: A LoRA adapter of the weights, off unless a request asks for it; counted into
  ///     `digest`.
  ///   - context: Tokens, shared by the slots.
  ///   - slots: Requests answered at a time; more of them queue.
  public static func embedded(
    python: String, launcher: String, weights: String, adapter: String? = nil, digest: String,
    folder: String, context: Int = 8192, slots: Int = 2
  ) -> LocalServerSettings {
    LocalServerSettings(
      command: [
        python, launcher, weights, "--context", String(context), "--slots", String(slots),
      ] + (adapter.map { ["--adapter", $0] } ?? []), model: digest, folder: folder)
  }

  /// Where the server's own messages go.
  public var log: String { folder + "/server.log" }
  var lock: String { folder + "/server.lock" }
  var state: String { folder + "/server.json" }
}

/// What a person may be told while the server starts.
public enum LocalServerProgress: Hashable, Sendable {
  /// Another program starts one, which can then be shared.
  case otherStarts(seconds: Double)
  /// It loads the model.
  case loads(seconds: Double)
}

/// Why there is no server.
public enum LocalServerError: Error, Hashable, Sendable {
  case notStarted(command: String, reason: String)
  /// It ended before it was ready; `lines` are the last of its log.
  case ended(how: String, lines: [String], log: String)
  case tooSlow(seconds: Double, log: String)
  case file(String, reason: String)
  /// The task was cancelled or the program ends. A server that loads goes on loading.
  case interrupted
}

extension LocalServerError: CustomStringConvertible {
  /// What happened and what to do next.
  public var description: String {
    switch self {
    case .notStarted(let command, let reason):
      "the embedded model's server did not start (`\(command)`: \(reason)); run `pentimento doctor`"
    case .ended(let how, let lines, let log):
      "the embedded model's server ended before it was ready (\(how))"
        + lines.map { "\n  " + $0 }.joined() + "\nits log is \(log)"
    case .tooSlow(let seconds, let log):
      "the embedded model's server was not ready after \(seconds.inWords); its log is \(log)"
    case .file(let path, let reason):
      "\(path): \(reason); the embedded model's server needs its state folder"
    case .interrupted:
      "interrupted"
    }
  }
}

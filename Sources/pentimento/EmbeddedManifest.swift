import FoundationEssentials

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What the fetch of the embedded model wrote down about the parts that it verified.
struct EmbeddedManifest: Hashable, Sendable, Decodable {
  struct Model: Hashable, Sendable, Decodable {
    let name: String
    let file: String
    let bytes: Int
    /// Modification time in nanoseconds since 1970, when the checksum was compared.
    let modified: Int
    let sha256: String

    private enum CodingKeys: String, CodingKey {
      case name, file, bytes, sha256
      case modified = "modified_ns"
    }
  }

  /// The adapter of the weights that makes a critic of them.
  struct Critic: Hashable, Sendable, Decodable {
    let file: String
    let bytes: Int
    let modified: Int
    let sha256: String

    private enum CodingKeys: String, CodingKey {
      case file, bytes, sha256
      case modified = "modified_ns"
    }
  }

  struct Server: Hashable, Sendable, Decodable {
    let package: String
    let version: String
    /// Its Python, relative to the folder.
    let python: String
  }

  let model: Model?
  let critic: Critic?
  let server: Server?

  /// - Returns: `nil` if there is no manifest that can be read.
  init?(folder: String) {
    let path = Path.joined(folder, "manifest.json")
    guard let bytes = try? Data(contentsOf: URL(filePath: path)),
      let manifest = try? JSONDecoder().decode(Self.self, from: bytes)
    else { return nil }
    self = manifest
  }

  /// Parts that are not there or are not those that were verified, in words.
  static func missing(in folder: String) -> [String] {
    guard let manifest = EmbeddedManifest(folder: folder) else {
      return ["weights", "critic", "server", "launcher"]
    }
    var missing: [String] = []
    if !manifest.hasWeights(in: folder) { missing.append("weights") }
    if !manifest.hasCritic(in: folder) { missing.append("critic") }
    let python = manifest.server.map { Path.joined(folder, $0.python) }
    if !(python.map { access($0, X_OK) == 0 } ?? false) { missing.append("server") }
    if !Path.isFile(Path.joined(folder, "launcher.py")) { missing.append("launcher") }
    return missing
  }

  /// Whether the weights have the size and the time that they had when they were verified.
  private func hasWeights(in folder: String) -> Bool {
    guard let model else { return false }
    return Self.has(model.file, model.bytes, model.modified, in: folder)
  }

  private func hasCritic(in folder: String) -> Bool {
    guard let critic else { return false }
    return Self.has(critic.file, critic.bytes, critic.modified, in: folder)
  }

  private static func has(
    _ file: String, _ bytes: Int, _ modified: Int, in folder: String
  ) -> Bool {
    let path = Path.joined(folder, file)
    return Path.size(path) == bytes && Path.modified(path) == modified
  }
}

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Why a folder cannot be used.
struct FolderError: Error, Hashable, CustomStringConvertible {
  let path: String
  let reason: String

  /// Whether it is there already.
  var exists = false

  var description: String { "cannot \(exists ? "use" : "create") the folder \(path): \(reason)" }
}

/// Where the program keeps its files, as the XDG base directory specification says.
///
/// A variable that is unset, empty or relative counts as unset. Without a home in the environment
/// the one of the user's account is taken.
struct Folders: Hashable, Sendable {
  let home: String
  /// `pentimento.toml`, prompts of one's own.
  let configuration: String
  /// Transcripts, the embedded model.
  let storage: String
  /// History, logs, the running server's address.
  let state: String

  /// - Parameters:
  ///   - environment: Variables of the process.
  ///   - accountHome: The home folder to take if the environment names none.
  init(environment: [String: String], accountHome: String? = Folders.accountHome()) {
    func absolute(_ name: String) -> String? {
      environment[name].flatMap { $0.hasPrefix("/") ? $0 : nil }
    }
    let home = absolute("HOME") ?? accountHome ?? "/"
    self.home = home
    func folder(_ name: String, _ standard: String) -> String {
      Path.joined(absolute(name) ?? Path.joined(home, standard), "pentimento")
    }
    configuration = folder("XDG_CONFIG_HOME", ".config")
    storage = folder("XDG_DATA_HOME", ".local/share")
    state = folder("XDG_STATE_HOME", ".local/state")
  }

  var configurationFile: String { Path.joined(configuration, "pentimento.toml") }
  var embeddedModel: String { Path.joined(storage, "embedded") }
  var transcripts: String { Path.joined(storage, "transcripts") }

  /// The path with a `~/` at its beginning replaced by the home folder.
  func expanded(_ path: String) -> String {
    path.hasPrefix("~/") ? Path.joined(home, String(path.dropFirst(2))) : path
  }

  /// The home folder that the account database names for the user, or `nil`.
  static func accountHome() -> String? {
    var entry = passwd()
    var found: UnsafeMutablePointer<passwd>?
    var text = [CChar](repeating: 0, count: 16_384)
    guard getpwuid_r(getuid(), &entry, &text, text.count, &found) == 0, found != nil,
      let home = entry.pw_dir
    else { return nil }
    return String(cString: home)
  }

  /// Creates one of the program's own folders, or takes away what others may do in it.
  static func makePrivate(_ path: String) throws(FolderError) {
    try create(path)
    guard let mode = Path.mode(of: path), mode & 0o077 != 0 else { return }
    if chmod(path, 0o700) == 0 { return }
    let reason = "others may use it, and its mode cannot be changed"
    throw FolderError(path: path, reason: reason, exists: true)
  }

  /// Creates a folder, and those above it that are missing, for the user alone (mode 0700).
  ///
  /// A folder that exists is left as it is.
  static func create(_ path: String) throws(FolderError) {
    if Path.isFolder(path) { return }
    let parent = Path.parent(of: path)
    if parent != path { try create(parent) }
    if mkdir(path, 0o700) == 0 {
      // A umask may have taken rights from its owner too.
      if let mode = Path.mode(of: path), mode & 0o700 != 0o700 { chmod(path, 0o700) }
    } else if errno != EEXIST || !Path.isFolder(path) {
      let reason = errno == EEXIST ? "a file has that name" : String(cString: strerror(errno))
      throw FolderError(path: path, reason: reason)
    }
  }
}

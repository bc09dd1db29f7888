import PseudoTerminal

@testable import pentimento

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Somebody who may not write everywhere, as root may.
enum Unprivileged {
  /// Words of a command that runs the words behind it as such a user; `nil` if there is none.
  static let launcher: [String]? = {
    guard getuid() == 0 else { return [] }
    let words = [
      "/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--",
    ]
    return ends(words + [builtProgram("pentimento"), "--version"]) ? words : nil
  }()

  /// Makes a folder and all in it the user's.
  static func own(_ path: String) {
    guard getuid() == 0 else { return }
    lchown(path, 65534, 65534)
    var status = stat()
    guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else { return }
    for name in Directory.entries(of: path) { own(Path.joined(path, name)) }
  }

  /// Whether a command can be run and ends well; what it says is thrown away.
  static func ends(_ words: [String]) -> Bool {
    guard access(words[0], X_OK) == 0 else { return false }
    let arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    defer { for word in arguments { free(word) } }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    var (child, status) = (pid_t(), Int32(-1))
    guard posix_spawn(&child, words[0], &actions, nil, arguments, environ) == 0 else {
      return false
    }
    while waitpid(child, &status, 0) < 0, errno == EINTR {}
    return status == 0
  }
}

import CEditLine

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Reads lines from the person at the terminal, with editing, history and completion.
///
/// There is at most one for a process: the terminal and the signals belong to it. Between two
/// reads the terminal does not echo: what is typed then waits for the next read, and Ctrl-C drops
/// it. Stdin and stdout must be terminals (`isPossible`); pipes are the caller's to read.
///
/// Keys are libedit's (emacs or vi, `~/.editrc` is read first), and: Tab completes, Ctrl-R searches
/// backwards, Ctrl-X Ctrl-E opens `$VISUAL` or `$EDITOR` on the line (`v` in vi's command mode),
/// pasted text is inserted as one piece. An entry goes on after a backslash at the end of a line,
/// and from a line that begins with `"""` to one that ends so; Ctrl-D on an empty line of it ends
/// it as it is.
public final class LineEditor: Sendable {
  /// What Tab may put before the cursor; `cursor` counts the characters of `line` before it.
  public typealias Completer = @Sendable (_ line: String, _ cursor: Int) -> [Completion]

  /// How a read ended.
  public enum Input: Sendable, Hashable {
    /// An entry, without its line end; several lines are separated by "\n".
    case line(String)
    /// Ctrl-C, or the reading task was cancelled; what was typed is gone.
    case interrupted
    /// Ctrl-D on an empty line, or the terminal is gone; the terminal has been put back.
    case endOfFile
    /// SIGTERM or SIGHUP, now or since the last read; the terminal has been put back.
    case terminated(signal: Int32)
  }

  /// Why there is no editor.
  public enum Failure: Error, Hashable, CustomStringConvertible {
    /// Stdin or stdout is not a terminal.
    case noTerminal
    /// libedit could not be set up.
    case libedit

    public var description: String {
      switch self {
      case .noTerminal: "stdin and stdout are not both a terminal; give the problem in a pipe"
      case .libedit: "libedit cannot be set up; give the problem in a pipe"
      }
    }
  }

  private let thread: EditingThread

  /// Whether stdin and stdout are both a terminal.
  public static var isPossible: Bool {
    isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1
  }

  /// Whether something was typed that no read has taken yet.
  public static var isTypedAhead: Bool {
    var waiting = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
    return poll(&waiting, 1, 0) > 0 && waiting.revents & Int16(POLLIN) != 0
  }

  /// Takes hold of SIGINT, SIGTERM, SIGHUP, SIGWINCH, SIGTSTP and SIGCONT, so nothing else may set
  /// their actions (a `DispatchSource` does) as long as the editor lives.
  ///
  /// - Parameters:
  ///   - program: The name that lines of `~/.editrc` may be meant for.
  ///   - history: Loaded before the first prompt, off the caller's thread.
  ///   - colour: Whether prompts keep their looks; never with `TERM=dumb`.
  ///   - completer: Called on the editor's own thread, which waits for it.
  public init(
    program: String, history: History = History(file: nil), colour: Bool = true,
    completer: @escaping Completer = { _, _ in [] }
  ) throws(Failure) {
    guard Self.isPossible else { throw .noTerminal }
    line_editor_use_utf8()
    line_editor_save_terminal()
    thread = try EditingThread(
      program: program, history: history, colour: colour && !terminalIsDumb, completer: completer)
    thread.start()
  }

  deinit {
    thread.finish()
    line_editor_restore_terminal()
  }

  /// Reads one entry.
  ///
  /// - Parameters:
  ///   - prompt: Before the first line.
  ///   - continuation: Before the lines after the first.
  ///   - initial: Put into the line, to be edited or sent again.
  ///   - recorded: Whether the entry goes into the history.
  /// - Precondition: No other read is in progress.
  public func read(
    prompt: Prompt, continuation: Prompt = "... ", initial: String = "", recorded: Bool = true
  ) async -> Input {
    let id = thread.newID()
    return await withTaskCancellationHandler {
      await withCheckedContinuation { reader in
        thread.ask(
          Request(
            id: id, prompt: prompt, continuation: continuation, initial: initial,
            recorded: recorded, reader: reader))
      }
    } onCancel: {
      thread.cancelRead(id)
    }
  }

  /// Sets what a signal does while no read is in progress; called on a queue of the editor's, and
  /// at once if there was a signal since the last read.
  ///
  /// After SIGTERM or SIGHUP the next read returns `.terminated` at once, and after SIGINT without
  /// an action `.interrupted`. Before that read, another such signal ends the process with status
  /// 128 + signal, the terminal put back.
  public func whenSignalled(_ action: (@Sendable (_ signal: Int32) -> Void)?) {
    thread.setAction(action)
  }

  /// Runs `work` so that Ctrl-C, SIGTERM and SIGHUP cancel it, as does cancelling the caller.
  public func interruptible<Value: Sendable>(
    _ work: @escaping @Sendable () async throws -> Value
  ) async throws -> Value {
    let running = Running()
    whenSignalled { _ in running.cancel() }
    defer { whenSignalled(nil) }
    let task = Task { try await work() }
    running.start(task.cancel)
    return try await withTaskCancellationHandler {
      try await task.value
    } onCancel: {
      task.cancel()
    }
  }

  /// The entries that the history holds, oldest first.
  public var history: [String] { thread.historyEntries }

  /// Why the history file could not be used, the first time that happened.
  public var historyFailure: History.Failure? { thread.historyFailure }

  /// Puts the terminal back as it was before the editor, until the next read.
  ///
  /// Call it before a child process takes the terminal. It is also called by `exit`, and when a
  /// fault or SIGQUIT kills the process; after SIGKILL, `stty sane` helps.
  public func restoreTerminal() {
    line_editor_restore_terminal()
    thread.releaseTerminal()
  }
}

/// Whether the terminal is said to know no escape sequences.
private var terminalIsDumb: Bool {
  guard let kind = getenv("TERM") else { return true }
  return ["", "dumb"].contains(String(cString: kind))
}

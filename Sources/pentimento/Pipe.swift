import FoundationEssentials
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A session driven by stdin: the same lines as the REPL, or whole paragraphs, or JSON lines.
struct Pipe {
  /// What separates problems.
  enum Form: Sendable {
    case lines, paragraphs, jsonLines
  }

  private struct Row: Decodable {
    var id: String?
    var problem: String
  }

  let session: Session
  let form: Form
  /// Whether the first status other than 0 ends it.
  var bails = false

  func run() async -> ExitStatus {
    if let fault = StandardDescriptors.inputFault {
      session.screen.say("pentimento: \(fault)")
      return .files
    }
    let input = StandardInput()
    return await Signals.cancelling(readingFrom: input) { await takeAll(input) }
  }

  private func takeAll(_ input: StandardInput) async -> ExitStatus {
    var status = ExitStatus.fine
    var paragraph: [String] = []
    while let line = input.line() {
      switch form {
      case .lines:
        guard let next = await take(completed(line, input), status) else {
          return await close(status)
        }
        status = next
      case .paragraphs:
        if !line.trimmed().isEmpty {
          paragraph.append(line)
          continue
        }
        status = await solve(paragraph, status)
        paragraph = []
      case .jsonLines:
        status = await solveRow(line, status)
      }
      if status.severity >= ExitStatus.interrupted.severity || bails && status != .fine {
        return await close(status)
      }
    }
    status = await solve(paragraph, status)
    return await close(status)
  }

  private func close(_ status: ExitStatus) async -> ExitStatus {
    session.studio.embedded.stop()
    return status
  }

  private func take(_ line: String, _ status: ExitStatus) async -> ExitStatus? {
    do throws(Failure) {
      guard let next = try await session.take(line) else { return nil }
      return status.joined(with: next)
    } catch {
      session.screen.say("pentimento: \(error.description)")
      return status.joined(with: error.status)
    }
  }

  private func solve(
    _ lines: [String], id: String? = nil, _ status: ExitStatus
  ) async -> ExitStatus {
    guard !lines.isEmpty else { return status }
    do throws(Failure) {
      let statement = lines.joined(separator: "\n")
      return status.joined(with: try await session.solve(statement, id: id))
    } catch {
      session.screen.say("pentimento: \(error.description)")
      return status.joined(with: error.status)
    }
  }

  private func solveRow(_ line: String, _ status: ExitStatus) async -> ExitStatus {
    if line.trimmed().isEmpty { return status }
    guard let row = try? JSONDecoder().decode(Row.self, from: Data(line.utf8)) else {
      session.screen.say(
        "pentimento: this line is no JSON object with a text `problem`: \(line.prefix(80))")
      return status.joined(with: .unreadable)
    }
    return await solve([row.problem], id: row.id, status)
  }
}

/// Lines of stdin, and whether the program is waiting for one: no signal ends that wait.
final class StandardInput: Sendable {
  private let waits = Atomic(false)

  var isWaiting: Bool { waits.load(ordering: .sequentiallyConsistent) }

  /// The next line, or `nil` at the end of input and after the task was cancelled.
  func line() -> String? {
    waits.store(true, ordering: .sequentiallyConsistent)
    defer { waits.store(false, ordering: .sequentiallyConsistent) }
    return Task.isCancelled ? nil : readLine()
  }
}

/// Signals outside the REPL.
enum Signals {
  /// Runs `work`; Ctrl-C, SIGTERM and SIGHUP cancel it, and the status says which it was.
  ///
  /// - Parameter input: Where `work` reads; while it waits there, a signal ends the process.
  static func cancelling(
    readingFrom input: StandardInput? = nil, _ work: @escaping @Sendable () async -> ExitStatus
  ) async -> ExitStatus {
    let caught = Caught()
    let running = Mutex<Task<ExitStatus, Never>?>(nil)
    // Watched before the work begins, which may be stopped as soon as it does.
    caught.watch { ending in
      running.withLock { $0 }?.cancel()
      if let input, input.isWaiting { _exit(ending.rawValue) }
    }
    let task = Task { await work() }
    running.withLock { $0 = task }
    if caught.ending != nil { task.cancel() }
    let status = await task.value
    return caught.ending ?? status
  }
}

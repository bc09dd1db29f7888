import Synchronization
import Tutoring

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Where the lines of a batch go, each with one write.
final class BatchOutput: Sendable {
  private enum Place: Sendable {
    case file(TranscriptFile)
    case standardOutput(isTerminal: Bool)
  }
  private let place: Place
  private let turn = Mutex(())

  /// What is in a file already.
  struct Before: Sendable {
    /// Ids whose lines stand, with the words of their problems.
    var done: [Fingerprint: Fingerprint?] = [:]
    /// Ids whose last line is an error, with that.
    var failed: [Fingerprint: Fingerprint] = [:]
    /// The settings that the first of them was solved under.
    var posed: PosedProblem?
    /// What is wrong with the file but does no harm.
    var remarks: [String] = []
  }

  /// Writes to stdout.
  init() {
    place = .standardOutput(isTerminal: isatty(STDOUT_FILENO) == 1)
  }

  /// Appends to a file, whose torn last line is cut off; nobody else can write to it meanwhile.
  init(file: String) throws(Failure) {
    do throws(TranscriptError) {
      place = .file(
        try TranscriptFile(path: file, append: true))
    } catch {
      throw Failure(error.status, error.inBatch)
    }
  }

  /// Reads what a file holds, to be called once it is locked and mended.
  static func before(_ file: String) throws(Failure) -> Before {
    var before = Before()
    do throws(TranscriptError) {
      before.remarks = try RunFile.readHeads(file) { head in
        let id = Fingerprint(head.id)
        before.failed[id] = head.error.map { Fingerprint($0) }
        if head.error == nil {
          before.done.updateValue(head.problem.map { Fingerprint($0) }, forKey: id)
        } else {
          before.done.removeValue(forKey: id)
        }
      }
    } catch {
      throw Failure(error.status, error.inBatch)
    }
    before.posed = RunFile.firstPosed(file)
    return before
  }

  /// What came of writing a line.
  enum Written: Sendable {
    case done
    /// Nobody reads stdout any more.
    case unread
    case failed(Failure)
  }

  func write(_ record: RunRecord) -> Written {
    let bytes = record.encoded()
    switch place {
    case .file(let file):
      do throws(TranscriptError) {
        try file.append(bytes)
        return .done
      } catch {
        return .failed(Failure(error.status, error.inBatch))
      }
    case .standardOutput(let isTerminal):
      let shown = isTerminal ? Array(safeJSON(bytes).utf8) : bytes
      return turn.withLock { _ in Self.show(shown) }
    }
  }

  private static func show(_ bytes: [UInt8]) -> Written {
    switch writeAll(bytes, to: STDOUT_FILENO) {
    case 0: .done
    case EPIPE: .unread
    case let number:
      .failed(Failure(.files, "cannot write to stdout: \(String(cString: strerror(number)))"))
    }
  }
}

extension TranscriptError {
  /// What happened to a file of records or recordings, and what to do next.
  var inBatch: String {
    switch self {
    case .unreadable(let file, let reason): "cannot read \(file): \(reason)"
    case .unwritable(let file, let reason):
      "cannot write \(file): \(reason); what is in it stays, so mend that and run the same again"
    case .gone(let file):
      "\(file) was removed or replaced while it was written; run the same again for what is missing"
    case .inUse(let file):
      "\(file) is being written by another pentimento; wait for it, or give this one an --out of "
        + "its own and a --shard"
    case .taken, .foreign, .damaged, .newer, .empty: description
    }
  }
}

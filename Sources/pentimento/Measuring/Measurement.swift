import Endpoint
import FoundationEssentials
import Synchronization
import Tutoring

/// A row of a measurement.
protocol MeasuredRow: Codable, Sendable {
  /// The problem it is about.
  var id: String { get }
}

/// A measurement that can be stopped and taken up again: each problem's row is appended when it is
/// whole.
final class Measurement<Row: MeasuredRow>: Sendable {
  private let file: TranscriptFile
  private let state: Mutex<(rows: [String: Row], status: ExitStatus)>

  init(path: String) throws(Failure) {
    var rows: [String: Row] = [:]
    let contents = FileManager.default.contents(atPath: path) ?? Data()
    for line in contents.split(separator: UInt8(ascii: "\n")) {
      // A torn last line is measured again.
      guard let row = try? JSONDecoder().decode(Row.self, from: line) else { continue }
      rows[row.id] = row
    }
    do throws(TranscriptError) {
      file = try TranscriptFile(path: path, append: true)
    } catch {
      throw Failure(error.status, error.description)
    }
    state = Mutex((rows, .fine))
  }

  /// Measures what has no row yet.
  ///
  /// - Returns: The rows of `items`, in their order, and what the shell is told.
  func run(
    _ items: [EvaluationItem], jobs: Int,
    _ measure: @escaping @Sendable (EvaluationItem) async throws -> Row?
  ) async -> ([Row], ExitStatus) {
    let left = items.filter { item in state.withLock { $0.rows[item.id] == nil } }
    await withTaskGroup(of: Void.self) { group in
      var next = 0
      func start() {
        guard next < left.count, !Task.isCancelled, status == .fine else { return }
        let item = left[next]
        next += 1
        group.addTask { await self.take(item, measure) }
      }
      for _ in 0..<max(jobs, 1) { start() }
      while await group.next() != nil { start() }
    }
    return (items.compactMap { item in state.withLock { $0.rows[item.id] } }, status)
  }

  private var status: ExitStatus { state.withLock { $0.status } }

  private func take(
    _ item: EvaluationItem, _ measure: @Sendable (EvaluationItem) async throws -> Row?
  ) async {
    do {
      guard let row = try await measure(item), !Task.isCancelled else { return }
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      try file.append(Array(try encoder.encode(row)) + [UInt8(ascii: "\n")])
      state.withLock { $0.rows[item.id] = row }
      complain("\(item.id): measured")
    } catch let error as TranscriptError {
      complain("\(item.id): \(error)")
      state.withLock { $0.status = $0.status.joined(with: error.status) }
    } catch {
      let status = (error as? ModelError)?.status ?? .unreadable
      let reason = (error as? ModelError)?.description ?? "\(error)"
      complain("\(item.id): \(reason)")
      state.withLock { $0.status = $0.status.joined(with: status) }
    }
  }
}

extension MeasuringOptions {
  func items() throws(Failure) -> [EvaluationItem] {
    Array(try ProblemSet.items(path: set).dropFirst(skip).prefix(limit ?? .max))
  }
}

/// "12/60 (20.0 %)".
func share(_ part: Int, of whole: Int) -> String {
  guard whole > 0 else { return "\(part)/0" }
  let tenths = (part * 1000 + whole / 2) / whole
  return "\(part)/\(whole) (\(tenths / 10).\(tenths % 10) %)"
}

import Synchronization
import Tutoring
import Typeset

/// What a batch says on stderr: a bar at a terminal, else a line now and then; faults with their
/// place; and the sum at the end.
final class BatchScreen: Sendable {
  /// What is said besides faults.
  enum Talk: Sendable {
    /// Nothing: stdout is read by a program, and stderr often lands in its log.
    case faults
    /// A line now and then, and the sum.
    case lines
    /// A bar, and the sum.
    case bar
  }
  private let screen: Screen
  private let talk: Talk
  /// The name of the problems' file, for remarks.
  private let file: String
  private let columns: Int
  private let clock = ContinuousClock()
  private let origin = ContinuousClock.now

  private struct State {
    var tally: BatchTally
    var told = 0
    var ticker: Task<Void, Never>?
  }
  private let state: Mutex<State>
  /// Errors that are said one by one.
  private static let tellable = 10

  init(_ screen: Screen, talk: Talk, file: String, tally: BatchTally = BatchTally()) {
    self.screen = screen
    self.talk = talk
    self.file = file
    columns = screen.columnsSaid
    state = Mutex(State(tally: tally))
  }

  var tally: BatchTally { state.withLock { $0.tally } }

  /// Begins to tell how far the batch is.
  func begin() {
    let pause: Duration? =
      switch talk {
      case .faults: nil
      case .lines: .seconds(30)
      case .bar: .milliseconds(250)
      }
    guard let pause else { return }
    let ticker = Task { [weak self] in
      while (try? await Task.sleep(for: pause)) != nil { self?.tell() }
    }
    state.withLock { $0.ticker = ticker }
  }

  /// Says the sum.
  func finish() {
    let ticker = state.withLock { $0.ticker }
    ticker?.cancel()
    if case .faults = talk { return }
    screen.say("pentimento: " + tally.summary(seconds: seconds))
  }

  func count(_ record: RunRecord) { state.withLock { $0.tally.add(record) } }

  func countOpen() { state.withLock { $0.tally.open += 1 } }

  func complain(_ text: String) { screen.say("pentimento: \(text)") }

  /// Says what is odd about a row.
  func remark(_ text: String, line: Int) { complain("\(file):\(line): \(text)") }

  /// Says an error of a problem, unless many have been said.
  func error(_ text: String, id: String) {
    let told = state.withLock { state in
      state.told += 1
      return state.told
    }
    if told <= Self.tellable { complain("\(id): \(text)") }
    if told == Self.tellable { complain("further errors are only counted; their lines say more") }
  }

  private var seconds: Double { (clock.now - origin) / .seconds(1) }

  private func tell() {
    let tally = tally
    if case .bar = talk {
      screen.over(tally.bar(seconds: seconds, columns: columns))
    } else {
      complain(tally.progress(seconds: seconds))
    }
  }
}

// One request under way, seen from both sides. The wire's thread puts bytes in; one task takes
// them out. Whatever has piled up is handed over in one piece, so a fast server costs one hand-over
// for many events; and when the reader falls behind, the wire stops reading from the socket.

import Synchronization

/// The mailbox between the wire's thread and the task that reads a reply.
final class Transfer: Sendable {
  /// What a reader gets.
  enum Arrival: Sendable {
    case head(HTTPHead)
    case bytes([UInt8])
    case end(TransferEnd)
  }

  let request: HTTPRequest
  private let state = Mutex(State())

  fileprivate struct State: Sendable {
    var head: HTTPHead?
    var bytes: [UInt8] = []
    var end: TransferEnd?
    var reader: CheckedContinuation<Void, Never>?
    /// Set while the wire waits for the reader to take what is there.
    var isFull = false
  }

  /// Bytes that may wait for the reader before the wire stops reading from the socket.
  static let mailboxSize = 1 << 20

  init(_ request: HTTPRequest) {
    self.request = request
  }

  /// Waits for the next arrival: the head, then bytes, then, for good, the end.
  ///
  /// - Parameter onRoom: Called when the mailbox was full and is not any more.
  func next(onRoom: () -> Void) async -> Arrival {
    while true {
      let (arrival, hasRoom) = state.withLock { $0.take() }
      if hasRoom { onRoom() }
      if let arrival { return arrival }
      await withCheckedContinuation { reader in
        let isReady = state.withLock { state in
          guard state.isEmpty else { return true }
          state.reader = reader
          return false
        }
        if isReady { reader.resume() }
      }
    }
  }

  /// The wire's side: the head is known.
  func put(_ head: HTTPHead) {
    wake { $0.head = head }
  }

  /// The wire's side: bytes arrived.
  ///
  /// - Returns: Whether more are welcome.
  func put(_ bytes: inout [UInt8]) -> Bool {
    wake { state in
      if state.bytes.isEmpty { swap(&state.bytes, &bytes) } else { state.bytes += bytes }
      bytes.removeAll(keepingCapacity: true)
      state.isFull = state.bytes.count >= Self.mailboxSize
      return !state.isFull
    }
  }

  /// Either side: nothing more will come. The first end counts.
  func close(_ end: TransferEnd) {
    wake { state in
      guard state.end == nil else { return }
      state.end = end
      if end.dropsRest { state.bytes = [] }
    }
  }

  /// Whether what has come and was not read yet is to be left unread.
  var isDropped: Bool { state.withLock { $0.end?.dropsRest ?? false } }

  private func wake<T: Sendable>(_ change: (inout State) -> T) -> T {
    let (value, reader) = state.withLock { state in
      let value = change(&state)
      let reader = state.reader
      state.reader = nil
      return (value, reader)
    }
    reader?.resume()
    return value
  }
}

extension Transfer.State {
  fileprivate var isEmpty: Bool { head == nil && bytes.isEmpty && end == nil }

  fileprivate mutating func take() -> (Transfer.Arrival?, hasRoom: Bool) {
    if let head {
      self.head = nil
      return (.head(head), false)
    }
    if !bytes.isEmpty {
      var taken: [UInt8] = []
      swap(&taken, &bytes)
      let hadNoRoom = isFull
      isFull = false
      return (.bytes(taken), hadNoRoom)
    }
    return (end.map { .end($0) }, false)
  }
}

import Tutoring

/// A model whose replies nobody sees as they come: one that broke off is asked for again, which for
/// a person would show it twice, and so is one that cannot be read, as a head that was cut.
public struct UnwatchedModel: ChatModel {
  private let base: any ChatModel
  private let tries: Int

  /// - Parameter tries: Requests for one reply, at least 1; those that `base` repeats by itself count
  ///   as one.
  public init(_ base: any ChatModel, tries: Int = 3) {
    self.base = base
    self.tries = tries
  }

  public func reply(
    to request: ChatRequest, onPart: @escaping @Sendable (ReplyPart) -> Void
  ) async throws(ModelError) -> Reply {
    var cost = Reply(text: "", attempts: 0)
    var left = tries
    while true {
      left -= 1
      let isLast = left <= 0 || Task.isCancelled
      do throws(ModelError) {
        let reply = try await base.reply(to: request) { _ in }.after(cost)
        if reply.finish != .cut || isLast {
          pass(reply, to: onPart)
          return reply
        }
        cost = reply
      } catch {
        guard case .unreadable = error, !isLast else { throw error }
        cost.attempts += 1
      }
    }
  }

  private func pass(_ whole: Reply, to onPart: (ReplyPart) -> Void) {
    if !whole.reasoning.isEmpty { onPart(.reasoning(whole.reasoning)) }
    if !whole.text.isEmpty { onPart(.text(whole.text)) }
  }
}

extension Reply {
  /// The reply with what one before it has cost.
  fileprivate func after(_ broken: Reply) -> Reply {
    var reply = self
    reply.attempts += broken.attempts
    reply.milliseconds += broken.milliseconds
    reply.firstTokenMilliseconds = firstTokenMilliseconds.map { $0 + broken.milliseconds }
    reply.promptTokens = Self.sum(promptTokens, broken.promptTokens)
    reply.completionTokens = Self.sum(completionTokens, broken.completionTokens)
    return reply
  }

  private static func sum(_ left: Int?, _ right: Int?) -> Int? {
    guard let left, let right else { return left ?? right }
    return left.addingReportingOverflow(right).overflow ? left : left + right
  }
}

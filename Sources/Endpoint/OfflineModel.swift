import FoundationEssentials
import Tutoring

/// A model that is asked by files: it answers from responses that were taken in and, where there is
/// none, leaves the request to be planned. The state of a problem is nothing but the answers there
/// are, since the loop is run from its beginning each time.
public struct OfflineModel: ChatModel {
  private let settings: EndpointSettings
  private let desk: OfflineDesk

  /// - Parameters:
  ///   - settings: Say how the server that will answer wants its options; nothing is sent.
  ///   - desk: Share one among all models.
  public init(_ settings: EndpointSettings, desk: OfflineDesk) {
    self.settings = settings
    self.desk = desk
  }

  /// - Throws: `ModelError.deferred` if there is no answer yet; the request is noted then.
  public func reply(
    to request: ChatRequest, onPart: @escaping @Sendable (ReplyPart) -> Void
  ) async throws(ModelError) -> Reply {
    let body = RequestBody(
      request, names: settings.optionNames, extras: settings.extraOptions, streams: false)
    guard let bytes = try? body.encoded() else {
      throw .unreadable(
        url: OfflineDesk.path, reason: "the request has a number that JSON cannot hold")
    }
    let id = Fingerprint(bytes)
    switch desk.answer(to: id, options: body.optionNames) {
    case .reply(let reply):
      if !reply.text.isEmpty { onPart(.text(reply.text)) }
      return reply
    case .fault(let error): throw error
    case .none:
      desk.note(id, bytes)
      throw .deferred(id: id.description)
    }
  }
}

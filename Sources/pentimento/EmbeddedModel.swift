import Endpoint
import Synchronization
import Tutoring

/// The model that the program fetches and serves itself.
///
/// Its server is started by the first request, or earlier by `prepare`, serves solver and critic
/// alike, and ends with the program, however that ends.
final class EmbeddedModel: Sendable {
  private let folders: Folders
  private let wire: Wire

  private struct State {
    var server: LocalServer?
    var preparing: Task<Void, Never>?
    var whenLoading: @Sendable () -> Void = {}
  }
  private let state = Mutex(State())

  init(folders: Folders, wire: Wire) {
    self.folders = folders
    self.wire = wire
  }

  /// One of the models that its server serves.
  func asked(as settings: ModelSettings) -> any ChatModel {
    Part(embedded: self, settings: settings)
  }

  private struct Part: ChatModel {
    let embedded: EmbeddedModel
    let settings: ModelSettings

    func reply(
      to request: ChatRequest, onPart: @escaping @Sendable (ReplyPart) -> Void
    ) async throws(ModelError) -> Reply {
      guard let address = try await embedded.address() else {
        return Reply(text: "", finish: .interrupted)
      }
      let endpoint = settings.endpointSettings(
        at: address.baseURL, key: EndpointKey(.known(address.key), for: address.baseURL))
      return try await ChatCompletions(endpoint, over: embedded.wire)
        .reply(to: request, onPart: onPart)
    }
  }

  /// Sets what happens when a request has to wait for the weights.
  func whenLoading(_ action: @escaping @Sendable () -> Void) {
    state.withLock { $0.whenLoading = action }
  }

  /// Begins to start the server, so that it is ready when the first problem comes. What goes wrong
  /// is said by the first request.
  func prepare() {
    let task = Task { _ = try? await self.server().address() }
    state.withLock { $0.preparing = task }
  }

  /// Ends the server, if it was started.
  func stop() {
    let (server, preparing) = state.withLock { ($0.server, $0.preparing) }
    preparing?.cancel()
    server?.stop()
  }

  /// Where the server listens; `nil` if the task was cancelled.
  private func address() async throws(ModelError) -> LocalServer.Address? {
    let server = try server()
    let whenLoading = state.withLock { $0.whenLoading }
    let isTold = Atomic(false)
    do {
      return try await server.address { _ in
        if !isTold.exchange(true, ordering: .relaxed) { whenLoading() }
      }
    } catch .interrupted {
      return nil
    } catch {
      throw .unavailable("\(error)")
    }
  }

  private func server() throws(ModelError) -> LocalServer {
    let made: LocalServer? = try state.withLock { state throws(ModelError) in
      if state.server == nil { state.server = try make() }
      return state.server
    }
    guard let made else { throw .unavailable("the embedded model has no server") }
    return made
  }

  /// Why it cannot be served, and what to do, or `nil`.
  var complaint: String? {
    let missing = EmbeddedManifest.missing(in: folders.embeddedModel)
    if missing.isEmpty { return nil }
    return "the embedded model is not complete (missing: \(missing.joined(separator: ", "))); "
      + "run `pentimento fetch`, or name an endpoint with --base-url"
  }

  private func make() throws(ModelError) -> LocalServer {
    if let complaint { throw .unavailable(complaint) }
    let folder = folders.embeddedModel
    guard let manifest = EmbeddedManifest(folder: folder), let model = manifest.model,
      let critic = manifest.critic, let server = manifest.server
    else { throw .unavailable("the embedded model cannot be read; run `pentimento fetch`") }
    return LocalServer(
      .embedded(
        python: Path.joined(folder, server.python), launcher: Path.joined(folder, "launcher.py"),
        weights: Path.joined(folder, model.file), adapter: Path.joined(folder, critic.file),
        digest: "\(model.sha256)+\(critic.sha256)", folder: folders.state),
      over: wire)
  }
}

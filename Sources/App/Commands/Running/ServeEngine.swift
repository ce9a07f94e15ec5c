import Engine
import ServiceLifecycle
import Web

/// The engine of a serving process. It begins only when every listener has its port, so that a
/// wrong port stops the start before anything is carried out.
struct ServeEngine: Service {
  let loop: EngineLoop
  let listeners: ServeListeners
  let readiness: ServeReadiness
  /// Told once, where the listeners are.
  let begins: @Sendable ([ListenerRole: String]) -> Void

  func run() async throws {
    do {
      begins(try await listeners.listening())
    } catch is CancellationError {
      // Stopped before it began.
      return
    }
    let loop = loop
    readiness.setEngine { loop.holdsLease }
    defer { readiness.setEngine(holdsLease: nil) }
    try await loop.run()
  }
}

import Engine
import Store
import Synchronization
import Web

/// Whether a serving process can do its work.
final class ServeReadiness: HealthReading {
  private struct State {
    /// Asked whether the lease holds; nil while the engine does not run.
    var holdsLease: (@Sendable () -> Bool)?
    var isStopping = false
  }

  private let schema: SQLStore
  private let state = Mutex(State())

  init(schema: SQLStore) {
    self.schema = schema
  }

  /// - Parameter holdsLease: whether the engine's lease holds, asked each time; nil: it has ended.
  func setEngine(holdsLease: (@Sendable () -> Bool)?) {
    state.withLock { $0.holdsLease = holdsLease }
  }

  /// It was asked to stop: whoever sends requests here has to send them elsewhere from now on.
  func stop() { state.withLock { $0.isStopping = true } }

  func readiness() async -> [ReadinessCheck] {
    let version: Int?
    do {
      version = try await schema.schemaVersion()
    } catch {
      version = nil
    }
    let (holdsLease, isStopping) = state.withLock { ($0.holdsLease, $0.isStopping) }
    return [
      ReadinessCheck("database", isReady: version != nil),
      ReadinessCheck("schema", isReady: version == Migrator.all.count),
      ReadinessCheck("engine", isReady: holdsLease != nil),
      ReadinessCheck("lease", isReady: holdsLease?() ?? false),
      ReadinessCheck("not_stopping", isReady: !isStopping),
    ]
  }
}

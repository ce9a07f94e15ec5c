import Engine
import Synchronization
import Web

/// Whether a serving process can do its work.
final class ServeReadiness: HealthReading {
  private let store: any StorePort
  private let isEngineRunning = Mutex(false)

  init(store: any StorePort) {
    self.store = store
  }

  func setEngine(isRunning: Bool) {
    isEngineRunning.withLock { $0 = isRunning }
  }

  func readiness() async -> [ReadinessCheck] {
    let hasDatabase: Bool
    do {
      _ = try await store.read { try $0.organisations().count }
      hasDatabase = true
    } catch {
      hasDatabase = false
    }
    return [
      ReadinessCheck("database", isReady: hasDatabase),
      ReadinessCheck("engine", isReady: isEngineRunning.withLock { $0 }),
    ]
  }
}

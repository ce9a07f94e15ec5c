import Synchronization

/// Keeps what was waited for, without waiting.
final class Pauses: Sendable {
  private let waits = Mutex<[Duration]>([])

  var all: [Duration] { waits.withLock { $0 } }

  func add(_ wait: Duration) { waits.withLock { $0.append(wait) } }
}

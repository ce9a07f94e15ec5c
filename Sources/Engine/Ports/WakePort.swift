import Synchronization

/// Wakes the processes of one database when there may be something to do.
///
/// Only ever a hint: a ring may be lost, may come late, and many may be heard as one. Polling is the
/// truth, and nothing may depend on being woken.
public protocol WakePort: Sendable {
  /// Wakes every process that listens on this database, this one included. Called after the commit of
  /// what there is to do.
  func ring() async

  /// Calls `heard` after each ring, until the answer is stopped or goes away.
  func listen(_ heard: @escaping @Sendable () -> Void) -> WakeListening
}

/// A standing wish to hear rings.
public final class WakeListening: Sendable {
  private let end: Mutex<(@Sendable () -> Void)?>

  public init(_ end: @escaping @Sendable () -> Void) { self.end = Mutex(end) }

  deinit { stop() }

  /// Hears no more rings. Idempotent.
  public func stop() {
    let end = end.withLock { end in
      defer { end = nil }
      return end
    }
    end?()
  }
}

/// Where nobody else could be woken: polling alone.
public struct NoWake: WakePort {
  public init() {}
  public func ring() async {}
  public func listen(_ heard: @escaping @Sendable () -> Void) -> WakeListening {
    WakeListening {}
  }
}

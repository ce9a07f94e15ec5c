import Synchronization

/// Says that something arrived which wants to be worked off. Thread-safe.
///
/// A signal that comes while nobody waits is kept, and many are one: whoever wakes takes everything
/// that is there. Never the truth, only a hint; polling is the truth.
public final class ArrivalSignal: Sendable {
  private struct State {
    var isRaised = false
    var waiters: [CheckedContinuation<Void, Never>] = []
  }

  private let state = Mutex(State())

  public init() {}

  /// Wakes whoever waits, or the next one who will.
  public func raise() {
    let waiters = state.withLock { state in
      defer { state.waiters = [] }
      if state.waiters.isEmpty { state.isRaised = true }
      return state.waiters
    }
    for waiter in waiters { waiter.resume() }
  }

  /// Waits for a signal, but no longer than `limit`; returns at once when cancelled.
  public func wait(atMost limit: Duration) async {
    await withTaskGroup(of: Void.self) { tasks in
      tasks.addTask { await self.wait() }
      tasks.addTask { try? await Task.sleep(for: limit) }
      await tasks.next()
      tasks.cancelAll()
    }
  }

  /// Waits for a signal since the last wait ended; returns at once when cancelled.
  public func wait() async {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let goesOn = state.withLock { state in
          if state.isRaised || Task.isCancelled {
            state.isRaised = false
            return true
          }
          state.waiters.append(continuation)
          return false
        }
        if goesOn { continuation.resume() }
      }
    } onCancel: {
      raise()
    }
  }
}

import ActionProtocol
import Decisions
import Logging

/// Does what durable timers ask for.
public struct TimerService: Sendable {
  private let context: EngineContext

  public init(_ context: EngineContext) { self.context = context }

  /// Handles every timer that is due. What a crash leaves half done is armed anew at the next start
  /// (``EngineLoop``) or found unchanged in its table.
  /// - Returns: how many were handled.
  @discardableResult
  public func runDue() async throws -> Int {
    let due = try await context.store.read { try $0.dueTimers(at: $0.now, limit: 100) }
    for timer in due {
      do {
        try await handle(timer)
      } catch {
        // One timer's fault must not stop the others; it is tried again in a minute.
        context.logger.error(
          "a timer failed",
          metadata: ["kind": "\(timer.kind.rawValue)", "error": "\(error)"])
        try await postpone(timer)
      }
    }
    return due.count
  }

  private func handle(_ timer: DurableTimer) async throws {
    switch timer.kind {
    case .reconcile:
      // Removed first: what is still unknown afterwards sets the next look itself.
      try await context.store.write { try $0.remove(timer) }
      try await Reconciler(context).reconcile(timer.org)
    case .followUp:
      try await FollowUps(context).propose(timer)
    }
  }

  private func postpone(_ timer: DurableTimer) async throws {
    try await context.store.write { store in
      try store.remove(timer)
      var later = timer
      later.due = store.now.advanced(by: .seconds(60))
      try store.put(later)
    }
  }
}

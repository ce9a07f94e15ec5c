import ActionProtocol
import Decisions
import Logging

/// Intents whose commit was not acknowledged, because the connection broke while it was made.
///
/// Nothing was called for them, and this process alone knows that. Those that hold all the same are
/// given back as *not sent*, so that nobody has to ask what became of them.
struct UnacknowledgedIntents {
  let context: EngineContext

  /// Reads each intent again and gives back the ones that are there, by their fencing tokens.
  ///
  /// Those that become visible only later, or where this fails, are leftovers like any other: they
  /// become *unknown*.
  func giveBack(_ calls: [PendingCall]) async {
    guard !calls.isEmpty else { return }
    let configuration = context.configuration
    let jitter = context.entropy.unit()
    do {
      try await context.store.write { store in
        let recording = Recording(store: store, configuration: configuration, jitter: jitter)
        for pending in calls where try Self.holds(pending, store) {
          _ = try recording.record(
            pending, nil, .notSent(code: Settlement.unacknowledged),
            clock: pending.prepared.clock)
        }
      }
    } catch {
      context.logger.warning(
        "intents without an acknowledgement were not given back",
        metadata: ["count": "\(calls.count)", "error": "\(error)"])
    }
  }

  private static func holds(
    _ pending: PendingCall, _ store: any StoreTransaction
  ) throws -> Bool {
    let intent = pending.intent
    guard let found = try store.attempt(intent.org, intent.operation) else { return false }
    return found.outcome == nil && found.intent.boot == intent.boot
      && found.intent.token == intent.token
  }
}

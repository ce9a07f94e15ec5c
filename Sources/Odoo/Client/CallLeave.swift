import Handover
import Synchronization

/// Leave to let writes go, for whoever must be able to hold them back until the last moment.
///
/// It goes with all writes of one undertaking, of which there may be several: a repetition after a
/// conflict, a note beside a change. Once refused, it stays refused. Thread-safe.
public final class CallLeave: Sendable {
  private struct State {
    var wasAsked = false
    var isRefused = false
  }

  private let state = Mutex(State())
  private let first: @Sendable () -> Bool
  private let further: @Sendable () -> Bool
  private let departed: @Sendable () -> Void

  /// - Parameters:
  ///   - isAllowed: asked once, on the connection's own thread, right before the head of the first write
  ///     is handed to it; must not wait. False: no byte leaves, and the error is `notSent`.
  ///   - mayGoOn: asked likewise before each further write.
  ///   - left: told each time the head of a write was written to the socket.
  public init(
    isAllowed: @escaping @Sendable () -> Bool, mayGoOn: @escaping @Sendable () -> Bool,
    left: @escaping @Sendable () -> Void
  ) {
    (first, further, departed) = (isAllowed, mayGoOn, left)
  }

  /// Whether a write was held back.
  public var isRefused: Bool { state.withLock { $0.isRefused } }

  var handover: HandoverLeave { HandoverLeave(isAllowed: ask, left: departed) }

  private func ask() -> Bool {
    state.withLock { state in
      if state.isRefused { return false }
      let isAllowed = state.wasAsked ? further() : first()
      state.wasAsked = true
      state.isRefused = !isAllowed
      return isAllowed
    }
  }
}

import Synchronization

/// Knows of every call under way whether its request head has been handed to a connection.
///
/// INVARIANT: for one token, `handOver` answers true at most once, and never after `close`.
/// Therefore a call that was closed as not handed over can never reach a socket afterwards, and
/// no layer below can send a request twice.
package final class HandoverRegister: Sendable {
  private struct Call {
    var isHandedOver = false
    let leave: HandoverLeave?
  }

  private struct State {
    var next: UInt64 = 1
    var calls: [UInt64: Call] = [:]
  }

  private let state = Mutex(State())

  package init() {}

  /// Begins a call and names it.
  /// - Parameter leave: asked before the head is handed over; without it, it always may be.
  package func open(_ leave: HandoverLeave? = nil) -> UInt64 {
    state.withLock { state in
      let token = state.next
      state.next += 1
      state.calls[token] = Call(leave: leave)
      return token
    }
  }

  /// Asks for leave to hand the head of a call to a connection.
  package func handOver(_ token: UInt64) -> Bool {
    state.withLock { state in
      guard let call = state.calls[token], !call.isHandedOver, call.leave?.isAllowed() ?? true
      else { return false }
      state.calls[token]?.isHandedOver = true
      return true
    }
  }

  /// Says that the head of a call has been written to its socket.
  package func left(_ token: UInt64) {
    let leave = state.withLock { $0.calls[token]?.leave }
    leave?.left()
  }

  /// Whether somebody wants to know when a call's head is written.
  package func isAwaited(_ token: UInt64) -> Bool {
    state.withLock { $0.calls[token]?.leave != nil }
  }

  /// Ends a call. True where its head was handed over.
  package func close(_ token: UInt64) -> Bool {
    state.withLock { $0.calls.removeValue(forKey: token)?.isHandedOver ?? false }
  }
}

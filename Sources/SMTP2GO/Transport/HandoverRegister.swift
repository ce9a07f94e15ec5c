import Synchronization

/// Knows of every call under way whether its request head has been handed to a connection.
///
/// INVARIANT: for one token, `handOver` answers true at most once, and never after `close`.
/// Therefore a call that was closed as not handed over can never reach a socket afterwards, and
/// no layer below can send a request twice.
final class HandoverRegister: Sendable {
  private struct State {
    var next: UInt64 = 1
    /// True once handed over.
    var calls: [UInt64: Bool] = [:]
  }

  private let state = Mutex(State())

  /// Begins a call and names it.
  func open() -> UInt64 {
    state.withLock { state in
      let token = state.next
      state.next += 1
      state.calls[token] = false
      return token
    }
  }

  /// Asks for leave to hand the head of a call to a connection.
  func handOver(_ token: UInt64) -> Bool {
    state.withLock { state in
      guard state.calls[token] == false else { return false }
      state.calls[token] = true
      return true
    }
  }

  /// Ends a call. True where its head was handed over.
  func close(_ token: UInt64) -> Bool {
    state.withLock { $0.calls.removeValue(forKey: token) ?? false }
  }
}

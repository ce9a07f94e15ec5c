import Synchronization

/// Shuts when the server refuses the credentials: every further attempt would bring the address nearer
/// to being locked out, for everybody behind it.
final class CredentialLock: Sendable {
  private let isShut = Mutex(false)

  var mayCall: Bool { isShut.withLock { !$0 } }

  func shut() { isShut.withLock { $0 = true } }

  func open() { isShut.withLock { $0 = false } }
}

/// Numbers for JSON-RPC's envelopes, so that an answer is known to be to its request.
final class CallNumbers: Sendable {
  private let last = Mutex(0)

  func next() -> Int {
    last.withLock { last in
      last += 1
      return last
    }
  }
}

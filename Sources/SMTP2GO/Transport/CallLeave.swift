/// Leave to let a call go, for whoever must be able to hold calls back until the last moment.
public struct CallLeave: Sendable {
  /// Asked at most once, on the connection's own thread, right before the request's head is handed
  /// to it; must not wait. False: no byte of the request leaves, and the outcome is `notSent`.
  public let isAllowed: @Sendable () -> Bool
  /// Told once the head was written to the socket; not told where the write failed.
  public let left: @Sendable () -> Void

  public init(
    isAllowed: @escaping @Sendable () -> Bool, left: @escaping @Sendable () -> Void
  ) {
    self.isAllowed = isAllowed
    self.left = left
  }
}

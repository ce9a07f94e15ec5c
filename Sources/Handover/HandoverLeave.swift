/// Leave to hand a request's head to a connection, for whoever must be able to hold calls back until
/// the last moment.
package struct HandoverLeave: Sendable {
  /// Asked at most once, on the connection's own thread; must not wait. False: nothing leaves.
  package let isAllowed: @Sendable () -> Bool
  /// Told once the head was written to the socket; not told where the write failed.
  package let left: @Sendable () -> Void

  package init(
    isAllowed: @escaping @Sendable () -> Bool, left: @escaping @Sendable () -> Void
  ) {
    self.isAllowed = isAllowed
    self.left = left
  }
}

import ActionProtocol

/// What is known of another process when somebody asks whether it is dead.
public struct BootLife: Hashable, Sendable {
  /// The kernel's boot id when the process registered.
  public var kernelBoot: String
  /// The end of its lease, in milliseconds: on the monotonic clock of that kernel, or in the time of
  /// the database, as the store's processes agree on.
  public var leaseEndsAt: Int64

  public init(kernelBoot: String, leaseEndsAt: Int64) {
    self.kernelBoot = kernelBoot
    self.leaseEndsAt = leaseEndsAt
  }

  /// Whether the process is proven dead: its liveness lock is free **and** its lease is over.
  ///
  /// A machine that was restarted since has no process of the earlier kernel, so there the free lock
  /// alone is the proof; the monotonic clock began anew and says nothing.
  /// - Parameters:
  ///   - lockIsFree: nobody holds the liveness lock.
  ///   - kernelBoot: the running kernel's boot id.
  ///   - monotonicNow: its monotonic clock, in milliseconds.
  public func isProvenDead(lockIsFree: Bool, kernelBoot: String, monotonicNow: Int64) -> Bool {
    guard lockIsFree else { return false }
    return self.kernelBoot != kernelBoot || leaseEndsAt <= monotonicNow
  }

  /// The same where leases are written in the database's time, which every machine shares: a free lock
  /// is no proof there, because a connection can break while its process goes on.
  /// - Parameters:
  ///   - lockIsFree: nobody holds the liveness lock.
  ///   - databaseNow: the database's time, in UTC milliseconds.
  public func isProvenDead(lockIsFree: Bool, databaseNow: Int64) -> Bool {
    lockIsFree && leaseEndsAt <= databaseNow
  }
}

/// The local check just before the first byte: no round trip, only the lease we know to hold.
public struct LeaseWindow: Hashable, Sendable {
  /// How long a heartbeat makes the lease.
  public var length: Duration
  /// Kept free at the end for the call's own start.
  public var margin: Duration

  public init(length: Duration, margin: Duration) {
    self.length = length
    self.margin = margin
  }

  /// A lease of `seconds` with a fifth of it as margin.
  public init(seconds: Int) {
    self.init(length: .seconds(seconds), margin: .milliseconds(seconds * 200))
  }

  /// Whether a call may begin.
  /// - Parameters:
  ///   - lastHeartbeat: monotonic milliseconds of the last successful heartbeat's start.
  ///   - now: monotonic milliseconds.
  public func allowsCall(lastHeartbeat: Int64, now: Int64) -> Bool {
    let end = lastHeartbeat + (length - margin).wholeMilliseconds
    return now < end
  }
}

extension Duration {
  /// The duration in whole milliseconds, rounded towards zero.
  public var wholeMilliseconds: Int64 {
    components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
  }
}

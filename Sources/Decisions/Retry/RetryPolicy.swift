import ActionProtocol

/// How often and how far apart an action is tried again when nothing left the house.
///
/// Exponential back-off with full jitter: the wait before attempt n + 1 is uniform between the floor
/// and `base · 2ⁿ`, capped. Waiting, throttling, configuration faults and a channel that cannot be reached
/// do not count as attempts.
public struct RetryPolicy: Hashable, Sendable {
  public var base: Duration
  public var cap: Duration
  public var maximumAttempts: Int
  /// The pause when a provider throttles without saying how long.
  public var throttlePause: Duration
  /// The pause of a channel whose key or account is at fault, after which it is tried again.
  public var configurationPause: Duration

  /// 2 s doubling to 15 min, three attempts, 60 s throttle, 5 min for configuration faults.
  public static let standard = RetryPolicy(
    base: .seconds(2), cap: .seconds(900), maximumAttempts: 3, throttlePause: .seconds(60),
    configurationPause: .seconds(300))

  public init(
    base: Duration, cap: Duration, maximumAttempts: Int, throttlePause: Duration,
    configurationPause: Duration
  ) {
    self.base = base
    self.cap = cap
    self.maximumAttempts = maximumAttempts
    self.throttlePause = throttlePause
    self.configurationPause = configurationPause
  }

  /// The wait before the next attempt.
  /// - Parameters:
  ///   - attempts: attempts made before the one that just failed.
  ///   - jitter: uniform in 0..<1; 0 gives the floor of a tenth of the ceiling.
  public func backoff(afterAttempts attempts: Int, jitter: Double) -> Duration {
    let doublings = min(max(attempts, 0), 20)
    let ceiling = min(base * (1 << doublings), cap)
    let floor = ceiling / 10
    return floor + (ceiling - floor) * min(max(jitter, 0), 1)
  }
}

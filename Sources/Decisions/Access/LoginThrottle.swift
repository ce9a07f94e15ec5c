import ActionProtocol

/// Wrong passwords so far, of an account or from an address.
public struct LoginFailures: Hashable, Sendable {
  public var count: Int
  public var lastAt: Instant

  public init(count: Int, lastAt: Instant) {
    self.count = count
    self.lastAt = lastAt
  }
}

/// How many wrong passwords are listened to: some for free, then after waits that double.
///
/// The lock-out ends by itself: whoever tries wrong passwords for somebody else must not keep them out
/// for good.
public struct LoginThrottle: Hashable, Sendable {
  /// Failures before the first wait.
  public var free: Int
  public var first: Duration
  public var longest: Duration
  /// Failures are forgotten when none came for so long.
  public var memory: Duration

  public init(free: Int, first: Duration, longest: Duration, memory: Duration) {
    self.free = free
    self.first = first
    self.longest = longest
    self.memory = memory
  }

  /// Of one account, whether it exists or not.
  public static let account = LoginThrottle(
    free: 5, first: .seconds(30), longest: .seconds(3600), memory: .seconds(86_400))
  /// Of one address, over all accounts. Offices share one.
  public static let address = LoginThrottle(
    free: 20, first: .seconds(30), longest: .seconds(900), memory: .seconds(3600))

  /// When the next try is looked at; nil: now.
  public func opens(_ failures: LoginFailures?, now: Instant) -> Instant? {
    guard let failures, failures.count >= free, !isForgotten(failures, now) else { return nil }
    let end = failures.lastAt.advanced(by: wait(after: failures.count))
    return now < end ? end : nil
  }

  /// The failures with one more.
  public func failed(_ failures: LoginFailures?, now: Instant) -> LoginFailures {
    guard let failures, !isForgotten(failures, now) else {
      return LoginFailures(count: 1, lastAt: now)
    }
    return LoginFailures(count: failures.count + 1, lastAt: now)
  }

  /// Whether this failure is the first that makes others wait.
  public func locks(_ failures: LoginFailures) -> Bool { failures.count == free }

  private func wait(after count: Int) -> Duration {
    let doublings = min(count - free, 20)
    return min(first * (1 << doublings), longest)
  }

  /// A clock that went back forgets nothing.
  private func isForgotten(_ failures: LoginFailures, _ now: Instant) -> Bool {
    now.duration(since: failures.lastAt) >= memory
  }
}

import ActionProtocol

/// A channel of an org that waits, and how it begins again.
public struct ChannelPause: Hashable, Sendable {
  public let hold: HoldReason
  /// When it began.
  public let since: Instant
  /// The first instant at which calls may begin again.
  public let until: Instant

  /// For so long after the end the pause still counts.
  public static let slowStart: Duration = .seconds(6)

  public init(_ hold: HoldReason, since: Instant, until: Instant) {
    self.hold = hold
    self.since = since
    self.until = until
  }

  /// How many calls of one process may be under way; nil: as many as usual.
  ///
  /// None before the end. A provider that asked for a pause is then tried with one call, and with
  /// twice as many each second, so that what has piled up does not bring on the next pause.
  public func calls(at now: Instant) -> Int? {
    if now < until { return 0 }
    guard hold == .throttled, now < until.advanced(by: Self.slowStart) else { return nil }
    return 1 << ((now.milliseconds - until.milliseconds) / 1000)
  }

  /// The longest pause of a channel whose provider does not say how long.
  public static let longest: Duration = .seconds(900)

  /// How long a channel waits whose provider turns it away without saying for how long: twice as long
  /// as the last time, where it has not gone well since for as long as that lasted.
  /// - Parameters:
  ///   - last: the last pause of the channel, over or not; nil: there was none.
  ///   - base: the length of a first one.
  public static func length(
    after last: ChannelPause?, base: Duration, now: Instant
  ) -> Duration {
    guard let last, last.hold == .throttled, last.until <= now else { return base }
    let length = Duration.milliseconds(max(0, last.until.milliseconds - last.since.milliseconds))
    guard now <= last.until.advanced(by: max(length, base)) else { return base }
    return max(base, min(length * 2, longest))
  }

  /// The end of a pause that a provider asked for: never earlier than it said, and up to a tenth
  /// later, so that the channels it turned away at once do not come back at once.
  /// - Parameter jitter: uniform in 0..<1.
  public static func end(of asked: Instant, from now: Instant, jitter: Double) -> Instant {
    let length = max(0, asked.milliseconds - now.milliseconds)
    let later = Double(length / 10) * min(max(jitter, 0), 1)
    return Instant(milliseconds: asked.milliseconds + Int64(later))
  }
}

import ActionProtocol

/// How messages leave that waited for hours to open, so that they do not all leave in the first second
/// of the morning.
public struct DrainPace: Hashable, Sendable {
  /// The span after an opening over which they are spread; zero: at once.
  public var spread: Duration
  /// How many of them may go in any minute.
  public var perMinute: Int

  public static let spreads = 0...240
  public static let paces = 1...10_000

  /// Half an hour, and at most twenty a minute.
  public static let standard = DrainPace(spread: .seconds(30 * 60), perMinute: 20)

  public init(spread: Duration, perMinute: Int) {
    self.spread = spread
    self.perMinute = perMinute
  }

  /// The instant after an opening at which one message goes: always the same for the same message and
  /// opening, so that a card shows what will be.
  /// - Parameters:
  ///   - limit: the instant lies before it, whatever the spread.
  ///   - isOpen: whether the message could go at an instant; where it could not, it goes at the opening.
  func instant(
    after opening: Instant, of message: Digest, before limit: Instant?,
    isOpen: (Instant) -> Bool
  ) -> Instant {
    let span = spread.wholeMilliseconds
    guard span > 0 else { return opening }
    let seed = UInt64(message.hex.prefix(16), radix: 16) ?? 0
    let moved = seed ^ UInt64(bitPattern: opening.milliseconds) &* 0x9E37_79B9_7F4A_7C15
    let later = opening.advanced(by: .milliseconds(Int64(moved % UInt64(span))))
    if let limit, later >= limit { return opening }
    return isOpen(later) ? later : opening
  }
}

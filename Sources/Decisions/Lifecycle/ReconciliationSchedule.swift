import ActionProtocol

/// When an attempt of unknown outcome is looked for again.
///
/// The waits count from the end of the call (or from when its process was found dead). After the last
/// one the last wait repeats, because a hit proves and a miss never does.
///
/// One search serves all attempts of a channel, so looks fall on whole multiples of ``grain``: however
/// many outcomes are unknown and however many processes look, there are few searches a minute.
public struct ReconciliationSchedule: Hashable, Sendable {
  /// Every look falls on a multiple of so many milliseconds: at most twelve searches a minute, of
  /// the sixty calls that the provider allows.
  public static let grain: Int64 = 5_000

  /// Waits from the call's end, ascending.
  public let waits: [Duration]

  /// 15 s, then 1, 2, 5, 15 and 60 minutes.
  public static let standard = ReconciliationSchedule(waits: [
    .seconds(15), .seconds(60), .seconds(120), .seconds(300), .seconds(900), .seconds(3600),
  ])

  /// - Parameter waits: at least one.
  public init(waits: [Duration]) {
    self.waits = waits.isEmpty ? [.seconds(3600)] : waits
  }

  /// How long after the call's end a look is due.
  /// - Parameter looks: how many looks there were before it.
  public func wait(afterLooks looks: Int) -> Duration {
    let last = waits.count - 1
    guard looks > last else { return waits[max(looks, 0)] }
    return waits[last] * (looks - last + 1)
  }

  /// When a look is due.
  /// - Parameters:
  ///   - looks: how many looks there were before it.
  ///   - end: the end of the call.
  public func due(afterLooks looks: Int, end: Instant) -> Instant {
    let exact = end.advanced(by: wait(afterLooks: looks)).milliseconds
    let over = exact % Self.grain
    return Instant(milliseconds: over > 0 ? exact + Self.grain - over : exact)
  }

  /// How many looks were due until an instant. A process that slept through several makes up for all
  /// of them with one.
  public func looksDue(at now: Instant, end: Instant) -> Int {
    var looks = waits.prefix { end.advanced(by: $0) <= now }.count
    if looks == waits.count, let last = waits.last?.wholeMilliseconds, last > 0 {
      looks = max(looks, waits.count - 1 + Int((now.milliseconds - end.milliseconds) / last))
    }
    while looks > 0, due(afterLooks: looks - 1, end: end) > now { looks -= 1 }
    return looks
  }
}

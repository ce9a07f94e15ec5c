import ActionProtocol
import Synchronization

/// A clock that stands still until it is told to move. Thread-safe.
public final class TestClock: Sendable {
  private let milliseconds: Mutex<Int64>

  /// - Parameter start: RFC 3339; traps when it is not, because the test itself is wrong then.
  public init(_ start: String) {
    guard let instant = Instant(rfc3339: start) else {
      preconditionFailure("not an RFC 3339 time: \(start)")
    }
    milliseconds = Mutex(instant.milliseconds)
  }

  public var now: Instant { Instant(milliseconds: milliseconds.withLock { $0 }) }

  public func advance(by duration: Duration) {
    let step =
      duration.components.seconds * 1000
      + duration.components.attoseconds / 1_000_000_000_000_000
    milliseconds.withLock { $0 += step }
  }

  public func set(_ instant: Instant) { milliseconds.withLock { $0 = instant.milliseconds } }

  public func set(_ time: String) {
    if let instant = Instant(rfc3339: time) { set(instant) }
  }
}

import ActionProtocol

/// So many messages in a span of time: a token bucket, as the generic cell rate algorithm keeps it
/// (ITU-T I.371), in one number that all processes share.
///
/// The number is the *theoretical arrival time* in microseconds since 1970: until then the bucket is
/// in debt. Whatever is asked, no span of ``Period`` length holds more than ``messages``; in return a
/// steady stream stays up to a quarter below it.
public struct ChannelRate: Hashable, Sendable {
  /// The span.
  public enum Period: String, CaseIterable, Hashable, Sendable {
    case second, minute, hour, day

    var microseconds: Int64 {
      switch self {
      case .second: 1_000_000
      case .minute: 60_000_000
      case .hour: 3_600_000_000
      case .day: 86_400_000_000
      }
    }
  }

  /// What came of asking for a message.
  public enum Answer: Hashable, Sendable {
    /// It may go; the bucket's number from now on.
    case taken(arrival: Int64)
    /// Not before this instant.
    case wait(until: Instant)
  }

  /// The most that can be asked for in a span.
  public static let mostMessages = 100_000

  public let messages: Int
  public let period: Period

  /// - Parameter messages: 1 to ``mostMessages``; nil otherwise.
  public init?(_ messages: Int, per period: Period) {
    guard (1...Self.mostMessages).contains(messages) else { return nil }
    self.messages = messages
    self.period = period
  }

  /// Reads `120/minute`.
  public init?(rawValue: String) {
    let parts = rawValue.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let messages = Int(parts[0]),
      let period = Period(rawValue: String(parts[1]))
    else { return nil }
    self.init(messages, per: period)
  }

  public var rawValue: String { "\(messages)/\(period.rawValue)" }

  /// How many may go at once after a rest: two seconds' worth, and at most a quarter of a span's.
  public var burst: Int {
    let twoSeconds = Int64(messages) * 2_000_000 / period.microseconds
    return max(1, min(messages / 4, Int(twoSeconds)))
  }

  /// Microseconds between two messages of a steady stream.
  ///
  /// INVARIANT: a half-open span of the period holds at most `burst` plus one per interval that fits
  /// into it, which is `messages`.
  public var interval: Int64 {
    let steady = Int64(messages - burst + 1)
    return (period.microseconds + steady - 1) / steady
  }

  /// Asks for one message.
  /// - Parameter arrival: the bucket's number; 0 where it was never used.
  public func take(arrival: Int64, now: Instant) -> Answer {
    let micros = now.milliseconds * 1000
    let earliest = arrival - Int64(burst - 1) * interval
    guard earliest <= micros else {
      return .wait(until: Instant(milliseconds: (earliest + 999) / 1000))
    }
    return .taken(arrival: max(arrival, micros) + interval)
  }

  /// How many messages may go now.
  public func available(arrival: Int64, now: Instant) -> Int {
    let debt = max(0, arrival - now.milliseconds * 1000)
    return max(0, burst - Int((debt + interval - 1) / interval))
  }
}

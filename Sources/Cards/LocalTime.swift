import ActionProtocol
import Decisions
import Engine
import Foundation

/// Instants as people read them: in the organisation's zone, with the offset from UTC.
public struct LocalTime: Sendable {
  public typealias Zone = TimeZone

  public let zone: TimeZone

  public init(_ zone: TimeZone) { self.zone = zone }

  /// On an organisation's own clock.
  public init(_ organisation: Organisation) { self.init(organisation.zone) }

  /// `Mon 2026-11-23 09:00:00 +01:00`; the milliseconds too where they are not zero, so that an
  /// instant that binds is shown exactly.
  public func text(_ instant: Instant) -> String {
    "\(day(instant)) \(clock(instant)) \(offset(instant))"
  }

  /// The same to the second before, for what binds nothing.
  public func rounded(_ instant: Instant) -> String {
    let milliseconds = instant.milliseconds
    return text(Instant(milliseconds: milliseconds - (milliseconds % 1000 + 1000) % 1000))
  }

  /// `09:00:00 +01:00`.
  public func timeOfDay(_ instant: Instant) -> String { "\(clock(instant)) \(offset(instant))" }

  /// `in 3 h 59 min`, `2 days ago`, `just now`.
  public static func distance(_ instant: Instant, from now: Instant) -> String {
    let milliseconds = instant.milliseconds - now.milliseconds
    let words = length(milliseconds: abs(milliseconds))
    if abs(milliseconds) < 1000 { return "just now" }
    return milliseconds > 0 ? "in \(words)" : "\(words) ago"
  }

  /// `3 h 59 min`, `2 days`, `5 s`; cut to two units.
  public static func length(milliseconds: Int64) -> String {
    let seconds = milliseconds / 1000
    let (minutes, hours, days) = (seconds / 60, seconds / 3600, seconds / 86_400)
    if days >= 2 { return joined(days, "days", hours % 24, "h") }
    if hours >= 1 { return joined(hours, "h", minutes % 60, "min") }
    if minutes >= 1 { return joined(minutes, "min", seconds % 60, "s") }
    return "\(seconds) s"
  }

  private static func joined(_ a: Int64, _ unit: String, _ b: Int64, _ small: String) -> String {
    b == 0 ? "\(a) \(unit)" : "\(a) \(unit) \(b) \(small)"
  }

  private func day(_ instant: Instant) -> String {
    let date = LocalDate(instant, in: zone)
    return "\(Weekday.short(date.weekday)) \(date.iso)"
  }

  private func clock(_ instant: Instant) -> String {
    let minutes = WallClock.minutes(instant, in: zone)
    let shifted = instant.milliseconds + Int64(seconds(at: instant)) * 1000
    let rest = ((shifted % 60_000) + 60_000) % 60_000
    let fraction = rest % 1000
    let base = "\(padded(minutes / 60)):\(padded(minutes % 60)):\(padded(Int(rest / 1000)))"
    return fraction == 0 ? base : base + "." + String(String(fraction + 1000).dropFirst())
  }

  private func offset(_ instant: Instant) -> String {
    let minutes = seconds(at: instant) / 60
    let sign = minutes < 0 ? "-" : "+"
    return "\(sign)\(padded(abs(minutes) / 60)):\(padded(abs(minutes) % 60))"
  }

  private func seconds(at instant: Instant) -> Int {
    zone.secondsFromGMT(
      for: Date(timeIntervalSince1970: Double(instant.milliseconds) / 1000))
  }

  private func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
}

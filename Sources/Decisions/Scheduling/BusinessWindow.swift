import ActionProtocol
import Foundation

/// Business hours on business days: half-open, in one zone, aware of daylight saving and holidays.
///
/// `start == end` means around the clock; `start > end` runs over midnight and belongs to the day it
/// starts on.
public struct BusinessWindow: Hashable, Sendable {
  /// Minutes after midnight.
  public let start: Int
  public let end: Int
  /// 1 = Monday … 7 = Sunday.
  public let days: Set<Int>
  public let holidays: Set<LocalDate>
  public let zone: TimeZone

  /// - Parameters:
  ///   - start: `00:00` to `23:59`.
  ///   - end: `00:00` to `24:00`, exclusive.
  /// - Returns: nil when the zone is unknown, a time is not `HH:MM`, or no day is named.
  public init?(
    zone: String, start: String, end: String, days: [Int], holidays: [LocalDate] = []
  ) {
    guard let zone = TimeZone(identifier: zone), let start = Self.minutes(start), start < 1440,
      let end = Self.minutes(end), !days.isEmpty, days.allSatisfy((1...7).contains)
    else { return nil }
    self.zone = zone
    self.start = start
    self.end = end % 1440
    self.days = Set(days)
    self.holidays = Set(holidays)
  }

  /// The window of a `quiet_hours_ok` predicate.
  public init?(_ hours: QuietHours) {
    self.init(
      zone: hours.timezone, start: hours.start.rawValue, end: hours.end.rawValue, days: hours.days,
      holidays: hours.holidays)
  }

  /// Whether the window is open at `instant`; its end is outside.
  public func isOpen(at instant: Instant) -> Bool { nextOpening(from: instant) == instant }

  /// The first instant from `instant` on at which the window is open.
  ///
  /// A window that lies wholly inside a spring gap does not open on that day.
  /// - Returns: nil when no day within two years is open.
  public func nextOpening(from instant: Instant) -> Instant? {
    let today = LocalDate(instant, in: zone)
    for shift in -1...731 {
      let day = today.adding(days: shift)
      guard isBusinessDay(day) else { continue }
      let span = span(of: day)
      if span.contains(instant) { return instant }
      if instant < span.lowerBound, !span.isEmpty { return span.lowerBound }
    }
    return nil
  }

  /// The window's end on the `count`-th business day after the day of `instant`.
  public func end(ofBusinessDay count: Int, after instant: Instant) -> Instant? {
    var remaining = count
    var day = LocalDate(instant, in: zone)
    for _ in 0..<731 {
      day = day.adding(days: 1)
      guard isBusinessDay(day) else { continue }
      remaining -= 1
      if remaining == 0 { return span(of: day).upperBound }
    }
    return nil
  }

  private func isBusinessDay(_ day: LocalDate) -> Bool {
    days.contains(day.weekday) && !holidays.contains(day)
  }

  private func span(of day: LocalDate) -> Range<Instant> {
    let close = end > start ? end : end + 1440
    let from = WallClock.instant(day, minutes: start, in: zone)
    let to = WallClock.instant(day, minutes: close, in: zone)
    return from..<max(from, to)
  }

  private static func minutes(_ text: String) -> Int? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0].utf8.count == 2, parts[1].utf8.count == 2,
      let hour = Int(parts[0]), let minute = Int(parts[1]), (0...59).contains(minute),
      (0...24).contains(hour), hour < 24 || minute == 0
    else { return nil }
    return hour * 60 + minute
  }
}

/// How long an approval is good for.
public enum ExecutionDeadline {
  /// The later of 72 hours after the approval and the end of the recipient's third business day.
  public static func after(approval: Instant, window: BusinessWindow?) -> Instant {
    let hours = approval.advanced(by: .seconds(72 * 3600))
    guard let days = window?.end(ofBusinessDay: 3, after: approval) else { return hours }
    return max(hours, days)
  }
}

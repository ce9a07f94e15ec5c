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
  /// The holidays of a country, on which it stays closed too.
  public let calendar: HolidayCalendar?
  public let zone: TimeZone

  /// How far ahead an opening is looked for.
  public static let horizonDays = 366

  /// - Parameters:
  ///   - start: `00:00` to `23:59`.
  ///   - end: `00:00` to `24:00`, exclusive.
  /// - Returns: nil when the zone is unknown, a time is not `HH:MM`, or no day is named.
  public init?(
    zone: String, start: String, end: String, days: [Int], holidays: [LocalDate] = [],
    calendar: HolidayCalendar? = nil
  ) {
    guard let zone = TimeZone(identifier: zone), let start = Self.minutes(start),
      let end = Self.minutes(end)
    else { return nil }
    self.init(
      start: start, end: end, days: Set(days), in: zone, holidays: Set(holidays),
      calendar: calendar)
  }

  /// The window of a `quiet_hours_ok` predicate.
  public init?(_ hours: QuietHours) {
    self.init(
      zone: hours.timezone, start: hours.start.rawValue, end: hours.end.rawValue, days: hours.days,
      holidays: hours.holidays)
  }

  /// The same hours on the clocks of another zone, with the holidays of a country there.
  public init?(_ hours: QuietHours, in zone: TimeZone, calendar: HolidayCalendar?) {
    self.init(
      start: hours.start.minutes, end: hours.end.minutes, days: Set(hours.days), in: zone,
      holidays: Set(hours.holidays), calendar: calendar)
  }

  /// - Parameter start: minutes after midnight, as is `end`; an end before the start is the next day's.
  init?(
    start: Int, end: Int, days: Set<Int>, in zone: TimeZone, holidays: Set<LocalDate> = [],
    calendar: HolidayCalendar?
  ) {
    guard (0..<1440).contains(start), (0...1440).contains(end), !days.isEmpty,
      days.allSatisfy((1...7).contains)
    else { return nil }
    self.zone = zone
    self.start = start
    self.end = end % 1440
    self.days = days
    self.holidays = holidays
    self.calendar = calendar
  }

  /// Whether the window is open at `instant`; its end is outside.
  public func isOpen(at instant: Instant) -> Bool { nextOpening(from: instant) == instant }

  /// The first instant from `instant` on at which the window is open.
  ///
  /// A window that lies wholly inside a spring gap does not open on that day.
  /// - Returns: nil when no day within a year is open.
  public func nextOpening(from instant: Instant) -> Instant? {
    nextOpening(from: instant, celebrating: true)
  }

  /// - Parameter celebrating: false: as if there were no holidays.
  func nextOpening(from instant: Instant, celebrating: Bool) -> Instant? {
    let today = LocalDate(instant, in: zone).epochDay
    // A window that ends by midnight is over when its day is.
    let first = end > start || end == 0 ? today : today - 1
    for number in first...(today + Self.horizonDays) {
      guard isBusinessDay(number, celebrating: celebrating) else { continue }
      let span = span(of: LocalDate(epochDay: number))
      if span.contains(instant) { return instant }
      if instant < span.lowerBound, !span.isEmpty { return span.lowerBound }
    }
    return nil
  }

  /// The window's end on the `count`-th business day after the day of `instant`.
  public func end(ofBusinessDay count: Int, after instant: Instant) -> Instant? {
    var remaining = count
    let today = LocalDate(instant, in: zone).epochDay
    for number in (today + 1)...(today + 2 * Self.horizonDays) {
      guard isBusinessDay(number, celebrating: true) else { continue }
      remaining -= 1
      if remaining == 0 { return span(of: LocalDate(epochDay: number)).upperBound }
    }
    return nil
  }

  /// What is celebrated on the day of `instant` where that keeps the window closed.
  public func holiday(at instant: Instant) -> Holiday? {
    let day = LocalDate(instant, in: zone)
    guard days.contains(day.weekday) else { return nil }
    return calendar?.holiday(on: day)
  }

  private func isBusinessDay(_ number: Int, celebrating: Bool) -> Bool {
    guard days.contains(YearDay.weekday(number)) else { return false }
    guard celebrating else { return true }
    return calendar?.contains(number) != true
      && (holidays.isEmpty || !holidays.contains(LocalDate(epochDay: number)))
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

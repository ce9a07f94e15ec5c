import ActionProtocol
import Foundation

/// When something happens again and again: five fields of cron, read on the clocks of a zone.
///
/// Days: where both the day of the month and the day of the week are restricted, either is enough,
/// as POSIX has it; a field that begins with `*` restricts only together with the other.
///
/// Clock changes: a schedule that names hours keeps to the clock on the wall. A time inside the gap
/// of a spring change happens at the first valid instant after it; a time that an autumn change
/// repeats happens at its first occurrence only. A schedule that runs in every hour keeps to elapsed
/// time instead: nothing is added for the hour that is left out, and both passes of a repeated hour
/// count.
public struct CronSchedule: Hashable, Sendable {
  /// The five fields, with one space between them.
  public let expression: String
  private let minutes: [Int]
  private let hours: [Int]
  private let days: Set<Int>
  private let months: Set<Int>
  private let weekdays: Set<Int>
  /// Whether both kinds of days are restricted, so that either is enough.
  private let isEitherDay: Bool

  /// The longest wait there is: 29 February over a year 2100 without one.
  private static let horizonDays = 8 * 366 + 2

  /// - Throws: ``CronError`` naming the field and its limits; also for a date that never comes.
  public init(_ text: String) throws(CronError) {
    let fields = text.split { $0 == " " || $0 == "\t" }
    guard fields.count == 5 else {
      throw CronError("fields", "A schedule has five fields, this one has \(fields.count).")
    }
    expression = fields.joined(separator: " ")
    minutes = try CronField.minute.values(fields[0]).sorted()
    hours = try CronField.hour.values(fields[1]).sorted()
    days = try CronField.day.values(fields[2])
    months = try CronField.month.values(fields[3])
    weekdays = try CronField.weekday.values(fields[4])
    isEitherDay = !fields[2].hasPrefix("*") && !fields[4].hasPrefix("*")
    let lastDay = months.map { $0 == 2 ? 29 : [4, 6, 9, 11].contains($0) ? 30 : 31 }.max() ?? 0
    guard isEitherDay || days.contains(where: { $0 <= lastDay }) else {
      throw CronError("never", "There is no such day in the months of this schedule.")
    }
  }

  /// The first instant after `instant` at which it happens; always a whole minute.
  /// - Returns: nil when none comes within eight years.
  public func next(after instant: Instant, in zone: TimeZone) -> Instant? {
    hours.count == 24
      ? nextByElapsedTime(after: instant, in: zone) : nextByTheWall(after: instant, in: zone)
  }

  /// The last instant up to `now`, from `first` on, at which it happens.
  /// - Parameter first: an instant at which it happens, not after `now`.
  public func latest(from first: Instant, upTo now: Instant, in zone: TimeZone) -> Instant {
    for hours in [1, 24, 32 * 24, 400 * 24] as [Int64] {
      let from = now.milliseconds - hours * 3_600_000
      guard from > first.milliseconds else { break }
      if let found = next(after: Instant(milliseconds: from), in: zone), found <= now {
        return last(from: found, upTo: now, in: zone)
      }
    }
    return last(from: first, upTo: now, in: zone)
  }

  private func last(from first: Instant, upTo now: Instant, in zone: TimeZone) -> Instant {
    var last = first
    while let following = next(after: last, in: zone), following <= now { last = following }
    return last
  }

  // MARK: - Walking

  private func nextByTheWall(after instant: Instant, in zone: TimeZone) -> Instant? {
    guard let lastMinute = minutes.last else { return nil }
    let today = LocalDate(instant, in: zone)
    for shift in 0...Self.horizonDays {
      let day = today.adding(days: shift)
      guard happens(on: day) else { continue }
      // Later clock times never come earlier, so an hour whose last minute is over is over.
      for hour in hours
      where WallClock.instant(day, minutes: hour * 60 + lastMinute, in: zone) > instant {
        for minute in minutes {
          let at = WallClock.instant(day, minutes: hour * 60 + minute, in: zone)
          if at > instant { return at }
        }
      }
    }
    return nil
  }

  private func nextByElapsedTime(after instant: Instant, in zone: TimeZone) -> Instant? {
    var at = Instant(milliseconds: (instant.milliseconds.flooredMinutes + 1) * 60_000)
    let wanted = Set(minutes)
    let end = at.advanced(by: .seconds(Self.horizonDays * 86_400))
    while at < end {
      let day = LocalDate(at, in: zone)
      guard happens(on: day) else {
        let tomorrow = WallClock.instant(day.adding(days: 1), minutes: 0, in: zone)
        at = max(at.advanced(by: .seconds(60)), tomorrow)
        continue
      }
      if wanted.contains(WallClock.minutes(at, in: zone) % 60) { return at }
      at = at.advanced(by: .seconds(60))
    }
    return nil
  }

  private func happens(on day: LocalDate) -> Bool {
    guard months.contains(day.month) else { return false }
    let (byDay, byWeekday) = (days.contains(day.day), weekdays.contains(day.weekday))
    return isEitherDay ? byDay || byWeekday : byDay && byWeekday
  }
}

extension Int64 {
  /// Whole minutes in so many milliseconds, rounded down.
  fileprivate var flooredMinutes: Int64 {
    self >= 0 ? self / 60_000 : -((-self + 59_999) / 60_000)
  }
}

import ActionProtocol

/// Counting the days on which people work.
public struct BusinessDays: Hashable, Sendable {
  /// 1 = Monday … 7 = Sunday; never empty.
  public let days: Set<Int>
  /// A day that any of them celebrates is free.
  public let calendars: [HolidayCalendar]

  /// - Returns: nil where no day of the week is named, or one that there is not.
  public init?(days: Set<Int> = [1, 2, 3, 4, 5], calendars: [HolidayCalendar] = []) {
    guard !days.isEmpty, days.allSatisfy((1...7).contains) else { return nil }
    self.days = days
    self.calendars = calendars
  }

  public func contains(_ day: LocalDate) -> Bool {
    days.contains(day.weekday) && !calendars.contains { $0.holiday(on: day) != nil }
  }

  /// The `count`-th business day after the day, or before it where `count` is negative; the day itself
  /// for 0, or the next business day where it is none.
  /// - Returns: nil where a year without a business day lies between.
  public func adding(_ count: Int, to day: LocalDate) -> LocalDate? {
    var remaining = abs(count)
    var found = day
    var idle = 0
    if remaining == 0, contains(day) { return day }
    remaining = max(remaining, 1)
    while remaining > 0 {
      found = found.adding(days: count < 0 ? -1 : 1)
      idle = contains(found) ? 0 : idle + 1
      if idle == 0 { remaining -= 1 }
      if idle > BusinessWindow.horizonDays { return nil }
    }
    return found
  }

  /// Business days from the first day, and before the last; negative where the last is earlier.
  public func count(from first: LocalDate, to last: LocalDate) -> Int {
    guard first <= last else { return -count(from: last, to: first) }
    return (first.epochDay..<last.epochDay).count { contains(LocalDate(epochDay: $0)) }
  }
}

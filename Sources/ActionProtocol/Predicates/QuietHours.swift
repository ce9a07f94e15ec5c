/// The window in which messages may leave, in a time zone.
///
/// The end is exclusive; an end before the start makes a window over midnight, which belongs to
/// the day it starts on.
public struct QuietHours: Hashable, Sendable {
  /// The name of the zone, such as `Europe/Berlin`.
  public var timezone: String
  /// When the window opens, `00:00`-`23:59`.
  public var start: TimeOfDay
  /// When it closes, exclusive, `00:00`-`24:00`; never equal to `start`.
  public var end: TimeOfDay
  /// The days it opens on, 1 (Monday) to 7 (Sunday), ascending.
  public var days: [Int]
  /// The days it stays closed, ascending.
  public var holidays: [LocalDate]

  /// Monday to Friday.
  public static let businessDays = [1, 2, 3, 4, 5]

  /// A window; days and holidays are put in order.
  public init(
    timezone: String, start: TimeOfDay, end: TimeOfDay, days: [Int] = Self.businessDays,
    holidays: [LocalDate] = []
  ) {
    self.timezone = timezone
    self.start = start
    self.end = end
    self.days = Set(days).sorted()
    self.holidays = Set(holidays).sorted()
  }

  /// A window of times written as `HH:MM`, or nil where one is not.
  public init?(
    timezone: String, start: String, end: String, days: [Int] = Self.businessDays,
    holidays: [LocalDate] = []
  ) {
    guard let start = TimeOfDay(start), let end = TimeOfDay(end) else { return nil }
    self.init(timezone: timezone, start: start, end: end, days: days, holidays: holidays)
  }

  /// Whether this window is open only while the other one is too.
  ///
  /// Windows of different zones are never within each other: the clocks of two zones change on
  /// different days.
  public func isWithin(_ other: QuietHours) -> Bool {
    if self == other { return true }
    guard timezone == other.timezone, Set(holidays).isSuperset(of: other.holidays),
      other.holidays.isEmpty || !runsOverMidnight
    else { return false }
    let wider = other.minutesOfWeek
    return zip(minutesOfWeek, wider).allSatisfy { mine, theirs in !mine || theirs }
  }

  private var runsOverMidnight: Bool { end.minutes <= start.minutes }

  /// For each minute of a week from Monday on whether the window is open.
  private var minutesOfWeek: [Bool] {
    let day = 1440
    var open = [Bool](repeating: false, count: 7 * day)
    let length = end.minutes - start.minutes + (runsOverMidnight ? day : 0)
    for number in days where (1...7).contains(number) {
      let first = (number - 1) * day + start.minutes
      for minute in first..<(first + length) { open[minute % (7 * day)] = true }
    }
    return open
  }

  func append(to object: inout JSONObject) {
    object.append("timezone", .string(timezone))
    object.append("business_hours_start", .string(start.rawValue))
    object.append("business_hours_end", .string(end.rawValue))
    object.append("days", .integers(days.map(Int64.init)))
    if !holidays.isEmpty { object.append("holidays", .strings(holidays.map(\.iso))) }
  }
}

import Foundation

/// A calendar day without a time or a zone, in the Gregorian calendar.
public struct LocalDate: Hashable, Comparable, Sendable {
  /// The year.
  public let year: Int
  /// The month, 1-12.
  public let month: Int
  /// The day of the month, 1-31.
  public let day: Int

  /// The day of the given numbers, or nil where there is no such day.
  public init?(year: Int, month: Int, day: Int) {
    guard (0...9999).contains(year), CivilDay.exists(year: year, month: month, day: day) else {
      return nil
    }
    self.year = year
    self.month = month
    self.day = day
  }

  /// The day written as `yyyy-mm-dd`, or nil where the text is not an existing day.
  public init?(iso: String) {
    let parsed = DigitScanner.scan(iso) { scanner -> LocalDate? in
      guard let year = scanner.digits(4), scanner.take("-") != nil,
        let month = scanner.digits(2), scanner.take("-") != nil,
        let day = scanner.digits(2), scanner.atEnd
      else { return nil }
      return LocalDate(year: year, month: month, day: day)
    }
    guard let parsed else { return nil }
    self = parsed
  }

  /// The day the given number of days after 1970-01-01.
  public init(epochDay: Int) { (year, month, day) = CivilDay.date(epochDay) }

  /// The day on which a moment falls in a time zone.
  public init(_ instant: Instant, in zone: TimeZone) {
    let (seconds, _) = instant.milliseconds.flooredDivision(by: 1000)
    let offset = zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(seconds)))
    self.init(epochDay: Int((seconds + Int64(offset)).flooredDivision(by: 86_400).quotient))
  }

  /// Days since 1970-01-01.
  public var epochDay: Int { CivilDay.number(year: year, month: month, day: day) }

  /// The day as `yyyy-mm-dd`.
  public var iso: String {
    String(unsafeUninitializedCapacity: 16) { buffer in
      var writer = DigitWriter(buffer: buffer)
      writer.put(year, width: 4)
      writer.put("-", month, width: 2)
      writer.put("-", day, width: 2)
      return writer.count
    }
  }

  /// The day of the week: 1 is Monday, 7 is Sunday.
  public var weekday: Int { Int(Int64(epochDay + 3).flooredDivision(by: 7).remainder) + 1 }

  /// The number of days from the other day to this one.
  public func days(since other: LocalDate) -> Int { epochDay - other.epochDay }

  /// The day a number of days later, or earlier when negative.
  public func adding(days: Int) -> LocalDate { LocalDate(epochDay: epochDay + days) }

  public static func < (left: LocalDate, right: LocalDate) -> Bool {
    (left.year, left.month, left.day) < (right.year, right.month, right.day)
  }
}

/// A moment in time, in whole milliseconds since 1970-01-01T00:00:00Z (leap seconds not counted).
public struct Instant: Hashable, Comparable, Sendable {
  /// Milliseconds since the Unix epoch, UTC.
  public let milliseconds: Int64

  /// The moment the given number of milliseconds after the Unix epoch.
  public init(milliseconds: Int64) { self.milliseconds = milliseconds }

  /// The moment of an RFC 3339 timestamp, or nil where the text is not one.
  ///
  /// The zone is required; the fraction may have one to nine digits, of which milliseconds are
  /// kept; the day must exist; second 60 is refused; in UTC the year must be 0000-9999.
  public init?(rfc3339: String) {
    guard let value = DigitScanner.scan(rfc3339, Self.parse) else { return nil }
    milliseconds = value
  }

  /// The moment in UTC as `2026-11-22T16:20:00.000Z`: always three digits of fraction.
  public var rfc3339: String {
    let (day, rest) = milliseconds.flooredDivision(by: 86_400_000)
    let (year, month, dayOfMonth) = CivilDay.date(Int(day))
    let clock = Int(rest)
    return String(unsafeUninitializedCapacity: 32) { buffer in
      var writer = DigitWriter(buffer: buffer)
      writer.put(year, width: 4)
      writer.put("-", month, width: 2)
      writer.put("-", dayOfMonth, width: 2)
      writer.put("T", clock / 3_600_000, width: 2)
      writer.put(":", clock / 60_000 % 60, width: 2)
      writer.put(":", clock / 1000 % 60, width: 2)
      writer.put(".", clock % 1000, width: 3)
      writer.put("Z")
      return writer.count
    }
  }

  /// The moment later by a duration, cut to whole milliseconds; the ends of time are not passed.
  public func advanced(by duration: Duration) -> Instant {
    let (seconds, attoseconds) = duration.components
    let (scaled, tooFar) = seconds.multipliedReportingOverflow(by: 1000)
    let offset = tooFar ? nil : Optional(scaled + attoseconds / 1_000_000_000_000_000)
    let end = Instant(milliseconds: duration < .zero ? .min : .max)
    guard let offset else { return end }
    let (sum, overflow) = milliseconds.addingReportingOverflow(offset)
    return overflow ? end : Instant(milliseconds: sum)
  }

  /// The time from the other moment to this one; negative when this one is earlier.
  public func duration(since other: Instant) -> Duration {
    .milliseconds(milliseconds) - .milliseconds(other.milliseconds)
  }

  public static func < (left: Instant, right: Instant) -> Bool {
    left.milliseconds < right.milliseconds
  }

  private static func parse(_ scanner: inout DigitScanner) -> Int64? {
    guard let year = scanner.digits(4), scanner.take("-") != nil,
      let month = scanner.digits(2), scanner.take("-") != nil, let day = scanner.digits(2),
      CivilDay.exists(year: year, month: month, day: day), scanner.take("Tt") != nil,
      let hour = scanner.digits(2), hour < 24, scanner.take(":") != nil,
      let minute = scanner.digits(2), minute < 60, scanner.take(":") != nil,
      let second = scanner.digits(2), second < 60
    else { return nil }
    var fraction = 0
    if scanner.take(".") != nil {
      guard let digits = scanner.thousandths(limit: 9) else { return nil }
      fraction = digits
    }
    guard let offset = zoneOffset(&scanner), scanner.atEnd else { return nil }
    let days = CivilDay.number(year: year, month: month, day: day)
    let seconds = ((days * 24 + hour) * 60 + minute) * 60 + second - offset
    return yearRange.contains(seconds) ? Int64(seconds * 1000 + fraction) : nil
  }

  /// The seconds from the start of the year 0000 to the end of 9999, UTC.
  private static let yearRange = -62_167_219_200..<253_402_300_800

  private static func zoneOffset(_ scanner: inout DigitScanner) -> Int? {
    guard let sign = scanner.take("Zz+-") else { return nil }
    if sign == UInt8(ascii: "Z") || sign == UInt8(ascii: "z") { return 0 }
    guard let hours = scanner.digits(2), hours < 24, scanner.take(":") != nil,
      let minutes = scanner.digits(2), minutes < 60
    else { return nil }
    let offset = (hours * 60 + minutes) * 60
    return sign == UInt8(ascii: "-") ? -offset : offset
  }
}

extension Int64 {
  /// The quotient rounded down and the remainder that is never negative.
  func flooredDivision(by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }
}

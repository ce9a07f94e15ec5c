import Foundation

/// The vendor's ways to write an instant. All are UTC unless a zone stands beside them.
enum VendorDate {
  /// `2024-02-12T05:54:07Z`, as activity events carry it.
  static func rfc3339(_ date: Date) -> String {
    let fields = Fields(date)
    return fields.day + "T" + fields.time + "Z"
  }

  /// `2024-02-12T05:54:07.123Z`, as the sandbox's own JSON carries it.
  static func rfc3339Milliseconds(_ date: Date) -> String {
    let fields = Fields(date)
    return fields.day + "T" + fields.time + "." + padded(fields.millisecond, 3) + "Z"
  }

  /// `2024-02-12T05:54:07.123000+00:00`, as webhooks carry the time of sending.
  static func rfc3339Microseconds(_ date: Date) -> String {
    let fields = Fields(date)
    return fields.day + "T" + fields.time + "." + padded(fields.millisecond, 3) + "000+00:00"
  }

  /// `2024-02-12 05:54:07+00:00`, as statistics carry it.
  static func spaced(_ date: Date) -> String {
    let fields = Fields(date)
    return fields.day + " " + fields.time + "+00:00"
  }

  /// `2024-02-12 05:54:07.123000+00:00`, as suppressions carry it.
  static func spacedMicroseconds(_ date: Date) -> String {
    let fields = Fields(date)
    return fields.day + " " + fields.time + "." + padded(fields.millisecond, 3) + "000+00:00"
  }

  /// The first moments of the month and of the next one.
  static func month(of date: Date) -> (start: Date, end: Date) {
    let day = Fields(date).date
    let next = day.month == 12 ? (day.year + 1, 1) : (day.year, day.month + 1)
    func first(_ year: Int, _ month: Int) -> Date {
      let days = CivilDate.days(year: year, month: month, day: 1)
      return Date(timeIntervalSince1970: Double(days) * 86_400)
    }
    return (first(day.year, day.month), first(next.0, next.1))
  }

  /// `Mon, 12 Feb 2024 05:54:07 +0000`, as the `Date` header carries it.
  static func rfc5322(_ date: Date) -> String {
    let fields = Fields(date)
    let weekday = weekdays[(((fields.days + 4) % 7) + 7) % 7]
    return "\(weekday), \(padded(fields.date.day, 2)) \(months[fields.date.month - 1]) "
      + "\(padded(fields.date.year, 4)) \(fields.time) +0000"
  }

  /// Milliseconds since 1970, for the state file.
  static func milliseconds(_ date: Date) -> Int {
    Int((date.timeIntervalSince1970 * 1000).rounded())
  }

  static func date(milliseconds: Int) -> Date {
    Date(timeIntervalSince1970: Double(milliseconds) / 1000)
  }

  /// The start of the UTC day.
  static func startOfDay(_ date: Date) -> Date {
    Date(timeIntervalSince1970: (date.timeIntervalSince1970 / 86_400).rounded(.down) * 86_400)
  }

  /// Reads `2006-01-02`, `2006-01-02 15:04:05`, RFC 3339 with or without a zone or a fraction, a
  /// zone after a blank (`+1200`), and RFC 822's `Mon, 02 Jan 2006 15:04:05 -0700` or `GMT`.
  static func parse(_ text: String) -> Date? {
    var scanner = DateScanner(text)
    return scanner.timestamp() ?? DateScanner.rfc822(text)
  }

  /// Reads what `rfc3339Milliseconds` wrote, to the very same value.
  static func parseMilliseconds(_ text: String) -> Date? {
    parse(text).map { date(milliseconds: milliseconds($0)) }
  }

  static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]
  private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]

  private static func padded(_ value: Int, _ width: Int) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }

  private struct Fields {
    var days: Int
    var date: CivilDate
    var second: Int
    var millisecond: Int

    init(_ instant: Date) {
      let total = VendorDate.milliseconds(instant)
      days = Int((Double(total) / 86_400_000).rounded(.down))
      let rest = total - days * 86_400_000
      date = CivilDate(days: days)
      second = rest / 1000
      millisecond = rest % 1000
    }

    var day: String { "\(padded(date.year, 4))-\(padded(date.month, 2))-\(padded(date.day, 2))" }

    var time: String {
      "\(padded(second / 3600, 2)):\(padded(second / 60 % 60, 2)):\(padded(second % 60, 2))"
    }
  }
}

/// A day of the proleptic Gregorian calendar.
struct CivilDate: Equatable {
  var year: Int
  var month: Int
  var day: Int

  /// Days since 1970-01-01, by counting 400-year eras from March.
  init(days: Int) {
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }

  /// `nil` for a day that the calendar does not have.
  init?(year: Int, month: Int, day: Int) {
    self.init(days: Self.days(year: year, month: month, day: day))
    guard self.year == year, self.month == month, self.day == day else { return nil }
  }

  static func days(year: Int, month: Int, day: Int) -> Int {
    let shiftedYear = month <= 2 ? year - 1 : year
    let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
    let yearOfEra = shiftedYear - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }
}

/// Walks over the text of a timestamp.
private struct DateScanner {
  private var rest: Substring.UTF8View

  init(_ text: String) {
    rest = text[...].utf8
  }

  mutating func timestamp() -> Date? {
    guard let year = number(4), take("-"), let month = number(2), take("-"), let day = number(2),
      (1...12).contains(month), CivilDate(year: year, month: month, day: day) != nil
    else { return nil }
    let midnight = Double(CivilDate.days(year: year, month: month, day: day)) * 86_400
    if rest.isEmpty { return Date(timeIntervalSince1970: midnight) }
    guard take("T") || take("t") || take(" "), let seconds = time(), let zone = zone() else {
      return nil
    }
    return Date(timeIntervalSince1970: midnight + seconds - Double(zone))
  }

  static func rfc822(_ text: String) -> Date? {
    var words = text.split(separator: " ")
    if words.first?.hasSuffix(",") == true { words.removeFirst() }
    guard words.count == 4 || words.count == 5, let day = Int(words[0]), let year = Int(words[2]),
      let month = VendorDate.months.firstIndex(where: { $0 == words[1] }),
      CivilDate(year: year, month: month + 1, day: day) != nil
    else { return nil }
    var clock = DateScanner(words[3...].joined(separator: " "))
    guard let seconds = clock.time(), let zone = clock.zone() else { return nil }
    let days = CivilDate.days(year: year, month: month + 1, day: day)
    return Date(timeIntervalSince1970: Double(days) * 86_400 + seconds - Double(zone))
  }

  /// Seconds since midnight.
  private mutating func time() -> Double? {
    guard let hour = number(2), hour < 24, take(":"), let minute = number(2), minute < 60 else {
      return nil
    }
    var seconds = Double(hour * 3600 + minute * 60)
    guard take(":") else { return seconds }
    guard let second = number(2), second < 61 else { return nil }
    seconds += Double(second)
    guard take(".") else { return seconds }
    var scale = 0.1
    guard rest.first?.isDigit == true else { return nil }
    while let digit = rest.first, digit.isDigit {
      seconds += Double(digit - 0x30) * scale
      scale /= 10
      rest.removeFirst()
    }
    return seconds
  }

  /// Seconds east of UTC; nothing at all is UTC. Consumes the rest.
  private mutating func zone() -> Int? {
    _ = take(" ")
    if rest.isEmpty { return 0 }
    if ["Z", "z", "GMT", "UTC", "UT"].contains(where: { rest.elementsEqual($0.utf8) }) { return 0 }
    let sign = take("+") ? 1 : -1
    if sign < 0 { guard take("-") else { return nil } }
    guard let hours = number(2), hours < 24 else { return nil }
    _ = take(":")
    guard let minutes = number(2), minutes < 60, rest.isEmpty else { return nil }
    return sign * (hours * 3600 + minutes * 60)
  }

  private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard rest.first == UInt8(ascii: scalar) else { return false }
    rest.removeFirst()
    return true
  }

  private mutating func number(_ width: Int) -> Int? {
    let digits = rest.prefix(width)
    guard digits.count == width, digits.allSatisfy(\.isDigit) else { return nil }
    rest.removeFirst(width)
    return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
  }
}

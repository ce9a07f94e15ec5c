import Foundation

/// Takes the provider's ways to write an instant apart.
struct VendorTimeReader {
  private var rest: Substring.UTF8View

  static func read(_ text: String) -> Date? {
    var reader = VendorTimeReader(rest: text[...].utf8)
    return reader.instant() ?? mailDate(text)
  }

  private mutating func instant() -> Date? {
    guard let year = digits(4), take("-"), let month = digits(2), take("-"), let day = digits(2),
      (1...12).contains(month), (1...31).contains(day)
    else { return nil }
    let days = Self.days(year, month, day)
    guard !rest.isEmpty else { return Self.date(days, 0, 0) }
    guard take("T") || take(" "), let hour = digits(2), take(":"), let minute = digits(2),
      hour < 25, minute < 60
    else { return nil }
    var seconds = 0.0
    if take(":") {
      guard let whole = digits(2), whole < 61 else { return nil }
      seconds = Double(whole) + fraction()
    }
    guard let offset = zone(), rest.isEmpty else { return nil }
    return Self.date(days, Double(hour * 3600 + minute * 60) + seconds, offset)
  }

  private mutating func fraction() -> Double {
    guard take(".") else { return 0 }
    var (value, scale) = (0.0, 0.1)
    while let byte = rest.first, (0x30...0x39).contains(byte) {
      value += Double(byte - 0x30) * scale
      scale /= 10
      rest.removeFirst()
    }
    return value
  }

  /// Seconds east of Greenwich; nil for something that is no zone.
  private mutating func zone() -> Double? {
    if rest.isEmpty { return 0 }
    if take("Z") || take("z") { return 0 }
    _ = take(" ")
    if rest.elementsEqual("UTC".utf8) || rest.elementsEqual("GMT".utf8) {
      rest = rest.dropFirst(3)
      return 0
    }
    let sign: Double
    if take("+") { sign = 1 } else if take("-") { sign = -1 } else { return nil }
    guard let hours = digits(2) else { return nil }
    _ = take(":")
    let minutes = rest.isEmpty ? 0 : digits(2)
    guard let minutes, hours < 24, minutes < 60 else { return nil }
    return sign * Double(hours * 3600 + minutes * 60)
  }

  private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard rest.first == UInt8(ascii: scalar) else { return false }
    rest.removeFirst()
    return true
  }

  private mutating func digits(_ count: Int) -> Int? {
    let text = rest.prefix(count)
    guard text.count == count, text.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    rest = rest.dropFirst(count)
    return text.reduce(0) { $0 * 10 + Int($1 - 0x30) }
  }

  /// `[Mon, ]02 Jan 2006 15:04:05 +0000`, the form of mail headers.
  private static func mailDate(_ text: String) -> Date? {
    var words = text.split(separator: " ")
    if words.first?.hasSuffix(",") == true { words.removeFirst() }
    guard words.count == 5, let day = Int(words[0]), (1...31).contains(day),
      let month = months.firstIndex(of: String(words[1])), let year = Int(words[2])
    else { return nil }
    let date = "\(padded(year, 4))-\(padded(month + 1, 2))-\(padded(day, 2))"
    var reader = VendorTimeReader(rest: "\(date)T\(words[3]) \(words[4])"[...].utf8)
    return reader.instant()
  }

  private static func padded(_ value: Int, _ width: Int) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }

  private static func date(_ days: Int, _ seconds: Double, _ offset: Double) -> Date {
    Date(timeIntervalSince1970: Double(days) * 86_400 + seconds - offset)
  }

  /// Days since 1970 of a date in the Gregorian calendar.
  private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let ofEra = shifted - era * 400
    let ofYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return era * 146_097 + ofEra * 365 + ofEra / 4 - ofEra / 100 + ofYear - 719_468
  }

  static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]
}

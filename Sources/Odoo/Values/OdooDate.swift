/// A day of the calendar, as date fields hold it: without a time and without a zone.
public struct OdooDate: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// 1 to 9999.
  public let year: Int
  /// 1 to 12.
  public let month: Int
  /// 1 to 31.
  public let day: Int

  /// - Returns: nil for a day that the calendar does not have.
  public init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
      day <= Self.days(year, month)
    else { return nil }
    (self.year, self.month, self.day) = (year, month, day)
  }

  /// Reads `YYYY-MM-DD`, nothing else.
  public init?(_ text: String) {
    guard let numbers = DigitPattern.read(text, "####-##-##") else { return nil }
    self.init(year: numbers[0], month: numbers[1], day: numbers[2])
  }

  /// `YYYY-MM-DD`.
  public var description: String {
    "\(DigitPattern.pad(year, 4))-\(DigitPattern.pad(month, 2))-\(DigitPattern.pad(day, 2))"
  }

  /// The earlier day first.
  public static func < (left: OdooDate, right: OdooDate) -> Bool {
    (left.year, left.month, left.day) < (right.year, right.month, right.day)
  }

  /// Days since 1970-01-01 (Howard Hinnant's `days_from_civil`).
  var dayNumber: Int {
    let shifted = month <= 2 ? year - 1 : year
    let era = shifted / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  init?(dayNumber: Int) {
    let shifted = dayNumber + 719_468
    guard shifted >= 0 else { return nil }
    let era = shifted / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let part = (5 * dayOfYear + 2) / 153
    let month = part < 10 ? part + 3 : part - 9
    self.init(
      year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month: month,
      day: dayOfYear - (153 * part + 2) / 5 + 1)
  }

  private static func days(_ year: Int, _ month: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}

/// Digits at fixed places.
enum DigitPattern {
  /// The numbers that stand at the `#` of a pattern; nil where the text does not have its form.
  static func read(_ text: String, _ pattern: StaticString) -> [Int]? {
    guard text.utf8.count == pattern.utf8CodeUnitCount else { return nil }
    var numbers: [Int] = []
    var isInside = false
    for (index, byte) in text.utf8.enumerated() {
      guard pattern.utf8Start[index] == UInt8(ascii: "#") else {
        guard pattern.utf8Start[index] == byte else { return nil }
        isInside = false
        continue
      }
      guard (0x30...0x39).contains(byte) else { return nil }
      if !isInside { numbers.append(0) }
      numbers[numbers.count - 1] = numbers[numbers.count - 1] * 10 + Int(byte - 0x30)
      isInside = true
    }
    return numbers
  }

  static func pad(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}

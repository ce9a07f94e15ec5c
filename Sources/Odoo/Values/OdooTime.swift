import Foundation

/// An instant, as datetime fields hold it: whole seconds in UTC, on every server and for every user.
public struct OdooTime: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// Seconds since 1970-01-01 00:00:00 UTC.
  public let secondsSinceEpoch: Int

  /// The years 1 to 9999.
  private static let range = -62_135_596_800..<253_402_300_800

  /// - Returns: nil outside the years 1 to 9999.
  public init?(secondsSinceEpoch: Int) {
    guard Self.range.contains(secondsSinceEpoch) else { return nil }
    self.secondsSinceEpoch = secondsSinceEpoch
  }

  /// An instant, cut to the second.
  /// - Returns: nil outside the years 1 to 9999.
  public init?(_ date: Date) {
    guard let seconds = Int(exactly: date.timeIntervalSince1970.rounded(.down)) else { return nil }
    self.init(secondsSinceEpoch: seconds)
  }

  /// Reads `YYYY-MM-DD HH:MM:SS`, nothing else: what carries a zone is not Odoo's.
  public init?(_ text: String) {
    guard let numbers = DigitPattern.read(text, "####-##-## ##:##:##"),
      let day = OdooDate(year: numbers[0], month: numbers[1], day: numbers[2]),
      numbers[3] < 24, numbers[4] < 60, numbers[5] < 60
    else { return nil }
    self.init(
      secondsSinceEpoch: day.dayNumber * 86_400 + numbers[3] * 3600 + numbers[4] * 60 + numbers[5])
  }

  /// The instant as Foundation has it.
  public var date: Date { Date(timeIntervalSince1970: Double(secondsSinceEpoch)) }

  /// The day in UTC.
  public var day: OdooDate? {
    OdooDate(dayNumber: Int((Double(secondsSinceEpoch) / 86_400).rounded(.down)))
  }

  /// `YYYY-MM-DD HH:MM:SS` in UTC: the only form that all versions accept.
  public var description: String {
    let second = ((secondsSinceEpoch % 86_400) + 86_400) % 86_400
    let parts = [second / 3600, second / 60 % 60, second % 60]
    let clock = parts.map { DigitPattern.pad($0, 2) }.joined(separator: ":")
    return "\(day?.description ?? "0001-01-01") \(clock)"
  }

  /// The earlier instant first.
  public static func < (left: OdooTime, right: OdooTime) -> Bool {
    left.secondsSinceEpoch < right.secondsSinceEpoch
  }
}

import ActionProtocol
import Foundation

/// The hours at which a text message that nobody waits for may reach a customer, by the law of their
/// country or the terms of its networks; an org cannot widen them.
///
/// Sources, and what they leave open: docs/reference/holidays.md. Engineering defaults, no legal
/// advice.
public struct SMSHours: Hashable, Sendable {
  /// Minutes after midnight on the recipient's clock; the end is outside.
  public let start: Int
  public let end: Int
  /// 1 = Monday … 7 = Sunday.
  public let days: Set<Int>
  /// Whether national holidays are closed.
  public let sparesHolidays: Bool

  /// The hours for a kind of message to a country; nil where the law leaves every hour: what answers
  /// or confirms something, alerts, and messages to the org's own people.
  /// - Parameter country: ISO 3166-1; nil where it is not known.
  public static func of(_ country: String?, _ kind: MessageClass) -> SMSHours? {
    switch kind {
    case .transactional, .relationship, .internal: nil
    case .marketing, .collections: table[country?.uppercased() ?? ""] ?? cautious
    }
  }

  /// The window on one clock.
  public func window(in zone: TimeZone, calendar: HolidayCalendar?) -> BusinessWindow? {
    BusinessWindow(
      start: start, end: end, days: days, in: zone, calendar: sparesHolidays ? calendar : nil)
  }

  private static let week: Set<Int> = [1, 2, 3, 4, 5, 6, 7]
  private static let workdays: Set<Int> = [1, 2, 3, 4, 5, 6]

  /// Where no rule is known, too: the narrowest hours of the states.
  private static let cautious = SMSHours(
    start: 9 * 60, end: 20 * 60, days: workdays, sparesHolidays: false)

  private static let table: [String: SMSHours] = [
    "FR": SMSHours(start: 8 * 60 + 30, end: 20 * 60, days: workdays, sparesHolidays: true),
    "IN": SMSHours(start: 10 * 60, end: 21 * 60, days: week, sparesHolidays: false),
    "US": cautious,
  ]
}

import ActionProtocol
import Decisions
import Foundation
import Insights

extension Organisation {
  /// The org's business hours as a check's parameters; nil where they are not valid.
  public var quietHours: QuietHours? {
    QuietHours(
      timezone: profile.zone.identifier, start: profile.windowStart, end: profile.windowEnd,
      days: profile.windowDays)
  }

  /// The org's business hours for arithmetic.
  public var window: BusinessWindow? { quietHours.flatMap { BusinessWindow($0) } }

  /// The month in the org's zone, for what is spent in it.
  func month(of instant: Instant) -> SpendingMonth {
    SpendingMonth(of: instant, in: profile.zone)
  }

  /// The day in the org's zone.
  public func day(_ instant: Instant) -> LocalDate { LocalDate(instant, in: profile.zone) }
}

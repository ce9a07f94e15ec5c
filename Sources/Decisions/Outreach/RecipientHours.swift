import ActionProtocol
import Foundation

/// When one recipient may be written to: the org's hours on the recipient's clock, on days that are
/// no holiday there, and for text messages the hours that the law leaves.
public struct RecipientHours: Hashable, Sendable {
  public let recipient: RecipientZones
  private let business: OpenTimes
  private let legal: OpenTimes

  /// - Parameters:
  ///   - hours: the org's; an org that is open on all seven days is open on holidays too.
  ///   - changes: the org's own holidays.
  /// - Returns: nil for messages to the org's own people.
  public init?(
    _ recipient: RecipientZones, hours: QuietHours, channel: OutreachChannel, type: ActionType,
    kind: MessageClass? = nil,
    changes: [HolidayChange] = []
  ) {
    let kind = kind ?? MessageClass(type)
    guard kind != .internal else { return nil }
    self.recipient = recipient
    let calendar = recipient.country.flatMap { HolidayCalendar($0, changes: changes) }
    let observed = Set(hours.days).count < 7 ? calendar : nil
    business = OpenTimes(
      recipient.zones.compactMap { BusinessWindow(hours, in: $0, calendar: observed) })
    let legal = channel == .sms ? SMSHours.of(recipient.country, kind) : nil
    self.legal = OpenTimes(
      recipient.zones.compactMap { legal?.window(in: $0, calendar: calendar) })
  }

  /// All that have to be open.
  public var windows: [BusinessWindow] { business.windows + legal.windows }

  /// Why nothing may go to the recipient now.
  public func reasons(at now: Instant) -> [GuardReason] {
    [businessReason(now), legalReason(now)].compactMap { $0 }
  }

  private func businessReason(_ now: Instant) -> GuardReason? {
    let opening = business.nextOpening(from: now)
    guard opening != now, let hours = business.windows.first else { return nil }
    let holiday = business.holiday(at: now)
    return GuardReason(
      rule: holiday == nil ? "window.recipient" : "window.holiday", hold: .sendWindow,
      limit: .hours(OpenHours(hours)), until: opening, found: Self.found(recipient, holiday))
  }

  private func legalReason(_ now: Instant) -> GuardReason? {
    let opening = legal.nextOpening(from: now)
    guard opening != now, let hours = legal.windows.first else { return nil }
    return GuardReason(
      rule: "window.sms_hours", hold: .sendWindow, limit: .hours(OpenHours(hours)), until: opening,
      found: Self.found(recipient, legal.holiday(at: now)))
  }

  private static func found(_ recipient: RecipientZones, _ holiday: Holiday?) -> String {
    guard let holiday else { return recipient.found }
    return "\(holiday.name) \(holiday.day.iso) in \(recipient.country ?? "")"
  }
}

import ActionProtocol
import Foundation

/// What an org lets its messages cost in a calendar month of its own clock.
///
/// A rehearsal has a ledger of its own: what a sandbox takes uses up nothing of what is live.
public struct OutreachBudget: Hashable, Sendable {
  /// How many e-mails a month can be set.
  public static let emailRange = 1...1_000_000_000

  /// E-mails, one for each recipient, in ``emailRange``: the allowance of the provider's plan. Nil:
  /// without limit.
  public var emails: Int?
  /// For text messages, at the dearer end of the price table and in its currency. Nil: without limit.
  public var sms: Price?

  /// Without limits, because nobody but the org knows its plan.
  public static let standard = OutreachBudget()

  public init(emails: Int? = nil, sms: Price? = nil) {
    self.emails = emails
    self.sms = sms
  }

  /// The limit of a channel, in the unit of its ledger: e-mails, or millionths of the currency.
  public func limit(_ channel: OutreachChannel) -> Int64? {
    switch channel {
    case .email: emails.map(Int64.init)
    case .sms: sms?.micros
    }
  }

  /// Why a message may not go on its budget: a person raises it, or it waits for the next month.
  /// - Parameters:
  ///   - cost: of the message, in the unit of its ledger.
  ///   - month: what the month's messages cost so far; nil: nothing was looked up, because the channel
  ///     has no budget.
  func reason(
    _ channel: OutreachChannel, cost: Int64, month: SpentMonth?, now: Instant
  ) -> GuardReason? {
    guard let limit = limit(channel), cost > 0 else { return nil }
    let allowed = GuardLimit.month(channel, amount: Self.amount(limit, channel))
    // What is not known cannot be said to be enough.
    guard let month else {
      return GuardReason(
        rule: Self.rule(channel), hold: .budget, limit: allowed, until: nil,
        found: "what was spent is not known")
    }
    let (sum, overflow) = month.spent.addingReportingOverflow(cost)
    guard overflow || sum > limit else { return nil }
    return GuardReason(
      rule: Self.rule(channel), hold: .budget, limit: allowed,
      until: month.end > now ? month.end : nil,
      found: "\(Self.amount(month.spent, channel)) of \(Self.amount(limit, channel)) used")
  }

  /// `budget.email.month`, `budget.sms.month`.
  public static func rule(_ channel: OutreachChannel) -> String {
    "budget.\(channel.rawValue).month"
  }

  private static func amount(_ value: Int64, _ channel: OutreachChannel) -> String {
    switch channel {
    case .email: "\(value)"
    case .sms: Price(micros: value).text
    }
  }
}

/// What the messages of a channel cost in a calendar month so far: sent, on their way, and of unknown
/// outcome.
public struct SpentMonth: Hashable, Sendable {
  /// In the unit of the channel's ledger: e-mails, or millionths of the price table's currency.
  public var spent: Int64
  /// The first instant of the next month.
  public var end: Instant

  public init(spent: Int64, end: Instant) {
    self.spent = spent
    self.end = end
  }
}

/// A calendar month of an org's clock.
public struct SpendingMonth: Hashable, Sendable {
  /// Year and month as one number: 202611.
  public let number: Int
  private let zone: TimeZone

  /// The month in which an instant falls.
  public init(of instant: Instant, in zone: TimeZone) {
    let day = LocalDate(instant, in: zone)
    number = day.year * 100 + day.month
    self.zone = zone
  }

  /// The first instant of the next month on that clock.
  public var end: Instant {
    let (year, month) = (number / 100, number % 100)
    // After 9999 there is none.
    guard let first = LocalDate(year: month == 12 ? year + 1 : year, month: month % 12 + 1, day: 1)
    else { return Instant(milliseconds: .max) }
    return WallClock.instant(first, minutes: 0, in: zone)
  }
}

import Foundation

/// Which SMS to report on.
///
/// The contract calls the dates `date` and explains them as ISO 8601 date-times. They are sent as
/// UTC days, which is both, reaching from the day of `start` to the day after `end`; messages
/// outside the exact period are then dropped, those without a readable time are kept.
public struct SMSPeriod: Sendable, Equatable {
  /// Inclusive. The provider's own default is 7 days ago, or today for the summary, so that it is
  /// always given here.
  public var start: Date
  /// Exclusive; nil means now.
  public var end: Date?
  /// Only messages of this user or key name.
  public var username: String?
  /// The subaccount to ask about.
  public var subaccountID: String?

  /// Builds a period.
  public init(
    start: Date, end: Date? = nil, username: String? = nil, subaccountID: String? = nil
  ) {
    self.start = start
    self.end = end
    self.username = username
    self.subaccountID = subaccountID
  }

  func encoded(withUsername: Bool = true) -> RequestBody {
    JSONWriter.object { writer in
      writer.field("start_date", VendorTime.day(start))
      writer.field("end_date", end.map { VendorTime.day($0.addingTimeInterval(86_399.999)) })
      if withUsername { writer.field("username", username) }
      writer.field("subaccount_id", subaccountID)
    }
  }

  func contains(_ time: VendorTime?) -> Bool {
    guard let date = time?.date else { return true }
    return date >= start && end.map { date < $0 } ?? true
  }
}

import ActionProtocol
import Decisions

/// How many messages of one kind the provider accepted.
public struct UsageLine: Hashable, Sendable {
  /// What the messages were for.
  public var actionType: ActionType
  public var channel: OutreachChannel
  /// Where they went: `sandbox` costs nothing.
  public var delivery: DeliveryMode
  /// ISO 3166 alpha-2: of an SMS the country of its number, of an e-mail that of the customer's
  /// record; nil where nobody can tell.
  public var country: String?
  public var messages: Int
  /// What the provider counts: recipients of e-mails, segments of SMS.
  public var units: Int

  public init(
    actionType: ActionType, channel: OutreachChannel, delivery: DeliveryMode, country: String?,
    messages: Int, units: Int
  ) {
    self.actionType = actionType
    self.channel = channel
    self.delivery = delivery
    self.country = country
    self.messages = messages
    self.units = units
  }
}

/// How much is sent, inside a transaction. Reads what lies in the period and nothing older.
public protocol UsageReading {
  /// What an org sent from `start` on and before `end`, by the instant of the intent. Messages of
  /// unknown outcome are left out until they are proven.
  func usage(_ org: OrgID, from start: Instant, before end: Instant) throws -> [UsageLine]

  /// The most e-mails, counted by recipients, that went beyond the sandbox on one day (UTC).
  func busiestDay(_ org: OrgID, from start: Instant, before end: Instant) throws -> Int
}

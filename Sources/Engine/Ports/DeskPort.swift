import ActionProtocol
import Decisions

/// How many messages of a channel for an audience count in the last hour and the last day.
public struct OutreachTotal: Hashable, Sendable {
  public var audience: OutreachAudience
  public var channel: OutreachChannel
  public var inHour: Int64
  public var inDay: Int64

  public init(
    audience: OutreachAudience, channel: OutreachChannel, inHour: Int64, inDay: Int64
  ) {
    self.audience = audience
    self.channel = channel
    self.inHour = inHour
    self.inDay = inDay
  }
}

/// What only the pages of the desk ask for.
public protocol DeskReading {
  /// Those of the actions that the org has, in the order given.
  func actions(_ org: OrgID, ids: [ActionID]) throws -> [ActionState]
  /// The ids of all orgs, in order; nothing else of them is read.
  func organisationIDs() throws -> [OrgID]
  /// What an org's caps count now, for each audience and channel.
  func outreachTotals(_ org: OrgID, _ delivery: DeliveryMode) throws -> [OutreachTotal]
  /// Suppressions that bind now, those with the highest id first.
  /// - Parameter before: only lower ids; nil: all.
  func newestSuppressions(_ org: OrgID, before id: String?, limit: Int) throws -> [Suppression]
}

import ActionProtocol
import Decisions

/// A message that counts, as far as it is known here.
public struct OutreachEntry: Hashable, Sendable {
  /// The call that sent it; of one that was sent elsewhere, the import's own.
  public var operation: OperationID
  public var channel: OutreachChannel
  public var at: Instant
  /// Nil where nobody is named.
  public var partner: PartnerID?
  public var scope: String?
  /// Whether the provider has taken it; not yet known while it is on its way or its outcome unknown.
  public var isSent: Bool

  public init(
    operation: OperationID, channel: OutreachChannel, at: Instant, partner: PartnerID?,
    scope: String?, isSent: Bool
  ) {
    self.operation = operation
    self.channel = channel
    self.at = at
    self.partner = partner
    self.scope = scope
    self.isSent = isSent
  }

  /// Whether it was sent by another program and taken over.
  public var isImported: Bool { operation.action.rawValue.hasPrefix(Self.importPrefix) }

  /// Ids of actions are UUIDs: none of them begins so.
  public static let importPrefix = "imported-outreach-"
}

/// Whom messages went to.
public enum OutreachSubject: Hashable, Sendable {
  /// Any of the partners, which are one company.
  case partners([PartnerID])
  /// An address of one channel.
  case address(Digest)
}

/// What has been sent to somebody: reading, inside a transaction.
public protocol OutreachHistoryReading {
  /// The messages on a channel that count, the latest first, older than an instant.
  func outreachHistory(
    _ org: OrgID, _ channel: OutreachChannel, to subject: OutreachSubject, _ delivery: DeliveryMode,
    before: Instant, limit: Int
  ) throws -> [OutreachEntry]
  /// Whether a call is among those that were ever reserved.
  func hasOutreach(_ org: OrgID, _ operation: OperationID) throws -> Bool
}

import ActionProtocol
import Decisions

/// A link at the foot of a message: opaque outside, here the call that carried it.
///
/// The token itself is in the message alone; stored is its digest. The recipients are those that the
/// call counts for (``TrackingReading/addresses(_:_:)``).
public struct UnsubscribeLink: Hashable, Sendable {
  public var token: Digest
  public var org: OrgID
  public var operation: OperationID
  public var channel: OutreachChannel
  public var createdAt: Instant

  public init(
    token: Digest, org: OrgID, operation: OperationID, channel: OutreachChannel,
    createdAt: Instant
  ) {
    self.token = token
    self.org = org
    self.operation = operation
    self.channel = channel
    self.createdAt = createdAt
  }
}

/// How it stands with the provider's list of suppressions.
public struct SuppressionSyncState: Hashable, Sendable {
  /// The code of a key that may not use the endpoint.
  public static let notPermitted = "not_permitted"

  public var org: OrgID
  /// Why the provider's list was not read to its end; nil: it was.
  public var pullCode: String?
  /// Why ours were not told to the provider; nil: they were.
  public var pushCode: String?
  public var lookedAt: Instant
  /// When the list was last read to its end.
  public var wholeAt: Instant?
  /// How many entries it had then.
  public var listed: Int

  public init(
    org: OrgID, pullCode: String?, pushCode: String?, lookedAt: Instant, wholeAt: Instant?,
    listed: Int
  ) {
    self.org = org
    self.pullCode = pullCode
    self.pushCode = pushCode
    self.lookedAt = lookedAt
    self.wholeAt = wholeAt
    self.listed = listed
  }
}

/// Unsubscribe links and what is known of the provider's list: reading, inside a transaction.
public protocol SuppressionReading {
  /// The link of a token; nil where there is none.
  func unsubscribeLink(token: Digest) throws -> UnsubscribeLink?
  /// Suppressions of e-mail addresses that are for good and for every message, that the provider does
  /// not know of and whose address is still readable; by id.
  func suppressionsToPush(_ org: OrgID, limit: Int) throws -> [Suppression]
  func suppressionSync(_ org: OrgID) throws -> SuppressionSyncState?
}

/// Unsubscribe links and what is known of the provider's list: writing, inside a transaction.
public protocol SuppressionWriting {
  /// Keeps a link. Unique by its token, and one per call.
  func insert(_ link: UnsubscribeLink) throws
  /// Remembers that the provider sends nothing to an e-mail address.
  func markPushed(_ org: OrgID, address: Digest) throws
  func save(_ sync: SuppressionSyncState) throws
}

/// An entry of the provider's list.
public struct VendorSuppression: Hashable, Sendable {
  /// An address or a domain, as the provider writes it.
  public var address: String
  public var reason: SuppressionReason
  public var since: Instant?

  public init(address: String, reason: SuppressionReason, since: Instant?) {
    self.address = address
    self.reason = reason
    self.since = since
  }
}

extension VendorSuppression: CustomStringConvertible, CustomDebugStringConvertible,
  CustomReflectable
{
  /// The reason; never the address.
  public var description: String { "VendorSuppression(\(reason.rawValue))" }
  /// The same as `description`.
  public var debugDescription: String { description }
  /// Without children: one is an address.
  public var customMirror: Mirror { Mirror(self, children: []) }
}

/// One page of the provider's list.
public struct VendorSuppressionPage: Hashable, Sendable {
  public var entries: [VendorSuppression]
  /// Where to go on; nil on the last page.
  public var next: String?

  public init(entries: [VendorSuppression], next: String?) {
    self.entries = entries
    self.next = next
  }
}

/// What the provider answered to a question about its list.
public enum VendorAnswer<Value: Sendable>: Sendable {
  case done(Value)
  /// The key may not use the endpoint: asking again is useless until somebody allows it.
  case notPermitted
  /// It will never take this.
  case refused(code: String)
  /// It did not answer this time.
  case failed(code: String)
}

/// The provider's own list of addresses it sends nothing to. Nothing is ever removed there.
public protocol VendorSuppressions: Sendable {
  /// Reads a page.
  /// - Parameters:
  ///   - token: from the page before; nil: the first.
  ///   - end: entries that are younger may be left out; the same for all pages of one reading.
  func page(_ token: String?, until end: Instant) async -> VendorAnswer<VendorSuppressionPage>
  /// Puts an address or a domain on the list. Idempotent.
  func add(_ address: String, why: SuppressionReason) async -> VendorAnswer<Void>
}

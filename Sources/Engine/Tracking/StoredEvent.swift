import ActionProtocol
import Decisions

/// How an event stands between its arrival and the action it belongs to.
public enum EventAttribution: String, CaseIterable, Hashable, Sendable {
  /// The message named the call itself.
  case operation
  /// The provider's id of the message is that of a call.
  case providerID = "provider_id"
  /// An opt-out that names no message, of a number that the org has written to.
  case address
  /// Another org's message through the same account: kept without its recipient.
  case foreign
  /// It names a call that this database does not know.
  case unknownOperation = "unknown_operation"
  /// No call with its message's id turned up.
  case unmatched
  /// The body could not be read.
  case unreadable
}

/// An event as it is kept.
public struct StoredEvent: Hashable, Sendable {
  public enum State: String, CaseIterable, Hashable, Sendable {
    /// Arrived, not looked at.
    case new
    /// No call with its message's id yet; looked at again.
    case waiting
    /// Worked off; stays for the timeline.
    case done
  }

  public var org: OrgID
  public var event: ProviderEvent
  /// The digest stays when the recipient's text has been erased.
  public var recipientDigest: Digest?
  public var endpoint: String
  public var receivedAt: Instant
  public var state: State
  /// How often it was looked at without a match.
  public var looks: Int
  public var attribution: EventAttribution?
  public var operation: OperationID?
  /// The beginning of a body that could not be read.
  public var body: [UInt8]?

  public init(
    org: OrgID, event: ProviderEvent, endpoint: String, receivedAt: Instant,
    state: State = .new, attribution: EventAttribution? = nil, body: [UInt8]? = nil
  ) {
    self.org = org
    self.event = event
    recipientDigest = event.recipientDigest
    self.endpoint = endpoint
    self.receivedAt = receivedAt
    self.state = state
    self.attribution = attribution
    self.body = body
    looks = 0
  }

  /// When it happened, as far as anybody knows.
  public var at: Instant { event.occurredAt ?? receivedAt }
}

/// An event on an action's timeline.
public struct ActionEvent: Hashable, Sendable {
  public var operation: OperationID
  public var event: ProviderEvent
  public var recipientDigest: Digest?
  public var receivedAt: Instant

  public init(
    operation: OperationID, event: ProviderEvent, recipientDigest: Digest?, receivedAt: Instant
  ) {
    self.operation = operation
    self.event = event
    self.recipientDigest = recipientDigest
    self.receivedAt = receivedAt
  }

  /// When it happened, as far as anybody knows.
  public var at: Instant { event.occurredAt ?? receivedAt }
}

import ActionProtocol
import Decisions

/// What happened after a send: reading, inside a transaction.
public protocol TrackingReading {
  /// An open endpoint by its path's token; nil where there is none.
  func webhook(token: Digest) throws -> StoredWebhook?
  /// The org's open endpoints, oldest first.
  func webhooks(_ org: OrgID) throws -> [WebhookEndpoint]
  /// The events of an action in the order in which they happened; at one instant in the order of
  /// their ids, so that the same events always read the same.
  func events(_ org: OrgID, _ id: ActionID) throws -> [ActionEvent]
  /// Events that are on no action's timeline, newest first, whatever the reason.
  func strayEvents(_ org: OrgID, limit: Int) throws -> [StoredEvent]
  /// Everything the provider told, newest first, whether it is on a timeline or not.
  func newestEvents(_ org: OrgID, limit: Int) throws -> [StoredEvent]
  /// New and waiting events whose time to be looked at has come, the longest due first.
  func dueEvents(at now: Instant, limit: Int) throws -> [StoredEvent]
  /// An event by its id while it is due; nil once it was worked off or put off.
  func dueEvent(_ org: OrgID, _ id: String) throws -> StoredEvent?
  /// Soft bounces and deliveries of an address since an instant, in the order they happened, of calls
  /// in one delivery mode.
  func bounceHistory(
    _ org: OrgID, _ address: Digest, _ delivery: DeliveryMode, since: Instant
  ) throws -> [StoredEvent]
  /// The newest event of a kind of an address, of calls in one delivery mode.
  func lastEvent(
    _ org: OrgID, _ address: Digest, _ kind: ProviderEvent.Kind, _ delivery: DeliveryMode
  ) throws -> StoredEvent?

  func attempt(_ org: OrgID, _ operation: OperationID) throws -> AttemptRecord?
  /// Whether an action of the id is another org's. Tells nothing else of the other org.
  func isElsewhere(_ org: OrgID, _ id: ActionID) throws -> Bool
  /// The attempt that the provider answered with an id.
  func attempt(
    _ org: OrgID, channel: OutreachChannel, providerID: String
  ) throws -> AttemptRecord?
  /// The digests of the addresses that a call counts for.
  func addresses(_ org: OrgID, _ operation: OperationID) throws -> [Digest]
  /// Whether the org has ever written to an address in a delivery mode.
  func hasWritten(
    _ org: OrgID, to address: Digest, _ channel: OutreachChannel, _ delivery: DeliveryMode
  ) throws -> Bool
  /// Whether the org sent an SMS in a delivery mode since an instant, or tried to.
  func hasWrittenSMS(_ org: OrgID, _ delivery: DeliveryMode, since: Instant) throws -> Bool
  /// The attempts to an address whose intent is not older than `since`.
  func attempts(
    _ org: OrgID, to address: Digest, _ channel: OutreachChannel, _ delivery: DeliveryMode,
    since: Instant
  ) throws -> [AttemptRecord]
  /// SMS attempts to an address whose outcome nobody knows yet.
  func openSMS(_ org: OrgID, to address: Digest) throws -> [AttemptRecord]

  /// The suppressions of any of the addresses that bind at an instant.
  func suppressions(
    _ org: OrgID, _ channel: OutreachChannel, of addresses: [Digest], at now: Instant
  ) throws -> [Suppression]
  /// All suppressions that bind at an instant, by id, from after one on.
  func suppressions(
    _ org: OrgID, at now: Instant, after id: String?, limit: Int
  ) throws -> [Suppression]
  /// One that was not removed, whether it still binds or has expired.
  func suppression(_ org: OrgID, _ id: String) throws -> Suppression?
}

/// What happened after a send: writing, inside a transaction.
public protocol TrackingWriting {
  func insert(_ webhook: StoredWebhook) throws
  func setVendorID(_ org: OrgID, webhook id: String, _ vendorID: String) throws
  func removeWebhook(_ org: OrgID, _ id: String) throws
  /// Keeps an event.
  /// - Returns: false where an event of the same id is kept already; nothing changes then.
  func insert(_ event: StoredEvent) throws -> Bool
  /// Puts an event where it belongs; it is not looked at again.
  func settle(
    _ org: OrgID, event id: String, _ attribution: EventAttribution, _ operation: OperationID?
  ) throws
  /// Takes the recipient and the Message-ID out of an event that is none of the org's business.
  func forgetRecipient(_ org: OrgID, event id: String) throws
  /// Looks at an event again at an instant.
  func postpone(_ org: OrgID, event id: String, until: Instant) throws
  /// Looks now at the events that waited for a message's id to be known.
  func wakeEvents(_ org: OrgID, _ channel: OutreachChannel, providerID: String) throws
  /// Erases recipients of events that are older, and bodies that could not be read.
  /// - Returns: how many, at most `limit`.
  func eraseRawEvents(before: Instant, limit: Int) throws -> Int

  /// Settles an attempt whose outcome is nil or `unknown`, as `ActionWriting.settle`, and says what
  /// became of the provider's id.
  func settleNaming(
    _ org: OrgID, _ operation: OperationID, outcome: String, detail: String?,
    providerID: String?, at: Instant
  ) throws -> SettleAnswer
  /// Remembers proof that an attempt which was settled otherwise had been accepted, and the
  /// provider's id where it has none and the id is free.
  /// - Returns: false where that was known.
  func prove(
    _ org: OrgID, _ operation: OperationID, providerID: String?, at: Instant
  ) throws -> Bool
  /// Gives an accepted attempt that has none its provider's id, where the id is free.
  /// - Returns: whether it was given.
  func name(_ org: OrgID, _ operation: OperationID, providerID: String) throws -> Bool
  /// Remembers that a person was asked what became of an attempt.
  /// - Returns: false where one was asked before.
  func ask(_ org: OrgID, _ operation: OperationID, why code: String, at: Instant) throws -> Bool

  /// Keeps a suppression, merging: of the same address, scope and reason one is kept, and it lasts
  /// as long as the longest. One that had ended by then is removed, and the new one is kept.
  func insert(_ suppression: Suppression) throws -> SuppressionInsert
  /// Sets the end of a suppression, earlier or later.
  func setEnd(_ org: OrgID, suppression id: String, at end: Instant) throws
  /// Ends a suppression for good. The row stays without its readable address. The caller appends the
  /// audit entry.
  /// - Returns: false where it is not there or was removed before.
  func removeSuppression(_ org: OrgID, _ id: String, at: Instant) throws -> Bool
}

/// What settling an attempt did.
public enum SettleAnswer: Hashable, Sendable {
  case settled
  /// Settled, without the provider's id, because another attempt of the org has it.
  case settledWithoutID
  /// It was settled before; nothing changed.
  case alreadySettled
}

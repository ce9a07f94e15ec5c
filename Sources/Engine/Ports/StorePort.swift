import ActionProtocol
import Decisions

/// The state of everything, in transactions with synchronous bodies.
///
/// A conforming store keeps what ENGINE calls durable: when `write` returns, the commit is on disk.
public protocol StorePort: Sendable {
  /// Runs `body` in one read-write transaction. A body that throws leaves no trace.
  func write<Value: Sendable>(
    _ body: @escaping @Sendable (any StoreTransaction) throws -> Value
  ) async throws -> Value

  /// Runs `body` against one consistent state.
  func read<Value: Sendable>(
    _ body: @escaping @Sendable (any StoreReading) throws -> Value
  ) async throws -> Value
}

/// Everything that may be asked inside a transaction.
public protocol StoreReading: ActionReading, OrganisationReading, LedgerReading, AuditReading,
  ProcessReading, TrackingReading, SuppressionReading, UsageReading, JobReading, QueueReading,
  SenderReading, OutreachReading, OutreachHistoryReading, ConsentReading, StopReading, BatchReading,
  ClaimReading, ServerReading, BooksWriteReading, SyncReading, PolicyReading, AccessReading,
  InboxReading, CollectionHoldReading, ReminderReading, FindingReading, BriefingReading,
  SupersededReading, PaymentReading, WorkReading, DeskReading, AttentionReading, CustomerReading,
  AuditSearching, DayReading, NoticeReading, ReplayReading
{
  /// The transaction's time, read once when it began.
  var now: Instant { get }
}

/// Everything that may be changed inside a transaction.
public protocol StoreTransaction: StoreReading, ActionWriting, OrganisationWriting, LedgerWriting,
  AuditWriting, ProcessWriting, TrackingWriting, SuppressionWriting, JobWriting, StopWriting,
  SenderWriting, OutreachWriting, ConsentWriting, BatchWriting, ClaimWriting,
  BooksWriteWriting, SyncWriting, PolicyWriting, AccessWriting, InboxWriting,
  CollectionHoldWriting, FindingWriting, BriefingWriting, PaymentWriting,
  NoticeWriting, ReplayWriting
{}

public protocol OrganisationReading {
  func organisation(_ id: OrgID) throws -> Organisation?
  func organisations() throws -> [Organisation]
  /// A value that belongs to the installation, such as the org in use.
  func installationValue(_ key: String) throws -> String?
}

public protocol OrganisationWriting {
  /// Creates the org or replaces its settings. Its senders are saved apart (``SenderWriting``).
  func save(_ organisation: Organisation) throws
  func setInstallationValue(_ key: String, to value: String?) throws
}

/// What a list of actions is narrowed by.
public struct ActionFilter: Hashable, Sendable {
  public var statuses: [ActionStatus]
  public var partner: PartnerID?
  /// Only what is older than this one.
  public var before: ActionCursor?
  public var limit: Int

  public init(
    statuses: [ActionStatus] = [], partner: PartnerID? = nil, before: ActionCursor? = nil,
    limit: Int = 100
  ) {
    self.statuses = statuses
    self.before = before
    self.partner = partner
    self.limit = limit
  }
}

/// An action that may be due, with the document of its revision.
public struct Candidate: Hashable, Sendable {
  public var state: ActionState
  public var revision: RevisionRecord

  public init(state: ActionState, revision: RevisionRecord) {
    self.state = state
    self.revision = revision
  }
}

public protocol ActionReading {
  func action(_ org: OrgID, _ id: ActionID) throws -> ActionState?
  /// All actions whose id begins with `prefix`, at most two.
  func actions(_ org: OrgID, idPrefix: String) throws -> [ActionState]
  func actions(_ org: OrgID, _ filter: ActionFilter) throws -> [ActionState]
  func actionCounts(_ org: OrgID) throws -> [ActionStatus: Int]
  /// The newest action of a delivery mode under a key.
  func action(
    _ org: OrgID, key: IdempotencyKey, in delivery: DeliveryMode
  ) throws -> ActionState?
  /// Whether any org of the installation has an action of the id.
  func isTaken(_ id: ActionID) throws -> Bool
  /// The live action of the type and the delivery mode on any of the records.
  func liveAction(
    _ org: OrgID, _ type: ActionType, on records: [RecordReference], in delivery: DeliveryMode
  ) throws -> ActionState?
  func revision(_ org: OrgID, _ id: ActionID, _ number: Int) throws -> RevisionRecord?
  func revisions(_ org: OrgID, _ id: ActionID) throws -> [RevisionRecord]
  /// Approved actions of a delivery mode that nothing holds at `now`, oldest due first.
  /// - Parameters:
  ///   - org: only this org's, or all orgs'.
  ///   - ids: only these, where given.
  func due(
    _ org: OrgID?, ids: [ActionID]?, in delivery: DeliveryMode, at now: Instant, limit: Int
  ) throws -> [Candidate]
  /// The next instant at which a hold of an approved action ends or a timer is due.
  func nextWake(_ org: OrgID?, after now: Instant) throws -> Instant?
  func attempts(_ org: OrgID, _ id: ActionID) throws -> [AttemptRecord]
  func stages(_ org: OrgID, _ id: ActionID) throws -> [OperationStage]
  func evidence(_ org: OrgID, _ id: ActionID) throws -> [Evidence]
  /// The evidence of one call alone.
  func evidence(_ org: OrgID, of operation: OperationID) throws -> [Evidence]
  /// Attempts whose outcome is unknown and that no evidence has settled; also those that a person
  /// gave up or asked to send again within the last five days, the shortest time a provider can be
  /// asked, until their acceptance is proven.
  func unsettledAttempts(_ org: OrgID) throws -> [AttemptRecord]
  /// Attempts with an intent, no outcome, of a boot.
  func openAttempts(of boot: BootID) throws -> [AttemptRecord]
  /// Pending and approved actions whose decision or execution time is over.
  func overdue(at now: Instant, limit: Int) throws -> [ActionState]
  /// The last messages to any of the partners and addresses, and in each of the scopes.
  func outreachFacts(
    _ org: OrgID, channel: OutreachChannel, partners: [PartnerID], addresses: [Digest],
    scopes: [String], delivery: DeliveryMode
  ) throws -> OutreachFacts
  /// Until when a channel of the org waits; nil when it does not.
  func channelPause(_ org: OrgID, _ channel: OutreachChannel) throws -> Hold?
  func followUp(_ org: OrgID, scheduledBy id: ActionID) throws -> FollowUpRecord?
}

/// A stage with the call it belongs to.
public struct OperationStage: Hashable, Sendable {
  public var revision: Int
  public var call: Int
  public var stage: StageRecord

  public init(revision: Int, call: Int, stage: StageRecord) {
    self.revision = revision
    self.call = call
    self.stage = stage
  }
}

/// A follow-up that waits for its day. Its plan stands in the revision that scheduled it.
public struct FollowUpRecord: Hashable, Sendable {
  public var org: OrgID
  /// The action that scheduled it, and the follow-up's own id.
  public var scheduledBy: ActionID
  public var revision: Int
  public var due: Instant
  /// The proposal it became.
  public var became: ActionID?

  public init(
    org: OrgID, scheduledBy: ActionID, revision: Int, due: Instant, became: ActionID?
  ) {
    self.org = org
    self.scheduledBy = scheduledBy
    self.revision = revision
    self.due = due
    self.became = became
  }
}

public protocol ActionWriting {
  /// Stores a new action with its first revision and its live records.
  /// - Throws: a constraint error when the key or a live record is taken; the caller has asked before.
  func insert(
    _ state: ActionState, _ revision: RevisionRecord, records: [RecordReference]
  ) throws
  /// Stores a further revision. The state is saved apart.
  func insert(_ revision: RevisionRecord, org: OrgID, of id: ActionID) throws
  /// Says anew which records a live action is about.
  func replaceLiveRecords(of state: ActionState, records: [RecordReference]) throws
  /// Writes all state columns if the stored version still is `old`.
  /// - Returns: false when somebody else was faster; nothing is changed then.
  func save(_ state: ActionState, replacing old: ActionVersion) throws -> Bool
  /// Stores an intent. Unique by operation id.
  func insert(_ intent: AttemptIntent) throws
  /// Sets the outcome of an attempt whose outcome is still nil or `unknown`.
  /// - Returns: false when it is settled already.
  func settle(
    _ org: OrgID, _ operation: OperationID, outcome: String, detail: String?,
    providerID: String?, at: Instant
  ) throws -> Bool
  /// Sets how many of the looks that were due for an attempt of unknown outcome are done.
  func count(looks: Int, _ org: OrgID, _ operation: OperationID) throws
  func insert(_ stages: [StageRecord], org: OrgID, operation: OperationID) throws
  func insert(_ evidence: Evidence, org: OrgID, operation: OperationID) throws
  func reserve(_ outreach: OutreachReservation) throws
  /// Marks a reservation; `kept` leaves it counting as reserved.
  func settleOutreach(
    _ org: OrgID, _ operation: OperationID, _ reservation: Settlement.Reservation
  ) throws
  func pause(_ org: OrgID, _ channel: OutreachChannel, _ hold: Hold?) throws
  /// Lets approved actions that wait for a time or for facts be looked at again now, because the
  /// books changed. An undo window, a throttle and a person's matter stay as they are.
  /// - Parameter partners: only actions about these; nil: all of the org.
  /// - Returns: how many.
  func recheck(_ org: OrgID, partners: [PartnerID]?) throws -> Int
  /// Ends every hold of a reason in an org, so that the actions are looked at again.
  /// - Returns: how many.
  func releaseHolds(_ org: OrgID, _ reason: HoldReason) throws -> Int
  func insert(_ followUp: FollowUpRecord) throws
  func markFollowUp(_ org: OrgID, scheduledBy id: ActionID, became: ActionID) throws
}

/// A stored audit entry.
public struct AuditRecord: Hashable, Sendable {
  public var sequence: Int64
  public var at: Instant
  public var leaf: [UInt8]
  public var hash: Digest
  /// Personal data by slot, as far as it was not erased.
  public var personal: [String: [UInt8]]

  public init(
    sequence: Int64, at: Instant, leaf: [UInt8], hash: Digest, personal: [String: [UInt8]]
  ) {
    self.sequence = sequence
    self.at = at
    self.leaf = leaf
    self.hash = hash
    self.personal = personal
  }
}

public protocol AuditReading {
  /// Entries in order of their number.
  func audit(
    _ org: OrgID, action: ActionID?, after sequence: Int64, limit: Int
  ) throws -> [AuditRecord]
}

public protocol AuditWriting {
  /// Appends entries with the next numbers of the org's log.
  func append(_ events: [AuditEvent], org: OrgID) throws
}

public protocol ProcessReading {
  /// Boots that have not ended.
  func liveBoots() throws -> [BootRecord]
  func dueTimers(at now: Instant, limit: Int) throws -> [DurableTimer]
  /// The same, only of some kinds.
  func dueTimers(
    _ kinds: [DurableTimer.Kind], at now: Instant, limit: Int
  ) throws -> [DurableTimer]
}

public protocol ProcessWriting {
  func insert(_ boot: BootRecord) throws
  /// - Returns: false when the boot was declared dead meanwhile.
  func renew(_ boot: BootID, leaseEndsAt: Int64) throws -> Bool
  func end(_ boot: BootID, cause: String) throws
  /// Sets a timer; an existing one of the same kind and subject keeps the earlier instant.
  func put(_ timer: DurableTimer) throws
  /// - Returns: false when it is not there any more, or was set to another instant.
  @discardableResult
  func remove(_ timer: DurableTimer) throws -> Bool
}

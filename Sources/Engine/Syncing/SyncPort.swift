import ActionProtocol
import Decisions

/// What became of the rows of a page.
public struct SyncCounts: Hashable, Sendable {
  public var inserted = 0
  public var updated = 0
  public var unchanged = 0
  /// The top-level customers whose rows are new or changed.
  public var partners: Set<PartnerID> = []

  public init() {}
}

/// Which records a page's rows name.
public struct SyncReferences: Hashable, Sendable {
  public var ids: [SyncKind: Set<Int64>] = [:]
  public init() {}

  public mutating func need(_ kind: SyncKind, _ id: Int64?) {
    if let id { ids[kind, default: []].insert(id) }
  }
}

/// What was taken over from an org's source: reading, inside a transaction.
public protocol SyncReading {
  func syncSettings(_ org: OrgID) throws -> SyncSettings
  func syncCursor(_ org: OrgID, _ kind: SyncKind) throws -> SyncCursor?
  /// Of the references those that the ledger does not have.
  func absent(_ org: OrgID, _ references: SyncReferences) throws -> SyncReferences
  /// Ids of records of a kind that came from the source and are not gone, within `above < id <= through`,
  /// ascending.
  func syncedIDs(
    _ org: OrgID, _ kind: SyncKind, above: Int64, through: Int64
  ) throws -> [Int64]
  /// Whether the ledger holds records that did not come from the source.
  func hasForeignRecords(_ org: OrgID) throws -> Bool
  /// Whether records of the org were taken over from its source.
  func isSynced(_ org: OrgID) throws -> Bool
  /// Ids of records of a kind that came from the source, are not gone and name a partner: invoices,
  /// deals, tasks and payments of it, persons and addresses below it.
  func syncedIDs(_ org: OrgID, _ kind: SyncKind, naming partner: Int64) throws -> [Int64]
  /// Partners that the ledger holds and that its records of invoices, credit notes, deals and persons
  /// named until now, where these rows name another one.
  func partnersLeft(_ org: OrgID, by rows: [SyncedRow]) throws -> Set<Int64>
  /// The customers that partners belong to, which may be themselves; none for those that the ledger lacks.
  func customers(_ org: OrgID, of partners: [Int64]) throws -> [Int64: Int64]
  /// When a customer, or any of several that are one, last wrote, machines aside.
  func lastAnswer(_ org: OrgID, from partners: [PartnerID]) throws -> Instant?
  /// The stages of a deal as they were seen, the earliest first.
  func stageHistory(_ org: OrgID, deal: Int64) throws -> [StageEntry]
}

extension SyncReading {
  /// The customer that a partner belongs to, which may be itself; nil where the ledger has no such
  /// partner.
  public func customer(_ org: OrgID, of partner: Int64) throws -> Int64? {
    try customers(org, of: [partner])[partner]
  }
}

/// That a deal was in a stage.
public struct StageEntry: Hashable, Sendable {
  public var stage: Int64
  /// When it came to it; nil: before anybody looked, and the source does not say when.
  public var enteredAt: Instant?
  public var seenAt: Instant

  public init(stage: Int64, enteredAt: Instant?, seenAt: Instant) {
    self.stage = stage
    self.enteredAt = enteredAt
    self.seenAt = seenAt
  }
}

/// What was taken over from an org's source: writing, inside a transaction.
public protocol SyncWriting {
  func save(_ settings: SyncSettings, _ org: OrgID) throws
  /// Writes a cursor whose version is one higher than the stored one.
  /// - Returns: false when somebody else was faster; nothing is changed then.
  func save(_ cursor: SyncCursor, _ org: OrgID, _ kind: SyncKind) throws -> Bool
  /// Inserts or updates records under the source's ids. What they name is there. A row that was read
  /// earlier than what is held changes nothing.
  func store(_ org: OrgID, _ rows: [SyncedRow], asOf: Instant) throws -> SyncCounts
  /// Marks records that the source does not have any more: nothing is open on them, nobody is written
  /// to; they are kept for what refers to them.
  /// - Returns: how many.
  func markGone(_ org: OrgID, _ kind: SyncKind, _ ids: [Int64], asOf: Instant) throws -> Int
}

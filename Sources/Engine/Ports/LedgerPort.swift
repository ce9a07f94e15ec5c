import ActionProtocol
import Insights

/// A record as the books hold it, under Odoo's model and field names.
public struct LedgerRecord: Hashable, Sendable {
  public let reference: RecordReference
  /// Odoo's field names. Many2one fields are `[id, name]`, money is decimal text such as
  /// `"5000.00"`, dates are `yyyy-mm-dd`, nothing is `false` or null.
  public let fields: JSONObject
  /// When the source that brought the record was true.
  public let asOf: Instant

  public init(reference: RecordReference, fields: JSONObject, asOf: Instant) {
    self.reference = reference
    self.fields = fields
    self.asOf = asOf
  }
}

extension LedgerRecord {
  /// On an invoice the id of a ``CollectionHold`` that binds it now, else false: a word of AIOM's own,
  /// which no field of Odoo's knows.
  public static let holdField = "aiom_hold"
}

/// Which records a row stands for, so that what is approved for them can be looked at again.
public struct LedgerTouch: Hashable, Sendable {
  /// The top-level partner the row is about.
  public let partnerID: PartnerID?
  /// The `account.move` the row is about.
  public let invoiceID: Int64?

  public init(partnerID: PartnerID? = nil, invoiceID: Int64? = nil) {
    self.partnerID = partnerID
    self.invoiceID = invoiceID
  }
}

/// What storing one row did.
public enum LedgerUpsert: Sendable, Equatable {
  case inserted(LedgerTouch)
  case updated(LedgerTouch)
  /// Nothing but perhaps the as-of time moved.
  case unchanged(LedgerTouch)
  /// The row names something that is not there (a partner, an invoice) or contradicts it.
  /// - `column`: the canonical field name such as `partner`.
  case rejected(column: String, problem: String, remedy: String)
}

/// The embedded ledger inside a transaction: reading.
public protocol LedgerReading {
  /// A record by Odoo model (`account.move`, `res.partner`, `crm.lead`, `project.task`) and id;
  /// nil where it does not exist.
  func record(_ org: OrgID, _ reference: RecordReference) throws -> LedgerRecord?
  /// Everything the analyzers look at, as the books stand on `asOf`: payments, credits
  /// and disputes after that date are left out, a dispute closed by then does not count.
  func books(_ org: OrgID, asOf: LocalDate) throws -> BooksSnapshot
  /// The same with what is behind: billing, payments, bills and balances, for the financial figures. Bills
  /// stand as they are now, whatever the day.
  func finance(_ org: OrgID, asOf: LocalDate) throws -> FinanceSnapshot
  /// The deals as they stand on `asOf`: what began later is left out, what closed later was open.
  func pipeline(_ org: OrgID, asOf: LocalDate) throws -> PipelineSnapshot
  /// How many records of each kind the ledger has, for empty states and `doctor`.
  func ledgerCounts(_ org: OrgID) throws -> [LedgerKind: Int]
  /// The oldest and newest as-of time of a kind's records.
  func ledgerAge(_ org: OrgID) throws -> [LedgerKind: ClosedRange<Instant>]
  /// How many invoices a snapshot of `asOf` would close that named only `named`: the dry run of
  /// ``LedgerWriting/closeInvoicesAbsent(from:org:asOf:)``.
  func countInvoicesAbsent(from named: Set<Int64>, org: OrgID, asOf: Instant) throws -> Int
}

/// The embedded ledger inside a transaction: writing.
public protocol LedgerWriting {
  /// Inserts or updates by external id; idempotent. An older `asOf` never overwrites a newer one
  /// (answers `unchanged`). Open amounts of touched invoices are recomputed.
  func upsert(_ org: OrgID, _ row: LedgerRow, asOf: Instant) throws -> LedgerUpsert
  /// With `--snapshot`: invoices of the org that the snapshot `run` did not name are closed
  /// (open amount 0, payment_state `paid`).
  /// - Returns: how many were closed.
  func closeInvoicesAbsent(from run: ImportRunID, org: OrgID, asOf: Instant) throws -> Int
  /// Records that an import began.
  func beginImport(_ org: OrgID, _ run: ImportRunID, kind: LedgerKind, asOf: Instant) throws
  /// Records what an import did and forgets which invoices it named.
  func finishImport(_ org: OrgID, _ run: ImportRunID, _ counts: ImportCounts) throws
  /// Remembers that a run named an invoice.
  func markSeen(_ org: OrgID, invoiceExternalID: String, run: ImportRunID) throws
  /// Creates a task, as Odoo's `project.task`.
  /// - Returns: its id.
  func createTask(_ org: OrgID, _ task: CreateTask) throws -> Int64
  /// A person's word that this customer is never reminded. No import takes it back.
  func stopReminders(_ org: OrgID, _ partner: PartnerID) throws
  /// Sets fields of a record under Odoo's names (`stage_id` of `crm.lead` and `project.task`, `state`
  /// of `sale.order`).
  /// - Returns: the values the fields had before.
  func setFields(
    _ org: OrgID, _ reference: RecordReference, _ values: JSONObject
  ) throws -> JSONObject
  /// Stores an activity on a record and returns its id.
  func createActivity(_ org: OrgID, _ activity: LogActivity) throws -> Int64
  /// Stores an internal note on a record and returns its id.
  func createNote(_ org: OrgID, _ note: CreateNote) throws -> Int64
  /// Deletes a task, activity or note that AIOM itself created; used by undo.
  /// - Returns: false where it is gone already.
  func deleteCreated(_ org: OrgID, _ reference: RecordReference) throws -> Bool
}

/// What an import did to the rows of its file.
public struct ImportCounts: Hashable, Sendable {
  public var rows = 0
  public var inserted = 0
  public var updated = 0
  public var unchanged = 0
  public var rejected = 0
  /// Invoices closed because a snapshot did not name them.
  public var closed = 0

  public init() {}
}

/// Names one import.
public struct ImportRunID: Hashable, Sendable {
  public let rawValue: String
  public init(_ rawValue: String) { self.rawValue = rawValue }
}

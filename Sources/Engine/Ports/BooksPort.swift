import ActionProtocol
import Decisions
import Insights

/// What books outside of AIOM's own database say of one record, read just now.
public enum LiveAnswer: Hashable, Sendable {
  /// The record's fields under Odoo's names. Many2one fields are `[id, name]`, amounts decimal text,
  /// nothing is null.
  case found(JSONObject)
  /// The books were read and do not hold the record.
  case missing
  /// The books could not be read; a stable code, and what a person can do.
  case unavailable(BooksProblem)
}

/// Why books could not be read or written to.
public struct BooksProblem: Hashable, Sendable {
  /// A stable code such as `odoo_access_denied`.
  public var code: String
  /// For people: what to do.
  public var remedy: String
  /// Whether waiting alone may help: they did not answer, or are being restarted.
  public var isTemporary: Bool

  public init(code: String, remedy: String, isTemporary: Bool) {
    self.code = code
    self.remedy = remedy
    self.isTemporary = isTemporary
  }
}

/// One reading of all records that a plan looks at.
public struct LiveReading: Sendable {
  /// When the first read began, by a clock that never goes back: the facts are no younger.
  public var began: ContinuousClock.Instant
  public var answers: [RecordReference: LiveAnswer]

  public init(began: ContinuousClock.Instant, answers: [RecordReference: LiveAnswer]) {
    self.began = began
    self.answers = answers
  }
}

/// A change of records outside, as it was approved.
public struct BooksChange: Hashable, Sendable {
  public enum Operation: Hashable, Sendable {
    case createTask(CreateTask)
    case updateStage(UpdateStage)
    case logActivity(LogActivity)
    case createNote(CreateNote)
  }

  public var org: OrgID
  /// Whose effect it is; what it makes carries a mark of it, so that it is made once.
  public var action: ActionID
  public var operation: Operation
  /// What the checks found in the fields that it changes; a change of them since is not written over.
  public var before: JSONObject

  public init(org: OrgID, action: ActionID, operation: Operation, before: JSONObject = [:]) {
    self.org = org
    self.action = action
    self.operation = operation
    self.before = before
  }
}

/// What a look for a change found.
public enum BooksSearch: Hashable, Sendable {
  /// It happened; the record it made or changed, as `model:id`.
  case found(id: String)
  /// It is not there. True: making it again makes no twin and overwrites nothing, because it has an
  /// id of its own there.
  case absent(isRepeatable: Bool)
  /// They did not answer this time; a stable code.
  case failed(code: String)
}

/// What came of taking a change back.
public enum BooksUndo: Hashable, Sendable {
  /// It is as it was before.
  case undone
  /// It was taken back already, or the record is gone.
  case nothingLeft
  /// Somebody changed it since: the field, who, and when (`yyyy-mm-dd hh:mm:ss` in UTC).
  case changedSince(field: String, by: String, at: String)
  /// Nothing was done.
  case refused(BooksProblem)
  /// It may or may not be undone; undoing again looks first.
  case unknown(code: String)
}

/// The books of an org outside of AIOM's own database. It reports what happened, decides nothing and
/// repeats nothing that may have happened.
public protocol OutsideBooks: Sendable {
  /// Reads every record that a plan looks at, live: one read per record for all its checks, different
  /// records at the same time. Takes a few seconds at most; what did not answer by then is
  /// unavailable.
  func read(_ plan: [RevalidationCheck]) async -> LiveReading

  /// The same, where customers with one of these tags are asked for nothing: the invoices that the plan
  /// looks at are disputed then (`aiom_disputed`). Letter case does not matter.
  func read(_ plan: [RevalidationCheck], tags: [String]) async -> LiveReading

  /// Makes a change, or finds that it is made already. Called only after its intent is durable.
  /// - Parameter departure: asked for leave right before the first byte of what changes something.
  func carryOut(_ change: BooksChange, departure: Departure) async -> CallOutcome

  /// Looks whether a change happened.
  func look(for change: BooksChange) async -> BooksSearch

  /// Takes a change back, unless somebody changed the same since.
  /// - Parameter id: what it made or changed, as `model:id`.
  func undo(_ change: BooksChange, id: String) async -> BooksUndo

  /// What customers may see of invoices, by the org's settings: where each is shown, and the invoice as
  /// a file that is put into `blobs`. What cannot be had is named and is no error.
  /// - Returns: for each invoice that was asked for; of those that are left out nobody looked.
  func documents(of invoices: [Int64], _ blobs: any BlobPort) async -> [Int64: InvoiceDocument]
}

extension OutsideBooks {
  /// Books without tags.
  public func read(_ plan: [RevalidationCheck], tags: [String]) async -> LiveReading {
    await read(plan)
  }

  /// Books that offer nothing to customers.
  public func documents(
    of invoices: [Int64], _ blobs: any BlobPort
  ) async -> [Int64: InvoiceDocument] { [:] }
}

/// Finds an org's books outside.
public protocol BooksDirectory: Sendable {
  /// - Returns: the books, or why they cannot be asked now: `odoo_key_missing`, …
  func books(of organisation: Organisation) async -> Result<any OutsideBooks, ChannelRefusal>
  /// Why nothing may be written there now, whatever is approved; nil where it may.
  func writeRefusal(for organisation: Organisation) -> ChannelRefusal?
}

/// An installation whose orgs all use the embedded ledger.
public struct NoOutsideBooks: BooksDirectory {
  public init() {}

  public func books(of organisation: Organisation) async -> Result<
    any OutsideBooks, ChannelRefusal
  > {
    .failure(refusal)
  }

  public func writeRefusal(for organisation: Organisation) -> ChannelRefusal? { refusal }

  private var refusal: ChannelRefusal {
    ChannelRefusal(code: "odoo_not_wired", remedy: "Use the embedded ledger: --books ledger.")
  }
}

/// A change outside as the store remembers it: written with its intent, before the first byte.
public struct BooksWrite: Hashable, Sendable {
  public enum State: String, CaseIterable, Hashable, Sendable {
    /// Nobody knows yet, or it did not happen; the attempt says which.
    case intended
    case written
    /// A person wants it taken back; whether that has happened is to be found out.
    case undoing
    case undone
  }

  public var org: OrgID
  public var operation: OperationID
  /// The fields that it changes, as the checks found them.
  public var before: JSONObject
  public var state: State
  /// What it made or changed, as `model:id`; known once it is written.
  public var record: String?
  public var undoneBy: Author?
  public var undoneAt: Instant?

  public init(org: OrgID, operation: OperationID, before: JSONObject) {
    self.org = org
    self.operation = operation
    self.before = before
    state = .intended
  }
}

/// Changes outside, inside a transaction: reading.
public protocol BooksWriteReading {
  /// Of one call; nil where the call was none.
  func booksWrite(_ org: OrgID, _ operation: OperationID) throws -> BooksWrite?
  /// Of an action, oldest first.
  func booksWrites(_ org: OrgID, of id: ActionID) throws -> [BooksWrite]
}

/// Changes outside, inside a transaction: writing.
public protocol BooksWriteWriting {
  /// Inserts it, or replaces state, record and undoing of the one with the same call.
  func save(_ write: BooksWrite) throws
}

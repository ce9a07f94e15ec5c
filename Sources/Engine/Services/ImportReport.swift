import ActionProtocol

/// How an import is to be done.
public struct LedgerImportOptions: Hashable, Sendable {
  /// Look at every row and say what would happen, but leave the ledger as it is.
  public var dryRun: Bool
  /// Whether an invoice that the file does not name is closed. Nil where nobody said: then it is not.
  public var isSnapshot: Bool?
  /// When the source was true; nil = now.
  public var asOf: Instant?

  public init(dryRun: Bool = false, isSnapshot: Bool? = nil, asOf: Instant? = nil) {
    self.dryRun = dryRun
    self.isSnapshot = isSnapshot
    self.asOf = asOf
  }
}

/// How far an import has come.
public struct ImportProgress: Hashable, Sendable {
  public var rows: Int
  public var rejected: Int

  public init(rows: Int, rejected: Int) {
    self.rows = rows
    self.rejected = rejected
  }
}

/// What became of the invoices that a snapshot did not name.
public enum SnapshotOutcome: Hashable, Sendable {
  /// The file was not called a snapshot: absent invoices stay as they are.
  case notAsked
  case closed(Int)
  /// The dry run's answer.
  case wouldClose(Int)
  /// Nothing was closed: the file named no invoice at all.
  case withheldForEmptyFile
  /// Nothing was closed: an invoice of a rejected row would have looked absent.
  case withheldForRejections
}

/// The records that an import changed, for looking again at what is approved for them.
public struct ImportTouch: Hashable, Sendable {
  /// How many ids of each kind are kept.
  public static let limit = 10_000

  public var partners: Set<PartnerID> = []
  public var invoices: Set<Int64> = []
  /// False where there were more than ``limit``: then everything approved has to be looked at.
  public var isComplete = true

  public init() {}

  mutating func add(_ touch: LedgerTouch) {
    if let partner = touch.partnerID, !partners.contains(partner) {
      if partners.count < Self.limit { partners.insert(partner) } else { isComplete = false }
    }
    if let invoice = touch.invoiceID, !invoices.contains(invoice) {
      if invoices.count < Self.limit { invoices.insert(invoice) } else { isComplete = false }
    }
  }
}

/// What an import did.
public struct ImportReport: Sendable {
  /// How many rejections are kept; all are counted.
  public static let rejectionLimit = 1000

  public var runID: ImportRunID
  public var kind: LedgerKind
  public var asOf: Instant
  public var dryRun: Bool
  /// `rejected` counts rows, not problems.
  public var counts = ImportCounts()
  /// The first problems, in the order of the file.
  public var rejections: [RowRejection] = []
  public var snapshot = SnapshotOutcome.notAsked
  /// Inserted and updated rows' records; unchanged rows and dry runs touch nothing.
  public var touched = ImportTouch()
  public var duration = Duration.zero

  mutating func reject(_ problems: [RowRejection]) {
    counts.rejected += 1
    rejections += problems.prefix(max(0, Self.rejectionLimit - rejections.count))
  }
}

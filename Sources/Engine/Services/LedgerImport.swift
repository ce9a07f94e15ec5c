import ActionProtocol

/// Brings a file's rows into the embedded ledger.
///
/// Idempotent by external id: the same file again answers `unchanged` for every row. Memory is
/// constant whatever the file's length, but for the dry run of a snapshot, which remembers the ids
/// of the invoices that are there already; for finding the same id twice in one file at most
/// ``RepeatedRows/limit`` rows are remembered, by hashes.
///
/// Rows are stored in batches, each a transaction of its own, so that the engine works on meanwhile
/// and an import that is broken off can simply be repeated. A dry run does the same work and undoes
/// each batch, so that its answers come from the same rules; a row that needs an earlier row of the
/// *same* file from another batch is counted as if that one were new.
public struct LedgerImport: Sendable {
  /// Rows in a transaction.
  public static let batchSize = 2000

  private let store: any StorePort
  private let newID: @Sendable (Instant) -> String

  /// - Parameter newID: gives the name of a run, such as a UUIDv7.
  public init(store: any StorePort, newID: @escaping @Sendable (Instant) -> String) {
    self.store = store
    self.newID = newID
  }

  /// Imports all rows of a source.
  /// - Parameter progress: called after each batch.
  /// - Throws: ``DecisionError`` where the org's records come from its Odoo; what the source throws where the file as a whole cannot be read, what the store throws,
  ///   or `CancellationError`. Batches that were stored before stay.
  public func run(
    _ source: any LedgerRowSource, kind: LedgerKind, org: OrgID,
    options: LedgerImportOptions = LedgerImportOptions(),
    progress: (@Sendable (ImportProgress) -> Void)? = nil
  ) async throws -> ImportReport {
    let started = ContinuousClock.now
    var (source, report) = (source, try await begin(kind, org, options))
    var named: Set<Int64> = []
    var repeated = RepeatedRows()
    let isSnapshot = options.isSnapshot == true && kind == .invoices
    let batch = Batch(
      org: org, asOf: report.asOf, run: isSnapshot && !options.dryRun ? report.runID : nil)
    while true {
      try Task.checkCancellation()
      let read = try source.next(Self.batchSize)
      if read.isEmpty { break }
      let column = source.columnName(of: "external_id")
      let lines = read.map { repeated.checked($0, column: column) }
      let answers = try await store(lines, batch, dryRun: options.dryRun)
      note(lines, answers, source, in: &report)
      if isSnapshot, options.dryRun { named.formUnion(answers.compactMap { $0?.invoiceID }) }
      progress?(ImportProgress(rows: report.counts.rows, rejected: report.counts.rejected))
    }
    if isSnapshot { try await close(&report, org, named) }
    try await finish(&report, org)
    report.duration = ContinuousClock.now - started
    return report
  }
}

extension LedgerImport {
  private struct Batch: Sendable {
    let org: OrgID
    let asOf: Instant
    /// The run under which named invoices are remembered, where they have to be.
    let run: ImportRunID?

    /// What the ledger answers for each line; nil for a line that was rejected before.
    func apply(_ lines: [ParsedLedgerLine], _ tx: any StoreTransaction) throws -> [LedgerUpsert?] {
      try lines.map { line in
        guard case .row(let row, _) = line else { return nil }
        let answer = try tx.upsert(org, row, asOf: asOf)
        if let run, case .invoice(let invoice) = row {
          try tx.markSeen(org, invoiceExternalID: invoice.externalID, run: run)
        }
        return answer
      }
    }
  }

  /// Carries a dry run's answers out of the transaction that it undoes.
  private struct Undone: Error {
    let answers: [LedgerUpsert?]
  }

  private func begin(
    _ kind: LedgerKind, _ org: OrgID, _ options: LedgerImportOptions
  ) async throws -> ImportReport {
    let now = try await store.read { store in
      // Disputes are AIOM's own and bind beside what the source says; bills and balances it does not bring.
      if ![.disputes, .bills, .balances].contains(kind),
        try store.organisation(org)?.books.kind == .odoo, try store.isSynced(org)
      {
        throw Self.synced
      }
      return store.now
    }
    let report = ImportReport(
      runID: ImportRunID(newID(now)), kind: kind, asOf: options.asOf ?? now,
      dryRun: options.dryRun)
    guard !options.dryRun else { return report }
    try await store.write { [runID = report.runID, asOf = report.asOf] tx in
      try tx.beginImport(org, runID, kind: kind, asOf: asOf)
    }
    return report
  }

  private static let synced = DecisionError(
    .conflict, "import.books_are_synced",
    "The organisation's records are taken over from its Odoo; records from a file beside them would "
      + "stop that.",
    remedy:
      "Correct the record in Odoo and run `aiom odoo sync`, or make an organisation of its own "
      + "for the file: aiom org create.")

  private func store(
    _ lines: [ParsedLedgerLine], _ batch: Batch, dryRun: Bool
  ) async throws -> [LedgerUpsert?] {
    guard dryRun else { return try await store.write { try batch.apply(lines, $0) } }
    do {
      try await store.write { tx -> Void in throw Undone(answers: try batch.apply(lines, tx)) }
      return []
    } catch let undone as Undone {
      return undone.answers
    }
  }

  private func note(
    _ lines: [ParsedLedgerLine], _ answers: [LedgerUpsert?], _ source: any LedgerRowSource,
    in report: inout ImportReport
  ) {
    for (line, answer) in zip(lines, answers) {
      report.counts.rows += 1
      switch (line, answer) {
      case (.rejected(let problems), _): report.reject(problems)
      case (_, .inserted(let touch)?):
        report.counts.inserted += 1
        if !report.dryRun { report.touched.add(touch) }
      case (_, .updated(let touch)?):
        report.counts.updated += 1
        if !report.dryRun { report.touched.add(touch) }
      case (.row(_, let number), .rejected(let column, let problem, let remedy)?):
        report.reject([
          RowRejection(
            line: number, column: source.columnName(of: column), problem: problem, remedy: remedy)
        ])
      case (_, .unchanged?), (_, nil): report.counts.unchanged += 1
      }
    }
  }

  /// Nothing is closed on doubt: a rejected row may have been the very invoice that looks absent.
  private func close(
    _ report: inout ImportReport, _ org: OrgID, _ named: Set<Int64>
  ) async throws {
    let asOf = report.asOf
    if report.counts.rows == 0 {
      report.snapshot = .withheldForEmptyFile
    } else if report.counts.rejected > 0 {
      report.snapshot = .withheldForRejections
    } else if report.dryRun {
      report.snapshot = .wouldClose(
        try await store.read { try $0.countInvoicesAbsent(from: named, org: org, asOf: asOf) })
    } else {
      let run = report.runID
      let closed = try await store.write {
        try $0.closeInvoicesAbsent(from: run, org: org, asOf: asOf)
      }
      report.snapshot = .closed(closed)
      report.counts.closed = closed
      if closed > 0 { report.touched.isComplete = false }
    }
  }

  private func finish(_ report: inout ImportReport, _ org: OrgID) async throws {
    guard !report.dryRun else { return }
    let (run, counts) = (report.runID, report.counts)
    try await store.write { try $0.finishImport(org, run, counts) }
  }
}

extension LedgerUpsert {
  fileprivate var invoiceID: Int64? {
    switch self {
    case .inserted(let touch), .updated(let touch), .unchanged(let touch): touch.invoiceID
    case .rejected: nil
    }
  }
}

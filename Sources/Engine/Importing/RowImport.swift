import ActionProtocol
import Decisions

/// Stores the rows of a list in batches, each in a transaction with its audit entry: lines and counts,
/// and in the last one the digest of the whole file. Never an address.
struct RowImport<Row: Sendable>: Sendable {
  /// Rows in one transaction: short enough that messages hardly wait for it.
  static var batch: Int { 500 }

  let context: EngineContext
  let org: OrgID
  /// `suppressions`, `outreach`, `consents`: `<kind>.imported` in the audit trail.
  let kind: String
  let author: Author
  let via: String
  /// A person's words, kept as personal data.
  let note: String?
  let isDryRun: Bool
  /// Stores one row and says what came of it, in a word.
  let apply: @Sendable (any StoreTransaction, Row, String) throws -> String
  /// Done in the same transaction after each batch.
  let finish: @Sendable (any StoreTransaction) throws -> Void

  /// Ends a transaction that was only to show what it would do.
  private struct RolledBack: Error { let counts: [String: Int] }

  private struct Batch: Sendable {
    var rows: [Row] = []
    var first: Int?
    var last: Int?
  }

  /// - Throws: store errors, and what the source throws; what was stored before stays.
  func run(
    _ source: consuming some RowSource<Row>, _ progress: (RowImportReport) -> Void
  ) async throws -> RowImportReport {
    let started = try await context.store.read { store in
      guard try store.organisation(org) != nil else { throw Approvals.noOrg(org) }
      return store.now
    }
    var source = source
    var report = RowImportReport(run: context.entropy.uuid7(started), isDryRun: isDryRun)
    var batch = try Self.read(&source, &report)
    while true {
      // Read ahead, so that the last batch knows that it is the last.
      let next = batch.rows.isEmpty ? batch : try Self.read(&source, &report)
      let isLast = next.rows.isEmpty
      if isLast { report.digest = source.digest }
      let counts = try await store(batch, report, isLast: isLast)
      report.counts.merge(counts, uniquingKeysWith: +)
      progress(report)
      if isLast { return report }
      batch = next
    }
  }

  private static func read(
    _ source: inout some RowSource<Row>, _ report: inout RowImportReport
  ) throws -> Batch {
    var batch = Batch()
    while batch.rows.count < Self.batch, let parsed = try source.next() {
      report.rows += 1
      switch parsed {
      case .row(let row, let line):
        batch.rows.append(row)
        (batch.first, batch.last) = (batch.first ?? line, line)
      case .rejected(let rejection):
        report.rejected += 1
        if report.rejections.count < RowImportReport.mostRejections {
          report.rejections.append(rejection)
        }
      }
    }
    return batch
  }

  private func store(
    _ batch: Batch, _ report: RowImportReport, isLast: Bool
  ) async throws -> [String: Int] {
    do {
      return try await context.store.write { store in
        var counts: [String: Int] = [:]
        for row in batch.rows { counts[try apply(store, row, report.run), default: 0] += 1 }
        if isDryRun { throw RolledBack(counts: counts) }
        try finish(store)
        let totals = report.counts.merging(counts, uniquingKeysWith: +)
        try append(store, batch, isLast ? totals : counts, report, isLast)
        return counts
      }
    } catch let error as RolledBack {
      return error.counts
    }
  }

  private func append(
    _ store: any StoreTransaction, _ batch: Batch, _ counts: [String: Int],
    _ report: RowImportReport, _ isLast: Bool
  ) throws {
    var details = JSONObject()
    for (outcome, count) in counts.sorted(by: { $0.key < $1.key }) {
      details[outcome] = .integer(Int64(count))
    }
    if isLast {
      details["file_sha256"] = .string(report.digest.hex)
      details["rows"] = .integer(Int64(report.rows))
      details["rejected"] = .integer(Int64(report.rejected))
    } else {
      details["first_line"] = batch.first.map { .integer(Int64($0)) } ?? .null
      details["last_line"] = batch.last.map { .integer(Int64($0)) } ?? .null
    }
    try store.append(
      [
        AuditEvent(
          kind: "\(kind).\(isLast ? "imported" : "import_batch")", actor: author.rawValue, via: via,
          subject: "import:\(report.run)", details: details,
          personal: note.map { ["reason": Array($0.utf8)] } ?? [:])
      ], org: org)
  }
}

import ActionProtocol
import Engine
import Foundation

extension SQLTransaction {
  func beginImport(
    _ org: OrgID, _ run: ImportRunID, kind: LedgerKind, asOf: Instant
  ) throws {
    try sql.execute(
      """
      INSERT INTO import_runs (
        org_id, run_id, kind, as_of, started_at, row_count, inserted_count, updated_count,
        unchanged_count, rejected_count, closed_count)
      VALUES ($1, $2, $3, $4, $5, 0, 0, 0, 0, 0, 0)
      """,
      [
        .text(org.rawValue), .text(run.rawValue), .text(kind.rawValue), .instant(asOf),
        .instant(sql.now),
      ])
  }

  func finishImport(_ org: OrgID, _ run: ImportRunID, _ counts: ImportCounts) throws {
    let numbers = [
      counts.rows, counts.inserted, counts.updated, counts.unchanged, counts.rejected,
      counts.closed,
    ]
    try sql.execute(
      """
      UPDATE import_runs SET finished_at = $1, row_count = $2, inserted_count = $3,
        updated_count = $4, unchanged_count = $5, rejected_count = $6, closed_count = $7
      WHERE org_id = $8 AND run_id = $9
      """,
      [.instant(sql.now)] + numbers.map { .integer(Int64($0)) }
        + [.text(org.rawValue), .text(run.rawValue)])
    try sql.execute(
      "DELETE FROM import_seen WHERE org_id = $1 AND run_id = $2",
      [.text(org.rawValue), .text(run.rawValue)])
  }

  func markSeen(
    _ org: OrgID, invoiceExternalID: String, run: ImportRunID
  ) throws {
    try sql.execute(
      """
      INSERT INTO import_seen (org_id, run_id, external_id) VALUES ($1, $2, $3)
      ON CONFLICT (org_id, run_id, external_id) DO NOTHING
      """, [.text(org.rawValue), .text(run.rawValue), .text(invoiceExternalID)])
  }

  /// An invoice that the ledger was told of after the snapshot's time is left alone.
  func closeInvoicesAbsent(
    from run: ImportRunID, org: OrgID, asOf: Instant
  ) throws -> Int {
    let day = LocalDate(asOf, in: try zone(of: org))
    return try sql.execute(
      """
      UPDATE invoices AS i SET closed_on = $1, open_minor = 0, as_of = $2, updated_at = $3
      WHERE org_id = $4 AND state = 'posted' AND open_minor <> 0 AND as_of <= $2
        AND NOT EXISTS (
          SELECT 1 FROM import_seen s
          WHERE s.org_id = i.org_id AND s.run_id = $5 AND s.external_id = i.external_id)
      """,
      [
        .day(day), .instant(asOf), .instant(sql.now), .text(org.rawValue), .text(run.rawValue),
      ])
  }

  func countInvoicesAbsent(
    from named: Set<Int64>, org: OrgID, asOf: Instant
  ) throws -> Int {
    var count = 0
    try sql.forEach(
      """
      SELECT id FROM invoices
      WHERE org_id = $1 AND state = 'posted' AND open_minor <> 0 AND as_of <= $2
      """, [.text(org.rawValue), .instant(asOf)]
    ) { if !named.contains($0.integer(0)) { count += 1 } }
    return count
  }
}

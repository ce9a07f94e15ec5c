import SQLiteDriver
import Store
import Testing

/// A database in which the key's index went by status and calls, brought up to date.
@Suite struct ThroughputMigrationTests {
  private func insert(_ id: String, key: String, status: String, calls: Int) -> String {
    """
    INSERT INTO actions (org_id, action_id, action_type, operation, risk, status, revision, digest,
      proposal_digest, idempotency_key, title, created_by, created_at, expires_at, rejected_at,
      approved_at, execute_by, claim_boot, calls)
    VALUES ('acme', '\(id)', 'send_invoice_reminder', 'send_email', 'low', '\(status)', 1, 'd', 'p',
      '\(key)', 't', 'person:local:ann', 1, 99, 1, 1, 1, 'b', \(calls))
    """
  }

  @Test func `an action holds its key afterwards exactly as it did before`() async throws {
    let folder = try TestFolder()
    let database = try folder.open()
    let before = Migrator.all.prefix { $0.name != "throughput" }
    _ = try await Migrator(database: database, migrations: Array(before)).migrate()
    try await database.run(
      """
      INSERT INTO orgs (org_id, mode, name, legal_name, country, zone, currency, locale,
        window_start, window_end, window_days, smtp2go_key, created_at)
      VALUES ('acme', 'sandbox', 'n', 'n', 'US', 'UTC', 'USD', 'en', '09:00', '17:00', '1', 'k', 0)
      """)
    let taken = [
      ("pending_approval", 0), ("approved", 0), ("executing", 1), ("completed", 1), ("failed", 1),
      ("rejected", 2), ("expired", 1),
    ]
    let free = [("failed", 0), ("rejected", 0), ("expired", 0)]
    for (index, row) in (taken + free).enumerated() {
      try await database.run(
        insert("action-10\(index)", key: "key-\(index)", status: row.0, calls: row.1))
    }
    _ = try await Migrator(database: database).migrate()
    for (index, row) in (taken + free).enumerated() {
      let again = insert("again-10\(index)", key: "key-\(index)", status: "approved", calls: 0)
      if index < taken.count {
        await #expect(throws: StoreError.self, "\(row)") { try await database.run(again) }
      } else {
        try await database.run(again)
      }
    }
  }
}

import SQLiteDriver
import Store
import Testing

/// A database of the schema before delivery modes, brought up to date.
@Suite struct DeliveryModesTests {
  private func insert(
    _ org: String, _ id: String, status: String, approved: String?, at: Int
  ) -> String {
    let approval = approved.map { "'person:local:ann', \(at), '\($0)', \(at + 1)" }
    return """
      INSERT INTO actions (org_id, action_id, action_type, operation, risk, status, revision,
        digest, proposal_digest, idempotency_key, title, created_by, created_at, expires_at,
        approved_by, approved_at, approved_delivery, execute_by)
      VALUES ('\(org)', '\(id)', 'send_invoice_reminder', 'send_email', 'low', '\(status)', 1,
        'd', 'p', 'key-\(id)', 't', 'person:local:ann', \(at), 99,
        \(approval ?? "NULL, NULL, NULL, NULL"))
      """
  }

  @Test func `old actions get the mode they were approved in, and old twins stay apart`()
    async throws
  {
    let folder = try TestFolder()
    let database = try folder.open()
    _ = try await Migrator(
      database: database, migrations: Array(Migrator.all.prefix(2))
    ).migrate()
    for (org, mode) in [("live-org", "live"), ("new-org", "sandbox")] {
      try await database.run(
        """
        INSERT INTO orgs (org_id, mode, name, legal_name, country, zone, currency, locale,
          window_start, window_end, window_days, smtp2go_key, created_at)
        VALUES ('\(org)', '\(mode)', 'n', 'n', 'US', 'UTC', 'USD', 'en', '09:00', '17:00', '1', 'k', 0)
        """)
    }
    let statements = [
      insert("live-org", "shared-id-01", status: "approved", approved: "live", at: 5),
      insert("live-org", "rehearsed-01", status: "completed", approved: "redirect", at: 3),
      insert("live-org", "pending-0001", status: "pending_approval", approved: nil, at: 6),
      insert("new-org", "shared-id-01", status: "pending_approval", approved: nil, at: 1),
      "INSERT INTO live_records VALUES ('live-org', 'send_invoice_reminder', 'account.move', 7, 'shared-id-01')",
    ]
    for statement in statements { try await database.run(statement) }
    _ = try await Migrator(database: database).migrate()
    let modes = try await database.texts(
      "SELECT org_id || ' ' || action_id || ' ' || delivery FROM actions ORDER BY 1")
    #expect(
      modes == [
        "live-org pending-0001 live", "live-org rehearsed-01 redirect",
        "live-org shared-id-01 live", "new-org shared-id-01 sandbox",
      ])
    #expect(
      try await database.texts("SELECT delivery || ' ' || action_id FROM live_records")
        == ["live shared-id-01"])
    await #expect(throws: StoreError.self) {
      try await database.run(
        insert("new-org", "pending-0001", status: "pending_approval", approved: nil, at: 1))
    }
  }
}

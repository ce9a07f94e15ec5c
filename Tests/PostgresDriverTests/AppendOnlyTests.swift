import PostgresDriver
import Store
import TestSupport
import Testing

/// Ways round a trigger that PostgreSQL alone has; the rest is in ``DatabaseConformance``.
@Suite(.onPostgres, .serialized) struct PostgresAppendOnlyTests {
  @Test(arguments: [
    "TRUNCATE audit_entries", "TRUNCATE action_revisions CASCADE", "TRUNCATE evidence",
    "MERGE INTO audit_entries USING (SELECT 1) AS s ON true WHEN MATCHED THEN DELETE",
  ])
  func `the database refuses to empty what was recorded`(_ statement: String) async throws {
    let database = try await TestPostgres.database()
    _ = try await Migrator(database: database).migrate()
    try await database.run(
      """
      INSERT INTO orgs (org_id, mode, name, legal_name, country, zone, currency, locale,
        window_start, window_end, window_days, smtp2go_key, created_at)
      VALUES ('o', 'sandbox', 'n', 'n', 'US', 'UTC', 'USD', 'en', '09:00', '17:00', '1', 'k', 0)
      """)
    try await database.run(
      "INSERT INTO audit_entries VALUES ('o', 1, 0, 'kind', NULL, '\\x00', 'h')")
    let error = await #expect(throws: StoreError.self) { try await database.run(statement) }
    #expect(error?.code == "constraint", "\(error?.detail ?? "")")
    #expect(try await database.texts("SELECT kind || at FROM audit_entries") == ["kind0"])
  }
}

import PostgresDriver
import Store
import TestSupport
import Testing

@Suite(.onPostgres, .serialized) struct PostgresAppendOnlyTests {
  /// A row in each table that is only ever appended to.
  private func filled() async throws -> PostgresDatabase {
    let database = try await TestPostgres.database()
    _ = try await Migrator(database: database).migrate()
    try await database.write { sql in
      for statement in Self.rows { try sql.execute(statement, []) }
    }
    return database
  }

  private static let rows = [
    """
    INSERT INTO orgs (org_id, mode, name, legal_name, country, zone, currency, locale,
      window_start, window_end, window_days, smtp2go_key, created_at)
    VALUES ('o', 'sandbox', 'n', 'n', 'US', 'UTC', 'USD', 'en', '09:00', '17:00', '1', 'k', 0)
    """,
    """
    INSERT INTO actions (org_id, action_id, action_type, operation, risk, status, revision, digest,
      proposal_digest, idempotency_key, title, created_by, created_at, expires_at)
    VALUES ('o', 'a', 't', 'p', 'low', 'pending_approval', 1, 'd', 'd', 'k', 't', 'c', 0, 0)
    """,
    """
    INSERT INTO action_revisions (org_id, action_id, revision, digest, document, expires_at,
      created_by, created_at, cause)
    VALUES ('o', 'a', 1, 'd', '\\x00', 0, 'c', 0, 'proposed')
    """,
    """
    INSERT INTO evidence (org_id, action_id, revision, call, number, source, outcome, at)
    VALUES ('o', 'a', 1, 1, 1, 'worker', 'accepted', 0)
    """,
    "INSERT INTO audit_entries VALUES ('o', 1, 0, 'kind', NULL, '\\x00', 'h')",
    "INSERT INTO audit_private VALUES ('o', 1, 'reason', '\\x00', '\\x00')",
  ]

  @Test(arguments: [
    "UPDATE audit_entries SET kind = 'other'", "UPDATE audit_entries SET leaf = '\\x01'",
    "DELETE FROM audit_entries", "TRUNCATE audit_entries",
    "INSERT INTO audit_entries VALUES ('o', 1, 9, 'k', NULL, '', '') "
      + "ON CONFLICT (org_id, seq) DO UPDATE SET kind = 'other'",
    "MERGE INTO audit_entries USING (SELECT 1) AS s ON true WHEN MATCHED THEN DELETE",
    "UPDATE audit_private SET payload = '\\x01'", "UPDATE action_revisions SET document = '\\x01'",
    "DELETE FROM action_revisions", "TRUNCATE action_revisions CASCADE",
    "UPDATE evidence SET outcome = 'refused'", "DELETE FROM evidence", "TRUNCATE evidence",
  ])
  func `the database refuses to change what was recorded`(_ statement: String) async throws {
    let database = try await filled()
    let error = await #expect(throws: StoreError.self) { try await database.run(statement) }
    #expect(error?.code == "constraint", "\(error?.detail ?? "")")
    let kept = try await database.texts("SELECT kind || at || leaf_hash FROM audit_entries")
    #expect(kept == ["kind0h"])
    let documents = try await database.texts("SELECT encode(document, 'hex') FROM action_revisions")
    #expect(documents == ["00"])
    #expect(try await database.texts("SELECT outcome FROM evidence") == ["accepted"])
    #expect(try await database.texts("SELECT encode(payload, 'hex') FROM audit_private") == ["00"])
  }

  @Test func `personal data can be erased without touching its entry`() async throws {
    let database = try await filled()
    try await database.run("DELETE FROM audit_private")
    #expect(try await database.integers("SELECT seq FROM audit_entries") == [1])
    #expect(try await database.integers("SELECT seq FROM audit_private").isEmpty)
  }

  @Test(arguments: [
    ("approved", "UPDATE actions SET status = 'approved'"),
    ("executing", "UPDATE actions SET status = 'executing'"),
    ("rejected", "UPDATE actions SET status = 'rejected'"),
    ("another word", "UPDATE actions SET status = 'sent'"),
    ("no risk", "UPDATE actions SET risk = 'none'"),
    ("revision 0", "UPDATE actions SET revision = 0"),
    ("another org", "UPDATE actions SET org_id = 'p'"),
  ])
  func `a half state is refused by the schema`(_ what: String, _ statement: String) async throws {
    let database = try await filled()
    let error = await #expect(throws: StoreError.self) { try await database.run(statement) }
    #expect(error?.code == "constraint", "\(what)")
  }
}

import Store

extension DatabaseConformance {
  /// What was recorded stays as it is, and no half state is stored.
  public static let appendOnly: [DatabaseConformance] =
    changes.map { statement in
      DatabaseConformance("what was recorded cannot be changed: \(statement)") { subject in
        let database = try await filled(subject)
        try await constrained(
          database, statement,
          [.blob([1])].filter { _ in
            statement.contains("$1")
          })
        try await unchanged(database)
      }
    }
    + halfStates.map { what, statement in
      DatabaseConformance("a half state is refused by the schema: \(what)") { subject in
        try await constrained(try await filled(subject), statement, [])
      }
    }
    + [
      DatabaseConformance("personal data can be erased without touching its entry") { subject in
        let database = try await filled(subject)
        try await database.perform("DELETE FROM audit_private")
        try same(try await database.numbers("SELECT seq FROM audit_entries"), [1], "entries")
        try same(try await database.numbers("SELECT seq FROM audit_private"), [], "private parts")
      }
    ]

  private static let changes = [
    "UPDATE audit_entries SET kind = 'other'", "UPDATE audit_entries SET leaf = $1",
    "DELETE FROM audit_entries",
    "INSERT INTO audit_entries VALUES ('o', 1, 9, 'k', NULL, $1, '') "
      + "ON CONFLICT (org_id, seq) DO UPDATE SET kind = 'other'",
    "UPDATE audit_private SET payload = $1", "UPDATE action_revisions SET document = $1",
    "DELETE FROM action_revisions", "UPDATE evidence SET outcome = 'refused'",
    "DELETE FROM evidence",
  ]

  private static let halfStates = [
    ("approved", "UPDATE actions SET status = 'approved'"),
    ("executing", "UPDATE actions SET status = 'executing'"),
    ("rejected", "UPDATE actions SET status = 'rejected'"),
    ("another word", "UPDATE actions SET status = 'sent'"),
    ("no risk", "UPDATE actions SET risk = 'none'"),
    ("revision 0", "UPDATE actions SET revision = 0"),
    ("another org", "UPDATE actions SET org_id = 'p'"),
  ]

  /// A migrated database with a row in each table that is only ever appended to.
  private static func filled(_ subject: Subject) async throws -> any SQLDatabase {
    _ = try await Migrator(database: subject.database).migrate()
    try await subject.database.write { sql in
      for (statement, arguments) in rows { try sql.execute(statement, arguments) }
    }
    return subject.database
  }

  private static let rows: [(String, [SQLValue])] = [
    (
      """
      INSERT INTO orgs (org_id, mode, name, legal_name, country, zone, currency, locale,
        window_start, window_end, window_days, smtp2go_key, created_at)
      VALUES ('o', 'sandbox', 'n', 'n', 'US', 'UTC', 'USD', 'en', '09:00', '17:00', '1', 'k', 0)
      """, []
    ),
    (
      """
      INSERT INTO actions (org_id, action_id, action_type, operation, risk, status, revision, digest,
        proposal_digest, idempotency_key, title, created_by, created_at, expires_at)
      VALUES ('o', 'a', 't', 'p', 'low', 'pending_approval', 1, 'd', 'd', 'k', 't', 'c', 0, 0)
      """, []
    ),
    (
      """
      INSERT INTO action_revisions (org_id, action_id, revision, digest, document, expires_at,
        created_by, created_at, cause)
      VALUES ('o', 'a', 1, 'd', $1, 0, 'c', 0, 'proposed')
      """, [.blob([0])]
    ),
    (
      """
      INSERT INTO evidence (org_id, action_id, revision, call, number, source, outcome, at)
      VALUES ('o', 'a', 1, 1, 1, 'worker', 'accepted', 0)
      """, []
    ),
    ("INSERT INTO audit_entries VALUES ('o', 1, 0, 'kind', NULL, $1, 'h')", [.blob([0])]),
    (
      "INSERT INTO audit_private VALUES ('o', 1, 'reason', $1, $2)", [.blob([0]), .blob([0])]
    ),
  ]

  private static func constrained(
    _ database: any SQLDatabase, _ statement: String, _ arguments: [SQLValue]
  ) async throws {
    do {
      try await database.perform(statement, arguments)
    } catch let error as StoreError {
      return try same(error.code, "constraint", "the code of the refusal")
    }
    throw ConformanceFailure("not refused: \(statement)")
  }

  private static func unchanged(_ database: any SQLDatabase) async throws {
    let entries = try await database.words("SELECT kind || at || leaf_hash FROM audit_entries")
    try same(entries, ["kind0h"], "entries")
    try same(try await database.words("SELECT outcome FROM evidence"), ["accepted"], "evidence")
    for column in [
      "leaf FROM audit_entries", "payload FROM audit_private",
      "document FROM action_revisions",
    ] {
      let bytes = try await database.read { try $0.all("SELECT \(column)") { $0.blob(0) } }
      try same(bytes, [[0]], column)
    }
  }
}

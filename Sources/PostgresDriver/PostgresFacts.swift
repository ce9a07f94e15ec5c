import Store

/// What the server says of itself and of what it guarantees.
public struct PostgresFacts: Hashable, Sendable {
  /// `15.18 (Debian …)`
  public var version: String
  /// `on`, `remote_apply`, `remote_write`, `local`; `off` is raised to `on` for every connection.
  public var synchronousCommit: String
  /// Whether standbys must confirm a commit (`synchronous_standby_names`).
  public var hasSynchronousStandbys: Bool
  /// How many standbys confirm right now; nil where the role may not see them.
  public var confirmingStandbys: Int?
  public var writesToDisk: Bool
  public var isEncrypted: Bool
  /// The first schema of the search path.
  public var schema: String
}

extension PostgresDatabase {
  /// Asks the server.
  /// - Throws: ``StoreError``.
  public func facts() async throws -> PostgresFacts {
    try await read { sql in
      let row = try sql.first(
        """
        SELECT current_setting('server_version'), current_setting('synchronous_commit'),
          CASE WHEN current_setting('synchronous_standby_names') = '' THEN 0 ELSE 1 END,
          (SELECT COUNT(*) FROM pg_stat_replication WHERE sync_state IN ('sync', 'quorum')),
          CASE WHEN current_setting('fsync') = 'on' THEN 1 ELSE 0 END,
          (SELECT COUNT(*) FROM pg_stat_ssl WHERE pid = pg_backend_pid() AND ssl),
          current_schema()::text
        """
      ) { row in
        PostgresFacts(
          version: row.text(0), synchronousCommit: row.text(1),
          hasSynchronousStandbys: row.flag(2),
          confirmingStandbys: row.optionalInteger(3).map { Int($0) },
          writesToDisk: row.flag(4), isEncrypted: row.flag(5), schema: row.text(6))
      }
      guard let row else { throw StoreError(code: "schema", detail: "the server says nothing") }
      return row
    }
  }
}

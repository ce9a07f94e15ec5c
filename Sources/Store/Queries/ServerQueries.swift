import Engine

extension SQLTransaction: ServerReading {
  func server() throws -> ServerIdentity? {
    guard sql.dialect == .postgresql else { return nil }
    try sql.execute("SAVEPOINT identity", [])
    do {
      let identity = try sql.first(Self.identity, [], Self.server)
      try sql.execute("RELEASE SAVEPOINT identity", [])
      return identity
    } catch let error as StoreError where ["schema", "not_writable"].contains(error.code) {
      // Some hosted servers lack these functions or forbid them: then nothing is told apart by them.
      try sql.execute("ROLLBACK TO SAVEPOINT identity", [])
      return nil
    }
  }

  /// The first eight digits of a log file's name are its timeline. The file that tells what a server
  /// recovered from is not for everybody to read; the settings are.
  private static let identity = """
    SELECT (SELECT system_identifier FROM pg_control_system()) || '/'
        || (SELECT oid FROM pg_database WHERE datname = current_database()) || '/'
        || current_schema(),
      left(pg_walfile_name(pg_current_wal_lsn()), 8),
      CASE WHEN current_setting('synchronous_standby_names') <> ''
        AND current_setting('synchronous_commit') IN ('on', 'remote_apply') THEN 1 ELSE 0 END,
      CASE WHEN current_setting('recovery_target') || current_setting('recovery_target_lsn')
        || current_setting('recovery_target_name') || current_setting('recovery_target_time')
        || current_setting('recovery_target_xid') <> '' THEN 1 ELSE 0 END
    """

  private static func server(_ row: any SQLRow) throws -> ServerIdentity {
    ServerIdentity(
      database: row.text(0), timeline: Int64(row.text(1), radix: 16) ?? 0, isConfirmed: row.flag(2),
      isRecovered: row.flag(3))
  }
}

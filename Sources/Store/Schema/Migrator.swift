import ActionProtocol

/// Brings a database to the newest schema.
public struct Migrator: Sendable {
  /// Every step, in order. Only ever appended to.
  public static let all: [Migration] = [
    .core, .ledger, .deliveryModes, .tracking, .compactTables, .usage, .suppressionLists, .jobs,
    .stop, .senders, .throughput, .fairness, .outreachCaps, .spending, .fewerWrites, .booksWrites,
    .syncing, .pipeline, .policies, .access, .inbox, .collectionHolds, .finance,
    .confirmations, .deskPages, .notices, .replays, .savedViews, .personPhones,
  ]

  private let database: any SQLDatabase
  private let migrations: [Migration]

  public init(database: any SQLDatabase, migrations: [Migration] = Migrator.all) {
    self.database = database
    self.migrations = migrations
  }

  /// Applies what is missing, in one transaction under the writer's lock, so that any number of
  /// processes may start at once.
  /// - Returns: the names of the steps that were applied; empty when nothing was missing.
  /// - Throws: ``StoreError`` with code `schema` when the database is newer than this program.
  public func migrate() async throws -> [String] {
    // Somebody else's steps may take longer than a writer waits for the lock.
    for _ in 1..<(database.dialect == .sqlite ? 1 : Self.mostWaits) {
      do {
        return try await migrateOnce()
      } catch let error as StoreError where error.code == "busy" {
        continue
      }
    }
    return try await migrateOnce()
  }

  /// How often the writers' lock is waited for on a server, twenty seconds each; a file's is waited for
  /// long enough once.
  private static let mostWaits = 90

  private func migrateOnce() async throws -> [String] {
    if try await version() == migrations.count { return [] }
    let migrations = migrations
    let dialect = database.dialect
    return try await database.write { sql in
      // A big index takes the time that it takes.
      if dialect == .postgresql { try sql.execute("SET LOCAL statement_timeout = 0", []) }
      try sql.execute(dialect.schemaStatement(Self.table), [])
      let applied = try Self.version(sql)
      guard applied <= migrations.count else { throw Self.newer(applied, migrations.count) }
      let missing = migrations.filter { $0.number > applied }
      for migration in missing { try Self.apply(migration, sql) }
      return missing.map(\.name)
    }
  }

  private static func apply(_ migration: Migration, _ sql: any SQLConnection) throws {
    for statement in migration.statements(sql.dialect) {
      try sql.execute(sql.dialect.schemaStatement(statement), [])
    }
    try sql.execute(
      "INSERT INTO schema_migrations (number, name, applied_at) VALUES ($1, $2, $3)",
      [.integer(Int64(migration.number)), .text(migration.name), .instant(sql.now)])
  }

  /// The number of the last applied step; 0 for an empty database.
  public func version() async throws -> Int {
    try await database.read { sql in
      let table = try sql.first(Self.tableExists(sql), []) { $0.integer(0) }
      return table == nil ? 0 : try Self.version(sql)
    }
  }

  private static let table = """
    CREATE TABLE IF NOT EXISTS schema_migrations (
      number BIGINT NOT NULL PRIMARY KEY,
      name TEXT NOT NULL,
      applied_at BIGINT NOT NULL
    )
    """

  private static func tableExists(_ sql: any SQLConnection) -> String {
    switch sql.dialect {
    case .sqlite:
      "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'schema_migrations'"
    case .postgresql:
      """
      SELECT 1 FROM pg_tables
      WHERE schemaname = current_schema() AND tablename = 'schema_migrations'
      """
    }
  }

  private static func version(_ sql: any SQLConnection) throws -> Int {
    Int(try sql.first("SELECT MAX(number) FROM schema_migrations") { $0.integer(0) } ?? 0)
  }

  private static func newer(_ found: Int, _ known: Int) -> StoreError {
    StoreError(
      code: "schema",
      detail: "the database has schema \(found), this program knows \(known); use a newer aiom")
  }
}

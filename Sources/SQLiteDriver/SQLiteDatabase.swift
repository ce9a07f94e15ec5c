import ActionProtocol
import Engine
import Foundation
import GRDB
import GRDBSQLite
import Store
import Synchronization

/// The embedded database: one file, write-ahead log, every commit synced to the disk.
///
/// Writes that wait at the same time share one commit (group commit): the first one waits for
/// nobody, and those that arrive while a commit is being written are taken together afterwards.
public final class SQLiteDatabase: SQLDatabase, CommitCounting {
  private let pool: DatabasePool
  private let clock: @Sendable () -> Instant
  private let writer: GroupCommit
  private let latest = Mutex<Int64>(0)

  public let dialect = SQLDialect.sqlite

  /// Opens the file, or creates it readable for its owner alone.
  ///
  /// - Parameters:
  ///   - path: on a local disk; network file systems have no reliable locks and are refused.
  ///   - clock: the source of a transaction's `now`, which never goes back within this process.
  /// - Throws: ``StoreError`` with a code and what to do.
  public init(path: String, clock: @escaping @Sendable () -> Instant) throws {
    try DatabaseFile.prepare(path)
    var configuration = Configuration()
    configuration.busyMode = .timeout(30)
    configuration.maximumReaderCount = 4
    configuration.foreignKeysEnabled = true
    configuration.prepareDatabase(Self.prepare)
    do {
      pool = try DatabasePool(path: path, configuration: configuration)
      // The pool sets NORMAL after its own preparation; an acknowledged intent must survive a power
      // failure, so it is set to FULL afterwards.
      try pool.writeWithoutTransaction { database in
        try database.execute(sql: "PRAGMA synchronous = FULL")
        try database.execute(sql: "PRAGMA journal_size_limit = 67108864")
        // Pages are copied into the main file every 48 MB of log, not every 4: of one that was changed many
        // times since, the last state alone.
        try database.execute(sql: "PRAGMA wal_autocheckpoint = 12000")
        // An action puts digests at random places of several indexes: the writer keeps these at hand.
        try database.execute(sql: "PRAGMA cache_size = -32768")
      }
    } catch {
      throw SQLiteFault.translate(error)
    }
    self.clock = clock
    writer = GroupCommit(pool: pool)
  }

  /// Settings of every connection.
  @Sendable
  private static func prepare(_ database: Database) throws {
    // Without it REPLACE would delete a row past the triggers that keep it.
    try database.execute(sql: "PRAGMA recursive_triggers = ON")
    // The undo pages of savepoints stay in memory; in a file they were four fifths of all writes.
    try database.execute(sql: "PRAGMA temp_store = MEMORY")
    try database.execute(sql: "PRAGMA cache_size = -8192")
  }

  public func write<Value: Sendable>(
    _ body: @escaping @Sendable (any SQLConnection) throws -> Value
  ) async throws -> Value {
    try await writer.run { database in
      try body(SQLiteConnection(database: database, now: self.now()))
    }
  }

  public func read<Value: Sendable>(
    _ body: @escaping @Sendable (any SQLConnection) throws -> Value
  ) async throws -> Value {
    do {
      return try await pool.read { database in
        try body(SQLiteConnection(database: database, now: self.now()))
      }
    } catch let error as DatabaseError {
      throw SQLiteFault.translate(error)
    }
  }

  /// The durability level in force: 2 is FULL. For tests and `doctor`.
  public func synchronousLevel() throws -> Int {
    try pool.writeWithoutTransaction { database in
      try Int.fetchOne(database, sql: "PRAGMA synchronous") ?? -1
    }
  }

  /// How many commits were made durable since the file was opened: bodies that waited together share
  /// one.
  public var commitCount: Int { writer.commitCount }

  public var commitSizes: MetricFamily { writer.sizes }

  /// How many writes wait for the next commit.
  var waitingCount: Int { writer.waitingCount }

  /// Closes all connections. No transaction may run any more.
  public func close() throws { try pool.close() }

  /// The clock, held still where it was set back meanwhile.
  private func now() -> Instant {
    let current = clock().milliseconds
    return latest.withLock { latest in
      latest = max(latest, current)
      return Instant(milliseconds: latest)
    }
  }
}

import Engine
import Foundation
import SQLiteDriver
import Store

/// A database that is open, with what of it the engine needs besides.
struct OpenDatabase: Sendable {
  let database: any SQLDatabase
  let liveness: any LivenessPort
  let wake: any WakePort
  /// Ends all connections. No transaction may run any more.
  let close: @Sendable () throws -> Void
  /// What `doctor` says about durability.
  let durability: @Sendable () async throws -> Durability

  /// What is known of the database: of which kind it is, and what its commits are worth.
  struct Durability: Sendable {
    /// `SQLite, synchronous=FULL`
    var words: String
    /// What is wrong with it and how to correct that; nil: an acknowledged commit survives a power
    /// failure.
    var problem: (found: String, fix: String)?
  }

  /// Opens what a setting names; a file is created where it is missing.
  static func open(_ place: DatabasePlace) throws -> OpenDatabase {
    switch place {
    case .file(let path): return try file(path)
    case .server(let url):
      #if POSTGRES
        return try ServerDatabase.open(url)
      #else
        throw Failure(
          .notConfigured, "database.no_postgresql",
          "DATABASE_URL names a PostgreSQL, and this aiom was built without it.",
          remedy: "Install libpq-dev and build aiom again, or unset DATABASE_URL.")
      #endif
    }
  }

  private static func file(_ path: String) throws -> OpenDatabase {
    let database = try SQLiteDatabase(path: path, clock: SystemClock.now)
    return OpenDatabase(
      database: database, liveness: try FlockLiveness(databasePath: path),
      wake: try SocketWake(databasePath: path), close: { try database.close() },
      durability: {
        let level = try database.synchronousLevel()
        return Durability(
          words: "SQLite, synchronous=FULL",
          problem: level == 2
            ? nil
            : (
              "synchronous is \(level), not FULL (2)",
              "Report it: an intent must survive a power failure."
            ))
      })
  }
}

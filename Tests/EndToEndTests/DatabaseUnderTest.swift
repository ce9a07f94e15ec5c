import ActionProtocol
import Engine
import Foundation
import SQLiteDriver
import Spawning
import Store
import TestSupport

#if POSTGRES
  import PostgresDriver
#endif

/// A database for one test, and how `aiom` is told of it.
struct DatabaseUnderTest: Sendable {
  enum Kind: String, Sendable, CaseIterable {
    case file
    case server

    /// Those that can be had here: a server where the tests have one, and in CI in any case.
    static var available: [Kind] {
      #if POSTGRES
        TestPostgres.isWanted ? [.file, .server] : [.file]
      #else
        [.file]
      #endif
    }
  }

  let database: any SQLDatabase
  let liveness: any LivenessPort
  /// The variable that names it.
  let variable: (name: String, value: String)

  /// The variable for a process whose connections a server knows by a name.
  func variable(for process: String) -> (name: String, value: String) {
    guard variable.name == "DATABASE_URL" else { return variable }
    return (variable.name, "\(variable.value)&application_name=\(process)")
  }

  /// The same database, opened once more.
  func reopened() throws -> any SQLDatabase {
    #if POSTGRES
      if database is PostgresDatabase {
        return try PostgresDatabase(url: variable.value, limits: TestPostgres.smallLimits)
      }
    #endif
    return try Self.file(variable.value)
  }

  /// Whether a process wants to write while somebody else does.
  func isWaiting(_ run: Binary.Run, named name: String) async throws -> Bool {
    guard variable.name == "DATABASE_URL" else { return try hasOpen(run) }
    return try await database.read { sql in
      try sql.first(
        """
        SELECT COUNT(*) FROM pg_stat_activity
        WHERE application_name = $1 AND wait_event_type = 'Lock' AND wait_event = 'advisory'
        """, [.text(name)]
      ) { $0.integer(0) > 0 } ?? false
    }
  }

  /// Ends every connection that a server has with a process: its lock there is free then.
  func cutOff(_ name: String) async throws {
    _ = try await database.read { sql in
      try sql.all(
        """
        SELECT CAST(pg_terminate_backend(pid) AS INT) FROM pg_stat_activity
        WHERE application_name = $1
        """, [.text(name)]
      ) { $0.integer(0) }
    }
  }

  /// Whether a process has opened the file. More of its waiting cannot be seen from outside.
  private func hasOpen(_ run: Binary.Run) throws -> Bool {
    let folder = "/proc/\(run.process.processIdentifier)/fd"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.contains { name in
      let path = try? FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/\(name)")
      return path == variable.value
    }
  }

  private static func file(_ path: String) throws -> SQLiteDatabase {
    try SQLiteDatabase(
      path: path, clock: { Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) })
  }

  /// - Parameter folder: where a file lies.
  init(_ kind: Kind, folder: String) async throws {
    switch kind {
    case .file:
      let path = folder + "/aiom.sqlite"
      database = try Self.file(path)
      liveness = try FlockLiveness(databasePath: path)
      variable = ("AIOM_DB", path)
    case .server:
      #if POSTGRES
        let url = try await TestPostgres.schema()
        let server = try PostgresDatabase(url: url)
        database = server
        liveness = AdvisoryLiveness(server)
        variable = ("DATABASE_URL", url)
      #else
        throw StoreError(code: "address", detail: "built without PostgreSQL")
      #endif
    }
  }
}

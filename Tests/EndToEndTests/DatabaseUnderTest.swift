import ActionProtocol
import Engine
import Foundation
import SQLiteDriver
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

  /// - Parameter folder: where a file lies.
  init(_ kind: Kind, folder: String) async throws {
    switch kind {
    case .file:
      let path = folder + "/aiom.sqlite"
      database = try SQLiteDatabase(
        path: path, clock: { Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) })
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

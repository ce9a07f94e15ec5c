import ActionProtocol
import Store

#if POSTGRES
  import PostgresDriver
#endif

/// Databases for tests that do not care which one they are on.
public enum TestDatabases {
  /// A new schema of the tests' PostgreSQL.
  /// - Returns: opens it, each time with connections of its own, as another process would.
  public static func onServer(
    clock: @escaping @Sendable () -> Instant
  ) async throws -> @Sendable () throws -> any SQLDatabase {
    #if POSTGRES
      let url = try await TestPostgres.schema()
      return { try PostgresDatabase(url: url, limits: TestPostgres.smallLimits, clock: clock) }
    #else
      throw StoreError(code: "address", detail: "built without PostgreSQL")
    #endif
  }
}

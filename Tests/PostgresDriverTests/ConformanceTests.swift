import Engine
import Store
import TestSupport
import Testing

@testable import PostgresDriver

@Suite(.onPostgres, .serialized)
struct PostgresConformanceTests {
  @Test(arguments: StoreConformance.all)
  func `PostgreSQL does what every store must`(_ conformance: StoreConformance) async throws {
    try await conformance.run {
      let store = SQLStore(
        database: try await TestPostgres.database(clock: { .sample }), entropy: .system)
      _ = try await store.migrate()
      return store
    }
  }

  @Test(arguments: DatabaseConformance.appendOnly + DatabaseConformance.groupCommit)
  func `PostgreSQL does what every database must`(
    _ conformance: DatabaseConformance
  ) async throws {
    try await conformance.run {
      let database = try await TestPostgres.database()
      return DatabaseConformance.Subject(
        database, largestBatch: 60, commits: { database.commitCount },
        waiting: { database.waitingCount })
    }
  }
}

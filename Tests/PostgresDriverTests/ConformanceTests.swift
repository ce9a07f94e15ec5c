import Engine
import Store
import TestSupport
import Testing

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
}

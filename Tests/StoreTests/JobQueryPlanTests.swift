import Engine
import SQLiteDriver
import Testing

@testable import Store

@Suite struct JobQueryPlanTests {
  @Test func `the queue's depth is read by org and status, and no table is gone through`()
    async throws
  {
    let plan = try await plan(SQLTransaction.queueDepth, [.text("acme")])
    #expect(
      plan.contains { $0.contains("INDEX actions_") && $0.contains("org_id=? AND status=?") },
      "\(plan)")
    #expect(!plan.contains { $0.hasPrefix("SCAN") }, "\(plan)")
  }

  private func plan(_ statement: String, _ values: [SQLValue]) async throws -> [String] {
    let folder = try TestFolder()
    let database = try folder.open()
    _ = try await Migrator(database: database).migrate()
    return try await database.read { sql in
      try sql.all("EXPLAIN QUERY PLAN " + statement, values) { $0.text(3) }
    }
  }
}

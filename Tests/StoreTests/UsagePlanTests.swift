import Engine
import SQLiteDriver
import Testing

@testable import Store

@Suite struct UsagePlanTests {
  @Test(arguments: [UsageStatements.emails, UsageStatements.texts, UsageStatements.days])
  func `usage is read by time, and no table is gone through`(_ statement: String) async throws {
    let folder = try TestFolder()
    let database = try folder.open()
    _ = try await Migrator(database: database).migrate()
    let plan = try await database.read { sql in
      try sql.all(
        "EXPLAIN QUERY PLAN " + statement, [.text("acme"), .integer(1), .integer(2)]
      ) { $0.text(3) }
    }
    let range = "USING INDEX attempts_by_time (org_id=? AND intent_at>? AND intent_at<?)"
    #expect(plan.contains { $0.contains(range) }, "\(plan)")
    #expect(!plan.contains { $0.hasPrefix("SCAN") }, "\(plan)")
  }
}

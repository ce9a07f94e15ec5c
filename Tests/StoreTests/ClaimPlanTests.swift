import Engine
import SQLiteDriver
import Testing

@testable import Store

/// What a claim asks is read from the beginning of an index, however long a queue is.
@Suite struct ClaimPlanTests {
  private func plan(_ statement: String, _ values: [SQLValue]) async throws -> [String] {
    let folder = try TestFolder()
    let database = try folder.open()
    _ = try await Migrator(database: database).migrate()
    return try await database.read { sql in
      try sql.all("EXPLAIN QUERY PLAN " + statement, values) { $0.text(3) }
    }
  }

  @Test func `due actions of a lane are read in the order of the index`() async throws {
    let plan = try await plan(
      ClaimStatements.due,
      [
        .text("sandbox"), .text("acme"), .text("send_email"), .integer(2), .integer(16),
        .integer(9),
      ])
    let key = "USING INDEX actions_claim (delivery=? AND org_id=? AND operation=? AND priority=?"
    #expect(plan.count { $0.contains(key + " AND hold_until<?)") } == 1, "\(plan)")
    #expect(
      plan.count { $0.contains(key + " AND hold_until>? AND hold_until<?)") } == 1, "\(plan)")
    #expect(!plan.contains { $0.contains("TEMP B-TREE") }, "\(plan)")
    #expect(!plan.contains { $0.hasPrefix("SCAN actions") }, "\(plan)")
  }

  @Test func `lanes are stepped through in the order of the index`() async throws {
    let plan = try await plan(
      ClaimStatements.lanes,
      [.text("sandbox"), .text(""), .text(ClaimStatements.end), .integer(9)])
    let looks = [
      "(delivery=? AND org_id>? AND org_id<?)": 2, "(delivery=? AND org_id=?)": 1,
      "(delivery=? AND org_id=? AND operation>?)": 1,
      "(delivery=? AND org_id=? AND operation=? AND priority=?)": 1,
    ]
    for (look, count) in looks {
      let step = "SEARCH a USING INDEX actions_claim \(look)"
      #expect(plan.count { $0 == step } == count, "\(look) in \(plan)")
    }
    #expect(!plan.contains { $0 == "SCAN a" || $0.hasPrefix("SCAN a ") }, "\(plan)")
  }

  @Test func `what binds an org is read from few rows`() async throws {
    let plan = try await plan(ClaimStatements.terms, [.integer(1), .integer(1)])
    let indexes = [
      "settings_by_key (key=?)", "channel_pauses_by_end (until>?)",
      "channel_rates_in_debt (arrival>?)",
    ]
    for index in indexes {
      #expect(plan.contains { $0.contains(index) }, "\(plan)")
    }
    #expect(!plan.contains { $0.hasPrefix("SCAN") }, "\(plan)")
  }
}

import Engine
import PostgresDriver
import TestSupport
import Testing

@testable import Store

/// The same on PostgreSQL, with a queue that is long enough for its planner to care.
@Suite(.onPostgres, .serialized)
struct ClaimPlanTests {
  /// Twenty thousand approved actions of one org and one of another.
  private func filled() async throws -> PostgresDatabase {
    let database = try await TestPostgres.database(clock: { .sample })
    _ = try await Migrator(database: database).migrate()
    let store = SQLStore(database: database, entropy: .system)
    try await store.write { store in
      for name in ["big", "small"] { try store.save(try PlanSample.organisation(name)) }
    }
    try await database.run(PlanSample.fill("big", 20_000))
    try await database.run(PlanSample.fill("small", 1))
    try await database.run("ANALYZE")
    return database
  }

  private func plan(
    _ database: PostgresDatabase, _ statement: String, _ values: [SQLValue]
  ) async throws -> String {
    try await database.read { sql in
      try sql.all("EXPLAIN (ANALYZE, TIMING OFF) " + statement, values) { $0.text(0) }
    }.joined(separator: "\n")
  }

  @Test func `a claim reads the beginning of an index, however long the queue is`() async throws {
    let database = try await filled()
    let due = try await plan(
      database, ClaimStatements.due,
      [
        .text("sandbox"), .text("big"), .text("send_email"), .integer(2), .integer(16),
        .integer(1),
      ])
    #expect(due.components(of: "using actions_claim") == 2, "\(due)")
    #expect(!due.contains("Seq Scan") && !due.contains("Sort"), "\(due)")
    #expect(!due.contains("Filter:"), "\(due)")
    let lanes = try await plan(
      database, ClaimStatements.lanes,
      [.text("sandbox"), .text(""), .text(ClaimStatements.end), .integer(9)])
    #expect(lanes.components(of: "using actions_claim") == 5, "\(lanes)")
    #expect(!lanes.contains("Seq Scan on actions") && !lanes.contains("JIT"), "\(lanes)")
    // One row a look: how long the queues are does not show.
    let many = lanes.matches(of: /using actions_claim.*actual rows=([0-9.]+)/)
      .filter { Double($0.output.1).map { $0 > 1 } ?? true }
    #expect(many.isEmpty, "\(lanes)")
  }
}

extension String {
  fileprivate func components(of part: String) -> Int { ranges(of: part).count }
}

import Engine
import PostgresDriver
import TestSupport
import Testing

@testable import Store

/// What the guard asks before each message goes to its rows, whatever the planner knows: a connection
/// plans once, perhaps while the tables are empty.
@Suite(.onPostgres, .serialized)
struct OutreachPlanTests {
  private static let looks: [(statement: String, values: [SQLValue], index: String)] = [
    (
      SQLTransaction.lastToPartner,
      [.text("o"), .integer(7), .text("email"), .text("live"), .text("partner:7")],
      "outreach_by_partner"
    ),
    (
      SQLTransaction.lastInScope, [.text("o"), .text("s"), .text("live"), .text("scope:s")],
      "outreach_by_scope"
    ),
    (
      SQLTransaction.lastToAddress, [.text("o"), .text("a"), .text("email"), .text("live")],
      "outreach_addresses_pkey"
    ),
  ]

  private static func fill(_ first: Int, _ last: Int) -> [String] {
    [
      """
      INSERT INTO outreach (org_id, action_id, revision, call, channel, partner_id, scope,
        delivery, state, at)
      SELECT 'o', 'a' || n, 1, 1, 'email', n, 's' || n, 'live', 'sent', n
      FROM generate_series(\(first), \(last)) AS n
      """,
      """
      INSERT INTO outreach_addresses (org_id, action_id, revision, call, address, channel,
        delivery, at)
      SELECT 'o', 'a' || n, 1, 1, 'd' || n, 'email', 'live', n
      FROM generate_series(\(first), \(last)) AS n
      """,
    ]
  }

  private func check(_ database: PostgresDatabase, _ known: String) async throws {
    for look in Self.looks {
      let plan = try await database.read { sql in
        try sql.all("EXPLAIN " + look.statement, look.values) { $0.text(0) }
      }
      let used = plan.filter { $0.contains(" using ") }
      #expect(used.contains { $0.contains("using \(look.index) on") }, "\(known): \(plan)")
      let strays = used.filter { line in
        !line.contains(look.index) && !line.contains("outreach_counters_pkey")
          && !line.contains("customer_messages_answers")
      }
      #expect(strays.isEmpty, "\(known): \(plan)")
      #expect(!plan.contains { $0.contains("Seq Scan") || $0.contains("Sort") }, "\(plan)")
    }
  }

  @Test func `the last message is the end of one index, whatever is known of the tables`()
    async throws
  {
    let database = try await TestPostgres.database(clock: { .sample })
    _ = try await Migrator(database: database).migrate()
    try await check(database, "nothing")
    for statement in Self.fill(1, 1) { try await database.run(statement) }
    try await check(database, "nothing, with a row")
    try await database.run("ANALYZE")
    try await check(database, "one row")
    for statement in Self.fill(2, 5000) { try await database.run(statement) }
    try await check(database, "one row of five thousand")
    try await database.run("ANALYZE")
    try await check(database, "all")
  }
}

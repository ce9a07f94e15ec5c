import Engine
import PostgresDriver
import TestSupport
import Testing

@testable import Store

/// The looks that have an index of their own are answered by it, however their tables grow.
@Suite(.onPostgres, .serialized)
struct DeskPlanTests {
  private static let looks: [(statement: String, values: [SQLValue], index: String)] = [
    (SQLTransaction.stuck, [.text("o"), .text("cannot_tell"), .integer(1)], "actions_stuck"),
    (
      SQLTransaction.customers(searching: true, mailbox: true, number: false) + " LIMIT $6",
      [.text("o"), .text("a"), .integer(7), .integer(0), .text("%x%"), .integer(50)],
      "partners_listed"
    ),
    (SQLTransaction.debts, [.text("o"), .integer(1)], "invoices_open_by_partner"),
    (
      SQLTransaction.openInvoices, [.text("o"), .integer(1), .integer(9)],
      "invoices_open_by_partner"
    ),
    (
      SQLTransaction.proposals, [.text("o"), .text("1"), .integer(9)],
      "policy_decisions_by_partner"
    ),
    (DayStatements.messages, [.text("o"), .integer(1), .integer(2)], "attempts_by_time"),
  ]

  @Test func `every look has an index that answers it`() async throws {
    let database = try await TestPostgres.database(clock: { .sample })
    _ = try await Migrator(database: database).migrate()
    for look in Self.looks {
      let plan = try await database.read { sql in
        // Empty tables are read through whatever the indexes are.
        _ = try sql.execute("SET LOCAL enable_seqscan = off", [])
        _ = try sql.execute("SET LOCAL enable_bitmapscan = off", [])
        return try sql.all("EXPLAIN " + look.statement, look.values) { $0.text(0) }
      }
      #expect(plan.contains { $0.contains(look.index) }, "\(look.index): \(plan)")
    }
  }
}

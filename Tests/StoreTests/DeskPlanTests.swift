import Engine
import SQLiteDriver
import Testing

@testable import Store

/// Pages of the desk go to their rows by an index: what is finished is not gone through.
@Suite struct DeskPlanTests {
  private static let looks: [(String, [SQLValue], String)] = [
    (
      SQLTransaction.stuck, [.text("o"), .text("cannot_tell"), .integer(1)], "INDEX actions_stuck"
    ),
    (
      SQLTransaction.customers(searching: false, mailbox: false, number: false) + " LIMIT $5",
      [.text("o"), .text(""), .integer(0), .integer(0), .integer(50)], "INDEX partners_listed"
    ),
    (
      SQLTransaction.customers(searching: true, mailbox: true, number: false) + " LIMIT $6",
      [.text("o"), .text("a"), .integer(7), .integer(0), .text("%x%"), .integer(50)],
      "INDEX partners_listed"
    ),
    (
      SQLTransaction.undoable, [.text("o"), .integer(1), .integer(9)], "INDEX actions_undoable"
    ),
    (SQLTransaction.debts, [.text("o"), .integer(1)], "INDEX invoices_open_by_partner"),
    (
      SQLTransaction.openInvoices, [.text("o"), .integer(1), .integer(9)],
      "INDEX invoices_open_by_partner"
    ),
    (
      SQLTransaction.proposals, [.text("o"), .text("1"), .integer(9)],
      "INDEX policy_decisions_by_partner"
    ),
    (
      DayStatements.completed,
      [.text("o"), .integer(1), .integer(2), .integer(3), .integer(4)],
      "(org_id=? AND seq>? AND seq<?)"
    ),
    (
      DayStatements.ended, [.text("o"), .integer(1), .integer(2), .integer(3), .integer(4)],
      "(org_id=? AND seq>? AND seq<?)"
    ),
    (
      DayStatements.decided, [.text("o"), .integer(1), .integer(2)],
      "INDEX approval_entries_by_time"
    ),
    (
      DayStatements.waits, [.text("o"), .integer(1), .integer(2)],
      "INDEX approval_entries_by_time"
    ),
    (
      DayStatements.policy, [.text("o"), .integer(1), .integer(2)],
      "INDEX policy_decisions_by_time"
    ),
    (
      DayStatements.messages, [.text("o"), .integer(1), .integer(2)], "INDEX attempts_by_time"
    ),
    (SQLTransaction.firstNumber, [.text("o"), .integer(1)], "(org_id=? AND seq=?)"),
    (SQLTransaction.failing, [.text("o")], "(org_id=? AND job=?"),
    (
      SQLTransaction.outreachTotal,
      [
        .integer(1), .text("o"), .text("email"), .text("live"), .text("customer"), .integer(1),
      ], "INDEX outreach_by_org"
    ),
    (
      SQLTransaction.newestSuppressions(isFirst: true), [.text("o"), .integer(1), .integer(9)],
      "(org_id=?)"
    ),
    (
      SQLTransaction.newestSuppressions(isFirst: false),
      [.text("o"), .text("x"), .integer(1), .integer(9)], "(org_id=? AND suppression_id<?)"
    ),
  ]

  private static let tables = [
    "actions", "partners", "invoices", "policy_decisions", "audit_entries", "approval_entries",
    "approval_requests", "approval_resolutions", "attempts", "job_runs", "collection_holds",
    "suppressions", "outreach",
  ]

  @Test func `every look is answered by an index, and no table is gone through`() async throws {
    let folder = try TestFolder()
    let database = try folder.open()
    _ = try await Migrator(database: database).migrate()
    for (statement, values, index) in Self.looks {
      let plan = try await database.read { sql in
        try sql.all("EXPLAIN QUERY PLAN " + statement, values) { $0.text(3) }
      }
      #expect(plan.contains { $0.contains(index) }, "\(index): \(plan)")
      let scans = plan.filter { line in
        Self.tables.contains { line.hasPrefix("SCAN \($0)") }
      }
      #expect(scans.isEmpty, "\(plan)")
    }
  }

  /// A page of customers comes in the order of its index: nothing is sorted.
  @Test func `a page of customers is not sorted`() async throws {
    let folder = try TestFolder()
    let database = try folder.open()
    _ = try await Migrator(database: database).migrate()
    let plan = try await database.read { sql in
      try sql.all(
        "EXPLAIN QUERY PLAN "
          + SQLTransaction.customers(searching: true, mailbox: false, number: false) + " LIMIT $6",
        [.text("o"), .text(""), .integer(0), .integer(0), .text("%x%"), .integer(50)]
      ) { $0.text(3) }
    }
    #expect(!plan.contains { $0.contains("TEMP B-TREE") }, "\(plan)")
  }
}

import ActionProtocol
import Addressing
import Connectors
import Decisions
import Engine
import Foundation
import Insights
import Store
import TestSupport
import Testing

/// What one action costs the database: counts, which do not depend on the machine.
@Suite struct WorkPerActionTests {
  /// Commits are shared and batches differ from run to run; these are the most that may be.
  private struct Limits {
    var statements: Double
    var rows: Double
    /// Round trips to a server, when sixteen intents go together.
    var waits: Double
    var transactions: Double
  }

  private static let limits = Limits(statements: 24.5, rows: 22.5, waits: 6, transactions: 1.3)
  private static let actions = 64

  @Test func `an action through all six stages asks the database a limited number of things`()
    async throws
  {
    let house = try await Self.house(approved: Self.actions)
    let count = try await Self.work(house, Self.actions)
    Self.check(count)
  }

  @Test func `what is finished costs nothing`() async throws {
    let house = try await Self.house(approved: Self.actions)
    let first = try await Self.work(house, Self.actions)
    try await Self.approve(Self.actions, in: house, from: Self.actions + 1)
    let second = try await Self.work(house, Self.actions)
    // The last look finds nothing, and how results fall together differs.
    #expect(abs(second.statements - first.statements) <= 3 * Self.actions)
    #expect(second.rows <= first.rows + 2 * Self.actions)
    Self.check(second)
  }

  private static func check(_ count: CountingDatabase.Count) {
    let actions = Double(actions)
    let comment: Comment = "\(count)"
    #expect(Double(count.statements) / actions <= limits.statements, comment)
    #expect(Double(count.rows) / actions <= limits.rows, comment)
    #expect(Double(count.waits) / actions <= limits.waits, comment)
    #expect(Double(count.writes + count.reads) / actions <= limits.transactions, comment)
  }

  /// Carries everything out and counts.
  private static func work(
    _ house: EngineHouse, _ expected: Int
  ) async throws -> CountingDatabase.Count {
    let tally = CountingDatabase.Tally()
    var context = house.context
    context.store = SQLStore(
      database: CountingDatabase(house.database, tally), entropy: .system)
    let process = ProcessLife(context)
    try await process.begin()
    tally.reset()
    let reports = try await Pipeline(context, process: process).run(org: house.org)
    let count = tally.count
    if ProcessInfo.processInfo.environment["AIOM_TEST_VERBOSE"] != nil {
      for (text, times) in tally.statements.sorted(by: { $0.value > $1.value }) {
        print(times, text.prefix(110).replacing("\n", with: " "))
      }
      print(count)
    }
    try await process.end()
    #expect(reports.count { $0.outcome == .completed } == expected)
    return count
  }

  private static func house(approved: Int) async throws -> EngineHouse {
    let house = try await EngineHouse(drafting: try MustacheDrafting())
    try await approve(approved, in: house, from: 1)
    return house
  }

  /// One overdue invoice for each of so many customers, proposed and approved.
  private static func approve(_ count: Int, in house: EngineHouse, from first: Int) async throws {
    let due = LocalDate(house.clock.now, in: .gmt).adding(days: -60).iso
    var rows: [LedgerRow] = []
    for number in first..<first + count {
      rows.append(
        .partner(
          PartnerRow(
            externalID: "c\(number)", name: "Customer \(number)",
            email: try EmailAddress("billing@customer\(number).example"))))
      rows.append(
        Books.invoice("INV-\(number)", due: due, cents: 10_000, partner: "c\(number)"))
    }
    try await house.books(rows)
    let states = try await house.analyze().outcomes.compactMap(\.state)
      .filter { $0.status == .pendingApproval }
    #expect(states.count == count)
    for state in states { try await house.approve(state.id) }
  }
}

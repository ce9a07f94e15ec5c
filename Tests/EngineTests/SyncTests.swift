import ActionProtocol
import Decisions
import Engine
import Testing
import TestSupport

@Suite("Syncing")
struct SyncTests {
  private struct Cut: Error {}

  @Test func `records are taken over under the source's ids`() async throws {
    let sync = try await SyncHouse()
    let second = sync.second
    sync.books.put(.customer(70, "Acme") { $0.isDisputed = true }, at: second)
    sync.books.put(.customer(71, "Ann", parent: 70), at: second)
    sync.books.put(.bill(900, partner: 70) { $0.paymentState = "partial" }, at: second)
    let reports = try await sync.sync()
    #expect(reports[.partners]?.inserted == 2)
    let invoice = try #require(try await sync.record("account.move", 900))
    #expect(invoice["name"] == "INV/900")
    #expect(invoice["payment_state"] == "partial")
    #expect(invoice["aiom_disputed"] == true)
    #expect(try await sync.record("res.partner", 71)?["parent_id"]?.arrayValue?.first == 70)
    #expect(try await sync.sync()[.invoices]?.inserted == 0)
  }

  @Test func `what a row names and the ledger lacks is fetched first`() async throws {
    let sync = try await SyncHouse()
    // The person has a lower id than the customer, and the invoice is read before either.
    sync.books.put(.customer(5, "Ann", parent: 8), at: sync.second)
    sync.books.put(.customer(8, "Acme"), at: sync.second)
    sync.books.put(.bill(1, partner: 8), at: sync.second)
    sync.books.setObstacle(.partners, "odoo_access_denied")
    let reports = try await sync.sync()
    #expect(reports[.partners]?.obstacle == "odoo_access_denied")
    #expect(reports[.invoices]?.leftOut.isEmpty == true)
    #expect(try await sync.record("account.move", 1) != nil)
    sync.books.setObstacle(.partners, nil)
    try await sync.sync(page: 1)
    #expect(try await sync.record("res.partner", 5) != nil)
  }

  @Test func `a row whose customer is not shown is left out and counted`() async throws {
    let sync = try await SyncHouse()
    sync.books.put(.bill(1, partner: 99), at: sync.second)
    sync.books.put(.customer(1), at: sync.second)
    sync.books.put(.bill(2), at: sync.second)
    let reports = try await sync.sync()
    #expect(reports[.invoices]?.leftOut == ["invoices_incomplete": 1])
    #expect(try await sync.invoices() == [2: "INV/2"])
  }

  @Test func `more records in one second than fit on a page are all seen`() async throws {
    let sync = try await SyncHouse()
    sync.books.put(.customer(1), at: 1000)
    try await sync.sync()
    // In the order of their microseconds the ids go down.
    for id in 1...20 {
      sync.books.put(.bill(Int64(id)), at: sync.second, micros: Int64(1000 - id))
    }
    try await sync.sync(page: 3)
    #expect(try await sync.invoices().count == 20)
    for id in 1...20 {
      sync.books.put(
        .bill(Int64(id), number: "NEW/\(id)"), at: sync.second + 60, micros: Int64(1000 - id))
    }
    let reports = try await sync.sync(page: 3)
    #expect(reports[.invoices]?.updated == 20)
    #expect(try await sync.invoices().values.allSatisfy { $0.hasPrefix("NEW/") })
  }

  @Test func `what a slow transaction wrote is found by looking back`() async throws {
    let sync = try await SyncHouse()
    sync.books.put(.customer(1), at: sync.second)
    sync.books.put(.bill(1), at: sync.second - 200, isVisible: false)
    sync.books.put(.bill(2), at: sync.second)
    try await sync.sync()
    #expect(try await sync.invoices() == [2: "INV/2"])
    sync.books.show(.invoices, 1)
    try await sync.sync()
    #expect(try await sync.invoices().count == 2)
  }

  @Test func `once nothing can come late, nothing is read twice`() async throws {
    let sync = try await SyncHouse()
    sync.books.put(.customer(1), at: sync.second)
    for id in 1...9 { sync.books.put(.bill(Int64(id)), at: sync.second) }
    try await sync.sync()
    sync.house.clock.advance(by: .seconds(301))
    #expect(try await sync.sync(page: 100)[.invoices]?.read == 9)
    #expect(try await sync.sync(page: 100)[.invoices]?.read == 0)
  }

  @Test func `a page that means nothing leaves cursor and ledger as they were`() async throws {
    let sync = try await SyncHouse()
    sync.books.put(.customer(1), at: 1000)
    for id in 1...7 { sync.books.put(.bill(Int64(id)), at: 1000) }
    sync.books.setObstacle(.invoices, "later")
    try await sync.sync()
    sync.books.setObstacle(.invoices, nil)
    // Five small kinds, then a page of partners, then those of the invoices.
    sync.books.fail(page: 5 + 1 + 2, with: Cut())
    await #expect(throws: Cut.self) { try await sync.sync() }
    #expect(try await sync.invoices().count == 6)
    #expect(try await sync.cursor(.invoices)?.place == .all(after: 6))
    let before = sync.books.requests.count
    try await sync.sync()
    #expect(try await sync.invoices().count == 7)
    let first = sync.books.requests[before...].first { $0.kind == .invoices }
    #expect(first?.place == .all(after: 6))
  }

  @Test func `two readers never go on from the same place`() async throws {
    let sync = try await SyncHouse()
    sync.books.put(.customer(1), at: 1000)
    for id in 1...7 { sync.books.put(.bill(Int64(id)), at: 1000) }
    let (store, org, now) = (sync.house.store, sync.house.org, sync.house.clock.now)
    try await sync.sync()
    let stored = try #require(try await sync.cursor(.invoices))
    let results = try await store.write { store in
      var (mine, others) = (stored, stored)
      mine.version += 1
      others.version += 1
      others.movedAt = now
      return (try store.save(mine, org, .invoices), try store.save(others, org, .invoices))
    }
    #expect(results == (true, false))
  }

  @Test func `another basis reads everything anew`() async throws {
    let sync = try await SyncHouse()
    sync.books.put(.customer(1), at: 1000)
    try await sync.sync()
    // Changed without a change of its time, as a renamed tag does.
    sync.books.put(.customer(1) { $0.neverRemind = true }, at: 1000)
    sync.house.clock.advance(by: .seconds(600))
    try await sync.sync()
    try await sync.sync()
    sync.books.setBasis("2")
    #expect(try await sync.sync()[.partners]?.wasFull == true)
    #expect(try await sync.record("res.partner", 1)?["aiom_never_remind"] == true)
    #expect(try await sync.sync()[.partners]?.wasFull == false)
  }

  @Test func `the org's own ledger is left alone`() async throws {
    let sync = try await SyncHouse()
    sync.books.setIsOdoo(false)
    #expect(try await sync.sync().isEmpty)
    sync.books.setIsOdoo(true)
    try await sync.house.books(try Books.acme(due: "2026-01-01"))
    await #expect { try await sync.sync() } throws: { error in
      (error as? DecisionError)?.code == "sync.ledger_has_other_records"
    }
  }

  @Test func `the job takes over what changed and says how much`() async throws {
    let sync = try await SyncHouse()
    sync.books.put(.customer(1), at: 1000)
    let process = ProcessLife(sync.context)
    try await process.begin()
    let run = try await Jobs(sync.context).run(
      sync.house.org, .sync, process: process, by: .tester, via: "test")
    #expect(run.state == .succeeded)
    #expect(run.result["inserted"] == 1)
    try await process.end()
  }
}

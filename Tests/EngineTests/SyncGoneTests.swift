import ActionProtocol
import Decisions
import Engine
import Foundation
import Insights
import Testing
import TestSupport

@Suite("Syncing: what is gone")
struct SyncGoneTests {
  @Test func `a deleted record is found, kept and shown no more`() async throws {
    let sync = try await SyncHouse()
    sync.books.put(.customer(1), at: 1000)
    for id in 1...9 { sync.books.put(.bill(Int64(id)), at: 1000) }
    try await sync.sync()
    sync.books.delete(.invoices, 4)
    sync.books.delete(.invoices, 9)
    #expect(try await sync.sync()[.invoices]?.gone == 0)
    #expect(try await sync.sync(full: true)[.invoices]?.gone == 2)
    #expect(try await sync.invoices().keys.sorted() == [1, 2, 3, 5, 6, 7, 8])
    #expect(try await sync.record("account.move", 4) == nil)
    let books = try await sync.house.store.read { [org = sync.house.org] store in
      try store.books(org, asOf: LocalDate(store.now, in: .gmt))
    }
    #expect(!books.invoices.contains { $0.id == 4 })
  }

  @Test func `it is looked for every six hours`() async throws {
    let sync = try await SyncHouse()
    sync.books.put(.customer(1), at: 1000)
    sync.books.put(.customer(2), at: 1000)
    try await sync.sync()
    sync.books.delete(.partners, 2)
    sync.house.clock.advance(by: .seconds(6 * 3600 - 1))
    #expect(try await sync.sync()[.partners]?.gone == 0)
    sync.house.clock.advance(by: .seconds(1))
    #expect(try await sync.sync()[.partners]?.gone == 1)
    #expect(try await sync.record("res.partner", 2) == nil)
  }

  @Test func `a source that shows nothing at all deletes nothing`() async throws {
    let sync = try await SyncHouse()
    sync.books.put(.customer(1), at: 1000)
    sync.books.put(.bill(1), at: 1000)
    try await sync.sync()
    sync.books.deleteAll(.invoices)
    let reports = try await sync.sync(full: true)
    #expect(reports[.invoices]?.isGoneDoubtful == true)
    #expect(try await sync.record("account.move", 1) != nil)
  }

  @Test func `what comes back is there again`() async throws {
    let sync = try await SyncHouse()
    sync.books.put(.customer(1), at: 1000)
    sync.books.put(.customer(2), at: 1000)
    try await sync.sync()
    sync.books.delete(.partners, 2)
    try await sync.sync(full: true)
    sync.books.put(.customer(2), at: 1000)
    try await sync.sync(full: true)
    #expect(try await sync.record("res.partner", 2)?["active"] == true)
  }

  @Test func `a record that was never seen is found by its id`() async throws {
    let sync = try await SyncHouse()
    sync.books.put(.customer(1), at: sync.second)
    sync.books.put(.bill(2), at: sync.second)
    // Its transaction took longer than is looked back.
    sync.books.put(.bill(1), at: sync.second - 5000, isVisible: false)
    try await sync.sync()
    sync.books.show(.invoices, 1)
    try await sync.sync()
    #expect(try await sync.invoices().count == 1)
    sync.house.clock.advance(by: .seconds(6 * 3600))
    try await sync.sync()
    #expect(try await sync.invoices().count == 2)
  }

  @Test func `credit that was used up is forgotten`() async throws {
    let sync = try await SyncHouse()
    func credit(_ id: Int64, _ cents: Int64, _ source: SyncedCredit.Source) throws -> SyncedRow {
      .credit(
        SyncedCredit(
          source: source, id: id, partner: 1, amount: .usd(cents),
          on: try #require(LocalDate(iso: "2026-01-05"))))
    }
    func unallocated() async throws -> [Int64] {
      try await sync.house.store.read { [org = sync.house.org] store in
        try store.books(org, asOf: LocalDate(store.now, in: .gmt)).unallocated.map(
          \.amount.minorUnits)
      }
    }
    sync.books.put(.customer(1), at: sync.second)
    sync.books.put(try credit(7, 20_00, .credit), at: sync.second)
    sync.books.put(try credit(7, 5_00, .payment), at: sync.second)
    try await sync.sync()
    #expect(try await unallocated() == [25_00])
    sync.books.put(try credit(7, 0, .credit), at: sync.second + 1)
    try await sync.sync()
    #expect(try await unallocated() == [5_00])
    sync.books.delete(.payments, 7)
    sync.books.put(try credit(8, 1_00, .payment), at: sync.second + 1)
    try await sync.sync(full: true)
    #expect(try await unallocated() == [1_00])
  }
}

/// What was in doubt, and what moved without a trace.
extension SyncGoneTests {
  @Test func `the last record of a kind may be deleted where others are shown`() async throws {
    let sync = try await SyncHouse()
    func credit(_ cents: Int64) throws -> SyncedRow {
      .credit(
        SyncedCredit(
          source: .payment, id: 7, partner: 1, amount: .usd(cents),
          on: try #require(LocalDate(iso: "2026-01-05"))))
    }
    sync.books.put(.customer(1), at: sync.second)
    sync.books.put(try credit(5_00), at: sync.second)
    try await sync.sync()
    sync.books.delete(.payments, 7)
    // The source wants none of them and shows one that is settled.
    sync.books.setNewest(.payments, sync.second)
    let reports = try await sync.sync(full: true)
    #expect(reports[.payments]?.isGoneDoubtful == false)
    #expect(reports[.payments]?.gone == 1)
  }

  @Test func `a payment that names a person is to the credit of the customer`() async throws {
    let sync = try await SyncHouse()
    sync.books.put(.customer(1), at: sync.second)
    sync.books.put(.customer(2, "Ann", parent: 1), at: sync.second)
    sync.books.put(
      .credit(
        SyncedCredit(
          source: .payment, id: 7, partner: 2, amount: .usd(5_00),
          on: try #require(LocalDate(iso: "2026-01-05")))), at: sync.second)
    try await sync.sync()
    let credits = try await sync.house.store.read { [org = sync.house.org] store in
      try store.books(org, asOf: LocalDate(store.now, in: .gmt)).unallocated
    }
    #expect(credits.map(\.partnerID.rawValue) == [1])
    #expect(try await sync.sync(full: true)[.payments]?.updated == 0)
  }

  @Test func `a record that can stand in the ledger no more is not kept as it was`() async throws {
    let sync = try await SyncHouse()
    sync.books.put(.customer(1), at: sync.second)
    sync.books.put(.customer(2), at: sync.second)
    sync.books.put(.bill(1), at: sync.second)
    sync.books.put(.bill(2), at: sync.second)
    try await sync.sync()
    // It belongs to a customer now whom the source does not show.
    sync.books.put(.bill(1, partner: 99), at: sync.second + 1)
    let reports = try await sync.sync()
    #expect(reports[.invoices]?.leftOut == ["invoices_incomplete": 1])
    #expect(try await sync.invoices().keys.sorted() == [2])
    #expect(try await sync.record("account.move", 1) == nil)
    // The customer of the same number is another record.
    #expect(try await sync.record("res.partner", 1)?["active"] == true)
    sync.books.put(.bill(1), at: sync.second + 2)
    try await sync.sync()
    #expect(try await sync.invoices().keys.sorted() == [1, 2])
  }

  @Test func `files are refused where the records come from Odoo, disputes aside`() async throws {
    let sync = try await SyncHouse()
    try await sync.house.change { $0.books = OrgBooks(.odoo) }
    sync.books.put(.customer(1), at: sync.second)
    sync.books.put(.bill(1), at: sync.second)
    try await sync.sync()
    let partner = PartnerRow(externalID: "acme", name: "Acme")
    let importer = LedgerImport(store: sync.house.store, newID: sync.house.context.entropy.uuid7)
    for dryRun in [false, true] {
      let refusal = await #expect(throws: DecisionError.self) {
        try await importer.run(
          OneRow(row: .partner(partner)), kind: .partners, org: sync.house.org,
          options: LedgerImportOptions(dryRun: dryRun))
      }
      #expect(refusal?.code == "import.books_are_synced")
    }
    let day = LocalDate(sync.house.clock.now, in: .gmt)
    let dispute = DisputeRow(externalID: "D1", invoice: "odoo:1", openedOn: day)
    let report = try await importer.run(
      OneRow(row: .dispute(dispute)), kind: .disputes, org: sync.house.org)
    #expect(report.counts.inserted == 1)
    #expect(try await sync.record("account.move", 1)?["aiom_disputed"] == true)
    try await sync.sync(full: true)
  }
}

/// A file with one row.
private struct OneRow: LedgerRowSource {
  var row: LedgerRow?

  mutating func next(_ limit: Int) throws -> [ParsedLedgerLine] {
    defer { row = nil }
    return row.map { [.row($0, line: 2)] } ?? []
  }

  func columnName(of field: String) -> String { field }
}

import ActionProtocol
import Addressing
import Engine
import Insights
import Testing

@Suite("Books of a day")
struct LedgerBooksTests {
  @Test func `payments and credits count from their day on`() async throws {
    let ledger = try await LedgerFixture()
    try await ledger.put([
      .acme(), .bill(), .paid("P1", 40_00, on: "2026-11-10"),
      .credited("G1", 60_00, on: "2026-11-12"),
    ])
    let opens = try await [
      "2026-09-30", "2026-10-01", "2026-11-09", "2026-11-10", "2026-11-11", "2026-11-12",
      "2026-11-22",
    ].asyncMap { try await ledger.books($0).invoices.map(\.open.minorUnits) }
    #expect(opens == [[], [100_00], [100_00], [60_00], [60_00], [], []])
  }

  @Test func `a dispute counts from the day it is opened to the day before it is closed`()
    async throws
  {
    let ledger = try await LedgerFixture()
    try await ledger.put([
      .acme(), .bill(), .objection(opened: "2026-11-10", closed: "2026-11-12"),
    ])
    let flags = try await ["2026-11-09", "2026-11-10", "2026-11-11", "2026-11-12", "2026-11-22"]
      .asyncMap { try await ledger.books($0).invoices.first?.isDisputed }
    #expect(flags == [false, true, true, false, false])
    #expect(try await ledger.invoice("aiom_disputed") == false)
    try await ledger.put([.objection("D2", opened: "2026-11-15")])
    #expect(try await ledger.invoice("aiom_disputed") == true)
    #expect(try await ledger.books().invoices.first?.isDisputed == true)
    try await ledger.put([.objection("D2", opened: "2026-11-15", closed: "2026-11-16")])
    #expect(try await ledger.invoice("aiom_disputed") == false)
  }

  @Test func `an amount the source stated is followed backwards`() async throws {
    let ledger = try await LedgerFixture()
    try await ledger.put([.acme(), .bill(open: 30_00)], asOf: instant("2026-11-15T09:00:00Z"))
    try await ledger.put([
      .paid("P1", 70_00, on: "2026-11-10"), .paid("P2", 30_00, on: "2026-11-18"),
    ])
    let opens = try await ["2026-11-09", "2026-11-10", "2026-11-17", "2026-11-18"].asyncMap {
      try await ledger.books($0).invoices.map(\.open.minorUnits)
    }
    #expect(opens == [[100_00], [30_00], [30_00], []])
  }

  @Test func `money that no invoice claims stands apart by customer and currency`() async throws {
    let ledger = try await LedgerFixture()
    let dollars = Money(minorUnits: 500, currency: Currency(code: "USD")!)
    try await ledger.put([
      .acme(), .bill(), .paid("P1", 40_00, on: "2026-11-10", invoice: nil, partner: "C1"),
      .paid("P2", 2_00, on: "2026-11-12", invoice: nil, partner: "Acme"),
      .credit(
        SettlementRow(
          externalID: "G1", invoice: nil, partner: "C1", amount: dollars, on: date("2026-11-12"))),
    ])
    let acme = try #require(PartnerID(rawValue: 1))
    #expect(
      try await ledger.books().unallocated == [
        UnallocatedFacts(partnerID: acme, amount: euros(42_00)),
        UnallocatedFacts(partnerID: acme, amount: dollars),
      ])
    #expect(
      try await ledger.books("2026-11-11").unallocated == [
        UnallocatedFacts(partnerID: acme, amount: euros(40_00))
      ])
    #expect(try await ledger.books().invoices.first?.open == euros(100_00))
  }

  @Test func `a billing contact's address goes before the partner's own`() async throws {
    let ledger = try await LedgerFixture()
    let (own, sales, billing) = (
      try EmailAddress("own@acme.example"), try EmailAddress("sales@acme.example"),
      try EmailAddress("billing@acme.example")
    )
    try await ledger.put([
      .acme { $0.email = own },
      .contact(
        ContactRow(externalID: "K1", partner: "C1", name: "S", email: sales, role: "sales")),
    ])
    let before = try await ledger.books().partners
    #expect(before.map(\.email) == [own])
    #expect(before.map(\.emailRecordID) == [1])
    try await ledger.put([
      .contact(
        ContactRow(externalID: "K2", partner: "C1", name: "B", email: billing, role: "Billing"))
    ])
    let after = try await ledger.books().partners
    #expect(after.map(\.email) == [billing])
    #expect(after.map(\.emailRecordID) == [3])
    #expect(after.map(\.id.rawValue) == [1])
  }

  @Test func `what a partner is goes into the facts`() async throws {
    let ledger = try await LedgerFixture()
    try await ledger.put([
      .acme {
        $0.phone = try? PhoneNumber(e164: "+12025550101")
        $0.country = "US"
        $0.zone = "America/New_York"
        $0.language = "en"
        $0.isActive = false
        $0.isBlacklisted = true
        $0.neverRemind = true
      }
    ])
    let facts = try #require(try await ledger.books().partners.first)
    #expect(facts.phone?.e164 == "+12025550101" && facts.country == "US")
    #expect(facts.zone == "America/New_York" && facts.language == "en" && facts.email == nil)
    #expect(!facts.isActive && facts.isBlacklisted && facts.neverRemind)
  }

  @Test func `drafts are not posted, and what is settled is left out`() async throws {
    let ledger = try await LedgerFixture()
    try await ledger.put([
      .acme(), .bill("INV-1", state: .draft), .bill("INV-2", state: .cancelled),
      .bill("INV-3", open: 0), .bill("INV-4", due: nil, issued: nil),
    ])
    let invoices = try await ledger.books().invoices
    #expect(invoices.map(\.number) == ["INV-1", "INV-2", "INV-4"])
    #expect(invoices.map(\.isPosted) == [false, false, true])
    #expect(invoices.last?.dueOn == nil)
  }

  @Test func `are as old as their oldest record`() async throws {
    let ledger = try await LedgerFixture()
    #expect(try await ledger.books().recordsAsOf == nil)
    try await ledger.put([.acme(), .bill("INV-1")], asOf: instant("2026-11-10T00:00:00Z"))
    try await ledger.put([.bill("INV-2")])
    #expect(try await ledger.books().recordsAsOf == instant("2026-11-10T00:00:00Z"))
    #expect(try await ledger.books().company.name == "Us")
  }
}

extension Sequence {
  func asyncMap<Value>(_ transform: (Element) async throws -> Value) async rethrows -> [Value] {
    var values: [Value] = []
    for element in self { values.append(try await transform(element)) }
    return values
  }
}

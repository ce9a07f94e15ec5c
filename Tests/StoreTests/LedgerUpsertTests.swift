import ActionProtocol
import Addressing
import Engine
import Insights
import Store
import Testing

@Suite("Ledger upserts")
struct LedgerUpsertTests {
  private static let contact = LedgerRow.contact(
    ContactRow(externalID: "K1", partner: "C1", name: "Ann", role: "Billing"))
  private static let deal = LedgerRow.deal(
    DealRow(
      externalID: "D1", name: "Big", partner: "Acme", stage: "New", value: euros(5),
      expectedClose: date("2026-12-01"), lastActivityOn: date("2026-11-01")))
  private static let task = LedgerRow.task(
    TaskRow(externalID: "T1", name: "Call", project: "P", deadline: date("2026-12-01")))

  private static let owed = LedgerRow.bill(
    BillRow(
      externalID: "B1", number: "R-7", supplier: "Steel", issuedOn: date("2026-11-01"),
      dueOn: date("2026-12-01"), total: euros(9)))
  private static let balance = LedgerRow.balance(
    BalanceRow(externalID: "Main/1", account: "Main", on: date("2026-11-04"), amount: euros(100)))

  static let everything: [LedgerRow] = [
    .acme(), contact, .bill(), .paid("P1", 10_00, on: "2026-11-02"),
    .credited("P1", 5_00, on: "2026-11-03"), .objection(opened: "2026-11-04"), deal, task, owed,
    balance,
  ]

  @Test func `the same rows again change nothing`() async throws {
    let ledger = try await LedgerFixture()
    #expect(try await ledger.put(Self.everything).allSatisfy { $0.word == "inserted" })
    #expect(try await ledger.put(Self.everything).allSatisfy { $0.word == "unchanged" })
    let (org, later) = (ledger.org, instant("2026-11-22T13:00:00Z"))
    #expect(
      try await ledger.put(Self.everything, asOf: later).allSatisfy { $0.word == "unchanged" })
    let ages = try await ledger.store.read { try $0.ledgerAge(org) }
    #expect(ages.count == LedgerKind.allCases.count)
    #expect(ages.values.allSatisfy { $0 == later...later })
    let counts = try await ledger.store.read { try $0.ledgerCounts(org) }
    #expect(counts.values.allSatisfy { $0 == 1 })
  }

  @Test func `a changed row updates its record and keeps its id`() async throws {
    let ledger = try await LedgerFixture()
    try await ledger.put([.acme(), .acme { $0.externalID = "C2" }])
    let answers = try await ledger.put([.acme { $0.name = "Acme Ltd" }])
    #expect(answers.map(\.word) == ["updated"])
    #expect(try await ledger.record("res.partner", 1)?.fields["name"] == "Acme Ltd")
    #expect(try await ledger.record("res.partner", 2)?.fields["name"] == "Acme")
    #expect(try await ledger.record("res.partner", 3) == nil)
  }

  @Test func `an older source never overwrites a newer one`() async throws {
    let ledger = try await LedgerFixture()
    try await ledger.put([.acme()], asOf: instant("2026-11-20T00:00:00Z"))
    let older = try await ledger.put(
      [.acme { $0.name = "Old" }], asOf: instant("2026-11-19T23:59:59.999Z"))
    #expect(older.map(\.word) == ["unchanged"])
    let same = try await ledger.put(
      [.acme { $0.name = "Same" }], asOf: instant("2026-11-20T00:00:00Z"))
    #expect(same.map(\.word) == ["updated"])
    let record = try await ledger.record("res.partner", 1)
    #expect(record?.fields["name"] == "Same")
    #expect(record?.asOf == instant("2026-11-20T00:00:00Z"))
  }

  @Test func `rows name partners by id before name, and invoices by id before number`() async throws
  {
    let ledger = try await LedgerFixture()
    try await ledger.put([
      .acme(), .partner(PartnerRow(externalID: "Acme", name: "Other")),
      .partner(PartnerRow(externalID: "C3", name: "Third")),
    ])
    try await ledger.put([.bill("INV-1", partner: "Acme"), .bill("INV-2", partner: "Third")])
    let books = try await ledger.books()
    #expect(books.invoices.map(\.partnerID.rawValue) == [2, 3])
  }

  @Test func `what is not there or there twice is refused by column`() async throws {
    let ledger = try await LedgerFixture()
    try await ledger.put([
      .acme(), .acme { $0.externalID = "C2" }, .bill("INV-1"),
      .invoice(
        InvoiceRow(
          externalID: "X2", number: "INV-9", partner: "C1", issuedOn: nil, dueOn: nil,
          total: euros(1))),
      .invoice(
        InvoiceRow(
          externalID: "X3", number: "INV-9", partner: "C1", issuedOn: nil, dueOn: nil,
          total: euros(1))),
    ])
    let answers = try await ledger.put([
      .bill("INV-3", partner: "Nobody"), .bill("INV-3", partner: "Acme"),
      .paid("P1", 1, on: "2026-11-01", invoice: "INV-7"),
      .paid("P1", 1, on: "2026-11-01", invoice: "INV-9"),
      .paid("P1", 1, on: "2026-11-01", invoice: nil),
      .paid("P1", 1, on: "2026-11-01", partner: "C2"),
      .paid("P1", 1, on: "2026-11-24"), .objection(opened: "2026-11-24"),
      .objection(opened: "2026-11-02", closed: "2026-11-01"),
      .objection(opened: "2026-11-02", closed: "2026-12-01"),
    ])
    #expect(
      answers.map(\.word) == [
        "rejected partner", "rejected partner", "rejected invoice", "rejected invoice",
        "rejected invoice", "rejected partner", "rejected date", "rejected opened",
        "rejected closed", "rejected closed",
      ])
    let org = ledger.org
    let counts = try await ledger.store.read { try $0.ledgerCounts(org) }
    #expect(counts[.payments] == 0 && counts[.disputes] == 0 && counts[.invoices] == 3)
  }

  @Test func `amounts that contradict each other are refused`() async throws {
    let ledger = try await LedgerFixture()
    try await ledger.put([.acme(), .bill(), .paid("P1", 10_00, on: "2026-11-02")])
    let dollars = Money(minorUnits: 100, currency: Currency(code: "USD")!)
    var other = InvoiceRow(
      externalID: "INV-1", number: "INV-1", partner: "C1", issuedOn: nil, dueOn: nil,
      total: dollars)
    let recoded = try await ledger.put([.invoice(other)])
    other.open = euros(1)
    let mixed = try await ledger.put([.invoice(other)])
    let settled = try await ledger.put([
      .payment(
        SettlementRow(
          externalID: "P2", invoice: "INV-1", partner: nil, amount: dollars,
          on: date("2026-11-01"))),
      .bill("INV-2", -1), .bill("INV-2", 100, open: 101),
    ])
    #expect(
      (recoded + mixed + settled).map(\.word) == [
        "rejected currency", "rejected open", "rejected currency", "rejected total",
        "rejected open",
      ])
    #expect(try await ledger.invoice("amount_residual") == "90.00")
  }

  @Test func `orgs do not see each other's records`() async throws {
    let (one, two) = (try await LedgerFixture(), OrgID(rawValue: "other")!)
    try await one.put([.acme()])
    let foreign = try await one.store.read {
      try $0.record(two, RecordReference(model: "res.partner", id: 1))
    }
    #expect(foreign == nil)
  }

  @Test func `a touched row names its partner and invoice`() async throws {
    let ledger = try await LedgerFixture()
    let answers = try await ledger.put(Self.everything)
    let both = LedgerTouch(partnerID: PartnerID(rawValue: 1), invoiceID: 1)
    let partner = LedgerTouch(partnerID: PartnerID(rawValue: 1))
    #expect(
      answers == [
        .inserted(partner), .inserted(partner), .inserted(both), .inserted(both), .inserted(both),
        .inserted(both), .inserted(partner), .inserted(LedgerTouch()), .inserted(LedgerTouch()),
        .inserted(LedgerTouch()),
      ])
  }
}

import ActionProtocol
import Addressing
import Engine
import Insights
import Testing

@testable import App

@Suite("Demo company")
struct DemoCompanyBooksTests {
  static let days = ["2026-11-22", "2024-02-29", "2027-01-01"]

  /// What the demo's documents state, in minor units.
  static let statement: [String: Totals] = [
    "USD": Totals(
      invoices: 30, total: 15_852_740, paid: 384_780, credited: 60_000, open: 15_407_960,
      ageing: [3_698_525, 4_361_820, 3_620_215, 1_837_900, 1_889_500]),
    "GBP": Totals(
      invoices: 7, total: 1_578_820, paid: 342_000, credited: 0, open: 1_236_820,
      ageing: [328_800, 146_520, 461_500, 0, 300_000]),
    "EUR": Totals(
      invoices: 22, total: 7_710_806, paid: 528_400, credited: 85_490, open: 7_096_916,
      ageing: [959_160, 1_327_041, 1_865_240, 1_376_440, 1_569_035]),
  ]

  struct Totals: Equatable, Sendable {
    var invoices = 0
    var total: Int64 = 0
    var paid: Int64 = 0
    var credited: Int64 = 0
    var open: Int64 = 0
    /// Not due, 1-30, 31-60, 61-90, over 90 days overdue.
    var ageing: [Int64] = [0, 0, 0, 0, 0]

    static func += (left: inout Totals, right: Totals) {
      left.invoices += right.invoices
      left.total += right.total
      left.paid += right.paid
      left.credited += right.credited
      left.open += right.open
      left.ageing = zip(left.ageing, right.ageing).map { $0 + $1 }
    }
  }

  @Test(arguments: days)
  func `the money adds up, per customer and in all`(day: String) throws {
    let today = try #require(LocalDate(iso: day))
    let rows = try DemoCompany.rows(today: today)
    var totals: [String: Totals] = [:]
    var customers: [String: Totals] = [:]
    for case .invoice(let invoice)? in rows[.invoices] ?? [] {
      let paid = settled(rows[.payments], invoice)
      let credited = settled(rows[.credits], invoice)
      let open = invoice.total.minorUnits - paid - credited
      #expect(open >= 0 && paid >= 0 && credited >= 0, "\(invoice.number)")
      let late = today.days(since: try #require(invoice.dueOn))
      let bucket = late <= 0 ? 0 : min(4, 1 + (late - 1) / 30)
      let sum = Totals(
        invoices: 1, total: invoice.total.minorUnits, paid: paid, credited: credited, open: open,
        ageing: (0..<5).map { $0 == bucket ? open : 0 })
      totals[invoice.total.currency.code, default: Totals()] += sum
      customers[invoice.partner, default: Totals()] += sum
    }
    #expect(totals == Self.statement)
    for (name, sum) in customers {
      #expect(sum.total - sum.paid - sum.credited == sum.open, "\(name)")
      #expect(sum.ageing.reduce(0, +) == sum.open, "\(name)")
    }
  }

  @Test(arguments: days)
  func `the worked example is sixty days overdue`(day: String) throws {
    let today = try #require(LocalDate(iso: day))
    let rows = try DemoCompany.rows(today: today)
    guard case .invoice(let invoice)? = rows[.invoices]?.first,
      case .partner(let partner)? = rows[.partners]?.first
    else {
      Issue.record("the first customer has no invoice")
      return
    }
    #expect(partner.name == "Acme Corp" && partner.email?.rawValue == "billing@acmecorp.com")
    #expect(invoice.number == "INV-2024-001" && invoice.total.decimalText == "5000.00")
    #expect(invoice.total.currency.code == "USD" && invoice.partner == partner.externalID)
    #expect(invoice.dueOn == today.adding(days: -60))
  }

  @Test func `every address but the worked example's ends in example`() throws {
    let rows = try DemoCompany.rows(today: try #require(LocalDate(iso: "2026-11-22")))
    let addresses = ((rows[.partners] ?? []) + (rows[.contacts] ?? [])).compactMap {
      row -> EmailAddress? in
      switch row {
      case .partner(let partner): partner.email
      case .contact(let contact): contact.email
      default: nil
      }
    }
    #expect(addresses.count >= 40)
    #expect(Set(addresses).count == addresses.count)
    for address in addresses where address.rawValue != "billing@acmecorp.com" {
      #expect(address.domain.hasSuffix(".example"))
    }
  }

  @Test func `it holds every case that the demo shows`() throws {
    let rows = try DemoCompany.rows(today: try #require(LocalDate(iso: "2026-11-22")))
    let partners = (rows[.partners] ?? []).compactMap { row -> PartnerRow? in
      if case .partner(let partner) = row { partner } else { nil }
    }
    #expect(partners.count == 41)
    #expect(partners.count { $0.email == nil } == 1)
    #expect(partners.count { $0.isBlacklisted } == 1)
    #expect(partners.contains { $0.name == DemoCompany.quietCustomer })
    #expect(Set(partners.compactMap(\.country)).isSuperset(of: ["US", "GB", "DE", "FR"]))
    #expect(Set(DemoCompany.order) == Set(rows.keys))
    #expect(rows.values.allSatisfy { !$0.isEmpty })
  }

  @Test(arguments: days)
  func `the ledger takes every row and ages to the same amounts`(day: String) async throws {
    let today = try #require(LocalDate(iso: day))
    let ledger = try await EmbeddedLedger(
      now: day + "T20:00:00Z", zone: "America/New_York", currency: "USD")
    let rows = try DemoCompany.rows(today: today)
    for kind in DemoCompany.order {
      let report = try await ledger.load(DemoRows(rows[kind] ?? []), kind)
      #expect(report.counts.inserted == report.counts.rows, "\(report.rejections.prefix(3))")
    }
    let report = try await ledger.analysis(today)
    #expect(report.gaps.isEmpty)
    for (code, totals) in Self.statement {
      let table = try #require(report.ageing.values.first { $0.currency.code == code })
      let cells = [
        table[.current], table[.days1to30], table[.days31to60], table[.days61to90],
        table[.over90],
      ]
      #expect(cells.map(\.amount.minorUnits) == totals.ageing, "\(code)")
      #expect(table.total.amount.minorUnits == totals.open, "\(code)")
    }
  }

  @Test func `the same day gives the same rows`() throws {
    let today = try #require(LocalDate(iso: "2026-11-22"))
    #expect(try DemoCompany.rows(today: today) == DemoCompany.rows(today: today))
  }

  private func settled(_ rows: [LedgerRow]?, _ invoice: InvoiceRow) -> Int64 {
    (rows ?? []).reduce(0) { sum, row in
      switch row {
      case .payment(let row) where row.invoice == invoice.number: sum + row.amount.minorUnits
      case .credit(let row) where row.invoice == invoice.number: sum + row.amount.minorUnits
      default: sum
      }
    }
  }
}

/// The demo's rows as a file would give them.
private struct DemoRows: LedgerRowSource {
  private var rest: ArraySlice<LedgerRow>

  init(_ rows: [LedgerRow]) { rest = ArraySlice(rows) }

  mutating func next(_ limit: Int) -> [ParsedLedgerLine] {
    defer { rest = rest.dropFirst(limit) }
    return rest.prefix(limit).map { .row($0, line: 1) }
  }

  func columnName(of field: String) -> String { field }
}

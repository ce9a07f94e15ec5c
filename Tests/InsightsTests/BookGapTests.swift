import ActionProtocol
import Insights
import Testing

@Suite struct `Gaps in the books` {
  @Test func `an invoice without a due date is owed, and never overdue`() throws {
    let report = try analyze([Books.invoice(1, "I-1", of: 1, due: nil, open: 100)])
    let table = try #require(report.ageing[Books.usd])
    #expect(report.gaps.map(\.kind) == [.noDueDate])
    #expect(table[.withoutDueDate].amount.minorUnits == 100)
    #expect(table.overdue.count == 0)
    #expect(table.notDue.amount.minorUnits == 100)
    #expect(report.customers.isEmpty)
  }

  @Test(arguments: [
    (Books.invoice(1, "I-1", of: 99, due: "2026-01-01", open: 100), BookGap.Kind.unknownPartner),
    (Books.invoice(1, "I-1", of: 1, due: "2026-01-01", open: -100, total: 50), .negativeOpen),
  ])
  func `a record that contradicts the books is reported and not counted`(
    invoice: InvoiceFacts, kind: BookGap.Kind
  ) throws {
    let report = try analyze([invoice])
    #expect(report.gaps.map(\.kind) == [kind])
    #expect(report.gaps.first?.invoiceID == 1)
    #expect(report.gaps.first?.remedy.isEmpty == false)
    #expect(report.ageing.isEmpty && report.customers.isEmpty)
  }

  @Test func `an invoice in two currencies is not counted`() throws {
    var invoice = Books.invoice(1, "I-1", of: 1, due: "2026-01-01", open: 100)
    invoice.total = Money(minorUnits: 100, currency: Books.eur)
    let report = try analyze([invoice])
    #expect(report.gaps.map(\.kind) == [.currencyMismatch])
    #expect(report.ageing.isEmpty)
  }

  @Test func `a record given twice is counted once`() throws {
    let invoice = Books.invoice(1, "I-1", of: 1, due: "2026-01-01", open: 100)
    let report = try analyze([invoice, invoice])
    #expect(report.gaps.map(\.kind) == [.duplicateRecord])
    #expect(report.ageing[Books.usd]?.total.amount.minorUnits == 100)
  }

  @Test func `sums that are no longer exact are refused`() throws {
    let report = try analyze([
      Books.invoice(1, "I-1", of: 1, due: "2026-01-01", open: 9_007_199_254_740_991),
      Books.invoice(2, "I-2", of: 1, due: "2026-01-01", open: 1),
      Books.invoice(3, "I-3", of: 1, due: "2026-01-01", open: .max),
    ])
    #expect(report.gaps.map(\.kind) == [.amountOutOfRange, .amountOutOfRange])
    #expect(report.gaps.map(\.invoiceID) == [2, 3])
    #expect(report.ageing[Books.usd]?.total.count == 1)
  }

  @Test func `credits of nobody and negative credits are reported`() throws {
    let report = try analyze(
      [], credits: [Books.credit(99, 10), Books.credit(1, -10), Books.credit(1, 4)])
    #expect(report.gaps.map(\.kind) == [.negativeOpen, .unknownPartner])
    #expect(report.gaps.allSatisfy { $0.invoiceID == nil })
    #expect(report.unallocated[Books.usd]?.minorUnits == 4)
  }

  private func analyze(
    _ invoices: [InvoiceFacts], credits: [UnallocatedFacts] = []
  ) throws -> OverdueReport {
    OverdueAnalysis.analyze(
      Books.snapshot(
        on: "2026-01-26", partners: [try Books.partner(1, "A")], invoices: invoices,
        unallocated: credits))
  }
}

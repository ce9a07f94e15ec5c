import ActionProtocol
import Engine
import Testing

@testable import Connectors

@Suite("Invoices of ledger files")
struct LedgerInvoiceTests {
  @Test func `an invoice with everything`() throws {
    let text = """
      external_id,number,partner,issued,due,total,open,currency,state,never_remind
      9,INV-1,Acme,2026-01-01,2026-01-31,"1,200.00",200.00,EUR,Partially Paid,no
      """
    let row = try #require(try lines(of: text, .invoices).first?.invoice)
    #expect(row.externalID == "9" && row.number == "INV-1" && row.partner == "Acme")
    #expect(row.issuedOn?.iso == "2026-01-01" && row.dueOn?.iso == "2026-01-31")
    #expect(row.total.decimalText == "1200.00" && row.open?.decimalText == "200.00")
    #expect(row.total.currency.code == "EUR" && row.state == .posted && !row.neverRemind)
  }

  @Test func `an invoice without an id is known by its number, without a due date it has none`()
    throws
  {
    let row = try #require(
      try lines(of: "Invoice,Customer,Amount\nINV-1,Acme,5\n", .invoices).first?.invoice)
    #expect(row.externalID == "INV-1")
    #expect(row.dueOn == nil && row.open == nil && row.state == .posted)
  }

  @Test(
    arguments: [
      ("Draft", InvoiceRow.State.draft, nil), ("Awaiting Payment", .posted, nil),
      ("", .posted, nil),
      ("Overdue", .posted, nil), ("Voided", .cancelled, nil), ("storniert", .cancelled, nil),
      ("Paid", .posted, 0), ("bezahlt", .posted, 0),
    ] as [(String, InvoiceRow.State, Int64?)])
  func `states are those of several programs`(
    cell: String, state: InvoiceRow.State, open: Int64?
  ) throws {
    let row = try #require(
      try lines(of: "number,partner,total,status\n1,A,5,\(cell)\n", .invoices).first?.invoice)
    #expect(row.state == state)
    #expect(row.open?.minorUnits == open)
  }

  @Test func `an open amount in the file goes before what the state implies`() throws {
    let row = try #require(
      try lines(of: "number,partner,total,open,status\n1,A,5,2,paid\n", .invoices).first?.invoice)
    #expect(row.open?.minorUnits == 200)
  }

  @Test func `what is no invoice to a customer is refused`() throws {
    let text = """
      number,partner,total,type,state
      1,A,5,Bill,open
      2,A,-5,Invoice,open
      3,A,5,Invoice,gone
      ,A,,Invoice,open
      4,,5,Sales Invoice,open
      """
    #expect(
      try lines(of: text, .invoices).map(\.problems) == [
        ["2 type: is no invoice to a customer"], ["3 total: is negative"],
        ["4 state: is no known state of an invoice"],
        ["5 number: is empty", "5 total: is empty"], ["6 partner: is empty"],
      ])
  }

  @Test func `without a currency anywhere every row says so`() throws {
    let rows = try lines(of: "number,partner,total\n1,A,5\n", .invoices, ImportOptions())
    #expect(rows.first?.problems == ["2 currency: is not given"])
  }

  @Test func `a Xero export`() throws {
    let text = """
      ContactName,EmailAddress,InvoiceNumber,Reference,InvoiceDate,DueDate,Total,TaxTotal,\
      InvoiceAmountPaid,InvoiceAmountDue,Description,Quantity,Currency,Type,Sent,Status
      Acme Corp,billing@acmecorp.com,INV-1,,13/01/2026,28/02/2026,1200.00,200.00,200.00,1000.00,\
      Widgets,3,GBP,Sales Invoice,Sent,Awaiting Payment
      """
    let row = try #require(
      try lines(of: text, .invoices, ImportOptions(preset: .xero)).first?.invoice)
    #expect(row.number == "INV-1" && row.partner == "Acme Corp")
    #expect(row.issuedOn?.iso == "2026-01-13" && row.dueOn?.iso == "2026-02-28")
    #expect(row.total.decimalText == "1200.00" && row.open?.decimalText == "1000.00")
    #expect(row.total.currency.code == "GBP")
  }

  @Test func `a QuickBooks report`() throws {
    let text = """
      Date,Transaction type,Num,Customer full name,Due date,Amount,Open balance
      01/15/2026,Invoice,1042,Acme Corp,02/14/2026,"5,000.00","5,000.00"
      01/20/2026,Payment,88,Acme Corp,,"-100.00",0.00
      """
    let rows = try lines(of: text, .invoices, .dollars.with { $0.preset = .quickbooks })
    #expect(rows[0].invoice?.number == "1042")
    #expect(rows[0].invoice?.open?.minorUnits == 500_000)
    #expect(
      rows[1].problems == [
        "3 Transaction type: is no invoice to a customer", "3 Amount: is negative",
      ])
  }

  @Test func `a Sage export`() throws {
    let text = """
      No,Type,A/C,Date,Ref,Due Date,Amount,O/S
      311,SI,ACM001,31/01/2026,INV-1,28/02/2026,240.00,40.00
      """
    let options = ImportOptions(
      preset: .sage, dateFormat: .dayMonthYear, currency: Currency(code: "GBP"))
    let row = try #require(try lines(of: text, .invoices, options).first?.invoice)
    #expect(row.externalID == "311" && row.number == "INV-1" && row.partner == "ACM001")
    #expect(row.total.minorUnits == 24_000 && row.open?.minorUnits == 4000)
  }

  @Test func `a DATEV list of open items`() throws {
    let text = """
      Konto;Rechnungsnummer;Datum;Fälligkeit;Sollbetrag;Habenbetrag;Saldo;Gegenkonto;Buchungstext\r
      10100;RE-1;01.02.26;03.03.26;1.190,00;;1.190,00;8400;Straße\r
      """
    let bytes = text.unicodeScalars.map { UInt8($0.value) }
    let options = ImportOptions(preset: .datev, currency: Currency(code: "EUR"))
    let row = try #require(try lines(ofBytes: bytes, .invoices, options).first?.invoice)
    #expect(row.number == "RE-1" && row.partner == "10100")
    #expect(row.issuedOn?.iso == "2026-02-01" && row.dueOn?.iso == "2026-03-03")
    #expect(row.total.minorUnits == 119_000 && row.open?.minorUnits == 119_000)
  }

  @Test func `a preset's own options can be overruled`() throws {
    let text = "Konto;Rechnungsnummer;Sollbetrag\n10100;RE-ü;1190.5\n"
    let options = ImportOptions(
      preset: .datev, encoding: .utf8, decimalMark: .point, currency: Currency(code: "EUR"))
    let row = try #require(try lines(of: text, .invoices, options).first?.invoice)
    #expect(row.number == "RE-ü" && row.total.minorUnits == 119_050)
  }
}

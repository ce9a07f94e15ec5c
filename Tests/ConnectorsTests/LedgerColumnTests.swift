import ActionProtocol
import Engine
import Testing

@testable import Connectors

@Suite("Columns of ledger files")
struct LedgerColumnTests {
  @Test(arguments: LedgerKind.allCases)
  func `our own names are recognised for every kind`(kind: LedgerKind) throws {
    let fields = LedgerField.fields(of: kind)
    let plan = try ColumnPlan(
      headers: fields.map(\.rawValue), kind: kind, options: ImportOptions())
    for (index, field) in fields.enumerated() { #expect(plan[field] == index, "\(field)") }
  }

  @Test(arguments: [
    ("Invoice No.", LedgerField.number), ("INVOICE_NUMBER", .number), ("invoiceNumber", .number),
    ("Amount Due", .open), ("Fälligkeit", .due), ("FÄLLIGKEIT", .due), ("Rechnungsnummer", .number),
    ("Customer Name", .partner), ("Währung", .currency), ("Status", .state),
  ])
  func `common headers are recognised`(header: String, field: LedgerField) throws {
    let plan = try ColumnPlan(headers: ["x", header], kind: .invoices, options: ImportOptions())
    #expect(plan[field] == 1)
  }

  @Test func `a mapping goes before recognition and takes the column away from it`() throws {
    let plan = try ColumnPlan(
      headers: ["Total", "Amount Due"], kind: .invoices,
      options: ImportOptions(mapping: ["total": "Amount Due"]))
    #expect(plan[.total] == 1)
    #expect(plan[.open] == nil)
    #expect(plan.name(of: .total) == "Amount Due")
  }

  @Test func `a mapping to a field that the kind does not have lists those it has`() {
    let error = failure(["name"], .partners, ["due": "name"])
    #expect(error?.code == "file.option")
    #expect(error?.remedy.contains("never_remind") == true)
  }

  @Test func `a mapping to a column that is not there lists those that are`() {
    let error = failure(["name", "mail"], .partners, ["email": "Courriel"])
    #expect(error?.code == "file.header")
    #expect(error?.remedy == "Use one of: name, mail.")
  }

  @Test func `the same column twice is refused`() {
    #expect(failure(["Name", "name"], .partners, [:])?.code == "file.header")
  }

  @Test(arguments: [
    ("Rechnung,Customer,Gross total\n1,Acme,5\n", ["InvoiceNumber", "ContactName", "Total"]),
    ("InvoiceNumber,Customer,Total\n1,Acme,5\n", ["ContactName"]),
  ])
  func `a preset names its own columns that the file lacks`(
    _ text: String, _ expected: [String]
  ) throws {
    let error = #expect(throws: LedgerFileError.self) {
      try lines(of: text, .invoices, .dollars.with { $0.preset = .xero })
    }
    #expect(error?.code == "file.header")
    for name in expected { #expect(error?.problem.contains(name) == true, "\(name)") }
    #expect(error?.problem.contains("xero") == true)
    #expect(error?.remedy.contains("--preset") == true)
  }

  @Test func `a mapping stands for a preset's column`() throws {
    let rows = try lines(
      of: "InvoiceNumber,Customer,Total\n1,Acme,5\n", .invoices,
      .dollars.with {
        $0.preset = .xero
        $0.mapping = ["partner": "Customer"]
      })
    #expect(rows.count == 1)
    #expect(rows.first?.row != nil)
  }

  @Test func `columns without which nothing can be read are named together`() {
    let error = #expect(throws: LedgerFileError.self) {
      try lines(of: "number,colour\n1,red\n", .invoices)
    }
    #expect(error?.problem.contains("partner, total") == true)
    #expect(error?.problem.contains("number, colour") == true)
    #expect(error?.remedy.contains("--map partner=") == true)
  }

  @Test func `a file without anything in it says so`() {
    #expect(throws: LedgerFileError.self) { try lines(of: "", .invoices) }
    #expect(throws: LedgerFileError.self) { try lines(of: "\n\n  \n", .invoices) }
  }

  @Test func `Excel's line with the separator is followed and skipped`() throws {
    let rows = try lines(of: "sep=;\r\nname;email\r\n\"A, B\";a@b.example\r\n", .partners)
    #expect(rows.first?.partner?.name == "A, B")
    #expect(rows.first?.line == 3)
  }

  @Test func `a delimiter can be said`() throws {
    let options = ImportOptions(delimiter: "|")
    #expect(
      try lines(of: "name|country\nA,B|DE\n", .partners, options).first?.partner?.name == "A,B")
    let error = #expect(throws: LedgerFileError.self) {
      try lines(of: "name\nA\n", .partners, ImportOptions(delimiter: "\""))
    }
    #expect(error?.code == "file.option")
  }

  private func failure(
    _ headers: [String], _ kind: LedgerKind, _ mapping: [String: String]
  ) -> LedgerFileError? {
    #expect(throws: LedgerFileError.self) {
      try ColumnPlan(headers: headers, kind: kind, options: ImportOptions(mapping: mapping))
    }
  }
}

import ActionProtocol
import Insights
import Testing

@Suite struct `Overdue properties` {
  @Test(arguments: [1, 2, 3, 5, 8, 13] as [UInt64])
  func `rows add up, customers add up, and order of the records does not matter`(
    seed: UInt64
  ) throws {
    print("seed \(seed)")
    var generator = SeededGenerator(seed: seed)
    let books = try randomBooks(&generator)
    let report = OverdueAnalysis.analyze(books)
    for (currency, table) in report.ageing {
      let rows = AgeingBucket.allCases.map { table[$0] }
      let open = books.invoices.filter { $0.open.currency == currency }
        .reduce(0) { $0 + $1.open.minorUnits }
      #expect(rows.reduce(0) { $0 + $1.amount.minorUnits } == open)
      #expect(table.total.amount.minorUnits == open)
      #expect(table.total.count == rows.reduce(0) { $0 + $1.count })
      #expect(
        table.overdue.amount.minorUnits + table.notDue.amount.minorUnits
          == table.total.amount.minorUnits)
      let customers = report.customers.filter { $0.currency == currency }
      #expect(
        customers.reduce(0) { $0 + $1.ageing.overdue.amount.minorUnits }
          == table.overdue.amount.minorUnits)
      #expect(
        customers.reduce(0) { $0 + $1.invoices.count } == table.overdue.count)
    }
    var shuffled = books
    shuffled.invoices.shuffle(using: &generator)
    shuffled.partners.shuffle(using: &generator)
    #expect(OverdueAnalysis.analyze(shuffled) == report)
  }

  private func randomBooks(_ generator: inout SeededGenerator) throws -> BooksSnapshot {
    let today = Books.day("2026-01-26")
    let currencies = [Books.usd, Books.eur, Books.currency("JPY")]
    let invoices = (1...500).map { id -> InvoiceFacts in
      let age = Int.random(in: -60...200, using: &generator)
      let due = Bool.random(using: &generator) || age > 0 ? today.adding(days: -age).iso : nil
      return Books.invoice(
        Int64(id), "I-\(id)", of: Int64.random(in: 1...20, using: &generator), due: due,
        open: Int64.random(in: 1...1_000_000, using: &generator),
        in: currencies.randomElement(using: &generator) ?? Books.usd, issued: "2025-01-01",
        isDisputed: Int.random(in: 0..<10, using: &generator) == 0)
    }
    return Books.snapshot(
      on: today.iso, partners: try (1...20).map { try Books.partner($0, "P\($0)") },
      invoices: invoices)
  }
}

import ActionProtocol
import Insights
import Testing

@Suite struct `Reminder keys` {
  @Test func `days 1, 2 and 3 with nothing decided are one card`() throws {
    let runs = try ["2026-01-26", "2026-01-27", "2026-01-28"].map { day in
      let result = try Reminders.recommend(Books.seed(on: day), at: "\(day)T15:00:00Z")
      return try #require(result.proposals.first)
    }
    #expect(Set(runs.map(\.idempotencyKey)).count == 1)
    #expect(Set(runs.map { $0.metadata["finding"] }).count == 1)
    #expect(runs.first?.idempotencyKey?.rawValue == "demo:send_invoice_reminder:7:USD:60d:42")
  }

  @Test func `the next step of the ladder is a new key`() throws {
    let before = try proposal(Books.seed(on: "2026-02-24"))
    let after = try proposal(Books.seed(on: "2026-02-25"))
    #expect(before.idempotencyKey?.rawValue == "demo:send_invoice_reminder:7:USD:60d:42")
    #expect(after.idempotencyKey?.rawValue == "demo:send_invoice_reminder:7:USD:90d:42")
  }

  @Test func `a part payment changes the facts and not the key`() throws {
    let before = try proposal(Books.seed())
    var books = try Books.seed()
    books.invoices[0].open = Money(minorUnits: 300_000, currency: Books.usd)
    let after = try proposal(books)
    #expect(before.idempotencyKey == after.idempotencyKey)
    #expect(facts(of: before) == [[42, 500_000, 60]])
    #expect(facts(of: after) == [[42, 300_000, 60]])
  }

  @Test func `another overdue invoice changes the facts and not the key`() throws {
    var books = try Books.seed()
    books.invoices.append(Books.invoice(41, "INV-2", of: 7, due: "2026-01-20", open: 10))
    let after = try proposal(books)
    #expect(after.idempotencyKey == (try proposal(Books.seed())).idempotencyKey)
    #expect(facts(of: after) == [[41, 10], [42, 500_000, 60]])
  }

  @Test func `once the oldest is paid a new cycle begins`() throws {
    var books = try Books.seed()
    books.invoices.append(Books.invoice(43, "INV-2025-9", of: 7, due: "2025-11-27", open: 10))
    let both = try proposal(books)
    books.invoices.removeFirst()
    let rest = try proposal(books)
    #expect(both.idempotencyKey?.rawValue == "demo:send_invoice_reminder:7:USD:60d:42")
    #expect(rest.idempotencyKey?.rawValue == "demo:send_invoice_reminder:7:USD:60d:43")
  }

  @Test func `a step has one key whichever ladder it belongs to`() throws {
    let standard = try proposal(Books.seed())
    let fine = try #require(
      try Reminders.recommend(Books.seed(), ladder: .fine).proposals.first)
    #expect(standard.idempotencyKey == fine.idempotencyKey)
  }

  @Test func `parts are escaped, so that no org can take another's key`() throws {
    var books = try Books.seed()
    books.company = Books.company(org: "a:b%")
    #expect(
      try proposal(books).idempotencyKey?.rawValue
        == "a%3Ab%25:send_invoice_reminder:7:USD:60d:42")
  }

  @Test func `a long list of facts is named by its digest`() throws {
    let invoices = (1...201).map {
      Books.invoice(Int64($0), "I-\($0)", of: 7, due: "2025-11-27", open: 10)
    }
    let books = Books.snapshot(
      on: "2026-01-26", partners: [try Books.partner(7, "Big")], invoices: invoices)
    let finding = try proposal(books).metadata["finding"]?.objectValue
    #expect(finding?["facts"]?.stringValue?.hasPrefix("sha256:") == true)
  }

  private func proposal(_ books: BooksSnapshot) throws -> Proposal {
    try #require(try Reminders.recommend(books).proposals.first)
  }

  private func facts(of proposal: Proposal) -> JSONValue? {
    proposal.metadata["finding"]?.objectValue?["facts"]
  }
}

import ActionProtocol
import Insights
import Testing

@Suite struct `Validity of proposals` {
  @Test func `every proposal passes the protocol's own reader`() throws {
    let books = try awkwardBooks()
    let result = try Reminders.recommend(books)
    #expect(result.proposals.count == 6)
    for proposal in result.proposals {
      let read = ProposalReader.read(proposal.json, now: Books.instant("2026-01-26T15:00:00Z"))
      switch read {
      case .success(let same): #expect(same == proposal)
      case .failure(let issues): Issue.record("\(issues.issues)")
      }
    }
  }

  @Test func `no plan lacks a check of the minimum plan`() throws {
    for proposal in try Reminders.recommend(awkwardBooks()).proposals {
      #expect(MinimumPlan.missing(in: proposal).isEmpty)
    }
  }

  /// Long names, many invoices, other scripts, no address, currencies without decimals.
  private func awkwardBooks() throws -> BooksSnapshot {
    let long = String(repeating: "Very long name ", count: 40)
    let many = (100...180).map {
      Books.invoice(
        $0, "INV-\(String(repeating: "9", count: 60))-\($0)", of: 2, due: "2025-10-01",
        open: 12_345)
    }
    return Books.snapshot(
      on: "2026-01-26",
      partners: [
        try Books.partner(1, "Acme Corp"), try Books.partner(2, long),
        try Books.partner(3, long, email: nil),
        try Books.partner(4, "株式会社東京", language: "ja", country: "JP"),
        try Books.partner(5, "<script>alert('x')</script> & \"Söhne\"", language: "de"),
      ],
      invoices: many + [
        Books.invoice(1, "I-1", of: 1, due: "2026-01-11", open: 1),
        Books.invoice(2, "I-2", of: 1, due: "2026-01-01", open: 5, in: Books.currency("JPY")),
        Books.invoice(3, long, of: 3, due: "2025-10-01", open: 99),
        Books.invoice(
          4, "請求書-1", of: 4, due: "2025-12-01", open: 99_000_000_000,
          in: Books.currency("JPY")),
        Books.invoice(5, "I-5", of: 5, due: "2025-12-01", open: 7, in: Books.currency("BHD")),
      ])
  }
}

import ActionProtocol
import Addressing
import Decisions
import Engine
import Insights
import TestSupport
import Testing

@testable import Web

@Suite("Customers") struct CustomerPageTests {
  @Test func `customers are found by name, e-mail, a contact's e-mail or number, page by page`()
    async throws
  {
    let place = try await AccessPlace()
    try await place.addOwner()
    try await place.addDebtors(1...120)
    try await place.house.books([
      .contact(
        ContactRow(
          externalID: "c1", partner: "d7", name: "Eve",
          email: try EmailAddress("eve@private.example")))
    ])
    let session = try await place.session("ann")
    let fields = Browsing.fields(session)
    try await place.run { running in
      var path = "/customers"
      var seen: [String] = []
      for _ in 0..<3 {
        let page = try await running.ask("GET \(path)", fields)
        #expect(page.status == 200)
        seen += page.body.matches(of: /">(Debtor \d+)<\/a>/).map { String($0.1) }
        let next = page.body.firstMatch(of: /href="([^"]+)" rel="next"/)
        path = next.map { String($0.1).replacing("&amp;", with: "&") } ?? ""
      }
      #expect(path.isEmpty && seen.count == 120 && Set(seen).count == 120 && seen == seen.sorted())
      for (query, name) in [
        ("dEbToR%20119", "Debtor 119"), ("pay%40debtor42.example", "Debtor 42"),
        ("eve%40private", "Debtor 7"),
      ] {
        let page = try await running.ask("GET /customers?q=\(query)", fields)
        let names = page.body.matches(of: /">(Debtor \d+)<\/a>/).map { String($0.1) }
        #expect(names == [name], "\(query): \(names)")
        #expect(page.body.contains("USD 125.00"))
      }
      for query in ["%25", "_", "!", "zzz"] {
        let page = try await running.ask("GET /customers?q=\(query)", fields)
        #expect(page.status == 200 && page.body.contains("No customer has this"), "\(query)")
      }
      let number = try await place.customer("debtor 3").rawValue
      let token = try await place.token(.person, of: "ann", [.read])
      let api = try await running.ask(
        "GET /api/v1/customers?q=\(number)&limit=5", ["Authorization: Bearer \(token)"])
      #expect(api.body.contains(#""partner_id":\#(number)"#), "\(api.body)")
    }
  }

  @Test func `a customer's page says what is owed, was sent, is on hold, and may come next`()
    async throws
  {
    let place = try await AccessPlace()
    try await place.addOwner()
    try await place.addDebtors(1...2, invoices: 2)
    let id = try await place.customer("Debtor 1")
    let merged = try await place.customer("Debtor 2")
    let house = place.house
    _ = try await PartnerMerging(place.engine).merge(
      house.org, merged, into: id, by: .tester, via: "test")
    _ = try await CollectionHolds(place.engine).add(
      house.org,
      CollectionHolds.Wish(
        subject: .invoice("INV-1-0"), kind: .pause, lastDay: LocalDate(iso: "2026-04-01")),
      note: "on <i>holiday</i>", by: .tester, via: "test")
    let sent = try await Self.propose(place, id, "first")
    try await house.approve(sent)
    try await house.run()
    let waiting = try await Self.propose(place, id, "second")
    let session = try await place.session("ann")
    try await place.run { running in
      let page = try await running.ask(
        "GET /customers/\(id.rawValue)", Browsing.fields(session))
      #expect(page.status == 200)
      for part in [
        "<h1>Debtor 1</h1>", "USD 500.00 on 4 invoices", "INV-1-0", "INV-2-1",
        "2026-02-01, 31 days overdue", "on &lt;i&gt;holiday&lt;/i&gt;", "paused, until 2026-04-01",
        "href=\"/customers/\(merged.rawValue)\"", "href=\"/actions/\(sent.rawValue)\"",
        "href=\"/actions/\(waiting.rawValue)\"", "Next after the cool-down",
        "Wed 2026-03-04 14:00:00 -05:00", "A reminder may go from", "pending approval",
      ] { #expect(page.body.contains(part), "\(part)") }
      for path in ["/customers/999999", "/customers/x", "/customers/0", "/customers/-1"] {
        let none = try await running.ask("GET \(path)", Browsing.fields(session))
        #expect(none.status == 404, "\(path)")
      }
      let token = try await place.token(.person, of: "ann", [.read])
      let api = try await running.ask(
        "GET /api/v1/customers/\(id.rawValue)", ["Authorization: Bearer \(token)"])
      for part in [
        #""open":"500.00""#, #""next":"wait""#, #""merged_with":[\#(merged.rawValue)]"#,
        #""binding":true"#,
      ] { #expect(api.body.contains(part), "\(part): \(api.body)") }
    }
  }

  /// What the page says of the next message is what the command line's reader says.
  @Test func `the next allowed time is that of the outreach reader`() async throws {
    let place = try await AccessPlace()
    try await place.addDebtors(1...1)
    let id = try await place.customer("Debtor 1")
    let picture = try #require(
      try await Customers(place.engine).picture(place.house.org, id))
    let read = try await OutreachReader(place.engine).pictures(place.house.org, of: .partner(id))
    #expect(picture.outreach == read.pictures)
  }

  @Test func `another organisation's customer is not there`() async throws {
    let place = try await AccessPlace()
    try await place.addOwner()
    try await place.addDebtors(1...1)
    let id = try await place.customer("Debtor 1")
    let other = try #require(OrgID(rawValue: "elsewhere"))
    #expect(try await Customers(place.engine).picture(other, id) == nil)
    let page = try await Customers(place.engine).page(other, CustomerFilter())
    #expect(page.lines.isEmpty)
    let session = try await place.session("ann")
    try await place.run { running in
      let answer = try await running.ask(
        "GET /customers/\(id.rawValue)?org=elsewhere", Browsing.fields(session))
      #expect([403, 404].contains(answer.status))
      #expect(!answer.body.contains("Debtor"))
    }
  }

  @Test func `pages of customers ask the same number of things for few and for many`()
    async throws
  {
    let place = try await AccessPlace()
    try await place.addOwner()
    try await place.addDebtors(1...2)
    let session = try await place.session("ann")
    let id = try await place.customer("Debtor 1").rawValue
    let few = try await place.statements("/customers/\(id)", session)
    try await place.addDebtors(1...60, invoices: 3)
    #expect(try await place.statements("/customers/\(id)", session) == few)
    #expect(few <= 53, "\(few)")
  }

  private static func propose(
    _ place: AccessPlace, _ partner: PartnerID, _ key: String
  ) async throws -> ActionID {
    let proposal = Proposal(
      orgID: place.house.org,
      operation: .email(
        .xSendCustomMessage,
        SendEmail(
          to: [try EmailAddress("pay@debtor1.example")], subject: key, bodyText: "Hello.")),
      idempotencyKey: IdempotencyKey(rawValue: key), expectedEffect: "They know.",
      reasoning: "They asked.",
      affectedRecords: AffectedRecords(partnerID: partner, partnerName: "Debtor 1"))
    let outcome = try await Intake(place.engine).submit(
      proposal, by: Author(.agent, "crm-bot").unsafelyUnwrapped, via: "test")
    return try #require(outcome.state).id
  }
}

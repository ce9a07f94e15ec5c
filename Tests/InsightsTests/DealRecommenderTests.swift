import ActionProtocol
import Addressing
import Connectors
import Insights
import Testing

@Suite struct `Deal recommender` {
  @Test func `a stalled deal becomes one valid follow-up to its customer`() throws {
    let made = try recommend([Pipelines.open(500, since: "2025-10-27")])
    let proposal = try #require(made.proposals.first)
    #expect(made.proposals.count == 1 && made.skipped.isEmpty)
    #expect(proposal.actionType == .followUpOnStaleDeal)
    #expect(proposal.affectedRecords.model == "crm.lead")
    #expect(proposal.affectedRecords.ids == [500])
    let email = try Reminders.email(of: proposal)
    #expect(email.to.map(\.rawValue) == ["billing@customer.example"])
    #expect(email.subject == "Following up: Deal 500")
    #expect(email.bodyText.contains("Northwind Tools"))
    #expect(proposal.reasoning.contains("97 days in its stage: P95 of 100 deals"))
    #expect(proposal.reasoning.contains("so 1000.00 USD."))
    #expect(MinimumPlan.missing(in: proposal).isEmpty)
    switch ProposalReader.read(proposal.json, now: Books.instant("2026-02-01T15:00:00Z")) {
    case .success(let same): #expect(same == proposal)
    case .failure(let issues): Issue.record("\(issues.issues)")
    }
  }

  @Test func `the key is the same on the next day, and another after the deal moved`() throws {
    let key = { (day: String, deal: DealFacts) in
      try recommend([deal], on: day).proposals.first?.idempotencyKey
    }
    let stalled = Pipelines.open(500, since: "2025-10-27")
    let first = try key("2026-02-01", stalled)
    #expect(first?.rawValue == "demo:follow_up_on_stale_deal:500:1:2025-10-27")
    #expect(try key("2026-02-02", stalled) == first)
    let moved = try key("2026-02-01", Pipelines.open(500, in: 2, since: "2025-10-26"))
    #expect(moved != nil && moved != first)
  }

  @Test func `a customer with two stalled deals is written to about the dearer one`() throws {
    let made = try recommend([
      Pipelines.open(500, since: "2025-10-27"),
      Pipelines.open(501, since: "2025-10-27", value: Pipelines.usd(9000)),
    ])
    #expect(made.proposals.map(\.affectedRecords.ids) == [[501]])
    #expect(made.skipped.map(\.reason) == [.customerAskedAlready])
  }

  @Test func `a deal older than any that was won is left to a person`() throws {
    let made = try recommend([Pipelines.open(500, since: "2025-01-01")])
    #expect(made.proposals.isEmpty && made.skipped.isEmpty)
  }

  @Test func `who cannot or must not be written to is skipped with the reason`() throws {
    var resting = try Books.partner(7, "Acme")
    resting.emailClosed = ClosedAddress(reason: "soft bounce", until: Instant(milliseconds: 5))
    var closed = try Books.partner(7, "Acme")
    closed.emailClosed = ClosedAddress(reason: "complaint", until: nil)
    let cases: [(PartnerFacts, SkipReason)] = [
      (try Books.partner(7, "Acme", email: nil), .noAddress),
      (try Books.partner(7, "Acme", isActive: false), .partnerInactive),
      (try Books.partner(7, "Acme", isBlacklisted: true), .partnerBlacklisted),
      (
        resting, .addressResting(reason: "soft bounce", until: Instant(milliseconds: 5))
      ),
      (closed, .addressClosed(reason: "complaint")),
      (try Books.partner(8, "Other"), .partnerUnknown),
      (
        try Books.partner(7, "Acme\nBcc: x@y.example"),
        .unsafeRecordText(RecordReference(model: "res.partner", id: 7), field: "name")
      ),
    ]
    for (partner, reason) in cases {
      let made = try recommend([Pipelines.open(500, since: "2025-10-27")], partner: partner)
      #expect(made.proposals.isEmpty)
      #expect(made.skipped.map(\.reason) == [reason])
      #expect(made.skipped.first?.reason.explanation.isEmpty == false)
    }
    var nobody = Pipelines.open(500, since: "2025-10-27")
    nobody.partnerID = nil
    #expect(try recommend([nobody]).skipped.map(\.reason) == [.noCustomer])
  }

  @Test func `only the customer's own message is called the last time you spoke`() throws {
    var deal = Pipelines.open(500, since: "2025-10-27")
    deal.lastActivityOn = Books.day("2026-01-05")
    let text = { (deal: DealFacts) in
      try Reminders.email(of: try #require(try recommend([deal]).proposals.first)).bodyText
    }
    #expect(!(try text(deal).contains("last spoke")))
    deal.lastContactOn = Books.day("2026-01-02")
    #expect(try text(deal).contains("We last spoke about Deal 500 on January 2, 2026."))
  }

  @Test func `a large deal carries more risk and says whom to show it to`() throws {
    let large = Pipelines.open(500, since: "2025-10-27", value: Pipelines.usd(10_000))
    let proposal = try #require(try recommend([large]).proposals.first)
    #expect(proposal.riskLevel == .medium)
    #expect(proposal.reasoning.hasSuffix("show it to the manager as well."))
  }

  /// A hundred deals won after 1 to 100 days, and `open`.
  private func recommend(
    _ open: [DealFacts], on day: String = "2026-02-01", partner: PartnerFacts? = nil
  ) throws -> DealRecommendation {
    let past = (1...100).map { Pipelines.closed(Int64($0), .won, after: $0) }
    var pipeline = Pipelines.snapshot(on: day, past + open)
    pipeline.partners = [try partner ?? Books.partner(7, "Acme")]
    return DealRecommender(
      drafting: try MustacheDrafting(), now: Books.instant("\(day)T15:00:00Z"),
      analysisID: "analysis-1"
    ).recommend(
      SalesAnalysis.analyze(pipeline, rules: SalesRules(currency: Books.usd)), pipeline)
  }
}

import ActionProtocol
import Addressing
import Connectors
import Decisions
import Engine
import Foundation
import Insights
import TestSupport
import Testing

extension EighteenRulesTests {
  @Test
  func `rule 10: an invoice taken out of a reminder is not marked, nor are the others blocked`()
    async throws
  {
    let house = try await EngineHouse.withAcme()
    let second = Books.invoice("INV-2", due: "2026-01-20", cents: 20_000)
    try await house.books([second])
    let (hold, _) = try await house.hold(.dispute, .invoice("INV-2024-001"))
    let id = try await house.remind()
    #expect(try await house.card(of: id).proposal.affectedRecords.ids == [2])
    try await house.end(hold)
    try await house.passDays(6, [second])
    // INV-2 goes on with its own level; INV-2024-001 was never reminded of and begins at its first.
    let proposal = try #require(try await house.analyze().recommendation.proposals.first)
    #expect(proposal.affectedRecords.ids == [1, 2])
    #expect(
      proposal.metadata["finding"]?.objectValue?["facts"]
        == [[1, 500_000, 15], [2, 20_000, 30]])
  }

  @Test func `rule 11: a payment cancels what waits`() async throws {
    let house = try await EngineHouse.withAcme()
    let id = try await house.propose()
    try await house.approve(id)
    try await house.books([
      try Books.payment("P", of: "INV-2024-001", cents: 500_000, on: "2026-03-04")
    ])
    try await house.run()
    #expect(try await house.state(id).errorCode == "nothing_left_to_remind")
    #expect(try await house.analyze().recommendation.proposals.isEmpty)
    #expect(house.channel.calls.isEmpty)
  }

  @Test func `rule 12: reopened, the level goes on where it was, with a new approval`() async throws
  {
    let house = try await EngineHouse.withAcme()
    try await house.remind()
    try await house.passDays(
      8, [try Books.payment("P", of: "INV-2024-001", cents: 500_000, on: "2026-03-10")])
    #expect(try await house.analyze().recommendation.proposals.isEmpty)
    // The bank took it back.
    try await house.passDays(
      2, [try Books.payment("P-back", of: "INV-2024-001", cents: -500_000, on: "2026-03-13")])
    let id = try await house.propose()
    let card = try await house.card(of: id)
    #expect(EngineHouse.level(card.proposal) == 3)
    #expect(card.state.status == .pendingApproval)
  }

  @Test func `rule 13: no draft is asked for, and nothing on the day it was issued`() async throws {
    let house = try await EngineHouse(drafting: try MustacheDrafting())
    func row(_ number: String, issued: String, _ state: InvoiceRow.State) -> LedgerRow {
      var row = InvoiceRow(
        externalID: number, number: number, partner: "acme", issuedOn: LocalDate(iso: issued),
        dueOn: LocalDate(iso: "2026-01-03"), total: Money(minorUnits: 10_000, currency: Books.usd))
      row.state = state
      return .invoice(row)
    }
    try await house.books(
      try Books.acme(due: "2026-04-01") + [
        row("DRAFT", issued: "2026-01-01", .draft), row("TODAY", issued: "2026-03-04", .posted),
      ])
    #expect(try await house.skipped() == ["just_issued"])
    house.clock.advance(by: EngineHouse.day)
    #expect(try await house.level() == 1)
  }

  @Test func `rule 14: nobody is written to before an invoice is due`() async throws {
    let house = try await EngineHouse(drafting: try MustacheDrafting())
    try await house.change { $0.ladder = DunningLadder.fine.steps }
    try await house.books(try Books.acme(due: "2026-03-04"))
    let report = try await house.analyze()
    #expect(report.recommendation.proposals.isEmpty && report.overdue.customers.isEmpty)
    house.clock.advance(by: EngineHouse.day)
    #expect(try await house.level() == 1)
  }

  @Test func `rule 15: the card shows who, what, how old, the last contacts and what is next`()
    async throws
  {
    let house = try await EngineHouse.withAcme()
    try await house.remind()
    try await house.passDays(6, [Books.invoice("INV-2", due: "2026-01-20", cents: 20_000)])
    try await house.hold(.dispute, .invoice("INV-2"))
    let card = try await house.card(of: try await house.propose())
    guard case .email(_, let email) = card.proposal.operation else {
      Issue.record("no e-mail")
      return
    }
    #expect(email.recipients.map(\.rawValue) == ["billing@acmecorp.com"])
    #expect(email.bodyText.contains("INV-2024-001") && email.bodyText.contains("$5,000.00"))
    for words in [
      "66 days ago", "Left out as on hold: INV-2 (dispute).", "Reminded before on 2026-03-04.",
      "Unpaid, the next level is reached on 2026-04-03.",
    ] {
      #expect(card.proposal.reasoning.contains(words), "\(words)")
    }
    #expect(card.records.contains { $0.reference.id == 1 })
    // An edit changes words, never the facts that the plan asks about.
    let edited = try await Approvals(house.context).edit(
      house.org, card.state.id, ActionEdit(subject: "About your invoice"), by: .tester, via: "test")
    let after = try await house.card(of: edited.id)
    #expect(after.proposal.affectedRecords == card.proposal.affectedRecords)
    #expect(after.proposal.revalidationPlan == card.proposal.revalidationPlan)
  }

  @Test func `rule 16: each attempt is on record with who, when and what was said`() async throws {
    let house = try await EngineHouse.withAcme()
    let first = try await house.remind()
    try await house.passDays(6)
    let second = try await house.remind()
    for id in [first, second] {
      let attempt = try #require(try await house.attempts(id).first)
      #expect(attempt.outcome == "accepted")
      #expect(attempt.intent.channel == .email)
      let kinds = try await house.kinds(id)
      #expect(kinds.suffix(2) == ["execution.intended", "execution.accepted"])
    }
    var digests: Set<Digest> = []
    for id in [first, second] {
      if let attempt = try await house.attempts(id).first {
        digests.insert(attempt.intent.requestDigest)
      }
    }
    #expect(digests.count == 2)
  }

  @Test func `rule 17: an invoice that got more time is not asked for before`() async throws {
    let house = try await EngineHouse.withAcme()
    let id = try await house.propose()
    try await house.approve(id)
    try await house.books(try Books.acme(due: "2026-03-20"))
    try await house.run()
    #expect(house.channel.calls.isEmpty)
    #expect(try await house.state(id).status == .failed)
    house.clock.advance(by: .seconds(10 * 86_400))
    #expect(try await house.analyze().recommendation.proposals.isEmpty)
    house.clock.advance(by: .seconds(21 * 86_400))
    let again = try await house.propose()
    #expect(again != id)
    #expect(EngineHouse.level(try await house.card(of: again).proposal) == 1)
  }

  @Test func `rule 18: without an address a person is asked, never nobody`() async throws {
    let house = try await EngineHouse(drafting: try MustacheDrafting())
    try await house.books(try Books.acme(email: nil, due: "2026-01-03"))
    let id = try await house.propose()
    let card = try await house.card(of: id)
    #expect(card.state.type == .createCollectionTask)
    #expect(card.proposal.reasoning.contains("no e-mail address"))
  }
}

/// What goes wrong elsewhere, and cannot here.
@Suite struct AnchorBugTests {
  @Test func `the least amount is compared with what is open, not with what was invoiced`()
    async throws
  {
    let house = try await EngineHouse(drafting: try MustacheDrafting())
    try await house.change { $0.reminders.minimumUnits = 1000 }
    try await house.books(try Books.acme(due: "2026-01-03"))
    try await house.books([
      try Books.payment("P", of: "INV-2024-001", cents: 450_000, on: "2026-03-01")
    ])
    #expect(try await house.skipped() == ["below_minimum"])
  }

  @Test func `the age counts from the due date, not from the invoice's own`() async throws {
    let house = try await EngineHouse(drafting: try MustacheDrafting())
    // Issued 44 days ago, due 14 days ago.
    try await house.books(try Books.acme(due: "2026-02-18"))
    #expect(try await house.skipped() == ["not_yet_due_for_reminder"])
    house.clock.advance(by: EngineHouse.day)
    #expect(try await house.level() == 1)
  }

  @Test func `a payment of the last invoice does not settle the ones before it`() async throws {
    let house = try await EngineHouse.withAcme()
    try await house.books([Books.invoice("INV-2", due: "2026-01-20", cents: 20_000)])
    let id = try await house.propose()
    try await house.approve(id)
    try await house.books([
      try Books.payment("P", of: "INV-2", cents: 20_000, on: "2026-03-04")
    ])
    #expect(try await house.run().map(\.outcome) == [.reapproval(code: "invoice_2_unpaid")])
    #expect(try await house.card(of: id).proposal.affectedRecords.ids == [1])
  }

  @Test func `a day on which nobody looked loses no reminder`() async throws {
    let house = try await EngineHouse(drafting: try MustacheDrafting())
    try await house.books(try Books.acme(due: "2026-02-18"))
    #expect(try await house.level() == nil)
    // The step begins on the fifteenth day; the next look is on the twenty-third.
    house.clock.advance(by: .seconds(9 * 86_400))
    #expect(try await house.level() == 1)
  }
}

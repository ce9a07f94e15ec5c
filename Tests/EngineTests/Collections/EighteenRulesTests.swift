import ActionProtocol
import Connectors
import Decisions
import Engine
import Foundation
import Insights
import Store
import TestSupport
import Testing

/// The eighteen rules of collections, each through the whole engine.
@Suite struct EighteenRulesTests {
  @Test func `rule 1: one message per customer and currency, listing everything overdue`()
    async throws
  {
    let house = try await EngineHouse.withAcme()
    try await house.books([
      Books.invoice("INV-2", due: "2026-02-20", cents: 20_000),
      .invoice(
        InvoiceRow(
          externalID: "INV-3", number: "INV-3", partner: "acme", issuedOn: nil,
          dueOn: LocalDate(iso: "2026-01-10"),
          total: Money(minorUnits: 30_000, currency: try #require(Currency(code: "EUR"))))),
    ])
    let proposals = try await house.analyze().recommendation.proposals
    #expect(proposals.map(\.affectedRecords.ids) == [[3], [1, 2]])
    #expect(proposals.last?.estimatedImpact?.revenueChange?.minorUnits == 520_000)
  }

  @Test func `rule 2: only a delivered reminder advances the level`() async throws {
    let house = try await EngineHouse.withAcme()
    #expect(try await house.level() == 1)
    let id = try await house.remind()
    // It came back a minute later: the customer heard nothing, so the same level is asked for again.
    try await house.arrive(
      Post(
        id: "e1", kind: "rejected", provider: "provider-\(id.rawValue).1.1",
        echo: OperationID(action: id, revision: 1, call: 1), time: "2026-03-04T15:01:00Z"))
    try await house.passDays(6)
    let again = try await house.propose()
    #expect(again != id)
    #expect(EngineHouse.level(try await house.card(of: again).proposal) == 1)
    try await house.approve(again)
    try await house.run()
    // Nothing came back for a day: it counts as delivered, and the level of the age is next.
    try await house.passDays(6)
    #expect(try await house.level() == 3)
  }

  @Test func `rule 2: a call for a colleague advances nothing`() async throws {
    let house = try await EngineHouse(drafting: try MustacheDrafting())
    try await house.books(try Books.acme(email: nil, due: "2026-01-03"))
    let task = try await house.remind()
    #expect(try await house.state(task).type == .createCollectionTask)
    try await house.passDays(30)
    #expect(try await house.level() == 1)
  }

  @Test func `rule 3: who never heard of it begins at level 1, whatever the age`() async throws {
    let house = try await EngineHouse.withAcme()
    let card = try await house.card(of: try await house.propose())
    #expect(EngineHouse.level(card.proposal) == 1)
    #expect(card.proposal.reasoning.contains("60 days ago: level 1 of 4"))
    #expect(card.proposal.reasoning.contains("so it begins at level 1."))
  }

  @Test func `rule 3: after an outage the highest due level is sent once, and no missed one`()
    async throws
  {
    let house = try await EngineHouse.withAcme()
    try await house.remind()
    // Away from day 60 to day 95: level 3 is never sent.
    try await house.passDays(35)
    #expect(try await house.level() == 4)
    try await house.remind()
    for _ in 1...4 {
      try await house.passDays(7)
      let proposals = try await house.analyze().recommendation.proposals
      #expect(proposals.filter { $0.actionType == .sendInvoiceReminder }.isEmpty)
    }
    #expect(house.channel.calls.count == 2)
  }

  @Test func `rule 4: however often it runs, one card and one message`() async throws {
    let house = try await EngineHouse.withAcme()
    let first = try await house.propose()
    for _ in 1...5 {
      #expect(try await house.propose() == first)
      house.clock.advance(by: .seconds(3600 / 2))
    }
    try await house.approve(first)
    try await house.run()
    for _ in 1...3 {
      _ = try await house.analyze()
      try await house.run()
    }
    #expect(house.channel.calls.count == 1)
    #expect(try await house.actions().count == 1)
  }

  @Test func `rule 5: what was paid, disputed or suppressed since the approval is not sent`()
    async throws
  {
    let paid = try await EngineHouse.withAcme()
    let id = try await paid.propose()
    try await paid.approve(id)
    try await paid.books([
      try Books.payment("P", of: "INV-2024-001", cents: 500_000, on: "2026-03-04")
    ])
    #expect(try await paid.run().map(\.outcome) == [.failed(code: "nothing_left_to_remind")])
    let disputed = try await EngineHouse.withAcme()
    try await disputed.approve(try await disputed.propose())
    try await disputed.books([
      .dispute(
        DisputeRow(
          externalID: "D", invoice: "INV-2024-001",
          openedOn: try #require(LocalDate(iso: "2026-03-04"))))
    ])
    try await disputed.run()
    let stopped = try await EngineHouse.withAcme()
    try await stopped.approve(try await stopped.propose())
    try await stopped.suppress("billing@acmecorp.com", reason: .legal)
    try await stopped.run()
    for house in [paid, disputed, stopped] { #expect(house.channel.calls.isEmpty) }
  }

  @Test func `rule 6: what is paid in part is asked for with what is open`() async throws {
    let house = try await EngineHouse.withAcme()
    try await house.books([
      try Books.payment("P", of: "INV-2024-001", cents: 380_000, on: "2026-03-04")
    ])
    let id = try await house.remind()
    let proposal = try await house.card(of: id).proposal
    #expect(proposal.estimatedImpact?.revenueChange?.minorUnits == 120_000)
    guard case .email(let email, _, _)? = house.channel.calls.first?.content else {
      Issue.record("no e-mail")
      return
    }
    #expect(email.bodyText.contains("$1,200.00") && !email.bodyText.contains("$5,000.00"))
  }

  @Test func `rule 7: credits that cover it lead to a task, and to no letter`() async throws {
    let house = try await EngineHouse.withAcme()
    try await house.books([
      .credit(
        SettlementRow(
          externalID: "C", invoice: nil, partner: "acme",
          amount: Money(minorUnits: 500_000, currency: Books.usd),
          on: try #require(LocalDate(iso: "2026-03-04"))))
    ])
    let proposals = try await house.analyze().recommendation.proposals
    #expect(proposals.map(\.actionType) == [.createCollectionTask])
    #expect(proposals.first?.idempotencyKey?.rawValue.contains(":credit:") == true)
  }

  @Test func `rule 8: a least amount, days between, and an end with a person`() async throws {
    let small = try await EngineHouse(drafting: try MustacheDrafting())
    try await small.books(try Books.acme(due: "2026-01-03", cents: 499))
    #expect(try await small.skipped() == ["below_minimum"])
    let house = try await EngineHouse.withAcme()
    try await house.remind()
    try await house.passDays(4)
    #expect(try await house.skipped() == ["reminded_lately"])
    try await house.passDays(30)
    #expect(EngineHouse.level(try await house.card(of: house.remind()).proposal) == 4)
    try await house.passDays(6)
    let ends = try await house.analyze().recommendation.proposals
    #expect(ends.map(\.actionType) == [.createCollectionTask])
    #expect(ends.first?.reasoning.contains("reminded at the last level") == true)
    let before = try await house.actions().count
    try await house.passDays(30)
    _ = try await house.analyze()
    #expect(try await house.actions().count == before)
  }

  @Test func `rule 9: each hold keeps it back, and the others go on`() async throws {
    let house = try await EngineHouse.withAcme()
    try await house.books([Books.invoice("INV-2", due: "2026-01-20", cents: 20_000)])
    try await house.hold(.dispute, .invoice("INV-2024-001"))
    #expect(try await house.analyze().recommendation.proposals.map(\.affectedRecords.ids) == [[2]])
    try await house.hold(.pause, .customer("acme"), until: "2026-03-20")
    #expect(try await house.skipped() == ["customer_on_hold"])
  }

  @Test func `rule 9: a payment under way is waited for`() async throws {
    let house = try await EngineHouse.withAcme()
    try await house.database.write { sql in
      _ = try sql.execute("UPDATE invoices SET payment_state = 'in_payment'", [])
    }
    #expect(try await house.skipped() == ["payment_under_way"])
  }

  @Test func `rule 9: payments of last week say nothing of today, and it says why`() async throws {
    let house = try await EngineHouse.withAcme()
    let (org, now) = (house.org, house.clock.now)
    try await house.store.write { store in
      let run = ImportRunID("run-1")
      try store.beginImport(org, run, kind: .payments, asOf: now)
      try store.finishImport(org, run, ImportCounts())
    }
    try await house.passDays(7)
    #expect(try await house.level() == 1)
    try await house.passDays(1)
    let skipped = try await house.analyze().recommendation.skipped
    #expect(skipped.map(\.reason.code) == ["payments_too_old"])
    #expect(skipped.first?.reason.explanation.contains("2026-03-04") == true)
  }
}

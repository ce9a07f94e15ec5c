import ActionProtocol
import Addressing
import Connectors
import Decisions
import Engine
import Foundation
import Insights
import Store
import TestSupport
import Testing

/// What waits and rests on nothing any more is taken back by itself.
@Suite struct SupersedingTests {
  @Test func `a reminder of what was paid is withdrawn, approved or not`() async throws {
    for approves in [false, true] {
      let house = try await EngineHouse.withAcme(undoSeconds: 60)
      let id = try await house.propose()
      if approves { try await house.approve(id) }
      try await house.pay("P", "INV-2024-001", 500_000)
      #expect(try await house.supersede() == [id])
      let state = try await house.state(id)
      #expect(state.status == .rejected && state.errorCode == "superseded")
      #expect(state.rejection?.reason == "The invoice is paid or credited.")
      #expect(state.rejection?.by.rawValue == "system:engine")
      #expect(try await house.kinds(id).last == "action.withdrawn")
      house.clock.advance(by: .seconds(120))
      #expect(try await house.run().isEmpty && house.channel.calls.isEmpty)
      #expect(try await house.supersede().isEmpty)
    }
  }

  @Test(arguments: ["cancelled", "held", "later", "disputed", "never"])
  func `so is one of what is not to be asked for`(_ cause: String) async throws {
    let house = try await EngineHouse.withAcme()
    let id = try await house.propose()
    let reason: String
    switch cause {
    case "cancelled":
      try await house.acme { $0.state = .cancelled }
      reason = "The invoice is cancelled."
    case "held":
      try await house.holdAlone(.dispute, .customer(EngineHouse.acme()))
      reason = "The invoice is on hold."
    case "later":
      try await house.acme { $0.dueOn = LocalDate(iso: "2026-03-04") }
      reason = "The invoice is not due yet: its due date was moved."
    case "disputed":
      try await house.books([
        .dispute(
          DisputeRow(
            externalID: "D", invoice: "INV-2024-001",
            openedOn: try #require(LocalDate(iso: "2026-03-01"))))
      ])
      reason = "The invoice is disputed."
    default:
      try await house.acme { $0.neverRemind = true }
      reason = "The invoice is never to be reminded of."
    }
    #expect(try await house.supersede() == [id])
    #expect(try await house.state(id).rejection?.reason == reason)
  }

  @Test func `one invoice that is open keeps it, and the next analysis asks for that one`()
    async throws
  {
    for person in [true, false] {
      let house = try await EngineHouse.withAcme()
      try await house.books([Books.invoice("INV-2", due: "2026-01-20", cents: 20_000)])
      let id = try await house.propose()
      // The oldest sets the key; what remains has another one.
      try await house.pay("P", "INV-2024-001", 500_000)
      #expect(try await house.supersede().isEmpty)
      let outcomes = try await Analyst(house.context).analyze(
        house.org, asOf: nil, dryRun: false,
        by: try #require(person ? Author.tester : Author(.system, "analyzer")), via: "test"
      ).outcomes
      guard case .existing(let state, .refreshed)? = outcomes.first, outcomes.count == 1 else {
        Issue.record("\(outcomes)")
        return
      }
      #expect(state.title == "Acme Corp · INV-2")
      #expect(state.id == id && state.revision == 2 && state.status == .pendingApproval)
      let card = try await house.card(of: id)
      #expect(card.proposal.affectedRecords.ids == [2])
      guard case .email(_, let email) = card.proposal.operation else { return }
      #expect(!email.bodyText.contains("INV-2024-001") && email.bodyText.contains("$200.00"))
      guard case .existing(_, .sameFinding)? = try await house.analyze().outcomes.first else {
        Issue.record("asked anew")
        return
      }
      try await house.pay("P-2", "INV-2", 20_000)
      #expect(try await house.supersede() == [id])
    }
  }

  @Test func `several reasons are counted`() async throws {
    let house = try await EngineHouse.withAcme()
    try await house.books([
      Books.invoice("INV-2", due: "2026-01-20", cents: 20_000),
      Books.invoice("INV-3", due: "2026-01-21", cents: 20_000),
    ])
    let id = try await house.propose()
    try await house.pay("P-1", "INV-2024-001", 500_000)
    try await house.pay("P-2", "INV-2", 20_000)
    try await house.holdAlone(.pause, .invoice(3, of: EngineHouse.acme()), until: "2026-03-06")
    #expect(try await house.supersede() == [id])
    #expect(
      try await house.state(id).rejection?.reason
        == "Of the invoices that it is about, 2 are paid or credited, 1 is on hold.")
  }

  @Test func `a payment that bounces lets it be proposed again`() async throws {
    let house = try await EngineHouse.withAcme()
    let first = try await house.propose()
    try await house.pay("P", "INV-2024-001", 500_000)
    try await house.supersede()
    #expect(try await house.analyze().outcomes.isEmpty)
    try await house.pay("P-back", "INV-2024-001", -500_000)
    let second = try await house.propose()
    #expect(first != second)
    try await house.approve(second)
    #expect(try await house.run().map(\.outcome) == [.completed])
  }

  @Test func `what is on its way or went out stays as it is`() async throws {
    let house = try await EngineHouse.withAcme()
    house.channel.answer(with: .unknown(code: "timeout"))
    let id = try await house.propose()
    try await house.approve(id)
    try await house.run()
    let before = try await house.state(id)
    #expect(before.status == .executing)
    try await house.pay("P", "INV-2024-001", 500_000)
    #expect(try await house.supersede().isEmpty)
    #expect(try await house.state(id) == before)
  }

  @Test func `a follow-up ends with its deal`() async throws {
    for state in [DealRow.State.won, .lost] {
      let house = try await EngineHouse.withStalledDeal()
      let outcomes = try await SalesAnalyst(house.context).analyze(
        house.org, asOf: nil, dryRun: false, by: .tester, via: "test"
      ).outcomes
      let id = try #require(outcomes.first?.state?.id)
      #expect(try await house.supersede().isEmpty)
      try await house.stalledDeal(state)
      #expect(try await house.supersede() == [id])
      #expect(try await house.state(id).rejection?.reason == "The deal was \(state.rawValue).")
    }
  }

  @Test func `within a minute the job does it, and an analysis before it looks`() async throws {
    let house = try await EngineHouse.withAcme()
    let process = try await JobProcess(house)
    try await process.look()
    let id = try await house.propose()
    try await house.pay("P", "INV-2024-001", 500_000)
    house.clock.advance(by: .seconds(60))
    try await process.look()
    #expect(try await house.state(id).status == .rejected)
    #expect(try await house.history(.expire).first?.result["withdrawn"] == 1)
    try await process.die(house)

    let other = try await EngineHouse.withAcme()
    let second = try await other.propose()
    try await other.pay("P", "INV-2024-001", 500_000)
    _ = try await other.analyze()
    #expect(try await other.state(second).status == .rejected)
  }

  @Test func `another customer's reminder and another org's are left alone`() async throws {
    let house = try await EngineHouse(drafting: try MustacheDrafting())
    let ids = try await house.pendingReminders(3)
    try await house.pay("P", "INV-2", 10_000)
    let withdrawn = try await house.supersede()
    #expect(withdrawn.count == 1)
    for id in ids where !withdrawn.contains(id) {
      #expect(try await house.state(id).status == .pendingApproval)
    }
  }

  @Test func `looking costs the same however much was paid and sent before`() async throws {
    let house = try await EngineHouse(drafting: try MustacheDrafting())
    let tally = CountingDatabase.Tally()
    let store = SQLStore(
      database: CountingDatabase(try house.reopened(), tally), entropy: .system)
    var context = house.context
    context.store = store
    var counts: [CountingDatabase.Count] = []
    for round in 0..<2 {
      _ = try await house.pendingReminders(20, from: round * 100 + 1)
      for number in 1...20 {
        try await house.pay("P-\(round)-\(number)", "INV-\(round * 100 + number)", 10_000)
      }
      #expect(try await Superseding(house.context).withdraw(house.org).count == 20)
      tally.reset()
      #expect(try await Superseding(context).withdraw(house.org).isEmpty)
      counts.append(tally.count)
    }
    #expect(counts[0] == counts[1])
    #expect(counts[0].writes == 0)
  }
}

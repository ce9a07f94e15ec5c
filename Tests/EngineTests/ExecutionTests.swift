import ActionProtocol
import Addressing
import Connectors
import Decisions
import Engine
import Testing
import TestSupport

@Suite struct ExecutionTests {
  @Test func `an approved reminder goes out once, with every stage and entry on the books`()
    async throws
  {
    let house = try await EngineHouse.withAcme()
    let id = try await house.propose()
    try await house.approve(id)
    let reports = try await house.run()
    #expect(reports.map(\.outcome) == [.completed])
    let state = try await house.state(id)
    #expect(state.status == .completed)
    #expect(state.providerID == "provider-\(id.rawValue).1.1")
    let org = house.org
    let stages = try await house.store.read { try $0.stages(org, id) }
    #expect(stages.map(\.stage.stage) == Stage.allCases)
    #expect(stages.allSatisfy { $0.stage.result == "ok" || $0.stage.stage == .execution })
    #expect(
      try await house.kinds(id) == [
        "action.proposed", "action.approved", "execution.intended", "execution.accepted",
      ])
    #expect(try await house.run().isEmpty)
    #expect(house.channel.calls.count == 1)
  }

  @Test func `what leaves is what was approved`() async throws {
    let house = try await EngineHouse.withAcme()
    let id = try await house.propose()
    let org = house.org
    let card = try #require(try await ActionReader(house.context).card(org, id))
    try await house.approve(id)
    try await house.run()
    let call = try #require(house.channel.calls.first)
    guard case .email(let sent, let sender, _) = call.content,
      case .email(_, let shown) = card.proposal.operation
    else {
      Issue.record("not an e-mail")
      return
    }
    #expect(sent == shown)
    #expect(sender.rawValue == card.revision.sender)
    let attempt = try #require(try await house.store.read { try $0.attempts(org, id) }.first)
    #expect(attempt.intent.delivery == .sandbox)
    #expect(call.operation == attempt.intent.operation)
  }

  @Test func `the intent and the reservation are durable before the call`() async throws {
    let house = try await EngineHouse.withAcme()
    let id = try await house.propose()
    try await house.approve(id)
    let store = house.store
    let org = house.org
    let seen = SeenDuringCall()
    house.channel.duringCall { _ in
      let found = try? await store.read { store in
        (
          try store.action(org, id)?.status, try store.attempts(org, id).count,
          try store.outreachFacts(
            org, channel: .email, partners: [PartnerID(rawValue: 1)].compactMap { $0 },
            addresses: [], scopes: [],
            delivery: .sandbox
          ).lastToPartner
        )
      }
      await seen.note(found?.0, found?.1, found?.2)
    }
    try await house.run()
    #expect(await seen.status == .executing)
    #expect(await seen.attempts == 1)
    #expect(await seen.reserved == house.clock.now)
  }

  @Test func `a held or redrafted action shows the stage that stopped it`() async throws {
    let house = try await EngineHouse.withAcme()
    let id = try await house.propose()
    try await house.approve(id)
    try await house.books([
      try Books.payment("P1", of: "INV-2024-001", cents: 100, on: "2026-03-04")
    ])
    let redrafted = try #require(try await house.run().first)
    #expect(redrafted.stages.last?.stage == .revalidation)
    #expect(redrafted.stages.last?.result == "failed")
    try await house.approve(id)
    house.clock.advance(by: .seconds(25 * 3600))
    let held = try #require(try await house.run().first)
    #expect(held.stages.map(\.stage) == [.validation, .approvalCheck, .revalidation])
    #expect(held.stages.last?.detail == "stale_facts")
  }

  @Test func `an invoice paid after the approval is never reminded`() async throws {
    let house = try await EngineHouse.withAcme()
    let id = try await house.propose()
    try await house.approve(id)
    try await house.books([
      try Books.payment("pay-1", of: "INV-2024-001", cents: 500_000, on: "2026-03-04")
    ])
    let reports = try await house.run()
    #expect(reports.map(\.outcome) == [.failed(code: "nothing_left_to_remind")])
    #expect(house.channel.calls.isEmpty)
    #expect(try await house.state(id).status == .failed)
  }

  @Test func `a partial payment asks for a new approval of the smaller amount`() async throws {
    let house = try await EngineHouse.withAcme()
    let id = try await house.propose()
    try await house.approve(id)
    try await house.books([
      try Books.payment("pay-1", of: "INV-2024-001", cents: 200_000, on: "2026-03-04")
    ])
    let reports = try await house.run()
    guard case .reapproval? = reports.first?.outcome else {
      Issue.record("expected a new revision, got \(reports.map(\.outcome))")
      return
    }
    let state = try await house.state(id)
    #expect(state.status == .pendingApproval)
    #expect(state.revision == 2)
    #expect(state.approval == nil)
    #expect(house.channel.calls.isEmpty)
    try await house.approve(id)
    #expect(try await house.run().map(\.outcome) == [.completed])
    guard case .email(let email, _, _)? = house.channel.calls.first?.content else {
      Issue.record("no e-mail")
      return
    }
    #expect(email.bodyText.contains("$3,000.00"))
    #expect(!email.bodyText.contains("$5,000.00"))
  }

  @Test func `of several invoices the paid one leaves the reminder`() async throws {
    let house = try await EngineHouse.withAcme()
    try await house.books([Books.invoice("INV-2024-002", due: "2026-01-20", cents: 70_000)])
    let id = try await house.propose()
    try await house.approve(id)
    try await house.books([
      try Books.payment("pay-1", of: "INV-2024-001", cents: 500_000, on: "2026-03-04")
    ])
    try await house.run()
    #expect(try await house.state(id).status == .pendingApproval)
    try await house.approve(id)
    try await house.run()
    guard case .email(let email, _, _)? = house.channel.calls.first?.content else {
      Issue.record("no e-mail")
      return
    }
    #expect(email.subject == "Payment Reminder: Invoice INV-2024-002")
    #expect(!email.bodyText.contains("INV-2024-001"))
  }

  @Test func `a changed sender voids the approval`() async throws {
    let house = try await EngineHouse.withAcme()
    let id = try await house.propose()
    try await house.approve(id)
    let org = house.org
    try await house.store.write { store in
      var organisation = try #require(try store.organisation(org))
      organisation.sender = try .init("Somebody Else <else@harbor.example>")
      try store.save(organisation)
    }
    #expect(try await house.run().map(\.outcome) == [.reapproval(code: "digest_changed")])
    #expect(house.channel.calls.isEmpty)
  }

  @Test func `old books cannot tell, and an import lets the action go on`() async throws {
    let house = try await EngineHouse.withAcme()
    let id = try await house.propose()
    try await house.approve(id)
    house.clock.advance(by: .seconds(25 * 3600))
    try await house.run()
    #expect(try await house.state(id).hold?.reason == .staleFacts)
    #expect(house.channel.calls.isEmpty)
    try await house.books(try Books.acme(due: "2026-01-03"))
    let org = house.org
    let released = try await house.store.write { try $0.releaseHolds(org, .staleFacts) }
    #expect(released == 1)
    #expect(try await house.run().map(\.outcome) == [.completed])
  }

  @Test func `vouching for old facts does not hide what the books say afterwards`() async throws {
    let house = try await EngineHouse.withAcme()
    let id = try await house.propose()
    try await house.approve(id)
    house.clock.advance(by: .seconds(25 * 3600))
    try await house.run()
    _ = try await Approvals(house.context).confirmFacts(
      house.org, id, reason: "I looked it up.", by: .tester, via: "test")
    try await house.books([
      try Books.payment("pay-1", of: "INV-2024-001", cents: 500_000, on: "2026-03-05")
    ])
    #expect(try await house.run().map(\.outcome) == [.failed(code: "nothing_left_to_remind")])
    #expect(house.channel.calls.isEmpty)
  }

  @Test func `a message whose customer has a new address never goes to the old one`()
    async throws
  {
    let house = try await EngineHouse.withAcme()
    let id = try #require(try await house.custom("hours").state).id
    try await house.approve(id)
    try await house.books([
      .partner(
        PartnerRow(
          externalID: "acme", name: "Acme Corp", email: try EmailAddress("new@acmecorp.com"),
          phone: try PhoneNumber(e164: "+16175550123"), country: "US",
          zone: "America/New_York"))
    ])
    for _ in 0..<3 {
      try await house.run()
      #expect(try await house.state(id).status == .pendingApproval)
      try await house.approve(id)
    }
    #expect(house.channel.calls.isEmpty)
  }

  @Test func `an action is not carried out inside its undo window`() async throws {
    let house = try await EngineHouse.withAcme(undoSeconds: 60)
    let id = try await house.propose()
    let state = try await house.approve(id)
    #expect(state.hold?.reason == .undoWindow)
    #expect(try await house.run().isEmpty)
    house.clock.advance(by: .seconds(59))
    #expect(try await house.run().isEmpty)
    house.clock.advance(by: .seconds(1))
    #expect(try await house.run().map(\.outcome) == [.completed])
  }
}

/// What another reader saw while the call was under way.
actor SeenDuringCall {
  private(set) var status: ActionStatus?
  private(set) var attempts: Int?
  private(set) var reserved: Instant?
  private(set) var held = false

  func note(held: Bool) { self.held = held }

  func note(_ status: ActionStatus??, _ attempts: Int?, _ reserved: Instant??) {
    self.status = status ?? nil
    self.attempts = attempts
    self.reserved = reserved ?? nil
  }
}

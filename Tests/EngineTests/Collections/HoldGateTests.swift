import ActionProtocol
import Connectors
import Decisions
import Engine
import Foundation
import Insights
import TestSupport
import Testing

/// A hold that is placed after the approval stops the send, in the intent's own transaction.
@Suite struct HoldGateTests {
  @Test(arguments: [
    CollectionHold.Subject.invoice(1, of: EngineHouse.acme()), .customer(EngineHouse.acme()),
  ])
  func `a hold that comes after the approval stops the send`(
    _ subject: CollectionHold.Subject
  ) async throws {
    let house = try await EngineHouse.withAcme()
    let id = try await house.propose()
    try await house.approve(id)
    // Nobody withdrew anything yet: what stops it is the hold itself.
    try await house.holdAlone(.dispute, subject)
    let reports = try await house.run()
    #expect(reports.map(\.outcome) == [.failed(code: "collection_hold.dispute")])
    #expect(house.channel.calls.isEmpty)
    let state = try await house.state(id)
    #expect(state.status == .rejected && state.calls == 0)
    #expect(state.errorCode == "collection_hold.dispute")
    #expect(
      state.rejection?.reason
        == "On hold: disputed by the customer, until somebody ends it; set by "
        + "person:local:tester on 2026-03-04: they called.")
    #expect(try await house.kinds(id).suffix(1) == ["action.withdrawn"])
    try await house.run()
    #expect(house.channel.calls.isEmpty)
  }

  @Test func `each kind of hold stops what was approved`() async throws {
    for kind in CollectionHold.Kind.allCases where kind != .promise {
      let house = try await EngineHouse.withAcme()
      let id = try await house.propose()
      try await house.approve(id)
      try await house.holdAlone(
        kind, .customer(EngineHouse.acme()), until: kind == .pause ? "2026-03-06" : nil)
      try await house.run()
      #expect(house.channel.calls.isEmpty, "\(kind)")
      #expect(try await house.state(id).errorCode == "collection_hold.\(kind.rawValue)")
    }
  }

  @Test func `many go out together, and the one on hold does not`() async throws {
    let house = try await EngineHouse(drafting: try MustacheDrafting())
    let ids = try await house.approvedReminders(7)
    let org = house.org
    let held = try #require(ids.dropFirst(3).first)
    let state = try await house.state(held)
    let partner = try #require(state.partner)
    try await house.holdAlone(.ownerHandles, .customer(partner))
    let reports = try await house.run()
    #expect(reports.count { $0.outcome == .completed } == ids.count - 1)
    #expect(try await house.state(held).status == .rejected)
    let attempts = try await house.store.read { try $0.attempts(org, held) }
    #expect(attempts.isEmpty)
    #expect(house.channel.calls.count == ids.count - 1)
  }

  @Test func `a hold on what the customer became part of binds as well`() async throws {
    let house = try await EngineHouse.withAcme()
    try await house.books([
      .partner(PartnerRow(externalID: "new", name: "Acme Holding")),
      .partner(PartnerRow(externalID: "sister", name: "Acme West")),
    ])
    let id = try await house.propose()
    try await house.approve(id)
    for partner in [1, 3] {
      try await PartnerMerging(house.context).merge(
        house.org, EngineHouse.acme(Int64(partner)), into: EngineHouse.acme(2), by: .tester,
        via: "test")
    }
    try await house.holdAlone(.neverRemind, .customer(EngineHouse.acme(3)))
    try await house.run()
    #expect(house.channel.calls.isEmpty)
    #expect(try await house.state(id).errorCode == "collection_hold.never_remind")
  }

  @Test func `a hold that is over lets it go`() async throws {
    let house = try await EngineHouse.withAcme()
    try await house.holdAlone(.pause, .customer(EngineHouse.acme()), until: "2026-03-06")
    #expect(try await house.analyze().recommendation.proposals.isEmpty)
    house.clock.advance(by: .seconds(5 * 86_400))
    try await house.books(try Books.acme(due: "2026-01-03"))
    let id = try await house.propose()
    try await house.approve(id)
    #expect(try await house.run().map(\.outcome) == [.completed])
  }

  @Test func `one invoice on hold: the others are asked for again, approved anew`() async throws {
    let house = try await EngineHouse.withAcme()
    try await house.books([Books.invoice("INV-2", due: "2026-01-20", cents: 20_000)])
    let id = try await house.propose()
    try await house.approve(id)
    try await house.holdAlone(.dispute, .invoice(1, of: EngineHouse.acme()))
    #expect(try await house.run().map(\.outcome) == [.reapproval(code: "collection_hold")])
    let org = house.org
    let card = try #require(try await ActionReader(house.context).card(org, id))
    #expect(card.state.status == .pendingApproval)
    #expect(card.proposal.affectedRecords.ids == [2])
    #expect(card.proposal.reasoning.contains("Left out as on hold: INV-2024-001 (dispute)."))
    try await house.approve(id)
    try await house.run()
    guard case .email(let email, _, _)? = house.channel.calls.first?.content else {
      Issue.record("no e-mail")
      return
    }
    #expect(!email.bodyText.contains("INV-2024-001"))
  }

  @Test func `where the books are outside, a hold of ours binds all the same`() async throws {
    let house = try await EngineHouse.outside()
    let id = try await house.reminder()
    try await house.holdAlone(.dispute, .customer(EngineHouse.acme()))
    try await house.run()
    #expect(house.channel.calls.isEmpty)
    #expect(try await house.state(id).errorCode == "collection_hold.dispute")
  }

  @Test func `a task for the company's own people goes on`() async throws {
    let house = try await EngineHouse(drafting: try MustacheDrafting())
    try await house.books(try Books.acme(email: nil, due: "2026-01-03"))
    let id = try await house.propose()
    try await house.approve(id)
    try await house.holdAlone(.dispute, .customer(EngineHouse.acme()))
    #expect(try await house.run().map(\.outcome) == [.completed])
  }
}

import ActionProtocol
import Addressing
import Decisions
import Engine
import Testing
import TestSupport

@Suite struct EditingTests {
  private func edit(_ house: EngineHouse, _ id: ActionID, to: String) async throws {
    _ = try await Approvals(house.context).edit(
      house.org, id, ActionEdit(to: [try EmailAddress(to)]), by: .tester, via: "test")
  }

  private func plan(_ house: EngineHouse, _ id: ActionID) async throws -> [Predicate] {
    let card = try #require(try await ActionReader(house.context).card(house.org, id))
    return card.proposal.revalidationPlan.map(\.predicate)
  }

  @Test func `an edit cannot send to an address that stands in no record`() async throws {
    let house = try await EngineHouse.withAcme()
    let id = try await house.propose()
    let error = await #expect(throws: DecisionError.self) {
      try await edit(house, id, to: "someone@else.example")
    }
    #expect(error?.code == "edit.recipient_unknown")
    #expect(try await house.state(id).revision == 1)
  }

  @Test func `an edited recipient is checked against its own record before sending`() async throws {
    let house = try await EngineHouse.withAcme()
    let contact = ContactRow(
      externalID: "acme-billing", partner: "acme", name: "Ann",
      email: try EmailAddress("ann@acmecorp.com"), role: "billing")
    try await house.books([.contact(contact)])
    let id = try await house.propose()
    try await edit(house, id, to: "billing@acmecorp.com")
    let partner = RecordReference(model: "res.partner", id: 1)
    let asked = try await plan(house, id).filter { predicate in
      if case .fieldEquals(_, field: "email", _) = predicate { return true }
      return false
    }
    #expect(asked == [.fieldEquals(partner, field: "email", expected: "billing@acmecorp.com")])
    try await house.approve(id)
    var changed = try Books.acme(email: "new@acmecorp.com", due: "2026-01-03")
    changed.removeLast()
    try await house.books(changed)
    _ = try await house.run()
    #expect(house.channel.calls.isEmpty)
    #expect(try await house.state(id).status == .pendingApproval)
  }

  @Test func `an edit of the text keeps whose address it is`() async throws {
    let house = try await EngineHouse.withAcme()
    let id = try await house.propose()
    let before = try #require(try await ActionReader(house.context).card(house.org, id))
    _ = try await Approvals(house.context).edit(
      house.org, id, ActionEdit(subject: "Payment reminder"), by: .tester, via: "test")
    let after = try #require(try await ActionReader(house.context).card(house.org, id))
    #expect(
      after.proposal.externalEffects.map(\.recipientPartnerID)
        == before.proposal.externalEffects.map(\.recipientPartnerID))
  }

  @Test func `every edit gives the same time to decide, however old the action is`() async throws {
    let house = try await EngineHouse.withAcme()
    let id = try await house.propose()
    let first = try await house.state(id)
    let time = first.expiresAt.milliseconds - first.createdAt.milliseconds
    for number in 1...5 {
      house.clock.advance(by: .seconds(24 * 3600))
      _ = try await Approvals(house.context).edit(
        house.org, id, ActionEdit(subject: "Reminder \(number)"), by: .tester, via: "test")
      let state = try await house.state(id)
      #expect(state.expiresAt.milliseconds - house.clock.now.milliseconds == time)
    }
  }
}

import ActionProtocol
import Addressing
import Decisions
import Engine
import Insights
import Testing
import TestSupport

/// What a proposer writes into a plan adds to the house's checks and never replaces them.
@Suite struct StricterPlanTests {
  private func message(
    _ house: EngineHouse, _ plan: [Predicate] = [], partner: Int64 = 1, model: String? = nil,
    ids: [Int64] = [], key: String = "message"
  ) throws -> Proposal {
    Proposal(
      orgID: house.org,
      operation: .email(
        .xSendCustomMessage,
        SendEmail(
          to: [try EmailAddress("billing@acmecorp.com")], subject: "Hours",
          bodyText: "We are open.")),
      idempotencyKey: IdempotencyKey(rawValue: key),
      expectedEffect: "The customer knows our hours.", reasoning: "The hours have changed.",
      affectedRecords: AffectedRecords(
        model: model ?? "res.partner", ids: ids.isEmpty ? [partner] : ids,
        partnerID: PartnerID(rawValue: partner)),
      revalidationPlan: plan.enumerated().map { index, predicate in
        RevalidationCheck(
          checkID: "own_\(index)", description: "The proposer's own check", severity: .block,
          predicate: predicate)
      })
  }

  private func submit(_ house: EngineHouse, _ proposal: Proposal) async throws -> IntakeOutcome {
    try await Intake(house.context).submit(proposal, by: .tester, via: "test")
  }

  @Test func `an around-the-clock window of the proposer's does not open the org's`() async throws {
    // Wednesday, 21:00 in New York: the org's window ended at 17:00.
    let house = try await EngineHouse.withAcme(at: "2026-03-05T02:00:00Z")
    let always = try #require(
      QuietHours(
        timezone: "America/New_York", start: "00:00", end: "24:00", days: [1, 2, 3, 4, 5, 6, 7]))
    let outcome = try await submit(house, try message(house, [.quietHours(always)]))
    let id = try #require(outcome.state).id
    try await house.approve(id)
    _ = try await house.run()
    #expect(house.channel.calls.isEmpty)
    #expect(try await house.state(id).hold?.reason == .quietHours)
  }

  @Test(arguments: [
    Predicate.noDuplicateInWindow(scopeKey: "partner_1:customer", windowMinutes: 1),
    .noDuplicateInWindow(scopeKey: "partner_1:something_else", windowMinutes: 10_000),
  ])
  func `a shorter or another duplicate check does not stand in for the house's`(
    _ weak: Predicate
  ) async throws {
    let house = try await EngineHouse.withAcme()
    let id = try #require(try await submit(house, try message(house, [weak])).state).id
    let card = try #require(try await ActionReader(house.context).card(house.org, id))
    #expect(
      card.proposal.revalidationPlan.map(\.predicate).contains(
        .noDuplicateInWindow(scopeKey: "partner_1:customer", windowMinutes: 240)))
  }

  @Test func `a partner that the record does not belong to is named with its owner`() async throws {
    let house = try await EngineHouse.withAcme()
    try await house.books([
      .partner(
        PartnerRow(
          externalID: "bolt", name: "Bolt", email: nil, country: "US", zone: "America/New_York"))
    ])
    let outcome = try await submit(
      house, try message(house, partner: 2, model: "account.move", ids: [1]))
    guard case .invalid(let issues) = outcome else {
      Issue.record("\(outcome)")
      return
    }
    let issue = try #require(issues.first { $0.code == "partner_mismatch" })
    #expect(issue.pointer.rawValue == "/affected_records/partner_id")
    #expect(issue.message.contains("partner 1") && issue.message.contains("partner 2"))
  }

  @Test func `every customer of a message and every scope of its plan is counted`() async throws {
    let house = try await EngineHouse.withAcme()
    try await house.books([
      .partner(
        PartnerRow(
          externalID: "bolt", name: "Bolt", email: try EmailAddress("pay@bolt.example"),
          country: "US", zone: "America/New_York"))
    ])
    var both = try message(
      house, [.noDuplicateInWindow(scopeKey: "partner_1:campaign", windowMinutes: 600)])
    both.operation = .email(
      .xSendCustomMessage,
      SendEmail(
        to: [try EmailAddress("billing@acmecorp.com"), try EmailAddress("pay@bolt.example")],
        subject: "Hours", bodyText: "We are open."))
    both.externalEffects = both.operation.externalEffects
    both.externalEffects[0].recipientPartnerID = PartnerID(rawValue: 1)
    both.externalEffects[1].recipientPartnerID = PartnerID(rawValue: 2)
    let id = try #require(try await submit(house, both).state).id
    try await house.approve(id)
    #expect(try await house.run().map(\.outcome) == [.completed])
    // The second customer has a new address, so that only the customer itself can be recognised.
    try await house.books([
      .partner(
        PartnerRow(
          externalID: "bolt", name: "Bolt", email: try EmailAddress("new@bolt.example"),
          country: "US", zone: "America/New_York"))
    ])
    var second = try message(house, partner: 2, key: "second")
    second.operation = .email(
      .xSendCustomMessage,
      SendEmail(
        to: [try EmailAddress("new@bolt.example")], subject: "Hours", bodyText: "We are open."))
    second.externalEffects = second.operation.externalEffects
    let next = try #require(try await submit(house, second).state).id
    try await house.approve(next)
    _ = try await house.run()
    #expect(try await house.state(next).hold?.reason == .coolDown)
    let org = house.org
    let facts = try await house.store.read { store in
      try store.outreachFacts(
        org, channel: .email, partners: [], addresses: [],
        scopes: ["partner_1:campaign", "partner_1:customer", "partner_2:customer"],
        delivery: .sandbox)
    }
    #expect(facts.lastInScope.count == 3, "\(facts.lastInScope.keys.sorted())")
  }
}

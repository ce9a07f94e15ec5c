import ActionProtocol
import Addressing
import Connectors
import Decisions
import Engine
import Foundation
import Insights
import TestSupport
import Testing

/// Caps, turns and waivers in the whole pipeline.
@Suite struct OutreachCapTests {
  private static let customers = 12

  /// A house whose customers owe one invoice each, with a reminder approved for each.
  private func house(
    _ change: @escaping @Sendable (inout Organisation) -> Void
  ) async throws -> (EngineHouse, [ActionID]) {
    let house = try await EngineHouse(drafting: try MustacheDrafting())
    try await house.change { organisation in
      organisation.outreach = OutreachRules(
        coolDowns: CoolDowns(email: .zero, sms: .zero), caps: .none,
        drain: DrainPace(spread: .zero, perMinute: 20))
      change(&organisation)
    }
    return (house, try await house.approvedReminders(Self.customers))
  }

  private static func cap(_ name: String) -> OutreachCap {
    guard let cap = OutreachCap(name: name) else { preconditionFailure("a cap's name") }
    return cap
  }

  @Test func `of a batch only as many go as the org's cap leaves, the others get turns`()
    async throws
  {
    let cap = Self.cap("email.org.hour")
    let (house, ids) = try await house { $0.caps[cap] = 5 }
    let start = house.clock.now
    try await house.run()
    #expect(house.channel.calls.count == 5)
    let holds = try await waiting(house, ids)
    #expect(holds.count == 7)
    // From when the first five are an hour old on, one each twelve minutes.
    let hour = start.advanced(by: .seconds(3600))
    #expect(
      holds == (0..<7).map { Hold(reason: .cap, until: hour.advanced(by: .seconds($0 * 720))) })
    house.clock.set(Instant(milliseconds: hour.milliseconds - 1))
    #expect(try await house.run().isEmpty)
    for _ in 0..<40 where house.channel.calls.count < Self.customers {
      try await house.run()
      house.clock.advance(by: .seconds(720))
    }
    #expect(house.channel.calls.count == Self.customers)
  }

  private func waiting(_ house: EngineHouse, _ ids: [ActionID]) async throws -> [Hold] {
    var holds: [Hold] = []
    for id in ids { if let hold = try await house.state(id).hold { holds.append(hold) } }
    return holds.sorted { ($0.until?.milliseconds ?? 0) < ($1.until?.milliseconds ?? 0) }
  }

  @Test func `a raised cap lets what waits be looked at again`() async throws {
    let cap = Self.cap("email.org.hour")
    let (house, _) = try await house { $0.caps[cap] = 5 }
    try await house.run()
    try await house.change { $0.caps[cap] = 100 }
    try await house.run()
    #expect(house.channel.calls.count == Self.customers)
  }

  @Test func `many workers never exceed the cap of a company with many contacts`() async throws {
    let cap = Self.cap("email.partner.day")
    let house = try await EngineHouse.withAcme()
    try await house.change { organisation in
      organisation.outreach = OutreachRules(
        coolDowns: CoolDowns(email: .zero, sms: .zero), caps: .none, drain: .standard)
      organisation.caps[cap] = 3
    }
    var ids: [ActionID] = []
    for number in 0..<24 {
      try await house.books([
        .contact(
          ContactRow(
            externalID: "p\(number)", partner: "acme", name: "Person \(number)",
            email: try EmailAddress("p\(number)@acmecorp.com")))
      ])
      let id = try await message(
        to: try partner(Int64(2 + number)), "p\(number)@acmecorp.com", in: house)
      ids.append(id)
      try await house.approve(id)
    }
    let (context, org) = (house.context, house.org)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<8 {
        group.addTask {
          let process = ProcessLife(context)
          try await process.begin()
          _ = try await Pipeline(context, process: process).run(org: org)
          try await process.end()
        }
      }
      try await group.waitForAll()
    }
    #expect(house.channel.calls.count == 3)
    let day = house.clock.now.advanced(by: .seconds(86_400))
    for hold in try await waiting(house, ids) { #expect(hold == Hold(reason: .cap, until: day)) }
    #expect(try await waiting(house, ids).count == 21)
  }

  @Test func `a company's contacts and merged customers share cool-down and caps`() async throws {
    let house = try await EngineHouse.withAcme()
    try await house.books([
      .contact(
        ContactRow(
          externalID: "ann", partner: "acme", name: "Ann",
          email: try EmailAddress("ann@elsewhere.example"))),
      .partner(
        PartnerRow(
          externalID: "old", name: "Acme of old",
          email: try EmailAddress("old@elsewhere.example"))),
    ])
    // In the order in which they came into the books.
    let (company, ann, other) = (try partner(1), try partner(2), try partner(3))
    let first = try #require(try await house.custom("to the company").state).id
    try await house.approve(first)
    let sent = house.clock.now
    try await house.run()
    let end = sent.advanced(by: .seconds(240 * 60))
    let toAnn = try await message(to: ann, "ann@elsewhere.example", in: house)
    try await house.approve(toAnn)
    try await house.run()
    #expect(try await house.state(toAnn).hold == Hold(reason: .coolDown, until: end))
    let old = try await message(to: other, "old@elsewhere.example", in: house)
    let org = house.org
    let merging = PartnerMerging(house.context)
    try await merging.merge(org, other, into: company, by: .tester, via: "test")
    try await house.approve(old)
    try await house.run()
    #expect(try await house.state(old).hold == Hold(reason: .coolDown, until: end))
    #expect(try await house.kinds().contains("partner.merged"))
    await #expect(throws: DecisionError.self) {
      try await merging.merge(org, company, into: other, by: .tester, via: "test")
    }
  }

  private func partner(_ id: Int64) throws -> PartnerID { try #require(PartnerID(rawValue: id)) }

  private func message(
    to partner: PartnerID, _ address: String, in house: EngineHouse
  ) async throws -> ActionID {
    let proposal = Proposal(
      orgID: house.org,
      operation: .email(
        .xSendCustomMessage,
        SendEmail(
          to: [try EmailAddress(address)], subject: "Our new opening hours",
          bodyText: "We are open longer from Monday on.")),
      idempotencyKey: IdempotencyKey(rawValue: "to-\(partner.rawValue)"),
      expectedEffect: "The customer knows our new hours.",
      reasoning: "The opening hours change next week.",
      affectedRecords: AffectedRecords(
        model: "res.partner", ids: [partner.rawValue], partnerID: partner,
        partnerName: "Acme"))
    let outcome = try await Intake(house.context).submit(proposal, by: .tester, via: "test")
    return try #require(outcome.state).id
  }

  @Test func `a person lets a critical action pass the cap, by name and for this revision`()
    async throws
  {
    let cap = Self.cap("email.org.day")
    let (house, ids) = try await house { $0.caps[cap] = 1 }
    try await house.run()
    #expect(house.channel.calls.count == 1)
    var held: ActionID?
    for id in ids where try await house.state(id).hold != nil { held = id }
    let id = try #require(held)
    let (org, context) = (house.org, house.context)
    let waivers = LimitWaivers(context)
    func waive(_ reason: String, by author: Author = .tester) async throws {
      let digest = try await house.state(id).digest
      try await waivers.waive(org, id, digest: digest, reason: reason, by: author, via: "test")
    }
    let early = await #expect(throws: DecisionError.self) { try await waive("it burns") }
    #expect(early?.code == "waiver.not_critical")
    try await Priorities(context).set(org, id, to: .critical, by: .tester, via: "test")
    let silent = await #expect(throws: DecisionError.self) { try await waive(" ") }
    #expect(silent?.code == "waiver.reason")
    let agent = try #require(Author(rawValue: "agent:planner"))
    await #expect(throws: DecisionError.self) { try await waive("it burns", by: agent) }
    try await house.run()
    #expect(house.channel.calls.count == 1)
    try await waive("it burns")
    try await waive("again")
    try await house.run()
    #expect(house.channel.calls.count == 2)
    #expect(try await house.state(id).status == .completed)
    #expect(try await house.kinds(id).filter { $0 == "action.limits_waived" }.count == 1)
  }
}

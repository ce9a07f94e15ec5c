import ActionProtocol
import Addressing
import Decisions
@testable import Engine
import Foundation
import TestSupport
import Testing

/// Who may be written to for marketing, in the whole pipeline.
@Suite struct ConsentTests {
  private static let number = "+16175550123"

  private static let address = "billing@acmecorp.com"

  /// An org that asks for consents to marketing by mail.
  private func house() async throws -> EngineHouse {
    let house = try await EngineHouse.withAcme()
    try await house.change { $0.outreach.consent = .both }
    return house
  }

  private func news(_ house: EngineHouse) async throws -> ActionID {
    try #require(try await house.custom("news").state).id
  }

  private func record(
    _ house: EngineHouse, _ address: String = address, _ basis: ConsentBasis = .express,
    obtained: Instant? = nil, by author: Author = .tester
  ) async throws -> (consent: Consent, answer: ConsentInsert) {
    try await Consents(house.context).add(
      house.org,
      Consents.Wish(
        address: try SuppressionAddress(address), basis: basis, obtainedAt: obtained,
        evidence: "form:1"),
      note: "on the web form", by: author, via: "test")
  }

  private func consents(_ house: EngineHouse, _ address: String = address) async throws -> [Consent]
  {
    try await Consents(house.context).list(house.org, of: try SuppressionAddress(address)).consents
  }

  @Test func `a message of one's own words waits for a consent, and goes with it`() async throws {
    let house = try await house()
    let id = try await news(house)
    #expect(try await house.card(id).guardVerdict?.reasons.map(\.rule) == ["consent.missing"])
    try await house.approve(id)
    try await house.run()
    #expect(try await house.state(id).hold == Hold(reason: .needsPerson, until: nil))
    #expect(house.channel.calls.isEmpty)
    #expect(try await record(house).answer == .added)
    #expect(try await record(house).answer == .known)
    try await house.run()
    #expect(try await house.state(id).status == .completed)
    #expect(try await house.kinds().count { $0 == "consent.recorded" } == 1)
  }

  @Test func `not even a critical message that a person lets pass goes without one`() async throws {
    let house = try await house()
    let id = try await news(house)
    try await house.approve(id)
    try await Priorities(house.context).set(house.org, id, to: .critical, by: .tester, via: "test")
    try await LimitWaivers(house.context).waive(
      house.org, id, digest: try await house.state(id).digest, reason: "it burns", by: .tester,
      via: "test")
    try await house.run()
    #expect(house.channel.calls.isEmpty)
  }

  @Test func `a consent of two years ago that was implied has ended`() async throws {
    let house = try await house()
    let old = house.clock.now.advanced(by: .seconds(-731 * 86_400))
    _ = try await record(house, Self.address, .implied, obtained: old)
    let id = try await news(house)
    #expect(try await house.card(id).guardVerdict?.reasons.map(\.rule) == ["consent.expired"])
  }

  @Test func `where the org asks for none by mail, none is needed`() async throws {
    let house = try await house()
    let id = try await news(house)
    try await house.approve(id)
    try await house.run()
    #expect(house.channel.calls.isEmpty)
    try await house.change { $0.outreach.consent = .sms }
    try await house.run()
    #expect(try await house.state(id).status == .completed)
  }

  @Test func `letters of either case are one mailbox`() async throws {
    let house = try await house()
    _ = try await record(house, "Billing@ACMECORP.com")
    let id = try await news(house)
    #expect(try await house.card(id).guardVerdict == .send)
  }

  @Test func `each of several recipients has to have consented`() async throws {
    let house = try await house()
    let id = try await house.approved(to: [Self.address], cc: ["bob@acmecorp.com"])
    _ = try await record(house)
    let first = try await house.run().map(\.outcome)
    #expect(first == [.held(Hold(reason: .needsPerson, until: nil))])
    let reasons = try #require(try await house.card(id).guardVerdict?.reasons)
    #expect(reasons.map(\.rule) == ["consent.missing"])
    #expect(reasons.first?.address == AddressDigest.of(try EmailAddress("bob@acmecorp.com")))
    _ = try await record(house, "bob@acmecorp.com")
    #expect(try await house.card(id).guardVerdict == .send)
    let outcomes = try await house.run().map(\.outcome)
    #expect(outcomes == [.completed])
  }

  @Test func `a STOP withdraws the consent, and a later START gives a new one with its proof`()
    async throws
  {
    let house = try await house()
    _ = try await house.sentText("alert-1", "Please call us.")
    _ = try await record(house, Self.number)
    let number = try PhoneNumber(e164: Self.number)
    let stopped = house.clock.now.advanced(by: .seconds(60))
    house.clock.advance(by: .seconds(3600))
    let stop = SMSReply(providerID: "r1", from: number, text: "STOP", at: stopped)
    house.channel.hear(.done([stop]))
    _ = try await ReplyReader(house.context).read(house.org)
    #expect(try await consents(house, Self.number).map { $0.withdrawnAt != nil } == [true])
    let started = house.clock.now.advanced(by: .seconds(60))
    house.clock.advance(by: .seconds(3600))
    let start = SMSReply(providerID: "r2", from: number, text: "START", at: started)
    house.channel.hear(.done([stop, start]))
    _ = try await ReplyReader(house.context).read(house.org)
    let found = try await consents(house, Self.number)
    #expect(found.map { $0.withdrawnAt != nil } == [true, false])
    let given = try #require(found.last)
    #expect(given.basis == .express && given.scope == .all && given.obtainedAt == started)
    #expect(given.evidence == "r2" && given.source == "sms_reply")
    // The same answers once more change nothing.
    _ = try await ReplyReader(house.context).read(house.org)
    #expect(try await consents(house, Self.number) == found)
  }

  @Test func `unsubscribing withdraws the consent to mail, and a contract stays`() async throws {
    let house = try await house()
    _ = try await record(house)
    _ = try await record(house, Self.address, .contract)
    try await house.suppress(Self.address, scope: .marketing, reason: .unsubscribe)
    let found = try await consents(house)
    #expect(found.filter { $0.withdrawnAt == nil }.map(\.basis) == [.contract])
    #expect(try await house.kinds().count { $0 == "consent.withdrawn" } == 1)
  }

  @Test func `a withdrawn consent stays on record and can be withdrawn once`() async throws {
    let house = try await house()
    let consent = try await record(house).consent
    let service = Consents(house.context)
    let withdrawn = try await service.withdraw(
      house.org, consent.id, note: "asked on the phone", by: .tester, via: "test")
    #expect(withdrawn.withdrawnAt == house.clock.now)
    #expect(try await service.list(house.org).consents.isEmpty)
    #expect(try await consents(house) == [withdrawn])
    let again = await #expect(throws: DecisionError.self) {
      _ = try await service.withdraw(
        house.org, consent.id, note: "again", by: .tester, via: "test")
    }
    #expect(again?.code == "consent.unknown")
    let id = try await news(house)
    #expect(try await house.card(id).guardVerdict?.reasons.map(\.rule) == ["consent.withdrawn"])
  }

  @Test func `no agent, no domain and nobody in the future consents`() async throws {
    let house = try await house()
    let agent = try #require(Author(rawValue: "agent:planner"))
    let byAgent = await #expect(throws: DecisionError.self) {
      _ = try await record(house, by: agent)
    }
    #expect(byAgent?.code == "consent.not_a_person")
    let domain = await #expect(throws: DecisionError.self) {
      _ = try await record(house, "acmecorp.com")
    }
    #expect(domain?.code == "consent.domain")
    let future = await #expect(throws: DecisionError.self) {
      _ = try await record(house, obtained: house.clock.now.advanced(by: .seconds(1)))
    }
    #expect(future?.code == "consent.future")
    #expect(try await consents(house).isEmpty)
  }
}

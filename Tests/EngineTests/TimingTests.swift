import ActionProtocol
import Decisions
import Engine
import Testing
import TestSupport

@Suite struct TimingTests {
  @Test func `approved on Friday evening, sent on Monday at nine`() async throws {
    // 2026-03-06 is a Friday; 18:00 in New York is 23:00 UTC, and on Monday the clocks have changed.
    let house = try await EngineHouse.withAcme(at: "2026-03-06T23:00:00Z")
    let id = try await house.propose()
    try await house.approve(id)
    try await house.run()
    let held = try await house.state(id)
    #expect(held.status == .approved)
    #expect(held.hold == Hold(reason: .quietHours, until: Instant(rfc3339: "2026-03-09T13:00:00Z")))
    house.clock.set("2026-03-09T12:59:59.999Z")
    try await house.books(try Books.acme(due: "2026-01-05"))
    #expect(try await house.run().isEmpty)
    house.clock.set("2026-03-09T13:00:00Z")
    #expect(try await house.run().map(\.outcome) == [.completed])
    #expect(house.channel.calls.count == 1)
  }

  @Test func `the second message waits until exactly 240 minutes after the first intent`()
    async throws
  {
    let house = try await EngineHouse.withAcme()
    let first = try await house.propose()
    try await house.approve(first)
    let sentAt = house.clock.now
    try await house.run()
    house.clock.advance(by: .seconds(600))
    let second = try #require(try await house.custom("second").state).id
    try await house.approve(second)
    try await house.run()
    let end = sentAt.advanced(by: .seconds(240 * 60))
    #expect(try await house.state(second).hold == Hold(reason: .coolDown, until: end))
    let org = house.org
    let card = try #require(try await ActionReader(house.context).card(org, second))
    #expect(card.nextAllowed == end)
    house.clock.set(Instant(milliseconds: end.milliseconds - 1))
    #expect(try await house.run().isEmpty)
    house.clock.set(end)
    #expect(try await house.run().map(\.outcome) == [.completed])
    #expect(house.channel.calls.count == 2)
  }

  @Test func `a refused message does not start the cool-down`() async throws {
    let house = try await EngineHouse.withAcme()
    house.channel.answer(with: .refused(code: "provider.API_EXCEPTION", message: "no"))
    let first = try await house.propose()
    try await house.approve(first)
    try await house.run()
    #expect(try await house.state(first).status == .failed)
    let second = try #require(try await house.custom("second").state).id
    try await house.approve(second)
    #expect(try await house.run().map(\.outcome) == [.completed])
  }

  @Test func `a decision that comes too late is refused`() async throws {
    let house = try await EngineHouse.withAcme()
    let id = try await house.propose()
    house.clock.advance(by: .seconds(8 * 86_400))
    await #expect(throws: DecisionError.self) { try await house.approve(id) }
    try await Expiry(house.context).expire()
    #expect(try await house.state(id).status == .expired)
  }

  @Test func `what could not be sent until its deadline ends expired with the reason`()
    async throws
  {
    let house = try await EngineHouse.withAcme(at: "2026-03-06T23:00:00Z")
    let id = try await house.propose()
    let approved = try await house.approve(id)
    // Seventy-two hours after Friday 18:00 is Monday 19:00 local; the third business day ends later.
    #expect(approved.executeBy == Instant(rfc3339: "2026-03-11T21:00:00Z"))
    try await house.run()
    house.clock.set("2026-03-11T21:00:00Z")
    try await Expiry(house.context).expire()
    #expect(try await house.state(id).status == .expired)
    #expect(house.channel.calls.isEmpty)
  }

  @Test func `a payment makes what waits be looked at again at once`() async throws {
    // Friday evening: the reminder waits for Monday, and the customer pays on Saturday.
    let house = try await EngineHouse.withAcme(at: "2026-03-06T23:00:00Z")
    let id = try await house.propose()
    try await house.approve(id)
    try await house.run()
    #expect(try await house.state(id).hold?.reason == .quietHours)
    house.clock.advance(by: .seconds(12 * 3600))
    try await house.books([
      try Books.payment("pay-1", of: "INV-2024-001", cents: 500_000, on: "2026-03-07")
    ])
    let org = house.org
    let partners = try #require(PartnerID(rawValue: 1))
    let looked = try await house.store.write { try $0.recheck(org, partners: [partners]) }
    #expect(looked == 1)
    #expect(try await house.run().map(\.outcome) == [.failed(code: "nothing_left_to_remind")])
    #expect(house.channel.calls.isEmpty)
  }
}

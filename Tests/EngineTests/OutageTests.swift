import ActionProtocol
import Decisions
import Engine
import Testing
import TestSupport

@Suite struct OutageTests {
  @Test func `two minutes of refused connections end nothing that was approved`() async throws {
    let house = try await EngineHouse.withAcme()
    house.channel.answerAlways(with: .notSent(code: "connect_failed"))
    let id = try await house.propose()
    try await house.approve(id)
    for _ in 0..<24 {
      _ = try await house.run()
      house.clock.advance(by: .seconds(5))
    }
    let waiting = try await house.state(id)
    #expect(waiting.status == .approved)
    #expect(waiting.hold?.reason == .retryBackoff)
    #expect(waiting.attempts == 0)
    #expect((3...12).contains(house.channel.calls.count), "neither given up nor hammered")
    house.channel.answerAlways(with: nil)
    house.clock.advance(by: .seconds(900))
    #expect(try await house.run().map(\.outcome) == [.completed])
  }

  @Test func `while the channel is down the others wait with it`() async throws {
    let house = try await EngineHouse.withAcme()
    house.channel.answerAlways(with: .notSent(code: "name_not_found"))
    let first = try await house.propose()
    try await house.approve(first)
    _ = try await house.run()
    let until = try #require(try await house.state(first).hold?.until)
    let second = try #require(try await house.custom("second").state).id
    try await house.approve(second)
    _ = try await house.run([second])
    #expect(house.channel.calls.count == 1)
    #expect(try await house.state(second).hold == Hold(reason: .retryBackoff, until: until))
  }

  @Test func `an outage ends with the deadline of what was approved`() async throws {
    let house = try await EngineHouse.withAcme(at: "2026-03-06T23:00:00Z")
    house.channel.answerAlways(with: .notSent(code: "connect_failed"))
    let id = try await house.propose()
    let deadline = try #require(try await house.approve(id).executeBy)
    house.clock.set(Instant(milliseconds: deadline.milliseconds - 31_000))
    try await house.books(try Books.acme(due: "2026-01-05"))
    for _ in 0..<40 {
      _ = try await house.run()
      house.clock.advance(by: .seconds(1))
      _ = try await Expiry(house.context).expire()
    }
    #expect([.failed, .expired].contains(try await house.state(id).status))
  }

  @Test func `what is wrong with the message itself counts and ends after three attempts`()
    async throws
  {
    let house = try await EngineHouse.withAcme()
    house.channel.answerAlways(with: .notSent(code: "attachment_unreadable"))
    let id = try await house.propose()
    try await house.approve(id)
    for _ in 0..<6 {
      _ = try await house.run()
      house.clock.advance(by: .seconds(10))
    }
    let state = try await house.state(id)
    #expect(state.status == .failed)
    #expect(state.errorCode == "attempts_exhausted.attachment_unreadable")
    #expect(house.channel.calls.count == 3)
  }
}

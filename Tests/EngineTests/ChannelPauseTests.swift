import ActionProtocol
import Decisions
import Engine
import TestSupport
import Testing

@Suite struct ChannelPauseTests {
  private func drain(_ context: EngineContext) async throws {
    let process = ProcessLife(context)
    try await process.begin()
    try await Pipeline(context, process: process).drain(org: nil)
    try await process.end()
  }

  @Test func `a throttle pauses the channel on every process without a write at each action`()
    async throws
  {
    let house = try await EngineHouse.bare()
    let ids = try await house.approvedMessages(1...40)
    let channel = HangingChannel(answering: { _ in .throttled(retryAfter: .seconds(90)) })
    try await drain(house.context(channel, calls: 2))
    let asked = channel.calls.count
    #expect((1...4).contains(asked))
    // Another process, which has heard nothing.
    try await drain(house.context(channel, calls: 2))
    house.clock.advance(by: .seconds(89))
    try await drain(house.context(channel, calls: 2))
    #expect(channel.calls.count == asked)
    let org = house.org
    let stored = try await house.store.read { store in
      try ids.compactMap { try store.action(org, $0) }
    }
    #expect(stored.allSatisfy { $0.status == .approved && $0.attempts == 0 })
    #expect(stored.count { $0.hold != nil } <= asked + 2, "what waits behind is not written")
  }

  @Test func `lists, cards, metrics and audit say why and until when`() async throws {
    let house = try await EngineHouse.bare()
    _ = try await house.approvedMessages(1...9)
    let channel = HangingChannel(answering: { _ in .throttled(retryAfter: .seconds(60)) })
    try await drain(house.context(channel, calls: 1))
    let org = house.org
    let pause = try #require(try await house.store.read { try $0.channelPause(org, .email) })
    let until = try #require(pause.until)
    let told = house.clock.now.advanced(by: .seconds(60))
    #expect(until >= told && until <= told.advanced(by: .seconds(6)))
    let reader = ActionReader(house.context)
    let listed = try await reader.list(org, ActionFilter())
    #expect(listed.allSatisfy { $0.hold?.reason == .throttled })
    #expect(listed.filter { $0.calls == 0 }.allSatisfy { $0.hold == pause })
    let unasked = try #require(listed.first { $0.calls == 0 })
    #expect(try await reader.card(org, unasked.id)?.state.hold == pause)
    #expect(try await house.kinds().count { $0 == "channel.paused" } == 1)
    let read = try PrometheusText(await MetricsReport(house.context, further: { [] }).text())
    let lane = ["org": org.rawValue, "channel": "email"]
    #expect((read.value("aiom_channel_waiting", lane) ?? 0) >= 7)
    let paused = read.value(
      "aiom_channel_paused_until_seconds", lane.merging(["reason": "throttled"]) { $1 })
    #expect(paused == Double(until.milliseconds) / 1000)
  }

  @Test(arguments: [(0, 1), (1, 2), (2, 4)])
  func `it goes on by itself, one call at first and twice as many each second`(
    _ second: Int, _ most: Int
  ) async throws {
    let house = try await EngineHouse.bare()
    _ = try await house.approvedMessages(1...30)
    try await drain(
      house.context(
        HangingChannel(answering: { _ in .throttled(retryAfter: .seconds(60)) }), calls: 1))
    let org = house.org
    let end = try #require(try await house.store.read { try $0.channelPause(org, .email)?.until })
    house.clock.set(end.advanced(by: .seconds(second)))
    let channel = HangingChannel()
    try await drain(house.context(channel))
    #expect(try await house.count(.completed) == 30)
    #expect(channel.most <= most)
  }

  @Test func `what was turned away is no attempt, however often`() async throws {
    let house = try await EngineHouse.bare()
    let id = try #require(try await house.approvedMessages(1...1).first)
    let throttled = HangingChannel(answering: { _ in .throttled(retryAfter: nil) })
    let org = house.org
    for length in [60, 120, 240, 480, 900, 900] {
      try await drain(house.context(throttled))
      let pause = try #require(try await house.store.read { try $0.lastPause(org, .email) })
      let lasts = (pause.until.milliseconds - house.clock.now.milliseconds) / 1000
      #expect((length...length * 2).contains(Int(lasts)), "it doubles, with its jitter")
      house.clock.set(pause.until)
    }
    #expect(throttled.calls.count == 6)
    #expect(try await house.state(id).attempts == 0)
    try await drain(house.context(HangingChannel()))
    #expect(try await house.state(id).status == .completed)
  }

  @Test func `orgs of one account wait together, another account's goes on`() async throws {
    let house = try await EngineHouse.bare()
    let sister = try await house.further("sister")
    let stranger = try await house.further("stranger", key: "env:OTHER_KEY")
    _ = try await house.approvedMessages(1...1)
    let own = house.org
    let throttled = HangingChannel(answering: {
      $0.org == own ? .throttled(retryAfter: .seconds(60)) : nil
    })
    try await drain(house.context(throttled))
    _ = try await house.approvedMessages(11...11, of: sister)
    _ = try await house.approvedMessages(21...21, of: stranger)
    try await drain(house.context(throttled))
    #expect(try await house.count(.completed, of: sister) == 0)
    #expect(try await house.count(.completed, of: stranger) == 1)
    let pauses = try await house.store.read { store in
      try [own, sister, stranger].map { try store.channelPause($0, .email) != nil }
    }
    #expect(pauses == [true, true, false])
    house.clock.advance(by: .seconds(66))
    try await drain(house.context(throttled))
    #expect(try await house.count(.completed, of: sister) == 1)
  }
}

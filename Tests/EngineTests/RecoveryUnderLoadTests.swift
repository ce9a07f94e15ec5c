import ActionProtocol
import Decisions
import Engine
import Testing
import TestSupport

@Suite struct RecoveryUnderLoadTests {
  @Test func `a call that hangs does not keep what a dead process left waiting`() async throws {
    let house = try await EngineHouse.withAcme()
    let provider = ModelProvider()
    var context = house.context
    context.channels = provider
    provider.will([.loseAnswer, .accept], hang: .dead)
    // A process dies in the middle of its call.
    let left = try await house.message(1)
    provider.know(0, left)
    let dying = ProcessLife(context)
    let boot = try await dying.begin()
    let (running, org) = (context, house.org)
    let work = Task { try await Pipeline(running, process: dying).run(org: org) }
    try await provider.waits(for: 1)
    await context.liveness.release(boot)
    // Another one is in the middle of a call that hangs, before the dead one's lease is over.
    let hanging = try await house.message(2)
    provider.know(1, hanging)
    let loop = Task { try await EngineLoop(running, poll: .milliseconds(5)).run() }
    try await provider.waits(for: 2)
    #expect(try await house.state(left).hold == nil)
    house.clock.advance(by: .seconds(15))
    let end = ContinuousClock.now.advanced(by: .seconds(60))
    while try await house.state(left).hold == nil, ContinuousClock.now < end { await Task.yield() }
    #expect(try await house.state(left).hold?.reason == .outcomeUnknown)
    #expect(try await house.state(hanging).status == .executing)
    #expect(provider.count == 2)
    loop.cancel()
    provider.release(.all)
    _ = await loop.result
    _ = await work.result
  }
}

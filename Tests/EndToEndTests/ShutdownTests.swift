import ActionProtocol
import Engine
import Foundation
import Glibc
import Sandbox
import Spawning
import Testing

@Suite(.serialized) struct ShutdownTests {
  @Test func `asked to stop in the middle of work, nothing is lost, repeated or left executing`()
    async throws
  {
    let house = try await Installation()
    let ids = try await house.approvedMessages(80)
    let workers = try await Workers(2, house)
    try await eventually { await house.sandbox.mailbox.count >= 5 }
    try await workers.end()
    // All that left was recorded, and what had not is free for the next process.
    let states = try await house.states()
    #expect(states.allSatisfy { $0.status == .completed || $0.status == .approved })
    #expect(states.count { $0.status == .completed } == (await house.sandbox.mailbox.count))
    let next = try await Workers(1, house)
    try await eventually { await house.sandbox.mailbox.count == ids.count }
    try await next.end()
    let arrived = try await house.arrived()
    #expect(Set(arrived).count == ids.count)
    #expect(arrived.count == ids.count)
    try await house.close()
  }

  @Test func `a call that does not end by the deadline is cut off and becomes unknown`()
    async throws
  {
    let house = try await Installation()
    house.sandbox.setFault(.hangAfterAccepting, count: 1)
    let id = try await house.approvedMessages(1)[0]
    let worker = try await Workers(1, house, ["AIOM_SHUTDOWN_SECONDS": "1"])
    try await eventually { house.sandbox.hangingRequests == 1 }
    try await worker.end()
    let state = try #require(try await house.states().first)
    #expect(state.id == id)
    #expect(state.status == .executing)
    #expect(state.hold?.reason == .outcomeUnknown)
    #expect(try await house.store.read { try $0.liveBoots().isEmpty })
    try await house.close()
  }

  @Test func `a second signal ends it at once, and the next process takes over`() async throws {
    let house = try await Installation()
    house.sandbox.setFault(.hangAfterAccepting, count: 1)
    _ = try await house.approvedMessages(1)
    let worker = try await Workers(1, house, ["AIOM_SHUTDOWN_SECONDS": "50"])
    try await eventually { house.sandbox.hangingRequests == 1 }
    worker.signal(SIGTERM, 0)
    // A signal that comes before the first was taken would count as the same one.
    try await eventually {
      worker.signal(SIGTERM, 0)
      try await Task.sleep(for: .milliseconds(20))
      return !worker.runs[0].process.isRunning
    }
    #expect(try await worker.runs[0].end().status == 143)
    try await eventually {
      _ = try await Recovery(house.context).recover()
      return try await house.states().first?.hold?.reason == .outcomeUnknown
    }
    #expect(await house.sandbox.mailbox.count == 1)
    try await house.close()
  }
}

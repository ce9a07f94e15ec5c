import ActionProtocol
import Decisions
import Engine
import Foundation
import Sandbox
import Spawning
import Testing

@Suite(.serialized) struct CrashTests {
  private static let isSoak = ProcessInfo.processInfo.environment["AIOM_SOAK"] == "1"

  @Test(arguments: DatabaseUnderTest.Kind.available)
  func `killed between intent and answer: unknown, never sent again, completed by a search`(
    _ kind: DatabaseUnderTest.Kind
  ) async throws {
    let house = try await Installation(on: kind)
    let id = try #require(try await house.approvedMessages(1).first)
    house.sandbox.setFault(.hangAfterAccepting, count: 1)
    let run = try Binary.start(["action", "run", "--all"], house.environment)
    try await Self.until { await house.sandbox.mailbox.count == 1 }
    run.kill()
    _ = try await run.end()
    // Until its lease is over nobody may touch what it began.
    try await Self.until {
      let again = try await Binary.run(["action", "run", "--all"], house.environment)
      #expect(again.status == 0)
      return try await house.states().first?.hold?.reason == .outcomeUnknown
    }
    let held = try #require(try await house.states().first)
    #expect(held.status == .executing)
    #expect(await house.sandbox.mailbox.count == 1)
    #expect(try await Reconciler(house.context).reconcile(house.org) == 1)
    let settled = try #require(try await house.states().first)
    #expect(settled.status == .completed)
    #expect(settled.id == id)
    #expect(settled.providerID == (await house.sandbox.mailbox.messages().first?.id))
    #expect(await house.sandbox.mailbox.count == 1)
    try await house.close()
  }

  @Test(arguments: DatabaseUnderTest.Kind.available)
  func `killed before the intent: sent once after the restart`(
    _ kind: DatabaseUnderTest.Kind
  ) async throws {
    let house = try await Installation(on: kind)
    _ = try await house.approvedMessages(1)
    // While we hold the writer's lock, the process can read what is due and write nothing.
    let lock = try WriterLock(house.place)
    let name = "crash-\(UUID().uuidString.prefix(8))"
    let run = try Binary.start(["action", "run", "--all"], house.environment(of: name))
    try await Self.until { try await house.place.isWaiting(run, named: name) }
    run.kill()
    _ = try await run.end()
    lock.release()
    #expect(await house.sandbox.mailbox.count == 0)
    let again = try await Binary.run(["action", "run", "--all"], house.environment)
    #expect(again.status == 0)
    #expect(await house.sandbox.mailbox.count == 1)
    #expect(try await house.states().first?.status == .completed)
    try await house.close()
  }

  /// Kills a working process at another moment in every round; afterwards nothing is lost and
  /// nothing arrived twice.
  @Test(arguments: DatabaseUnderTest.Kind.available, 1...(isSoak ? 20 : 3))
  func `a kill in mid-work loses nothing and repeats nothing`(
    _ kind: DatabaseUnderTest.Kind, _ round: Int
  ) async throws {
    let house = try await Installation(on: kind)
    let count = 40
    let ids = try await house.approvedMessages(count)
    let run = try Binary.start(["action", "run", "--all"], house.environment)
    let killAt = (round * 13) % count + 1
    try await Self.until { await house.sandbox.mailbox.count >= killAt || !run.process.isRunning }
    run.kill()
    _ = try await run.end()
    try await Self.until {
      _ = try await Binary.run(["action", "run", "--all"], house.environment)
      _ = try await Reconciler(house.context).reconcile(house.org)
      return try await house.states().allSatisfy { state in
        state.status == .completed || state.hold?.reason == .outcomeUnknown
      }
    }
    let arrived = try await house.arrived()
    #expect(arrived.count == Set(arrived).count, "round \(round): something arrived twice")
    let states = try await house.states()
    #expect(states.count == ids.count)
    for state in states where state.status != .completed {
      // A request that was cut on its way never arrived; only a person may decide about it.
      #expect(!arrived.contains { $0.hasPrefix(state.id.rawValue) })
    }
    try await house.close()
  }

  /// Asks again until it holds; gives up loudly after a minute.
  private static func until(_ holds: () async throws -> Bool) async throws {
    let end = ContinuousClock.now.advanced(by: .seconds(60))
    while try await !holds() {
      try #require(ContinuousClock.now < end, "it did not come to it within a minute")
      await Task.yield()
    }
  }
}

import ActionProtocol
import Connectors
import Decisions
import Engine
import Synchronization
import TestSupport
import Testing

/// Another policy becomes active while messages go out.
@Suite struct PolicyRaceTests {
  @Test func `a policy that becomes active between reading and intent is found by the intent`()
    async throws
  {
    // One intent a transaction, and the next one read ahead while a call is under way.
    let house = try await EngineHouse(
      drafting: try MustacheDrafting(), configuration: EngineConfiguration(concurrentCalls: 2))
    let ids = try await house.approvedReminders(9)
    let (org, store, book) = (house.org, house.store, PolicyBook(house.context))
    let intended = Mutex<Int?>(nil)
    let changed = Policy.testing(.all("look", .require(.standard)))
    house.channel.duringCall { _ in
      guard intended.withLock({ $0 == nil }) else { return }
      guard
        let request = try? await book.request(
          org, changed, source: "file", reason: "Now.", by: .tester, via: "test")
      else { return }
      _ = try? await book.approve(
        org, request.id, digest: request.digest, by: .tester, via: "test")
      let count = try? await store.read { store in
        try ids.map { try store.attempts(org, $0).count }.reduce(0, +)
      }
      intended.withLock { $0 = $0 ?? count }
    }
    try await house.run()
    let before = try #require(intended.withLock { $0 })
    #expect((1..<9).contains(before))
    // What had its intent when the policy changed goes out; nothing else does.
    #expect(house.channel.calls.count <= before)
    let states = try await store.read { store in try ids.map { try store.action(org, $0) } }
    #expect(
      states.count { $0?.status == .pendingApproval && $0?.revision == 2 }
        == 9 - house.channel.calls.count)
  }
}

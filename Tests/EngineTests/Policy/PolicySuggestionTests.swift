import ActionProtocol
import Decisions
import Engine
import TestSupport
import Testing

@Suite struct PolicySuggestionTests {
  private static let analyzer = Author(.system, "analyzer").unsafelyUnwrapped

  @Test func `what was approved twenty times in a row is worded as a rule and tried on the past`()
    async throws
  {
    let house = try await PolicyHouse(EngineHouse.everythingAsks)
    let history = PolicyHistory(house.context)
    func suggestions() async throws -> [TriedSuggestion] {
      try await history.suggestions(house.org, for: EngineHouse.everythingAsks, pageSize: 7)
    }
    for number in 1...20 {
      #expect(try await suggestions().isEmpty)
      let task = try await house.proposeTask(Int64(number), by: Self.analyzer)
      _ = try await house.approve(task, by: .tester)
      house.house.clock.advance(by: .seconds(60))
    }
    let found = try await suggestions()
    let one = try #require(found.first)
    #expect(found.count == 1 && one.suggestion.streak.count == 20)
    #expect(one.past.count == 20 && one.past.wouldGoByItself.count == 20)
    #expect(one.past.refusedWouldGo.count == 0 && one.past.alerts.count == 0)
    // Nothing goes by itself because of a suggestion.
    let next = try await house.proposeTask(21, by: Self.analyzer)
    #expect(next.status == .pendingApproval)
    _ = try await house.approvals.reject(
      house.org, next.id, reason: "No.", by: .tester, via: "test")
    #expect(try await suggestions().isEmpty)
  }
}

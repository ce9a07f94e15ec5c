import ActionProtocol
import Decisions

/// A backtest on the newest decisions alone.
public struct RecentBacktest: Sendable {
  public var test: PolicyBacktest
  /// Whether there are older decisions, which were left out.
  public var isCut: Bool
}

extension PolicyHistory {
  /// How many decisions somebody waits for who waits before a page.
  public static let mostRecent = 5000
  /// How often all rules together are asked at most.
  private static let mostRulings = 2_000_000

  /// Two policies on the org's newest decisions: as many as are decided on while somebody waits, fewer
  /// for policies of many rules. What caps counted before the first of them is not counted.
  public func recentBacktest(
    _ org: OrgID, old: Policy, new: Policy, most: Int = mostRecent
  ) async throws -> RecentBacktest {
    let rules = max(1, old.rules.count + new.rules.count)
    let count = max(1, min(most, Self.mostRulings / rules))
    let place = try await context.store.read { try $0.pastPlace(org, beforeNewest: count) }
    let test = try await backtest(
      org, old: PolicyEngine(old), new: PolicyEngine(new), after: place)
    return RecentBacktest(test: test, isCut: place != nil)
  }
}

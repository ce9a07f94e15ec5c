import ActionProtocol
import Decisions

/// A suggestion with what it would have changed.
public struct TriedSuggestion: Sendable {
  public let suggestion: RuleSuggestion
  /// The active policy against the draft, on the whole past.
  public let past: PolicyBacktest

  /// The suggestion's members and `backtest`.
  public var json: JSONValue {
    guard case .object(var object) = suggestion.json else { return suggestion.json }
    object["backtest"] = past.json
    return .object(object)
  }
}

extension PolicyHistory {
  /// Rules that would spare persons a question they answered with yes every time, each tried on the
  /// past. Nothing changes.
  /// - Parameter progress: told how many decisions were looked at.
  public func suggestions(
    _ org: OrgID, for policy: Policy, pageSize: Int = 2000,
    progress: @Sendable (Int) -> Void = { _ in }
  ) async throws -> [TriedSuggestion] {
    var streaks = ApprovalStreaks()
    var looked = 0
    var place: PastPlace?
    repeat {
      let page = try await page(org, after: place, pageSize)
      for (decision, revision) in zip(page.decisions, page.revisions) {
        streaks.add(decision, isEdited: revision > 1)
      }
      looked += page.decisions.count
      progress(looked)
      place = page.last
    } while place != nil
    var tried: [TriedSuggestion] = []
    for suggestion in streaks.found.compactMap({ RuleSuggestion($0, for: policy) }) {
      let past = try await backtest(
        org, old: PolicyEngine(policy), new: PolicyEngine(suggestion.draft), pageSize: pageSize)
      tried.append(TriedSuggestion(suggestion: suggestion, past: past))
    }
    return tried
  }
}

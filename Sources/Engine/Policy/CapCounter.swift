import ActionProtocol
import Decisions

/// Counts what caps of a policy have to know, and gives places where a cap makes an action wait.
///
/// Places are given one after the other: writers of a database take turns, and a place that lies ahead
/// counts like one that was used.
struct CapCounter {
  let store: any StoreReading
  let org: OrgID

  /// What each cap counted. An action without the key that a cap counts by is counted alone.
  func uses(
    _ caps: [(rule: PolicyRule, cap: PolicyCap)], _ keys: [PolicyCap.Key: String]
  ) throws -> [String: CapUse] {
    var uses: [String: CapUse] = [:]
    for (rule, cap) in caps {
      let counted = try counts(rule, cap, keys)
      var sum: Int64 = 0
      for count in counted { sum = sum.addingReportingOverflow(count.amount).partialValue }
      uses[rule.id] = CapUse(
        count: Int64(counted.count), minorUnits: sum, roomAt: room(cap, counted))
    }
    return uses
  }

  /// The moment from which a cap has room for one more; nil: now.
  func room(
    _ rule: PolicyRule, _ cap: PolicyCap, _ keys: [PolicyCap.Key: String]
  ) throws -> Instant? { room(cap, try counts(rule, cap, keys)) }

  private func counts(
    _ rule: PolicyRule, _ cap: PolicyCap, _ keys: [PolicyCap.Key: String]
  ) throws -> [CapCount] {
    guard let key = keys[cap.key] else { return [] }
    let after = store.now.advanced(by: .zero - cap.per.duration)
    return try store.capCounts(org, CapQuestion(rule: rule.id, key: key, after: after))
  }

  private func room(_ cap: PolicyCap, _ counted: [CapCount]) -> Instant? {
    guard case .count(let most) = cap.limit else { return nil }
    guard most > 0, counted.count >= Int(most), let last = counted.last else { return nil }
    // Behind everybody who waits already.
    return max(counted[counted.count - Int(most)].at.advanced(by: cap.per.duration), last.at)
  }
}

import ActionProtocol
import Addressing
import Decisions
import Insights

/// Which customers' addresses no reminder may go to, so that none is proposed that would never be sent.
///
/// Only what would drop the message counts. Where a person may let it pass, it is proposed, and the
/// approval asks.
enum ClosedAddresses {
  /// Marks the addresses of some customers for messages of a type.
  static func mark(
    _ partners: inout [PartnerFacts], of customers: Set<PartnerID>, for type: ActionType,
    _ org: OrgID, _ store: any StoreReading
  ) throws {
    var digests: [(place: Int, digests: [Digest])] = []
    for (place, partner) in partners.enumerated() where customers.contains(partner.id) {
      guard let email = partner.email else { continue }
      digests.append((place, SuppressionAddress(email).digests))
    }
    let found = try store.suppressions(
      org, .email, of: Array(Set(digests.flatMap(\.digests))), at: store.now)
    let byAddress = Dictionary(grouping: found, by: \.address)
    for (place, digests) in digests {
      let facts = digests.flatMap { byAddress[$0] ?? [] }.map { SuppressionFact($0) }
      partners[place].emailClosed = closed(facts, for: type, at: store.now)
    }
  }

  /// What binds longest.
  private static func closed(
    _ facts: [SuppressionFact], for type: ActionType, at now: Instant
  ) -> ClosedAddress? {
    let forbidding = SuppressionCheck.findings(
      facts, type: type, reviewedAt: nil, now: now
    ).forbidding
    let longest = forbidding.max { first, second in
      guard let end = first.until else { return false }
      return second.until.map { end < $0 } ?? true
    }
    return longest.map { ClosedAddress(reason: words($0), until: $0.until) }
  }

  private static func words(_ reason: GuardReason) -> String {
    let word = reason.rule.split(separator: ".").last.map(String.init) ?? reason.rule
    return word.replacing("_", with: " ")
  }
}

import ActionProtocol
import Decisions

/// Partners that became one. What was sent to either counts for both from then on; what was recorded
/// stays as it was.
public struct PartnerMerging: Sendable {
  private let context: EngineContext

  public init(_ context: EngineContext) { self.context = context }

  /// Makes a partner part of another. The same again changes and records nothing.
  /// - Throws: ``DecisionError`` where both are the same, or the second is part of the first already;
  ///   store errors.
  @discardableResult
  public func merge(
    _ org: OrgID, _ partner: PartnerID, into other: PartnerID, by author: Author, via: String
  ) async throws -> PartnerAlias {
    try await context.store.write { store in
      let aliases = Dictionary(
        uniqueKeysWithValues: try store.partnerAliases(org).map { ($0.partner, $0.root) })
      let root = aliases[other] ?? other
      guard partner != other else { throw Self.itself(partner) }
      guard root != partner else { throw Self.circle(partner, other) }
      let alias = PartnerAlias(org: org, partner: partner, root: root)
      guard aliases[partner] != root else { return alias }
      try store.merge(alias)
      try store.append(
        [
          AuditEvent(
            kind: "partner.merged", actor: author.rawValue, via: via,
            subject: "partner:\(partner.rawValue)", details: ["into": .integer(root.rawValue)])
        ], org: org)
      return alias
    }
  }

  private static func itself(_ partner: PartnerID) -> DecisionError {
    DecisionError(
      .invalid, "partner.same", "\(partner.rawValue) and \(partner.rawValue) are one customer.",
      remedy: "Name the customer that is no more, then the one that it became.")
  }

  private static func circle(_ partner: PartnerID, _ other: PartnerID) -> DecisionError {
    DecisionError(
      .conflict, "partner.merged_into_itself",
      "\(other.rawValue) became part of \(partner.rawValue).",
      remedy: "They count together already; see: aiom partner list.")
  }
}

import ActionProtocol

/// A suppression of one of a message's recipients.
public struct SuppressionFact: Hashable, Sendable {
  public let scope: SuppressionScope
  public let reason: SuppressionReason
  public let since: Instant
  /// When it ends; nil: never by itself.
  public let until: Instant?
  /// The digest of the suppressed address, or of its domain.
  public let address: Digest

  public init(
    scope: SuppressionScope, reason: SuppressionReason, since: Instant, until: Instant?,
    address: Digest
  ) {
    self.scope = scope
    self.reason = reason
    self.since = since
    self.until = until
    self.address = address
  }
}

/// What suppressions say of a message (ENGINE, "Outreach guard", rule 2).
///
/// | scope | marketing | collections, relationship | transactional, internal |
/// |---|---|---|---|
/// | all | never | never | never |
/// | marketing | never | a person's review | sent; a complaint: a person's review |
/// | a purpose | never where it is the message's own | the same | the same |
///
/// A complaint asks for a review of every message, whatever its scope.
public enum SuppressionCheck {
  /// Suppressions in the way of a message.
  public struct Findings: Hashable, Sendable {
    /// The message must not be sent.
    public var forbidding: [GuardReason] = []
    /// A person who knows of it may let the message pass.
    public var reviewable: [GuardReason] = []
  }

  /// - Parameters:
  ///   - reviewedAt: when a person approved the message knowing of all suppressions there were; one
  ///     that came in the same instant or later was not known.
  ///   - now: suppressions that have ended by then do not count.
  public static func findings(
    _ suppressions: [SuppressionFact], type: ActionType, kind: MessageClass? = nil,
    reviewedAt: Instant?, now: Instant
  ) -> Findings {
    let kind = kind ?? MessageClass(type)
    var findings = Findings()
    for fact in suppressions where fact.until.map({ $0 > now }) ?? true {
      switch effect(of: fact, on: type, kind) {
      case .none: continue
      case .forbids: findings.forbidding.append(reason(fact))
      case .asks:
        if let reviewedAt, fact.since < reviewedAt { continue }
        findings.reviewable.append(reason(fact))
      }
    }
    return findings
  }

  private enum Effect { case none, asks, forbids }

  private static func effect(
    of fact: SuppressionFact, on type: ActionType, _ kind: MessageClass
  ) -> Effect {
    switch fact.scope {
    case .all: return .forbids
    case .marketing:
      switch kind {
      case .marketing: return .forbids
      case .collections, .relationship: return .asks
      case .transactional, .internal: break
      }
    case .purpose(let purpose):
      if purpose == type.rawValue || purpose == kind.rawValue { return .forbids }
    }
    return fact.reason == .complaint ? .asks : .none
  }

  private static func reason(_ fact: SuppressionFact) -> GuardReason {
    GuardReason(
      rule: "suppressed.\(fact.reason.rawValue)", hold: .needsPerson,
      limit: .suppression(fact.scope),
      until: fact.until, since: fact.since, address: fact.address)
  }
}

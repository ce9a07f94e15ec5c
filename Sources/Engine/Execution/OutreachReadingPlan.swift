import ActionProtocol
import Addressing
import Decisions

/// Which counters a message touches: read by the guard, written by the reservation.
///
/// The same value serves the preview on a card and the binding answer, so that both ask for the same.
struct OutreachReadingPlan {
  let channel: OutreachChannel?
  /// The affected customer first, then those that the recipients belong to.
  let partners: [PartnerID]
  let addresses: [Digest]
  let plan: [RevalidationCheck]
  let type: ActionType
  private let operation: TypedOperation

  init(_ proposal: Proposal, _ partner: PartnerID?) {
    channel = OutreachChannel(proposal.operation.operationType)
    partners = Self.partners(proposal, partner)
    plan = proposal.revalidationPlan
    type = proposal.actionType
    operation = proposal.operation
    addresses = Self.identities(proposal.operation).map { Digest.sha256(Array($0.utf8)) }
  }

  /// What the guard says now; nil for operations that no customer sees.
  /// - Parameter reviewedAt: when a person approved it, knowing of the suppressions there were.
  func verdict(
    _ store: any StoreReading, _ org: OrgID, _ coolDowns: CoolDowns, _ delivery: DeliveryMode,
    reviewedAt: Instant? = nil
  ) throws -> GuardVerdict? {
    guard let channel else { return nil }
    var facts = try store.outreachFacts(
      org, channel: channel, partners: partners, addresses: addresses, scopes: scopes,
      delivery: delivery)
    facts.suppressions = try suppressions(store, org)
    facts.reviewedAt = reviewedAt
    return OutreachGuard.evaluate(
      type, channel: channel, facts: facts, coolDowns: coolDowns, plan: plan, now: store.now)
  }

  /// The suppressions of any recipient, or of a recipient's domain, that bind now.
  func suppressions(_ store: any StoreReading, _ org: OrgID) throws -> [SuppressionFact] {
    guard let channel else { return [] }
    return try store.suppressions(
      org, channel, of: addresses + domains, at: store.now
    ).map(SuppressionFact.init)
  }

  private var domains: [Digest] {
    guard case .email(_, let email) = operation else { return [] }
    return Set(email.recipients.map(\.domain)).sorted().map { Digest.sha256(Array($0.utf8)) }
  }

  /// What an intent reserves; nil for operations that no customer sees.
  func reservation(
    _ intent: AttemptIntent, now: Instant, delivery: DeliveryMode
  ) -> OutreachReservation? {
    guard let channel else { return nil }
    return OutreachReservation(
      org: intent.org, operation: intent.operation, channel: channel, partners: partners,
      addresses: addresses, scopes: scopes, delivery: delivery, at: now)
  }

  private var scopes: [String] {
    var seen: Set<String> = []
    return plan.compactMap { check in
      guard case .noDuplicateInWindow(let scope, _) = check.predicate,
        seen.insert(scope).inserted
      else { return nil }
      return scope
    }
  }

  private static func partners(_ proposal: Proposal, _ affected: PartnerID?) -> [PartnerID] {
    var seen: Set<PartnerID> = []
    let named = [affected] + proposal.externalEffects.map(\.recipientPartnerID)
    return named.compactMap { $0 }.filter { seen.insert($0).inserted }
  }

  private static func identities(_ operation: TypedOperation) -> [String] {
    switch operation {
    case .email(_, let email): Array(Set(email.recipients.map(\.identity))).sorted()
    case .sms(_, let sms): [sms.to.e164]
    default: []
    }
  }
}

extension SuppressionFact {
  /// The part of a stored suppression that the guard needs.
  init(_ stored: Suppression) {
    self.init(
      scope: stored.scope, reason: stored.reason, since: stored.createdAt,
      until: stored.expiresAt, address: stored.address)
  }
}

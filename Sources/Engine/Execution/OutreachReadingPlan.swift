import ActionProtocol
import Addressing
import Decisions

/// Which counters a message touches: read by the guard, written by the reservation.
///
/// The same value serves the preview on a card and the binding answer, so that both ask for the same.
struct OutreachReadingPlan {
  let channel: OutreachChannel?
  let partner: PartnerID?
  let addresses: [Digest]
  let plan: [RevalidationCheck]

  init(_ proposal: Proposal, _ partner: PartnerID?) {
    channel = OutreachChannel(proposal.operation.operationType)
    self.partner = partner
    plan = proposal.revalidationPlan
    addresses = Self.identities(proposal.operation).map { Digest.sha256(Array($0.utf8)) }
  }

  /// What the guard says now; nil for operations that no customer sees.
  func verdict(
    _ store: any StoreReading, _ org: OrgID, _ coolDowns: CoolDowns, _ delivery: DeliveryMode
  ) throws -> GuardVerdict? {
    guard let channel else { return nil }
    let facts = try store.outreachFacts(
      org, channel: channel, partner: partner, addresses: addresses, scopes: scopes,
      delivery: delivery)
    return OutreachGuard.evaluate(
      channel: channel, facts: facts, coolDowns: coolDowns, plan: plan, now: store.now)
  }

  /// What an intent reserves; nil for operations that no customer sees.
  func reservation(
    _ intent: AttemptIntent, now: Instant, delivery: DeliveryMode
  ) -> OutreachReservation? {
    guard let channel else { return nil }
    return OutreachReservation(
      org: intent.org, operation: intent.operation, channel: channel, partner: partner,
      addresses: addresses, scope: scopes.first, delivery: delivery, at: now)
  }

  private var scopes: [String] {
    plan.compactMap { check in
      guard case .noDuplicateInWindow(let scope, _) = check.predicate else { return nil }
      return scope
    }
  }

  private static func identities(_ operation: TypedOperation) -> [String] {
    switch operation {
    case .email(_, let email): Array(Set(email.recipients.map(\.identity))).sorted()
    case .sms(_, let sms): [sms.to.e164]
    default: []
    }
  }
}

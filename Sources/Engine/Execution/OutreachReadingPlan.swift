import ActionProtocol
import Addressing
import Decisions

/// Which counters a message touches: read by the guard, written by the reservation.
///
/// The same value serves the preview on a card and the binding answer, so that both ask for the same.
struct OutreachReadingPlan: Sendable {
  let channel: OutreachChannel?
  /// The affected customer first, then those that the recipients belong to.
  let partners: [PartnerID]
  let addresses: [Digest]
  let plan: [RevalidationCheck]
  let type: ActionType
  /// Who receives it, and from where.
  let recipients: RecipientReading
  private let domains: [Digest]
  private let scopes: [String]

  init(_ proposal: Proposal, _ partner: PartnerID?) {
    channel = OutreachChannel(proposal.operation.operationType)
    partners = Self.partners(proposal, partner)
    plan = proposal.revalidationPlan
    type = proposal.actionType
    recipients = RecipientReading(proposal, partner)
    domains = Self.domains(proposal.operation)
    scopes = Self.scopes(proposal.revalidationPlan)
    addresses = Self.identities(proposal.operation).map { Digest.sha256(Array($0.utf8)) }
  }

  /// What the guard says now; nil for operations that no customer sees.
  /// - Parameter reviewedAt: when a person approved it, knowing of the suppressions there were.
  func verdict(
    _ store: any StoreReading, _ organisation: Organisation, _ delivery: DeliveryMode,
    reviewedAt: Instant? = nil
  ) throws -> GuardVerdict? {
    guard let question = question(organisation.id, delivery) else { return nil }
    let facts = try store.outreachFacts([question])[0]
    return try verdict(facts, organisation, now: store.now, reviewedAt: reviewedAt) {
      try store.record(organisation.id, $0)
    }
  }

  /// What the guard says when these facts are known; nil for operations that no customer sees.
  /// - Parameter record: reads a record of the org's books.
  func verdict(
    _ facts: OutreachFacts, _ organisation: Organisation, now: Instant, reviewedAt: Instant?,
    record: (RecordReference) throws -> LedgerRecord?
  ) throws -> GuardVerdict? {
    guard let channel else { return nil }
    var facts = facts
    facts.reviewedAt = reviewedAt
    facts.hours = try recipients.hours(organisation, record: record)
    return OutreachGuard.evaluate(
      type, channel: channel, facts: facts, coolDowns: organisation.coolDowns, plan: plan, now: now)
  }

  /// What the guard has to know; nil for operations that no customer sees.
  func question(_ org: OrgID, _ delivery: DeliveryMode) -> OutreachQuestion? {
    guard let channel else { return nil }
    return OutreachQuestion(
      org: org, channel: channel, partners: partners, addresses: addresses, domains: domains,
      scopes: scopes, delivery: delivery)
  }

  /// Where a reservation of this message counts; two messages with one in common are decided one
  /// after the other.
  func counters(of org: OrgID) -> Set<OutreachCounter> {
    guard channel != nil else { return [] }
    return Set(
      partners.map { .partner(org, $0) } + addresses.map { .address(org, $0) }
        + scopes.map { .scope(org, $0) })
  }

  /// The suppressions of any recipient, or of a recipient's domain, that bind now.
  func suppressions(_ store: any StoreReading, _ org: OrgID) throws -> [SuppressionFact] {
    guard let channel else { return [] }
    return try store.suppressions(
      org, channel, of: addresses + domains, at: store.now
    ).map(SuppressionFact.init)
  }

  private static func domains(_ operation: TypedOperation) -> [Digest] {
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

  private static func scopes(_ plan: [RevalidationCheck]) -> [String] {
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

/// Something that messages are counted for.
enum OutreachCounter: Hashable {
  case partner(OrgID, PartnerID)
  case address(OrgID, Digest)
  case scope(OrgID, String)
}

extension SuppressionFact {
  /// The part of a stored suppression that the guard needs.
  public init(_ stored: Suppression) {
    self.init(
      scope: stored.scope, reason: stored.reason, since: stored.createdAt,
      until: stored.expiresAt, address: stored.address)
  }
}

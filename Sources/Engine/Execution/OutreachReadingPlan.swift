import ActionProtocol
import Addressing
import Decisions

/// Which counters a message touches: read by the guard, written by the reservation.
///
/// The same value serves the preview on a card and the binding answer, so that both ask for the same.
struct OutreachReadingPlan: Sendable {
  let channel: OutreachChannel?
  let audience: OutreachAudience
  /// The affected customer first, then those that the recipients belong to; none where the message is
  /// for the org's own people.
  let partners: [PartnerID]
  let addresses: [Digest]
  let plan: [RevalidationCheck]
  let type: ActionType
  let kind: MessageClass
  /// Who receives it, and from where.
  let recipients: RecipientReading
  /// What the provider charges for.
  let units: MessageUnits?
  private let domains: [Digest]
  /// Of the first address of each domain the digest of the domain, where it has a cap of its own: a
  /// message to several people of a company is one.
  private let cappedDomains: [Digest: Digest]
  private let scopes: [String]

  init(_ proposal: Proposal, _ partner: PartnerID?) {
    channel = OutreachChannel(proposal.operation.operationType)
    kind = MessageClass(proposal)
    audience = OutreachAudience(kind)
    partners = audience == .internal ? [] : Self.partners(proposal, partner)
    plan = proposal.revalidationPlan
    type = proposal.actionType
    recipients = RecipientReading(proposal, partner)
    units = MessageUnits(proposal.operation)
    domains = Self.domains(proposal.operation)
    cappedDomains = Self.cappedDomains(proposal.operation)
    scopes = Self.scopes(proposal.revalidationPlan)
    addresses = Self.identities(proposal.operation).map { Digest.sha256(Array($0.utf8)) }
  }

  /// What the guard says now; nil for operations that no customer sees.
  func verdict(
    _ store: any StoreReading, _ organisation: Organisation, _ state: ActionState,
    _ prices: PriceTable
  ) throws -> GuardVerdict? {
    let record = { try store.record(organisation.id, $0) }
    let parties = try parties(record: record)
    guard
      let question = question(organisation, state.delivery, parties, now: store.now)
    else { return nil }
    let facts = try store.outreachFacts([question])[0]
    return try verdict(
      facts, organisation, state, prices, isWaived: isWaived(state, store), now: store.now,
      record: record)
  }

  /// Whether a person lets the action pass caps and budget; asked for critical ones alone.
  func isWaived(_ state: ActionState, _ store: any StoreReading) throws -> Bool {
    guard state.priority == .critical else { return false }
    return try store.limitWaiver(state.org, state.id, revision: state.revision) != nil
  }

  /// What the guard says when these facts are known; nil for operations that no customer sees.
  /// - Parameter record: reads a record of the org's books.
  func verdict(
    _ facts: OutreachFacts, _ organisation: Organisation, _ state: ActionState,
    _ prices: PriceTable, isWaived: Bool, now: Instant,
    record: (RecordReference) throws -> LedgerRecord?
  ) throws -> GuardVerdict? {
    guard let channel else { return nil }
    var facts = facts
    facts.reviewedAt = state.approval?.at
    facts.hours = try recipients.hours(organisation, record: record)
    let message = OutreachMessage(
      type, channel, kind: kind, plan: plan, priority: state.priority, isWaived: isWaived,
      identity: Digest.sha256(Array(state.id.rawValue.utf8)), executeBy: state.executeBy,
      recipients: addresses, cost: units?.cost(prices, state.delivery) ?? 0)
    return OutreachGuard.evaluate(message, facts: facts, rules: organisation.outreach, now: now)
  }

  /// What the guard has to know; nil for operations that no customer sees.
  /// - Parameters:
  ///   - parties: of ``parties(record:)``.
  ///   - ahead: how many messages may be counted before this one and after the question.
  func question(
    _ organisation: Organisation, _ delivery: DeliveryMode, _ parties: [PartnerID], now: Instant,
    ahead: Int = 0
  ) -> OutreachQuestion? {
    guard let channel else { return nil }
    let rules = organisation.outreach
    return OutreachQuestion(
      org: organisation.id, channel: channel, partners: parties, addresses: addresses,
      domains: domains, scopes: scopes, delivery: delivery, audience: audience,
      cappedDomains: Set(cappedDomains.values).sorted { $0.hex < $1.hex },
      ranks: organisation.caps.ranks(audience, channel, ahead: ahead),
      month: rules.budget.limit(channel) == nil ? nil : organisation.month(of: now),
      needsConsent: ConsentCheck.isNeeded(type, channel, rules.consent))
  }

  /// The customers that the message counts for: each with the company that it belongs to, so that a
  /// company's contacts count towards the company.
  /// - Parameter record: reads a record of the org's books.
  func parties(record: (RecordReference) throws -> LedgerRecord?) throws -> [PartnerID] {
    var found: [PartnerID] = []
    for partner in partners where !found.contains(partner) {
      found += try PartnerLine.of(partner, record: record).filter { !found.contains($0) }
    }
    return found
  }

  /// Where a reservation of this message counts; two messages with one in common are decided one
  /// after the other.
  func counters(of org: OrgID, _ parties: [PartnerID]) -> Set<OutreachCounter> {
    guard channel != nil else { return [] }
    return Set(
      parties.map { .partner(org, $0) } + addresses.map { .address(org, $0) }
        + scopes.map { .scope(org, $0) })
  }

  /// The records that say who is reached and where they are.
  var records: [RecordReference] { recipients.recipients + partners.map { .partner($0) } }

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
  /// - Parameter record: reads a record of the org's books.
  func reservation(
    _ intent: AttemptIntent, _ organisation: Organisation, _ prices: PriceTable, now: Instant,
    delivery: DeliveryMode, record: (RecordReference) throws -> LedgerRecord?
  ) throws -> OutreachReservation? {
    guard let channel else { return nil }
    return OutreachReservation(
      org: intent.org, operation: intent.operation, channel: channel,
      partners: try parties(record: record), addresses: addresses, scopes: scopes,
      delivery: delivery, at: now, audience: audience, domains: cappedDomains,
      cost: units?.cost(prices, delivery) ?? 0, month: organisation.month(of: now))
  }

  private static func cappedDomains(_ operation: TypedOperation) -> [Digest: Digest] {
    guard case .email(_, let email) = operation else { return [:] }
    var found: [Digest: Digest] = [:]
    var seen: Set<String> = []
    for recipient in email.recipients
    where !MailboxProviders.isOne(recipient.domain) && seen.insert(recipient.domain).inserted {
      let address = Digest.sha256(Array(recipient.identity.utf8))
      found[address] = Digest.sha256(Array(recipient.domain.utf8))
    }
    return found
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

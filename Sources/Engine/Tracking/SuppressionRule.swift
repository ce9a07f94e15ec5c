import ActionProtocol
import Decisions

/// What an event forbids from now on.
///
/// Whatever the order in which events come, the same events leave the same suppressions: a rule asks
/// for all events of the address, not for what was there when this one came.
struct SuppressionRule {
  /// After so many soft bounces in a row, or ``manyInWindow`` within ``window``, an address rests.
  static let inARow = 3
  static let manyInWindow = 5
  static let window: Duration = .seconds(30 * 86_400)
  static let rest: Duration = .seconds(7 * 86_400)
  static let source = "webhook"

  let store: any StoreTransaction
  let entropy: Entropy
  /// That of the event's call: events of others are not weighed with it.
  let delivery: DeliveryMode

  /// - Parameter attempt: the call the event belongs to, where one is known.
  func apply(_ stored: StoredEvent, _ attempt: AttemptRecord?) throws {
    guard let address = try address(stored, attempt) else { return }
    switch stored.event.kind {
    case .hardBounced:
      try add(stored, address, .all, .hardBounce)
    case .bounced:
      // The provider did not say; a permanent code does.
      if stored.event.code?.first == "5" { try add(stored, address, .all, .hardBounce) }
    case .softBounced, .delivered:
      try weighSoftBounces(stored, address)
    case .complained:
      try add(stored, address, .marketing, .complaint)
    case .unsubscribed, .resubscribed:
      try weighSubscription(stored, address)
    case .smsOptOut:
      try add(stored, address, .all, .stop)
    case .processed, .opened, .clicked, .rejected, .smsSending, .smsSubmitted, .smsDelivered,
      .smsFailed, .smsRejected, .unknown:
      return
    }
  }

  /// The event's recipient, or the only one that the call had.
  private func address(_ stored: StoredEvent, _ attempt: AttemptRecord?) throws -> Digest? {
    if let known = stored.recipientDigest { return known }
    guard let attempt else { return nil }
    let addresses = try store.addresses(attempt.intent.org, attempt.intent.operation)
    return addresses.count == 1 ? addresses.first : nil
  }

  private func add(
    _ stored: StoredEvent, _ address: Digest, _ scope: Suppression.Scope,
    _ reason: Suppression.Reason, until end: Instant? = nil
  ) throws {
    let suppression = Suppression(
      org: stored.org, id: entropy.uuid7(store.now), channel: stored.event.channel,
      address: address, scope: scope, reason: reason, source: Self.source, createdAt: store.now,
      expiresAt: end, evidence: stored.event.eventID, addressText: stored.event.recipient)
    try ConsentBook(store: store).withdraw(after: suppression, by: .engine, via: Self.source)
    guard try store.insert(suppression) == .added else { return }
    try append("suppression.added", suppression)
  }

  // MARK: - Soft bounces

  private func weighSoftBounces(_ stored: StoredEvent, _ address: Digest) throws {
    let known = try active(stored, address, .softBounce)
    // A delivery changes something only where bounces had led to a rest.
    guard stored.event.kind == .softBounced || known != nil else { return }
    let since = Instant(
      milliseconds: store.now.milliseconds - 2 * Self.window.wholeMilliseconds)
    let history = try store.bounceHistory(stored.org, address, delivery, since: since)
    guard let last = Self.lastOfTooMany(history) else {
      if let known { try remove(known) }
      return
    }
    let end = last.advanced(by: Self.rest)
    guard let known else {
      if end > store.now { try add(stored, address, .all, .softBounce, until: end) }
      return
    }
    if known.expiresAt != end {
      try store.setEnd(stored.org, suppression: known.id, at: end)
    }
  }

  /// When the last soft bounce happened that made them too many; nil where they never were.
  static func lastOfTooMany(_ history: [StoredEvent]) -> Instant? {
    var run = 0
    var recent: [Instant] = []
    var found: Instant?
    for event in history {
      guard event.event.kind == .softBounced else {
        run = 0
        continue
      }
      run += 1
      recent.append(event.at)
      let start = event.at.milliseconds - window.wholeMilliseconds
      recent.removeAll { $0.milliseconds < start }
      if run >= inARow || recent.count >= manyInWindow { found = event.at }
    }
    return found
  }

  // MARK: - Subscriptions

  /// The later of the two words counts, whichever came first.
  private func weighSubscription(_ stored: StoredEvent, _ address: Digest) throws {
    let out = try last(.unsubscribed, stored, address)
    let back = try last(.resubscribed, stored, address)
    let known = try active(stored, address, .unsubscribe)
    guard let out else { return }
    if let back, back > out {
      // Only what an event of the provider brought is taken back by one.
      if let known, known.source == Self.source { try remove(known) }
    } else if known == nil {
      try add(stored, address, .marketing, .unsubscribe)
    }
  }

  private func last(
    _ kind: ProviderEvent.Kind, _ stored: StoredEvent, _ address: Digest
  ) throws -> Instant? {
    // The event at hand may name no recipient; then it is not among those of the address.
    let own = stored.event.kind == kind ? stored.at : nil
    let known = try store.lastEvent(stored.org, address, kind, delivery)?.at
    return [own, known].compactMap { $0 }.max()
  }

  private func active(
    _ stored: StoredEvent, _ address: Digest, _ reason: Suppression.Reason
  ) throws -> Suppression? {
    try store.suppressions(
      stored.org, stored.event.channel, of: [address], at: store.now
    ).first { $0.reason == reason }
  }

  private func remove(_ suppression: Suppression) throws {
    guard try store.removeSuppression(suppression.org, suppression.id, at: store.now) else {
      return
    }
    try append("suppression.removed", suppression)
  }

  private func append(_ kind: String, _ suppression: Suppression) throws {
    try store.append(
      [
        AuditEvent(
          kind: kind, actor: Author.engine.rawValue, via: Self.source,
          subject: "suppression:\(suppression.id)", details: suppression.details,
          personal: suppression.addressText.map { ["address": Array($0.utf8)] } ?? [:])
      ], org: suppression.org)
  }
}

extension Suppression {
  /// For audit entries: never the address nor its digest.
  var details: JSONObject {
    [
      "channel": .string(channel.rawValue), "scope": .string(scope.rawValue),
      "reason": .string(reason.rawValue), "source": .string(source),
      "expires_at": expiresAt.map { .string($0.rfc3339) } ?? .null,
      "evidence": evidence.map { .string($0) } ?? .null,
    ]
  }
}

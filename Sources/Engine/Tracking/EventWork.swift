import ActionProtocol
import Decisions

/// What became of an event that was looked at.
struct WorkedEvent: Sendable {
  let event: StoredEvent
  /// Nil: it waits.
  var attribution: EventAttribution?
  var operation: OperationID?
  /// The code of an alert that was raised.
  var alert: String?
}

/// One event inside a write transaction: where it belongs, what it proves, what it forbids.
struct EventWork {
  /// Waits between looks for the call of a message's id, from the event's arrival. The first covers
  /// an answer that is just being recorded; the later ones cover outcomes that a search settles.
  private static let waits: [Duration] = [
    .seconds(2), .seconds(10), .seconds(60), .seconds(300), .seconds(900), .seconds(3600),
    .seconds(6 * 3600),
  ]
  /// As long as the provider posts an event again, and longer than its activity can be searched on
  /// the smallest plan.
  private static let patience: Duration = .seconds(5 * 86_400)

  let store: any StoreTransaction
  let entropy: Entropy

  func run(_ stored: StoredEvent) throws -> WorkedEvent {
    let isElsewhere =
      try stored.event.operation.map { try store.isElsewhere(stored.org, $0.action) } ?? false
    if let operation = stored.event.operation {
      switch (try store.attempt(stored.org, operation), isElsewhere) {
      case (let attempt?, false):
        return try attribute(stored, to: attempt, .operation)
      case (nil, true):
        try store.forgetRecipient(stored.org, event: stored.event.eventID)
        return try end(stored, .foreign)
      case (_?, true), (nil, false):
        break
      }
    }
    if let id = stored.event.providerID {
      let channel = stored.event.channel
      if let attempt = try store.attempt(stored.org, channel: channel, providerID: id) {
        return try attribute(stored, to: attempt, .providerID)
      }
    }
    if stored.event.operation != nil, !isElsewhere { return try end(stored, .unknownOperation) }
    if try optsOut(stored) { return try end(stored, .address) }
    return try wait(stored)
  }

  private func attribute(
    _ stored: StoredEvent, to attempt: AttemptRecord, _ how: EventAttribution
  ) throws -> WorkedEvent {
    let operation = attempt.intent.operation
    try store.settle(stored.org, event: stored.event.eventID, how, operation)
    var worked = WorkedEvent(event: stored, attribution: how, operation: operation)
    if stored.event.kind.provesAcceptance, attempt.wantsProof(of: stored.event.providerID) {
      worked.alert = try AcceptanceProof(store: store).apply(
        attempt.intent, providerID: stored.event.providerID, source: "webhook",
        via: "webhook"
      ).alert
    }
    if let own = try ownDelivery(stored.org), attempt.intent.delivery == own {
      try SuppressionRule(store: store, entropy: entropy, delivery: own).apply(stored, attempt)
    }
    return worked
  }

  /// The delivery of which events say something about customers.
  private func ownDelivery(_ org: OrgID) throws -> DeliveryMode? {
    try store.organisation(org)?.mode.ownDelivery
  }

  /// An opt-out that names no message counts where the org has written to the number.
  private func optsOut(_ stored: StoredEvent) throws -> Bool {
    guard stored.event.kind == .smsOptOut, let address = stored.recipientDigest,
      let own = try ownDelivery(stored.org),
      try store.hasWritten(stored.org, to: address, .sms, own)
    else { return false }
    try SuppressionRule(store: store, entropy: entropy, delivery: own).apply(stored, nil)
    return true
  }

  private func wait(_ stored: StoredEvent) throws -> WorkedEvent {
    let end = stored.receivedAt.advanced(by: Self.patience)
    guard stored.event.providerID != nil, store.now < end else {
      return try self.end(stored, .unmatched)
    }
    let pause = Self.waits[min(stored.looks, Self.waits.count - 1)]
    try store.postpone(
      stored.org, event: stored.event.eventID, until: store.now.advanced(by: pause))
    return WorkedEvent(event: stored)
  }

  private func end(_ stored: StoredEvent, _ how: EventAttribution) throws -> WorkedEvent {
    try store.settle(stored.org, event: stored.event.eventID, how, nil)
    return WorkedEvent(event: stored, attribution: how)
  }
}

extension AttemptRecord {
  /// Whether proof of acceptance would still tell something: the outcome is open, unknown or
  /// recorded otherwise, or the provider's id is missing or another one.
  func wantsProof(of id: String?) -> Bool {
    if isAccepted { return id != nil && id != providerID }
    return provenAt == nil
  }
}

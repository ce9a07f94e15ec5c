import ActionProtocol
import Decisions
import Engine

extension SQLTransaction {
  func insert(_ stored: StoredEvent) throws -> Bool {
    let event = stored.event
    return try sql.execute(
      """
      INSERT INTO provider_events (org_id, event_id, webhook_id, received_at, state, look_at, kind,
        name, channel, provider_id, operation, recipient, recipient_digest, occurred_at,
        mail_message_id, code, attribution, body)
      VALUES ($1, $2, $3, $4, $5, $4, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
      ON CONFLICT (org_id, event_id) DO NOTHING
      """,
      [
        .text(stored.org.rawValue), .text(event.eventID), .text(stored.endpoint),
        .instant(stored.receivedAt), .text(stored.state.rawValue), .text(event.kind.rawValue),
        .text(event.name), .text(event.channel.rawValue), .optional(event.providerID),
        .optional(event.operation?.rawValue), .optional(event.recipient),
        .optional(stored.recipientDigest?.hex), .optional(event.occurredAt),
        .optional(event.mailMessageID), .optional(event.code),
        .optional(stored.attribution?.rawValue), stored.body.map { .blob($0) } ?? .null,
      ]) == 1
  }

  func settle(
    _ org: OrgID, event id: String, _ attribution: EventAttribution, _ operation: OperationID?
  ) throws {
    try sql.execute(
      """
      UPDATE provider_events SET state = 'done', attribution = $1, action_id = $2, revision = $3,
        call = $4
      WHERE org_id = $5 AND event_id = $6
      """,
      [
        .text(attribution.rawValue), .optional(operation?.action.rawValue),
        .optional(operation.map { Int64($0.revision) }),
        .optional(operation.map { Int64($0.call) }), .text(org.rawValue), .text(id),
      ])
  }

  func forgetRecipient(_ org: OrgID, event id: String) throws {
    try sql.execute(
      """
      UPDATE provider_events SET recipient = NULL, recipient_digest = NULL, mail_message_id = NULL
      WHERE org_id = $1 AND event_id = $2
      """, [.text(org.rawValue), .text(id)])
  }

  func postpone(_ org: OrgID, event id: String, until: Instant) throws {
    try sql.execute(
      """
      UPDATE provider_events SET state = 'waiting', look_at = $1, looks = looks + 1
      WHERE org_id = $2 AND event_id = $3 AND state <> 'done'
      """, [.instant(until), .text(org.rawValue), .text(id)])
  }

  func wakeEvents(_ org: OrgID, _ channel: OutreachChannel, providerID: String) throws {
    try sql.execute(
      """
      UPDATE provider_events SET look_at = $1
      WHERE org_id = $2 AND channel = $3 AND provider_id = $4 AND state = 'waiting'
        AND look_at > $1
      """,
      [.instant(now), .text(org.rawValue), .text(channel.rawValue), .text(providerID)])
  }

  func eraseRawEvents(before: Instant, limit: Int) throws -> Int {
    try sql.execute(
      """
      UPDATE provider_events SET recipient = NULL, body = NULL
      WHERE (org_id, event_id) IN (
        SELECT org_id, event_id FROM provider_events
        WHERE (recipient IS NOT NULL OR body IS NOT NULL) AND received_at < $1
        ORDER BY received_at LIMIT $2)
      """, [.instant(before), .integer(Int64(limit))])
  }

  func events(_ org: OrgID, _ id: ActionID) throws -> [ActionEvent] {
    let stored = try sql.all(
      Self.selectEvent + " WHERE org_id = $1 AND action_id = $2",
      [.text(org.rawValue), .text(id.rawValue)], event)
    return Self.inOrder(stored).compactMap { stored in
      stored.operation.map {
        ActionEvent(
          operation: $0, event: stored.event, recipientDigest: stored.recipientDigest,
          receivedAt: stored.receivedAt)
      }
    }
  }

  func strayEvents(_ org: OrgID, limit: Int) throws -> [StoredEvent] {
    try sql.all(
      Self.selectEvent
        + """
         WHERE org_id = $1 AND state = 'done' AND action_id IS NULL
        ORDER BY received_at DESC, event_id LIMIT $2
        """, [.text(org.rawValue), .integer(Int64(limit))], event)
  }

  func newestEvents(_ org: OrgID, limit: Int) throws -> [StoredEvent] {
    try sql.all(
      Self.selectEvent + " WHERE org_id = $1 ORDER BY received_at DESC, event_id LIMIT $2",
      [.text(org.rawValue), .integer(Int64(limit))], event)
  }

  func dueEvents(at now: Instant, limit: Int) throws -> [StoredEvent] {
    try sql.all(
      Self.selectEvent
        + " WHERE state <> 'done' AND look_at <= $1 ORDER BY look_at LIMIT $2",
      [.instant(now), .integer(Int64(limit))], event)
  }

  func dueEvent(_ org: OrgID, _ id: String) throws -> StoredEvent? {
    try sql.first(
      Self.selectEvent
        + " WHERE org_id = $1 AND event_id = $2 AND state <> 'done' AND look_at <= $3",
      [.text(org.rawValue), .text(id), .instant(now)], event)
  }

  func bounceHistory(
    _ org: OrgID, _ address: Digest, _ delivery: DeliveryMode, since: Instant
  ) throws -> [StoredEvent] {
    let found = try sql.all(
      Self.selectEvent
        + """
         WHERE org_id = $1 AND recipient_digest = $2 AND kind IN ('soft_bounced', 'delivered')
          AND COALESCE(occurred_at, received_at) >= $3 AND action_id IS NOT NULL
          AND \(Self.ofCall(in: "$4"))
        """,
      [
        .text(org.rawValue), .text(address.hex), .instant(since), .text(delivery.rawValue),
      ], event)
    return Self.inOrder(found)
  }

  func lastEvent(
    _ org: OrgID, _ address: Digest, _ kind: ProviderEvent.Kind, _ delivery: DeliveryMode
  ) throws -> StoredEvent? {
    let found = try sql.all(
      Self.selectEvent
        + """
         WHERE org_id = $1 AND recipient_digest = $2 AND kind = $3 AND action_id IS NOT NULL
          AND kind IN ('soft_bounced', 'delivered', 'unsubscribed', 'resubscribed')
          AND \(Self.ofCall(in: "$4"))
        """,
      [
        .text(org.rawValue), .text(address.hex), .text(kind.rawValue), .text(delivery.rawValue),
      ], event)
    return Self.inOrder(found).last
  }

  /// A rehearsal's events say nothing about live, nor the other way round.
  private static func ofCall(in delivery: String) -> String {
    """
    EXISTS (SELECT 1 FROM attempts AS call
        WHERE call.org_id = provider_events.org_id
          AND call.action_id = provider_events.action_id
          AND call.revision = provider_events.revision AND call.call = provider_events.call
          AND call.delivery = \(delivery))
    """
  }

  /// By the time they happened; what happened at one instant by id, so that the order in which
  /// events came never shows.
  private static func inOrder(_ events: [StoredEvent]) -> [StoredEvent] {
    events.sorted { ($0.at, $0.event.eventID) < ($1.at, $1.event.eventID) }
  }

  private static let selectEvent = """
    SELECT org_id, event_id, webhook_id, received_at, state, looks, kind, name, channel,
      provider_id, operation, recipient, recipient_digest, occurred_at, mail_message_id, code,
      attribution, action_id, revision, call, body
    FROM provider_events
    """

  private func event(_ row: any SQLRow) throws -> StoredEvent {
    guard let org = OrgID(rawValue: row.text(0)),
      let state = StoredEvent.State(rawValue: row.text(4)),
      let channel = OutreachChannel(rawValue: row.text(8))
    else { throw StoreError(code: "corrupt", detail: "a column of an event") }
    let event = ProviderEvent(
      eventID: row.text(1), kind: ProviderEvent.Kind(rawValue: row.text(6)) ?? .unknown,
      name: row.text(7), channel: channel, providerID: row.optionalText(9),
      operation: row.optionalText(10).flatMap { OperationEcho.read($0) },
      recipient: row.optionalText(11), occurredAt: row.optionalInstant(13),
      mailMessageID: row.optionalText(14), code: row.optionalText(15))
    var stored = StoredEvent(
      org: org, event: event, endpoint: row.text(2), receivedAt: row.instant(3), state: state,
      attribution: row.optionalText(16).flatMap { EventAttribution(rawValue: $0) },
      body: row.isNull(20) ? nil : row.blob(20))
    stored.recipientDigest = row.optionalText(12).flatMap { Digest(hex: $0) }
    stored.looks = Int(row.integer(5))
    if let action = row.optionalText(17).flatMap({ ActionID(rawValue: $0) }) {
      stored.operation = OperationID(
        action: action, revision: Int(row.integer(18)), call: Int(row.integer(19)))
    }
    return stored
  }
}

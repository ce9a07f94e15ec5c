import ActionProtocol
import Decisions
import Engine

extension SQLTransaction {
  func outreachFacts(
    _ org: OrgID, channel: OutreachChannel, partners: [PartnerID], addresses: [Digest],
    scopes: [String], delivery: DeliveryMode
  ) throws -> OutreachFacts {
    var facts = OutreachFacts()
    for partner in partners {
      let found = try last(
        Self.lastToPartner,
        [
          .text(org.rawValue), .integer(partner.rawValue), .text(channel.rawValue),
          .text(delivery.rawValue), .text(Self.counter(partner)),
        ])
      facts.lastToPartner = [facts.lastToPartner, found].compactMap { $0 }.max()
    }
    for address in addresses {
      let found = try last(
        """
        SELECT MAX(at) FROM outreach_addresses
        WHERE org_id = $1 AND address = $2 AND channel = $3 AND delivery = $4 AND counts = 1
        """,
        [
          .text(org.rawValue), .text(address.hex), .text(channel.rawValue),
          .text(delivery.rawValue),
        ])
      facts.lastToAddress = [facts.lastToAddress, found].compactMap { $0 }.max()
    }
    for scope in scopes {
      facts.lastInScope[scope] = try last(
        Self.lastInScope,
        [
          .text(org.rawValue), .text(scope), .text(delivery.rawValue), .text(Self.counter(scope)),
        ])
    }
    return facts
  }

  private static let lastToPartner = """
    SELECT MAX(at) FROM (
      SELECT MAX(at) AS at FROM outreach WHERE org_id = $1 AND partner_id = $2 AND channel = $3
        AND delivery = $4 AND state <> 'released'
      UNION ALL
      SELECT MAX(at) AS at FROM outreach_counters WHERE org_id = $1 AND counter = $5
        AND channel = $3 AND delivery = $4 AND counts = 1) AS found
    """

  private static let lastInScope = """
    SELECT MAX(at) FROM (
      SELECT MAX(at) AS at FROM outreach WHERE org_id = $1 AND scope = $2 AND delivery = $3
        AND state <> 'released'
      UNION ALL
      SELECT MAX(at) AS at FROM outreach_counters WHERE org_id = $1 AND counter = $4
        AND delivery = $3 AND counts = 1) AS found
    """

  private static func counter(_ partner: PartnerID) -> String { "partner:\(partner.rawValue)" }
  private static func counter(_ scope: String) -> String { "scope:\(scope)" }

  func reserve(_ outreach: OutreachReservation) throws {
    let key = names(outreach.org, outreach.operation)
    try sql.execute(
      """
      INSERT INTO outreach (org_id, action_id, revision, call, channel, partner_id, scope,
        delivery, state, at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'reserved', $9)
      """,
      key + [
        .text(outreach.channel.rawValue), .optional(outreach.partners.first?.rawValue),
        .optional(outreach.scopes.first), .text(outreach.delivery.rawValue),
        .instant(outreach.at),
      ])
    for address in outreach.addresses {
      try sql.execute(
        """
        INSERT INTO outreach_addresses (org_id, action_id, revision, call, address, channel,
          delivery, at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        """,
        key + [
          .text(address.hex), .text(outreach.channel.rawValue),
          .text(outreach.delivery.rawValue), .instant(outreach.at),
        ])
    }
    try reserveFurther(outreach, key)
  }

  /// Most messages go to one customer about one matter and have none of these.
  private func reserveFurther(_ outreach: OutreachReservation, _ key: [SQLValue]) throws {
    let further =
      outreach.partners.dropFirst().map(Self.counter)
      + outreach.scopes.dropFirst().map(Self.counter)
    for counter in further {
      try sql.execute(
        """
        INSERT INTO outreach_counters (org_id, action_id, revision, call, counter, channel,
          delivery, at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        ON CONFLICT (org_id, counter, delivery, at, action_id, revision, call) DO NOTHING
        """,
        key + [
          .text(counter), .text(outreach.channel.rawValue), .text(outreach.delivery.rawValue),
          .instant(outreach.at),
        ])
    }
  }

  func settleOutreach(
    _ org: OrgID, _ operation: OperationID, _ reservation: Settlement.Reservation
  ) throws {
    let key = names(org, operation)
    switch reservation {
    case .kept:
      return
    case .sent:
      if try mark(key, "reserved", as: "sent") { return }
      // Proof of what was taken for not sent: the message counts again, also for its addresses.
      if try mark(key, "released", as: "sent") { try count(key, 1) }
    case .released:
      if try mark(key, "reserved", as: "released") { try count(key, 0) }
    }
  }

  private func mark(_ key: [SQLValue], _ old: String, as new: String) throws -> Bool {
    try sql.execute(
      """
      UPDATE outreach SET state = $1
      WHERE org_id = $2 AND action_id = $3 AND revision = $4 AND call = $5 AND state = $6
      """, [.text(new)] + key + [.text(old)]) == 1
  }

  /// Lets the message count, or no longer, for its addresses, further customers and scopes.
  private func count(_ key: [SQLValue], _ counts: Int64) throws {
    for table in ["outreach_addresses", "outreach_counters"] {
      try sql.execute(
        """
        UPDATE \(table) SET counts = $1
        WHERE org_id = $2 AND action_id = $3 AND revision = $4 AND call = $5
        """, [.integer(counts)] + key)
    }
  }

  func channelPause(_ org: OrgID, _ channel: OutreachChannel) throws -> Hold? {
    try sql.first(
      "SELECT reason, until FROM channel_pauses WHERE org_id = $1 AND channel = $2",
      [.text(org.rawValue), .text(channel.rawValue)]
    ) { row in Hold(reason: HoldReason(rawValue: row.text(0)) ?? .paused, until: row.instant(1)) }
  }

  func pause(_ org: OrgID, _ channel: OutreachChannel, _ hold: Hold?) throws {
    guard let hold, let until = hold.until else {
      try sql.execute(
        "DELETE FROM channel_pauses WHERE org_id = $1 AND channel = $2",
        [.text(org.rawValue), .text(channel.rawValue)])
      return
    }
    try sql.execute(
      """
      INSERT INTO channel_pauses (org_id, channel, reason, until) VALUES ($1, $2, $3, $4)
      ON CONFLICT (org_id, channel) DO UPDATE SET reason = excluded.reason,
        until = CASE WHEN excluded.until > channel_pauses.until THEN excluded.until
          ELSE channel_pauses.until END
      """,
      [
        .text(org.rawValue), .text(channel.rawValue), .text(hold.reason.rawValue),
        .instant(until),
      ])
  }

  private func last(_ query: String, _ arguments: [SQLValue]) throws -> Instant? {
    try sql.first(query, arguments) { $0.optionalInstant(0) } ?? nil
  }
}

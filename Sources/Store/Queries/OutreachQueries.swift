import ActionProtocol
import Decisions
import Engine

extension SQLTransaction {
  func outreachFacts(
    _ org: OrgID, channel: OutreachChannel, partners: [PartnerID], addresses: [Digest],
    scopes: [String], delivery: DeliveryMode
  ) throws -> OutreachFacts {
    try outreachLast([
      OutreachQuestion(
        org: org, channel: channel, partners: partners, addresses: addresses, scopes: scopes,
        delivery: delivery)
    ])[0]
  }

  /// The last messages and what caps count, without suppressions: each statement once for all
  /// questions.
  func outreachLast(_ questions: [OutreachQuestion]) throws -> [OutreachFacts] {
    var facts = [OutreachFacts](repeating: OutreachFacts(), count: questions.count)
    let families = try partnerFamilies(
      Set(questions.flatMap { question in question.partners.map { OrgPartner(question.org, $0) } }))
    for (index, counted) in try counted(questions, families).enumerated() {
      facts[index].counted = counted
    }
    try readSpending(questions, into: &facts)
    try readConsents(questions, into: &facts)
    let keys = { (question: OutreachQuestion) in Self.partnerKeys(question, families) }
    var written: [Int: Instant] = [:]
    try last(Self.lastToPartner, keys, questions) { index, _, found in
      facts[index].lastToPartner = [facts[index].lastToPartner, found].compactMap { $0 }.max()
    } more: { index, row in
      guard let at = row.optionalInstant(1) else { return }
      written[index] = max(written[index] ?? at, at)
    }
    for (index, at) in written {
      facts[index].answer = try answer(at, to: questions[index], keys(questions[index]))
    }
    try last(Self.lastToAddress, Self.addressKeys, questions) { index, _, found in
      facts[index].lastToAddress = [facts[index].lastToAddress, found].compactMap { $0 }.max()
    }
    try last(Self.lastInScope, Self.scopeKeys, questions) { index, place, found in
      facts[index].lastInScope[questions[index].scopes[place]] = found
    }
    return facts
  }

  /// A customer who wrote is asked about further; few have.
  private func answer(
    _ at: Instant, to question: OutreachQuestion, _ keys: [[SQLValue]]
  ) throws -> CustomerAnswer {
    let anyChannel = OutreachChannel.allCases.flatMap { channel in
      keys.map { key in
        var key = key
        key[2] = .text(channel.rawValue)
        return key
      }
    }
    let sent = try sql.firsts(Self.lastToPartner, each: anyChannel) { $0.optionalInstant(0) }
    return CustomerAnswer(
      at: at, lastOutreach: sent.compactMap { $0 ?? nil }.max(),
      pause: try syncSettings(question.org).answerPause)
  }

  /// - Parameters:
  ///   - body: is told the question, the place among its keys, and the instant found.
  ///   - more: is told the question, and the row.
  private func last(
    _ query: String, _ keys: (OutreachQuestion) -> [[SQLValue]], _ questions: [OutreachQuestion],
    _ body: (Int, Int, Instant) -> Void, more: ((Int, any SQLRow) -> Void)? = nil
  ) throws {
    var places: [(question: Int, key: Int)] = []
    var arguments: [[SQLValue]] = []
    for (index, question) in questions.enumerated() {
      let own = keys(question)
      places += own.indices.map { (index, $0) }
      arguments += own
    }
    guard !arguments.isEmpty else { return }
    try sql.forEach(query, each: arguments) { index, row in
      more?(places[index].question, row)
      guard let found = row.optionalInstant(0) else { return }
      body(places[index].question, places[index].key, found)
    }
  }

  private static func partnerKeys(
    _ question: OutreachQuestion, _ families: [OrgPartner: [PartnerID]]
  ) -> [[SQLValue]] {
    let members = question.partners.flatMap {
      families[OrgPartner(question.org, $0)] ?? [$0]
    }
    return members.map { partner in
      [
        .text(question.org.rawValue), .integer(partner.rawValue),
        .text(question.channel.rawValue), .text(question.delivery.rawValue),
        .text(counter(partner)),
      ]
    }
  }

  private static func addressKeys(_ question: OutreachQuestion) -> [[SQLValue]] {
    question.addresses.map { address in
      [
        .text(question.org.rawValue), .text(address.hex), .text(question.channel.rawValue),
        .text(question.delivery.rawValue),
      ]
    }
  }

  private static func scopeKeys(_ question: OutreachQuestion) -> [[SQLValue]] {
    question.scopes.map { scope in
      [
        .text(question.org.rawValue), .text(scope), .text(question.delivery.rawValue),
        .text(counter(scope)),
      ]
    }
  }

  // Each look is the end of one index, and only that one has its order: whatever a planner believes of a
  // table that it knows nothing about, it takes no other.

  static let lastToAddress = """
    SELECT at FROM outreach_addresses
    WHERE org_id = $1 AND address = $2 AND channel = $3 AND delivery = $4 AND counts = 1
    ORDER BY at DESC LIMIT 1
    """

  /// And when the partner last wrote.
  static let lastToPartner = """
    SELECT MAX(at), (
      SELECT received_at FROM customer_messages
      WHERE org_id = $1 AND partner_id = $2 AND is_automatic = 0
      ORDER BY received_at DESC LIMIT 1) FROM (
      SELECT (SELECT at FROM outreach WHERE org_id = $1 AND partner_id = $2 AND channel = $3
        AND delivery = $4 AND counts = 1 AND partner_id IS NOT NULL
        ORDER BY at DESC LIMIT 1) AS at
      UNION ALL
      SELECT (SELECT at FROM outreach_counters WHERE org_id = $1 AND counter = $5
        AND channel = $3 AND delivery = $4 AND counts = 1
        ORDER BY at DESC LIMIT 1) AS at) AS found
    """

  static let lastInScope = """
    SELECT MAX(at) FROM (
      SELECT (SELECT at FROM outreach WHERE org_id = $1 AND scope = $2 AND delivery = $3
        AND counts = 1 AND scope IS NOT NULL
        ORDER BY at DESC LIMIT 1) AS at
      UNION ALL
      SELECT (SELECT at FROM outreach_counters WHERE org_id = $1 AND counter = $4
        AND delivery = $3 AND counts = 1
        ORDER BY at DESC LIMIT 1) AS at) AS found
    """

  static func counter(_ partner: PartnerID) -> String { "partner:\(partner.rawValue)" }
  private static func counter(_ scope: String) -> String { "scope:\(scope)" }

  func reserve(_ outreach: OutreachReservation) throws {
    let key = names(outreach.org, outreach.operation)
    try sql.enqueue(
      """
      INSERT INTO outreach (org_id, action_id, revision, call, channel, partner_id, scope,
        delivery, state, at, audience, month, cost)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'reserved', $9, $10, $11, $12)
      """,
      key + [
        .text(outreach.channel.rawValue), .optional(outreach.partners.first?.rawValue),
        .optional(outreach.scopes.first), .text(outreach.delivery.rawValue),
        .instant(outreach.at), .text(outreach.audience.rawValue),
        .integer(Int64(outreach.month?.number ?? 0)), .integer(outreach.cost),
      ])
    try spend([outreach])
    for address in outreach.addresses {
      try sql.enqueue(
        """
        INSERT INTO outreach_addresses (org_id, action_id, revision, call, address, channel,
          delivery, at, domain)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        """,
        key + [
          .text(address.hex), .text(outreach.channel.rawValue),
          .text(outreach.delivery.rawValue), .instant(outreach.at),
          .optional(outreach.domains[address]?.hex),
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
      try sql.enqueue(
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
      if try mark(key, "released", as: "sent") {
        try count(key, 1)
        try spendAgain(key)
      }
    case .released:
      if try mark(key, "reserved", as: "released") {
        try count(key, 0)
        try giveBack(key)
      }
    }
  }

  private func mark(_ key: [SQLValue], _ old: String, as new: String) throws -> Bool {
    try sql.execute(
      """
      UPDATE outreach SET state = $1, counts = $2
      WHERE org_id = $3 AND action_id = $4 AND revision = $5 AND call = $6 AND state = $7
      """, [.text(new), .flag(new != "released")] + key + [.text(old)]) == 1
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
      INSERT INTO channel_pauses (org_id, channel, reason, until, since)
      VALUES ($1, $2, $3, $4, $5)
      ON CONFLICT (org_id, channel) DO UPDATE SET reason = excluded.reason,
        since = CASE WHEN channel_pauses.until > excluded.since THEN channel_pauses.since
          ELSE excluded.since END,
        until = CASE WHEN excluded.until > channel_pauses.until THEN excluded.until
          ELSE channel_pauses.until END
      """,
      [
        .text(org.rawValue), .text(channel.rawValue), .text(hold.reason.rawValue),
        .instant(until), .instant(now),
      ])
  }
}

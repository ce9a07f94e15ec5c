import ActionProtocol
import Engine

/// The stage that a deal is seen in.
struct StageNote {
  let deal: Int64
  let stage: Int64
  /// When it came to it; nil: unknown.
  let since: Instant?
}

extension SQLTransaction {
  /// Appends the stage of each deal that is in another one than when it was last seen. What it passed
  /// through between two readings is not known. A first day that was not known is filled in.
  func noteStages(of deals: [StageNote], _ org: OrgID) throws {
    let key = SQLValue.text(org.rawValue)
    let last = try sql.firsts(
      """
      SELECT number, stage_id, entered_at FROM deal_stage_history
      WHERE org_id = $1 AND deal_id = $2 ORDER BY number DESC LIMIT 1
      """, each: deals.map { [key, .integer($0.deal)] }
    ) { (number: $0.integer(0), stage: $0.integer(1), since: $0.optionalInstant(2)) }
    let seen = Array(zip(deals, last))
    let moved = seen.filter { deal, last in last?.stage != deal.stage }
    let told = seen.compactMap { deal, last -> [SQLValue]? in
      guard let last, last.stage == deal.stage, last.since == nil, let since = deal.since else {
        return nil
      }
      return [.instant(since), key, .integer(deal.deal), .integer(last.number)]
    }
    if !told.isEmpty {
      _ = try sql.execute(
        """
        UPDATE deal_stage_history SET entered_at = $1
        WHERE org_id = $2 AND deal_id = $3 AND number = $4
        """, each: told)
    }
    guard !moved.isEmpty else { return }
    _ = try sql.execute(
      """
      INSERT INTO deal_stage_history (org_id, deal_id, number, stage_id, entered_at, seen_at)
      VALUES ($1, $2, $3, $4, $5, $6)
      """,
      each: moved.map { deal, last in
        [
          key, .integer(deal.deal), .integer((last?.number ?? 0) + 1), .integer(deal.stage),
          .optional(deal.since), .instant(sql.now),
        ]
      })
  }

  /// Counts the deals whose expected close is about to move to a later day.
  func notePostponed(
    _ closes: [(deal: Int64, on: LocalDate?)], _ org: OrgID, _ asOf: Instant
  ) throws {
    let known = closes.compactMap { deal, on in on.map { (deal, $0) } }
    guard !known.isEmpty else { return }
    _ = try sql.execute(
      """
      UPDATE deals SET postponed = postponed + 1
      WHERE org_id = $1 AND id = $2 AND closes_on < $3 AND as_of <= $4
      """,
      each: known.map { deal, on in
        [.text(org.rawValue), .integer(deal), .day(on), .instant(asOf)]
      })
  }

  func stageHistory(_ org: OrgID, deal: Int64) throws -> [StageEntry] {
    try sql.all(
      """
      SELECT stage_id, entered_at, seen_at FROM deal_stage_history
      WHERE org_id = $1 AND deal_id = $2 ORDER BY number
      """, [.text(org.rawValue), .integer(deal)]
    ) { row in
      StageEntry(
        stage: row.integer(0), enteredAt: row.optionalInstant(1), seenAt: row.instant(2))
    }
  }

  // MARK: - Messages

  /// Each belongs to the customer of the record it was written on, else to its author's. One of nobody
  /// that the ledger knows is not kept.
  func store(
    _ messages: [SyncedMessage], _ org: OrgID, _ asOf: Instant, _ counts: inout SyncCounts
  ) throws {
    let key = SQLValue.text(org.rawValue)
    for message in messages {
      guard let partner = try customer(of: message, org) else { continue }
      let inserted = try sql.execute(
        """
        INSERT INTO customer_messages (org_id, id, res_model, res_id, partner_id, received_at,
          is_automatic, as_of)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        ON CONFLICT (org_id, id) DO NOTHING
        """,
        [
          key, .integer(message.id), .text(message.record.model), .integer(message.record.id),
          .integer(partner), .instant(message.at), .flag(message.isAutomatic), .instant(asOf),
        ])
      counts.inserted += inserted
      counts.unchanged += 1 - inserted
      if inserted == 1, !message.isAutomatic { counts.touch([partner]) }
    }
  }

  private func customer(of message: SyncedMessage, _ org: OrgID) throws -> Int64? {
    if let statement = Self.customers[message.record.model] {
      let found = try sql.first(
        statement, [.text(org.rawValue), .integer(message.record.id)]
      ) { $0.integer(0) }
      if let found { return found }
    }
    guard let author = message.author, let statement = Self.customers["res.partner"] else {
      return nil
    }
    return try sql.first(statement, [.text(org.rawValue), .integer(author)]) { $0.integer(0) }
  }

  private static let customers = [
    "account.move": "SELECT partner_id FROM invoices WHERE org_id = $1 AND id = $2",
    "res.partner": "SELECT COALESCE(parent_id, id) FROM partners WHERE org_id = $1 AND id = $2",
    "crm.lead": """
    SELECT COALESCE(p.parent_id, p.id) FROM deals d
    JOIN partners p ON p.org_id = d.org_id AND p.id = d.partner_id
    WHERE d.org_id = $1 AND d.id = $2
    """,
  ]

  func lastAnswer(_ org: OrgID, from partners: [PartnerID]) throws -> Instant? {
    try sql.firsts(
      """
      SELECT MAX(received_at) FROM customer_messages
      WHERE org_id = $1 AND partner_id = $2 AND is_automatic = 0
      """, each: partners.map { [.text(org.rawValue), .integer($0.rawValue)] }
    ) { $0.optionalInstant(0) }.compactMap { $0 ?? nil }.max()
  }
}

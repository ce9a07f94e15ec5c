import ActionProtocol
import Decisions
import Engine

/// What policies look at that only counting tells. Each statement reads one span of an index.
extension SQLTransaction {
  func capCounts(_ org: OrgID, _ question: CapQuestion) throws -> [CapCount] {
    try sql.all(
      """
      SELECT at, amount, action_id, revision FROM policy_cap_counts
      WHERE org_id = $1 AND rule = $2 AND counted = $3 AND at > $4
      ORDER BY at, action_id, revision
      """,
      [
        .text(org.rawValue), .text(question.rule), .text(question.key), .instant(question.after),
      ]
    ) { row in
      guard let action = ActionID(rawValue: row.text(2)) else {
        throw StoreError(code: "corrupt", detail: "what a cap counted")
      }
      return CapCount(
        rule: question.rule, key: question.key, at: row.instant(0), amount: row.integer(1),
        action: action, revision: Int(row.integer(3)))
    }
  }

  func insert(_ counts: [CapCount], org: OrgID) throws {
    try sql.enqueue(
      """
      INSERT INTO policy_cap_counts (org_id, rule, counted, at, action_id, revision, amount)
      VALUES ($1, $2, $3, $4, $5, $6, $7)
      """,
      each: counts.map {
        [
          .text(org.rawValue), .text($0.rule), .text($0.key), .instant($0.at),
          .text($0.action.rawValue), .integer(Int64($0.revision)), .integer($0.amount),
        ]
      })
  }

  func removeCapCounts(_ org: OrgID, _ action: ActionID) throws {
    try sql.enqueue(
      "DELETE FROM policy_cap_counts WHERE org_id = $1 AND action_id = $2",
      [.text(org.rawValue), .text(action.rawValue)])
  }

  func history(_ question: HistoryQuestion) throws -> HistoryFacts {
    var facts = HistoryFacts()
    for partner in question.partners {
      facts.toPartnerDay += try messages(question, to: partner, .seconds(86_400))
      facts.toPartnerWeek += try messages(question, to: partner, .seconds(7 * 86_400))
      facts.toPartnerMonth += try messages(question, to: partner, .seconds(30 * 86_400))
    }
    for address in question.addresses {
      facts.toRecipientDay = max(
        facts.toRecipientDay, try messages(question, at: address, .seconds(86_400)))
    }
    facts.byOrgHour = try messages(question, .seconds(3600))
    facts.byOrgDay = try messages(question, .seconds(86_400))
    facts.byProposerHour = try count(
      "SELECT COUNT(*) FROM policy_decisions WHERE org_id = $1 AND proposer = $2 AND at > $3",
      [.text(question.org.rawValue), .text(question.proposer.rawValue), since(.seconds(3600))])
    facts.rejections = try rejections(question)
    facts.autoAmountDay = try count(
      """
      SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) FROM policy_decisions
      WHERE org_id = $1 AND at > $2 AND verdict = 'auto' AND amount IS NOT NULL
      """, [.text(question.org.rawValue), since(.seconds(86_400))])
    return facts
  }

  private func count(_ query: String, _ arguments: [SQLValue]) throws -> Int64 {
    try sql.first(query, arguments) { $0.integer(0) } ?? 0
  }

  private func since(_ span: Duration) -> SQLValue { .instant(now.advanced(by: .zero - span)) }

  /// A message that was for several customers counts for each of them.
  private func messages(
    _ question: HistoryQuestion, to partner: PartnerID, _ span: Duration
  ) throws -> Int64 {
    try OutreachChannel.allCases.reduce(0) { sum, channel in
      try sum
        + count(
          """
          SELECT COUNT(*) FROM (
            SELECT action_id, revision, call FROM outreach WHERE org_id = $1 AND partner_id = $2
              AND channel = $3 AND delivery = $4 AND at > $5 AND counts = 1
              AND partner_id IS NOT NULL
            UNION
            SELECT action_id, revision, call FROM outreach_counters WHERE org_id = $1
              AND counter = $6 AND channel = $3 AND delivery = $4 AND at > $5 AND counts = 1
          ) AS found
          """,
          [
            .text(question.org.rawValue), .integer(partner.rawValue), .text(channel.rawValue),
            .text(question.delivery.rawValue), since(span), .text(Self.counter(partner)),
          ])
    }
  }

  private func messages(
    _ question: HistoryQuestion, at address: Digest, _ span: Duration
  ) throws -> Int64 {
    try OutreachChannel.allCases.reduce(0) { sum, channel in
      try sum
        + count(
          """
          SELECT COUNT(*) FROM outreach_addresses
          WHERE org_id = $1 AND address = $2 AND channel = $3 AND delivery = $4 AND at > $5
            AND counts = 1
          """,
          [
            .text(question.org.rawValue), .text(address.hex), .text(channel.rawValue),
            .text(question.delivery.rawValue), since(span),
          ])
    }
  }

  private func messages(_ question: HistoryQuestion, _ span: Duration) throws -> Int64 {
    try OutreachChannel.allCases.reduce(0) { sum, channel in
      try sum
        + OutreachAudience.allCases.reduce(0) { sum, audience in
          try sum
            + count(
              """
              SELECT COUNT(*) FROM outreach
              WHERE org_id = $1 AND channel = $2 AND delivery = $3 AND audience = $4 AND at > $5
                AND counts = 1 AND audience IS NOT NULL
              """,
              [
                .text(question.org.rawValue), .text(channel.rawValue),
                .text(question.delivery.rawValue), .text(audience.rawValue), since(span),
              ])
        }
    }
  }

  /// By persons; what the policy itself refused is none.
  private func rejections(_ question: HistoryQuestion) throws -> Int64 {
    guard let partner = question.partners.first else { return 0 }
    return try count(
      """
      SELECT COUNT(*) FROM policy_decisions d
      JOIN actions a ON a.org_id = d.org_id AND a.action_id = d.action_id
        AND a.revision = d.revision
      WHERE d.org_id = $1 AND d.partner = $2 AND d.at > $3 AND a.action_type = $4
        AND a.status = 'rejected' AND a.rejected_by LIKE 'person:%'
      """,
      [
        .text(question.org.rawValue), .text(String(partner.rawValue)), since(.seconds(30 * 86_400)),
        .text(question.type.rawValue),
      ])
  }

  func debt(
    _ org: OrgID, of partner: PartnerID, in currency: Currency, on day: LocalDate
  ) throws -> PartnerDebt {
    var debt = PartnerDebt(balance: 0, overdueInvoices: 0)
    try sql.forEach(
      """
      SELECT i.currency, CAST(SUM(i.open_minor) AS BIGINT),
        CAST(SUM(CASE WHEN i.due_on < $1 AND i.open_minor > 0 THEN 1 ELSE 0 END) AS BIGINT)
      FROM invoices i
      WHERE i.org_id = $2 AND i.gone_at IS NULL AND i.state = 'posted' AND i.open_minor <> 0
        AND i.partner_id IN (
          SELECT p.id FROM partners p WHERE p.org_id = $2 AND (p.id = $3 OR p.parent_id = $3))
      GROUP BY i.currency
      """, [.day(day), .text(org.rawValue), .integer(partner.rawValue)]
    ) { row in
      if row.text(0) == currency.code { debt.balance = row.integer(1) }
      debt.overdueInvoices += row.integer(2)
    }
    return debt
  }

  func dealStage(_ org: OrgID, _ id: Int64) throws -> (name: String, isWon: Bool)? {
    try sql.first(
      "SELECT name, is_won FROM deal_stages WHERE org_id = $1 AND id = $2",
      [.text(org.rawValue), .integer(id)]
    ) { ($0.text(0), $0.flag(1)) }
  }
}

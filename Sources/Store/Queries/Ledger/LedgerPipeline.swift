import ActionProtocol
import Decisions
import Engine
import Foundation
import Insights

extension SQLTransaction {
  func pipeline(_ org: OrgID, asOf day: LocalDate) throws -> PipelineSnapshot {
    guard let organisation = try organisation(org) else {
      throw StoreError(code: "not_found", detail: "organisation")
    }
    let profile = organisation.profile
    let visits = try stageVisits(org, in: profile.zone)
    let contacts = try dealContacts(org, in: profile.zone)
    let stages = try stageFacts(org)
    let deals = try dealFacts(org).compactMap { deal, asOf -> (DealFacts, Instant)? in
      var deal = deal
      deal.lastContactOn = contacts[deal.id].flatMap { $0 <= day ? $0 : nil }
      deal.stays = StageStay.stays(
        of: deal, visits: visits[deal.id] ?? [], won: Set(stages.filter(\.isWon).map(\.id)))
      return deal.seen(on: day).map { ($0, asOf) }
    }
    return PipelineSnapshot(
      company: profile, asOf: day,
      recordsAsOf: deals.filter { $0.0.state == .open }.map(\.1).min(), stages: stages,
      deals: deals.map(\.0), partners: try partnerFacts(org))
  }

  private func stageFacts(_ org: OrgID) throws -> [StageFacts] {
    try sql.all(
      "SELECT id, name, is_won FROM deal_stages WHERE org_id = $1 ORDER BY id",
      [.text(org.rawValue)]
    ) { StageFacts(id: $0.integer(0), name: $0.text(1), isWon: $0.flag(2)) }
  }

  private func dealFacts(_ org: OrgID) throws -> [(DealFacts, Instant)] {
    try sql.all(
      """
      SELECT d.id, d.as_of, d.name, d.partner_id, p.name, d.stage_id, d.state, d.value_minor,
        d.currency, d.opened_on, d.closed_on, d.closes_on, d.active_on, d.postponed, u.name
      FROM deals d
      LEFT JOIN partners p ON p.org_id = d.org_id AND p.id = d.partner_id
      LEFT JOIN ledger_users u ON u.org_id = d.org_id AND u.id = d.user_id
      WHERE d.org_id = $1 AND d.gone_at IS NULL
      ORDER BY d.id
      """, [.text(org.rawValue)], Self.deal)
  }

  private static func deal(_ row: any SQLRow) throws -> (DealFacts, Instant) {
    guard let state = DealFacts.State(rawValue: row.text(6)) else {
      throw StoreError(code: "corrupt", detail: "deal state")
    }
    let value = try row.optionalInteger(7).map {
      Money(minorUnits: $0, currency: try OdooValue.currency(row.text(8)))
    }
    return (
      DealFacts(
        id: row.integer(0), name: row.text(2),
        partnerID: row.optionalInteger(3).flatMap { PartnerID(rawValue: $0) },
        partnerName: row.optionalText(4), stage: row.integer(5), state: state, value: value,
        openedOn: row.optionalDay(9), closedOn: row.optionalDay(10),
        expectedClose: row.optionalDay(11), lastActivityOn: row.optionalDay(12),
        postponed: Int(row.integer(13)), salesperson: row.optionalText(14)),
      row.instant(1)
    )
  }

  /// When customers last wrote on deals, machines aside.
  private func dealContacts(_ org: OrgID, in zone: TimeZone) throws -> [Int64: LocalDate] {
    let rows = try sql.all(
      """
      SELECT res_id, MAX(received_at) FROM customer_messages
      WHERE org_id = $1 AND res_model = 'crm.lead' AND is_automatic = 0
      GROUP BY res_id
      """, [.text(org.rawValue)]
    ) { ($0.integer(0), LocalDate($0.instant(1), in: zone)) }
    return Dictionary(rows, uniquingKeysWith: { first, _ in first })
  }

  private func stageVisits(
    _ org: OrgID, in zone: TimeZone
  ) throws -> [Int64: [StageVisit]] {
    var visits: [Int64: [StageVisit]] = [:]
    let rows = try sql.all(
      """
      SELECT deal_id, stage_id, entered_at FROM deal_stage_history
      WHERE org_id = $1 ORDER BY deal_id, number
      """, [.text(org.rawValue)]
    ) { ($0.integer(0), $0.integer(1), $0.optionalInstant(2)) }
    for (deal, stage, entered) in rows {
      visits[deal, default: []].append(
        StageVisit(stage: stage, enteredOn: entered.map { LocalDate($0, in: zone) }))
    }
    return visits
  }
}

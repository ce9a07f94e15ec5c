import ActionProtocol
import Decisions
import Engine

extension LedgerTable {
  static let deals = LedgerTable(
    "deals", model: "crm.lead",
    integers: [
      "partner_id", "stage_id", "value_minor", "closes_on", "active_on", "user_id", "opened_on",
      "closed_on",
    ],
    texts: ["name", "currency", "state"])
}

extension SQLTransaction {
  func upsertDeal(_ row: DealRow, _ org: OrgID, _ asOf: Instant) throws -> LedgerUpsert {
    let partner = try optionalPartner(named: row.partner, org)
    let stage = try dealStage(named: row.stage, org)
    let record = SourceRecord(
      externalID: row.externalID,
      values: [
        partner, .integer(stage), .optional(row.value?.minorUnits), .optional(row.expectedClose),
        .optional(row.lastActivityOn), try user(named: row.salesperson, org),
        .optional(row.openedOn), .optional(row.closedOn), .text(row.name),
        .optional(row.value?.currency.code),
        .text(row.state.rawValue),
      ])
    let held = try held(record, in: .deals, org)
    if let held, held.asOf <= asOf { try notePostponed([(held.id, row.expectedClose)], org, asOf) }
    let (change, id) = try store(record, over: held, in: .deals, org, asOf: asOf)
    if change != .outdated {
      let zone = try zone(of: org)
      let said = row.stageSince.map { WallClock.instant($0, minutes: 0, in: zone) }
      // What moved between two files did so by the later one's time.
      let since = said ?? (held.map { $0.values[1] != .integer(stage) } == true ? asOf : nil)
      try noteStages(of: [StageNote(deal: id, stage: stage, since: since)], org)
    }
    return LedgerUpsert(change, LedgerTouch(partnerID: partner.partnerID))
  }

  /// The stage of a name; a new name becomes a new stage, won if it is called so.
  private func dealStage(named name: String, _ org: OrgID) throws -> Int64 {
    let key = [SQLValue.text(org.rawValue), .text(name)]
    let known = try sql.first("SELECT id FROM deal_stages WHERE org_id = $1 AND name = $2", key) {
      $0.integer(0)
    }
    if let known { return known }
    let id = try nextLedgerID(org, "crm.stage")
    let isWon = ["won", "closed won"].contains(name.lowercased())
    try sql.execute(
      "INSERT INTO deal_stages (org_id, id, name, is_won) VALUES ($1, $2, $3, $4)",
      [.text(org.rawValue), .integer(id), .text(name), .flag(isWon)])
    return id
  }
}

extension SQLValue {
  /// The value as a partner's id.
  var partnerID: PartnerID? {
    if case .integer(let id) = self { return PartnerID(rawValue: id) }
    return nil
  }
}

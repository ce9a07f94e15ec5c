import ActionProtocol
import Decisions
import Engine

extension SQLTransaction: OutreachReading, OutreachWriting {
  func limitWaiver(_ org: OrgID, _ id: ActionID, revision: Int) throws -> LimitWaiver? {
    try sql.first(
      """
      SELECT waived_by, waived_at, reason FROM limit_waivers
      WHERE org_id = $1 AND action_id = $2 AND revision = $3
      """, [.text(org.rawValue), .text(id.rawValue), .integer(Int64(revision))]
    ) { row in
      guard let author = Author(rawValue: row.text(0)) else {
        throw StoreError(code: "corrupt", detail: "who waived a limit")
      }
      return LimitWaiver(
        org: org, action: id, revision: revision, by: author, at: row.instant(1),
        reason: row.text(2))
    }
  }

  func insert(_ waiver: LimitWaiver) throws -> Bool {
    try sql.execute(
      """
      INSERT INTO limit_waivers (org_id, action_id, revision, waived_by, waived_at, reason)
      VALUES ($1, $2, $3, $4, $5, $6)
      ON CONFLICT (org_id, action_id, revision) DO NOTHING
      """,
      [
        .text(waiver.org.rawValue), .text(waiver.action.rawValue),
        .integer(Int64(waiver.revision)), .text(waiver.by.rawValue), .instant(waiver.at),
        .text(waiver.reason),
      ]) == 1
  }

  // MARK: - Turns

  func takeTurn(
    _ org: OrgID, _ lane: String, from earliest: Instant, every pace: Duration
  ) throws -> Instant {
    let key: [SQLValue] = [.text(org.rawValue), .text(lane)]
    let next = try sql.first(
      "SELECT next_at FROM outreach_turns WHERE org_id = $1 AND lane = $2", key
    ) { $0.instant(0) }
    let turn = max(next ?? earliest, earliest)
    try sql.execute(
      """
      INSERT INTO outreach_turns (org_id, lane, next_at) VALUES ($1, $2, $3)
      ON CONFLICT (org_id, lane) DO UPDATE SET next_at = excluded.next_at
      """, key + [.instant(turn.advanced(by: pace))])
    return turn
  }

  func forgetTurns(_ org: OrgID) throws {
    try sql.execute("DELETE FROM outreach_turns WHERE org_id = $1", [.text(org.rawValue)])
  }

  // MARK: - Partners that became others

  func partnerAliases(_ org: OrgID) throws -> [PartnerAlias] {
    try sql.all(
      "SELECT partner_id, root_id FROM partner_aliases WHERE org_id = $1 ORDER BY partner_id",
      [.text(org.rawValue)]
    ) { row in
      PartnerAlias(
        org: org, partner: try partner(row.integer(0)), root: try partner(row.integer(1)))
    }
  }

  func partnerFamilies(_ partners: Set<OrgPartner>) throws -> [OrgPartner: [PartnerID]] {
    guard !partners.isEmpty, try hasAliases() else { return [:] }
    let asked = partners.sorted { ($0.org.rawValue, $0.partner) < ($1.org.rawValue, $1.partner) }
    var families: [OrgPartner: [PartnerID]] = [:]
    try sql.forEach(
      Self.family,
      each: asked.map { [.text($0.org.rawValue), .integer($0.partner.rawValue)] }
    ) { place, row in
      families[asked[place], default: []].append(try partner(row.integer(0)))
    }
    return families
  }

  func merge(_ alias: PartnerAlias) throws {
    let org = SQLValue.text(alias.org.rawValue)
    let (part, root) = (alias.partner.rawValue, alias.root.rawValue)
    try sql.execute(
      "UPDATE partner_aliases SET root_id = $1 WHERE org_id = $2 AND root_id = $3",
      [.integer(root), org, .integer(part)])
    try sql.execute(
      """
      INSERT INTO partner_aliases (org_id, partner_id, root_id) VALUES ($1, $2, $3)
      ON CONFLICT (org_id, partner_id) DO UPDATE SET root_id = excluded.root_id
      """, [org, .integer(part), .integer(root)])
  }

  /// Most installations never merged any.
  private func hasAliases() throws -> Bool {
    try sql.first("SELECT 1 FROM partner_aliases LIMIT 1", []) { _ in true } ?? false
  }

  private func partner(_ id: Int64) throws -> PartnerID {
    guard let partner = PartnerID(rawValue: id) else {
      throw StoreError(code: "corrupt", detail: "a merged partner's id")
    }
    return partner
  }

  /// The root itself, and all that are part of it; none for a partner that was never merged.
  private static let family = """
    WITH root AS (
      SELECT COALESCE((SELECT root_id FROM partner_aliases WHERE org_id = $1 AND partner_id = $2),
        $2) AS id)
    SELECT partner_id FROM partner_aliases, root WHERE org_id = $1 AND root_id = root.id
    UNION
    SELECT root.id FROM root
    ORDER BY 1
    """
}

import ActionProtocol
import Decisions
import Engine

/// What the page about outreach asks for.
extension SQLTransaction {
  static let outreachTotal = """
    SELECT COUNT(*), CAST(COALESCE(SUM(CASE WHEN at > $1 THEN 1 ELSE 0 END), 0) AS BIGINT)
    FROM outreach
    WHERE org_id = $2 AND channel = $3 AND delivery = $4 AND audience = $5 AND at > $6
      AND counts = 1 AND audience IS NOT NULL
    """

  func outreachTotals(_ org: OrgID, _ delivery: DeliveryMode) throws -> [OutreachTotal] {
    let lines = OutreachAudience.allCases.flatMap { audience in
      OutreachChannel.allCases.map { (audience, $0) }
    }
    func since(_ span: OutreachCap.Span) -> SQLValue {
      .instant(now.advanced(by: .zero - span.duration))
    }
    var found: [OutreachTotal] = []
    try sql.forEach(
      Self.outreachTotal,
      each: lines.map { audience, channel in
        [
          since(.hour), .text(org.rawValue), .text(channel.rawValue), .text(delivery.rawValue),
          .text(audience.rawValue), since(.day),
        ]
      }
    ) { place, row in
      found.append(
        OutreachTotal(
          audience: lines[place].0, channel: lines[place].1, inHour: row.integer(1),
          inDay: row.integer(0)))
    }
    return found
  }

  static func newestSuppressions(isFirst: Bool) -> String {
    isFirst
      ? selectSuppression
        + """
         WHERE org_id = $1 AND removed_at IS NULL AND (expires_at IS NULL OR expires_at > $2)
        ORDER BY suppression_id DESC LIMIT $3
        """
      : selectSuppression
        + """
         WHERE org_id = $1 AND suppression_id < $2 AND removed_at IS NULL
          AND (expires_at IS NULL OR expires_at > $3)
        ORDER BY suppression_id DESC LIMIT $4
        """
  }

  func newestSuppressions(
    _ org: OrgID, before id: String?, limit: Int
  ) throws -> [Suppression] {
    try sql.all(
      Self.newestSuppressions(isFirst: id == nil),
      [.text(org.rawValue)] + (id.map { [.text($0)] } ?? [])
        + [.instant(now), .integer(Int64(limit))], suppression)
  }
}

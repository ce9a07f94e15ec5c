import ActionProtocol
import Engine

extension SQLTransaction {
  func eraseRawEvents(_ org: OrgID, before end: Instant, limit: Int) throws -> Int {
    try sql.execute(
      """
      UPDATE provider_events SET recipient = NULL, body = NULL
      WHERE (org_id, event_id) IN (
        SELECT org_id, event_id FROM provider_events
        WHERE (recipient IS NOT NULL OR body IS NOT NULL) AND received_at < $1 AND org_id = $2
        ORDER BY received_at LIMIT $3)
      """, [.instant(end), .text(org.rawValue), .integer(Int64(limit))])
  }
}

import ActionProtocol
import Decisions
import Engine

extension SQLTransaction: SuppressionReading, SuppressionWriting {
  func insert(_ link: UnsubscribeLink) throws {
    try sql.enqueue(
      """
      INSERT INTO unsubscribe_links (org_id, action_id, revision, call, token_digest, channel,
        created_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7)
      """,
      names(link.org, link.operation) + [
        .text(link.token.hex), .text(link.channel.rawValue), .instant(link.createdAt),
      ])
  }

  func unsubscribeLink(token: Digest) throws -> UnsubscribeLink? {
    try sql.first(
      """
      SELECT org_id, action_id, revision, call, channel, created_at FROM unsubscribe_links
      WHERE token_digest = $1
      """, [.text(token.hex)]
    ) { row in
      guard let org = OrgID(rawValue: row.text(0)), let action = ActionID(rawValue: row.text(1)),
        let channel = OutreachChannel(rawValue: row.text(4))
      else { throw StoreError(code: "corrupt", detail: "a column of an unsubscribe link") }
      let operation = OperationID(
        action: action, revision: Int(row.integer(2)), call: Int(row.integer(3)))
      return UnsubscribeLink(
        token: token, org: org, operation: operation, channel: channel,
        createdAt: row.instant(5))
    }
  }

  func markPushed(_ org: OrgID, address: Digest) throws {
    try sql.execute(
      """
      UPDATE suppressions SET pushed_at = $1
      WHERE org_id = $2 AND channel = 'email' AND address = $3 AND removed_at IS NULL
        AND pushed_at IS NULL
      """, [.instant(now), .text(org.rawValue), .text(address.hex)])
  }

  func save(_ sync: SuppressionSyncState) throws {
    try sql.execute(
      """
      INSERT INTO suppression_syncs (org_id, pull_code, push_code, looked_at, whole_at, listed)
      VALUES ($1, $2, $3, $4, $5, $6)
      ON CONFLICT (org_id) DO UPDATE SET pull_code = excluded.pull_code,
        push_code = excluded.push_code, looked_at = excluded.looked_at,
        whole_at = excluded.whole_at, listed = excluded.listed
      """,
      [
        .text(sync.org.rawValue), .optional(sync.pullCode), .optional(sync.pushCode),
        .instant(sync.lookedAt), .optional(sync.wholeAt), .integer(Int64(sync.listed)),
      ])
  }

  func suppressionSync(_ org: OrgID) throws -> SuppressionSyncState? {
    try sql.first(
      """
      SELECT pull_code, push_code, looked_at, whole_at, listed FROM suppression_syncs
      WHERE org_id = $1
      """, [.text(org.rawValue)]
    ) { row in
      SuppressionSyncState(
        org: org, pullCode: row.optionalText(0), pushCode: row.optionalText(1),
        lookedAt: row.instant(2), wholeAt: row.optionalInstant(3), listed: Int(row.integer(4)))
    }
  }
}

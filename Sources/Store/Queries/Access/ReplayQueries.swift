import ActionProtocol
import Engine

extension SQLTransaction {
  func replay(_ key: ReplayKey) throws -> ReplayRecord? {
    try sql.first(
      """
      SELECT request, begun_at, status, media_type, body FROM replays
      WHERE org_id = $1 AND author = $2 AND replay_key = $3
      """, values(key)
    ) { row in
      guard let request = Digest(hex: row.text(0)) else {
        throw StoreError(code: "corrupt", detail: "a request with a key")
      }
      var record = ReplayRecord(key: key, request: request, begunAt: row.instant(1))
      if let status = row.optionalInteger(2), let type = row.optionalText(3) {
        record.answer = KeptAnswer(status: Int(status), mediaType: type, body: row.blob(4))
      }
      return record
    }
  }

  func begin(_ record: ReplayRecord) throws {
    try sql.execute(
      """
      INSERT INTO replays (org_id, author, replay_key, request, begun_at)
      VALUES ($1, $2, $3, $4, $5)
      ON CONFLICT (org_id, author, replay_key) DO UPDATE SET request = excluded.request,
        begun_at = excluded.begun_at, status = NULL, media_type = NULL, body = NULL
      """, values(record.key) + [.text(record.request.hex), .instant(record.begunAt)])
  }

  func keep(_ answer: KeptAnswer, of record: ReplayRecord) throws {
    try sql.execute(
      """
      UPDATE replays SET status = $1, media_type = $2, body = $3
      WHERE org_id = $4 AND author = $5 AND replay_key = $6 AND begun_at = $7
      """,
      [.integer(Int64(answer.status)), .text(answer.mediaType), .blob(answer.body)]
        + values(record.key) + [.instant(record.begunAt)])
  }

  func forget(_ record: ReplayRecord) throws {
    try sql.execute(
      """
      DELETE FROM replays
      WHERE org_id = $1 AND author = $2 AND replay_key = $3 AND begun_at = $4 AND status IS NULL
      """, values(record.key) + [.instant(record.begunAt)])
  }

  func eraseReplays(_ org: OrgID, before: Instant, limit: Int) throws -> Int {
    try sql.execute(
      """
      DELETE FROM replays WHERE (org_id, author, replay_key) IN (
        SELECT org_id, author, replay_key FROM replays
        WHERE org_id = $1 AND begun_at < $2 ORDER BY begun_at LIMIT $3)
      """, [.text(org.rawValue), .instant(before), .integer(Int64(limit))])
  }

  private func values(_ key: ReplayKey) -> [SQLValue] {
    [.text(key.org.rawValue), .text(key.author.rawValue), .text(key.text)]
  }
}

import ActionProtocol
import Engine

extension SQLTransaction {
  func revision(_ org: OrgID, _ id: ActionID, _ number: Int) throws -> RevisionRecord? {
    try sql.first(
      Self.selectRevision + " WHERE org_id = $1 AND action_id = $2 AND revision = $3",
      [.text(org.rawValue), .text(id.rawValue), .integer(Int64(number))], revision)
  }

  func revisions(_ org: OrgID, _ id: ActionID) throws -> [RevisionRecord] {
    try sql.all(
      Self.selectRevision + " WHERE org_id = $1 AND action_id = $2 ORDER BY revision",
      [.text(org.rawValue), .text(id.rawValue)], revision)
  }

  func insert(_ revision: RevisionRecord, org: OrgID, of id: ActionID) throws {
    try sql.execute(
      """
      INSERT INTO action_revisions (org_id, action_id, revision, digest, document, sender,
        reply_to, expires_at, created_by, created_at, cause)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
      """,
      [
        .text(org.rawValue), .text(id.rawValue), .integer(Int64(revision.number)),
        .text(revision.digest.hex), .blob(revision.document), .optional(revision.sender),
        .optional(revision.replyTo), .instant(revision.expiresAt),
        .text(revision.createdBy.rawValue), .instant(revision.createdAt), .text(revision.cause),
      ])
  }

  private static let selectRevision = """
    SELECT revision, digest, document, sender, reply_to, expires_at, created_by, created_at, cause
    FROM action_revisions
    """

  private func revision(_ row: any SQLRow) throws -> RevisionRecord {
    guard let digest = Digest(hex: row.text(1)), let author = Author(rawValue: row.text(6)) else {
      throw StoreError(code: "corrupt", detail: "a column of a revision")
    }
    return RevisionRecord(
      number: Int(row.integer(0)), digest: digest, document: row.blob(2),
      sender: row.optionalText(3), replyTo: row.optionalText(4), expiresAt: row.instant(5),
      createdBy: author, createdAt: row.instant(7), cause: row.text(8))
  }
}

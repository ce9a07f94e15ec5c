import ActionProtocol
import Engine

extension SQLTransaction {
  func revision(_ org: OrgID, _ id: ActionID, _ number: Int) throws -> RevisionRecord? {
    try sql.first(
      Self.selectOneRevision,
      [.text(org.rawValue), .text(id.rawValue), .integer(Int64(number))], revision)
  }

  /// The revision that each action is at.
  func revisions(of states: [ActionState]) throws -> [RevisionRecord?] {
    let keys: [[SQLValue]] = states.map {
      [.text($0.org.rawValue), .text($0.id.rawValue), .integer(Int64($0.revision))]
    }
    return try sql.firsts(Self.selectOneRevision, each: keys, revision)
  }

  private static let selectOneRevision =
    selectRevision + " WHERE org_id = $1 AND action_id = $2 AND revision = $3"

  func revisions(_ org: OrgID, _ id: ActionID) throws -> [RevisionRecord] {
    try sql.all(
      Self.selectRevision + " WHERE org_id = $1 AND action_id = $2 ORDER BY revision",
      [.text(org.rawValue), .text(id.rawValue)], revision)
  }

  func insert(_ revision: RevisionRecord, org: OrgID, of id: ActionID) throws {
    try sql.execute(
      """
      INSERT INTO action_revisions (org_id, action_id, revision, digest, document, sender,
        reply_to, expires_at, created_by, created_at, cause, sender_id, sender_reason, salesperson)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
      """,
      [
        .text(org.rawValue), .text(id.rawValue), .integer(Int64(revision.number)),
        .text(revision.digest.hex), .blob(revision.document), .optional(revision.sender),
        .optional(revision.replyTo), .instant(revision.expiresAt),
        .text(revision.createdBy.rawValue), .instant(revision.createdAt), .text(revision.cause),
        .optional(revision.choice?.sender?.rawValue), .optional(revision.choice?.reason.rawValue),
        .optional(revision.choice?.salesperson),
      ])
  }

  private static let selectRevision = """
    SELECT revision, digest, document, sender, reply_to, expires_at, created_by, created_at, cause,
      sender_id, sender_reason, salesperson
    FROM action_revisions
    """

  private func revision(_ row: any SQLRow) throws -> RevisionRecord {
    guard let digest = Digest(hex: row.text(1)), let author = Author(rawValue: row.text(6)) else {
      throw StoreError(code: "corrupt", detail: "a column of a revision")
    }
    return RevisionRecord(
      number: Int(row.integer(0)), digest: digest, document: row.blob(2),
      sender: row.optionalText(3), replyTo: row.optionalText(4), choice: try choice(row),
      expiresAt: row.instant(5), createdBy: author, createdAt: row.instant(7), cause: row.text(8))
  }

  /// Nil where the org had but one sender, and in revisions older than senders are.
  private func choice(_ row: any SQLRow) throws -> SenderChoice? {
    guard let text = row.optionalText(10) else { return nil }
    let sender = row.optionalText(9)
    let id = sender.flatMap(SenderID.init(rawValue:))
    guard let reason = SenderReason(rawValue: text), (id == nil) == (sender == nil) else {
      throw StoreError(code: "corrupt", detail: "the sender of a revision")
    }
    return SenderChoice(reason, sender: id, salesperson: row.optionalText(11))
  }
}

import ActionProtocol
import Addressing
import Engine

extension SQLTransaction: SenderReading, SenderWriting {
  func liveActions(
    _ org: OrgID, under sender: SenderID, limit: Int
  ) throws -> [ActionState] {
    let ids = try sql.all(
      """
      SELECT a.action_id FROM actions a
      JOIN action_revisions r ON r.org_id = a.org_id AND r.action_id = a.action_id
        AND r.revision = a.revision
      WHERE a.org_id = $1 AND a.status IN ('pending_approval', 'approved') AND r.sender_id = $2
      ORDER BY a.created_at, a.action_id LIMIT $3
      """, [.text(org.rawValue), .text(sender.rawValue), .integer(Int64(limit))]
    ) { ActionID(rawValue: $0.text(0)) }
    return try ids.compactMap { try $0.flatMap { try action(org, $0) } }
  }

  func save(_ sender: SenderIdentity, org: OrgID) throws {
    let user = SQLValue.integer(sender.salesperson?.userID ?? 0)
    try sql.execute(
      Self.upsertSender,
      [
        .text(org.rawValue), .text(sender.id.rawValue), .text(sender.mailbox.rawValue),
        .optional(sender.replyTo?.rawValue), .optional(sender.smsSender?.e164), user,
        .optional(sender.salesperson?.name), .text(sender.standing.rawValue),
        .optional(sender.checkedAt?.milliseconds), .instant(sender.createdAt),
      ])
    try removePurposes(of: sender.id, org)
    for purpose in sender.purposes.sorted() {
      try sql.execute(
        """
        INSERT INTO sender_purposes (org_id, user_id, purpose, sender_id) VALUES ($1, $2, $3, $4)
        """,
        [.text(org.rawValue), user, .text(purpose.rawValue), .text(sender.id.rawValue)])
    }
  }

  func removeSender(_ id: SenderID, org: OrgID) throws -> Bool {
    try removePurposes(of: id, org)
    return try sql.execute(
      "DELETE FROM sender_identities WHERE org_id = $1 AND sender_id = $2",
      [.text(org.rawValue), .text(id.rawValue)]) == 1
  }

  private func removePurposes(of id: SenderID, _ org: OrgID) throws {
    try sql.execute(
      "DELETE FROM sender_purposes WHERE org_id = $1 AND sender_id = $2",
      [.text(org.rawValue), .text(id.rawValue)])
  }

  private static let upsertSender = """
    INSERT INTO sender_identities (org_id, sender_id, mailbox, reply_to, sms_sender, user_id,
      user_name, standing, checked_at, created_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
    ON CONFLICT (org_id, sender_id) DO UPDATE SET mailbox = excluded.mailbox,
      reply_to = excluded.reply_to, sms_sender = excluded.sms_sender, user_id = excluded.user_id,
      user_name = excluded.user_name, standing = excluded.standing,
      checked_at = excluded.checked_at
    """

  // MARK: - Users of the embedded ledger

  func ledgerUser(_ org: OrgID, _ id: Int64) throws -> String? {
    try sql.first(
      "SELECT name FROM ledger_users WHERE org_id = $1 AND id = $2",
      [.text(org.rawValue), .integer(id)]
    ) { $0.text(0) }
  }

  func ledgerUser(named name: String, org: OrgID) throws -> Int64 {
    let key = name.lowercased()
    let known = try sql.first(
      "SELECT id FROM ledger_users WHERE org_id = $1 AND name_key = $2",
      [.text(org.rawValue), .text(key)]
    ) { $0.integer(0) }
    if let known { return known }
    let id = try nextLedgerID(org, Salesperson.model)
    try sql.execute(
      "INSERT INTO ledger_users (org_id, id, name, name_key) VALUES ($1, $2, $3, $4)",
      [.text(org.rawValue), .integer(id), .text(name), .text(key)])
    return id
  }
}

/// An org's settings and senders as one query reads them: a row of it is the one or the other, so that
/// reading an org takes two statements, however many senders it has.
struct OrganisationParts {
  private(set) var settings: [(key: String, value: String)] = []
  private var senders: [SenderIdentity] = []
  private var purposes: [SenderID: Set<SenderPurpose>] = [:]

  static let query = """
    SELECT 1, key, value, CAST(NULL AS TEXT), CAST(NULL AS TEXT), CAST(NULL AS TEXT),
      CAST(NULL AS TEXT), CAST(NULL AS BIGINT), CAST(NULL AS BIGINT), CAST(NULL AS BIGINT)
    FROM settings WHERE org_id = $1
    UNION ALL
    SELECT 2, sender_id, mailbox, reply_to, sms_sender, user_name, standing, user_id, checked_at,
      created_at
    FROM sender_identities WHERE org_id = $1
    UNION ALL
    SELECT 3, sender_id, purpose, NULL, NULL, NULL, NULL, NULL, NULL, NULL
    FROM sender_purposes WHERE org_id = $1
    """

  /// The senders, oldest first.
  var identities: [SenderIdentity] {
    senders.map { sender in
      var sender = sender
      sender.purposes = purposes[sender.id] ?? []
      return sender
    }.sorted { ($0.createdAt, $0.id) < ($1.createdAt, $1.id) }
  }

  mutating func take(_ row: any SQLRow) throws {
    switch row.integer(0) {
    case 1: settings.append((row.text(1), row.text(2)))
    case 2: senders.append(try Self.sender(row))
    default:
      guard let id = SenderID(rawValue: row.text(1)) else { throw Self.corrupt }
      // A kind that a later version knows stands over nothing here.
      guard let purpose = SenderPurpose(rawValue: row.text(2)) else { return }
      purposes[id, default: []].insert(purpose)
    }
  }

  private static let corrupt = StoreError(code: "corrupt", detail: "a column of a sender")

  private static func sender(_ row: any SQLRow) throws -> SenderIdentity {
    guard let id = SenderID(rawValue: row.text(1)),
      let standing = SenderStanding(rawValue: row.text(6))
    else { throw corrupt }
    let person = row.optionalText(5).map { Salesperson(userID: row.integer(7), name: $0) }
    return SenderIdentity(
      id: id, mailbox: try Mailbox(row.text(2)),
      replyTo: try row.optionalText(3).map { try Mailbox($0) },
      smsSender: try row.optionalText(4).map { try PhoneNumber(e164: $0) },
      salesperson: person, purposes: [], standing: standing,
      checkedAt: row.optionalInstant(8), createdAt: row.instant(9))
  }
}

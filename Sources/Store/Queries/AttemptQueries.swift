import ActionProtocol
import Decisions
import Engine

extension SQLTransaction {
  func insert(_ intent: AttemptIntent) throws { try insert([intent]) }

  func insert(_ intents: [AttemptIntent]) throws {
    try sql.enqueue(
      """
      INSERT INTO attempts (org_id, action_id, revision, call, boot_id, token, intent_at, channel,
        delivery, request_digest)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
      """,
      each: intents.map { intent in
        names(intent.org, intent.operation) + [
          .text(intent.boot.rawValue), .integer(intent.token), .instant(intent.at),
          .optional(intent.channel?.rawValue), .text(intent.delivery.rawValue),
          .text(intent.requestDigest.hex),
        ]
      })
  }

  func settle(
    _ org: OrgID, _ operation: OperationID, outcome: String, detail: String?,
    providerID: String?, at: Instant
  ) throws -> Bool {
    try settleNaming(
      org, operation, outcome: outcome, detail: detail, providerID: providerID, at: at)
      != .alreadySettled
  }

  func count(looks: Int, _ org: OrgID, _ operation: OperationID) throws {
    try sql.execute(
      """
      UPDATE attempts SET looks = $1
      WHERE org_id = $2 AND action_id = $3 AND revision = $4 AND call = $5
      """, [.integer(Int64(looks))] + names(org, operation))
  }

  func attempts(_ org: OrgID, _ id: ActionID) throws -> [AttemptRecord] {
    try sql.all(
      Self.selectAttempt + " WHERE org_id = $1 AND action_id = $2 ORDER BY revision, call",
      [.text(org.rawValue), .text(id.rawValue)], attempt)
  }

  func unsettledAttempts(_ org: OrgID) throws -> [AttemptRecord] {
    try sql.all(
      Self.selectAttempt
        + """
         WHERE org_id = $1 AND outcome IN ('unknown', 'abandoned', 'left') AND proven_at IS NULL
          AND (outcome = 'unknown' OR intent_at > $2)
        ORDER BY intent_at
        """,
      [.text(org.rawValue), .integer(now.milliseconds - 5 * 86_400_000)], attempt)
  }

  func openAttempts(of boot: BootID) throws -> [AttemptRecord] {
    try sql.all(
      Self.selectAttempt + " WHERE boot_id = $1 AND outcome IS NULL ORDER BY intent_at",
      [.text(boot.rawValue)], attempt)
  }

  func insert(_ evidence: Evidence, org: OrgID, operation: OperationID) throws {
    try sql.enqueue(Self.insertEvidence, evidenceValues(evidence, org, operation))
  }

  /// Evidence of many calls.
  func insert(_ evidence: [(Evidence, AttemptIntent)]) throws {
    try sql.enqueue(
      Self.insertEvidence, each: evidence.map { evidenceValues($0, $1.org, $1.operation) })
  }

  private static let insertEvidence = """
    INSERT INTO evidence (org_id, action_id, revision, call, number, source, outcome,
      provider_id, at, detail)
    VALUES ($1, $2, $3, $4,
      (SELECT COALESCE(MAX(number), 0) + 1 FROM evidence
       WHERE org_id = $1 AND action_id = $2 AND revision = $3 AND call = $4),
      $5, $6, $7, $8, $9)
    """

  private func evidenceValues(
    _ evidence: Evidence, _ org: OrgID, _ operation: OperationID
  ) -> [SQLValue] {
    names(org, operation) + [
      .text(evidence.source), .text(evidence.outcome), .optional(evidence.providerID),
      .instant(evidence.at), .optional(evidence.detail),
    ]
  }

  func evidence(_ org: OrgID, _ id: ActionID) throws -> [Evidence] {
    try sql.all(
      Self.selectEvidence + " WHERE org_id = $1 AND action_id = $2 ORDER BY revision, call, number",
      [.text(org.rawValue), .text(id.rawValue)], evidence)
  }

  func evidence(_ org: OrgID, of operation: OperationID) throws -> [Evidence] {
    try sql.all(
      Self.selectEvidence
        + """
         WHERE org_id = $1 AND action_id = $2 AND revision = $3 AND call = $4
        ORDER BY number
        """, names(org, operation), evidence)
  }

  private static let selectEvidence =
    "SELECT source, outcome, provider_id, at, detail FROM evidence"

  private func evidence(_ row: any SQLRow) -> Evidence {
    Evidence(
      source: row.text(0), outcome: row.text(1), providerID: row.optionalText(2),
      at: row.instant(3), detail: row.optionalText(4))
  }

  /// The four values that name a call.
  func names(_ org: OrgID, _ operation: OperationID) -> [SQLValue] {
    [
      .text(org.rawValue), .text(operation.action.rawValue),
      .integer(Int64(operation.revision)), .integer(Int64(operation.call)),
    ]
  }

  static let selectAttempt = """
    SELECT org_id, action_id, revision, call, boot_id, token, intent_at, channel, delivery,
      request_digest, outcome, detail, provider_id, ended_at, looks, proven_at, asked_at, asked_why
    FROM attempts
    """

  func attempt(_ row: any SQLRow) throws -> AttemptRecord {
    guard let org = OrgID(rawValue: row.text(0)), let action = ActionID(rawValue: row.text(1)),
      let delivery = DeliveryMode(rawValue: row.text(8)), let digest = Digest(hex: row.text(9))
    else { throw StoreError(code: "corrupt", detail: "a column of an attempt") }
    let intent = AttemptIntent(
      org: org,
      operation: OperationID(
        action: action, revision: Int(row.integer(2)), call: Int(row.integer(3))),
      boot: BootID(row.text(4)), token: row.integer(5), at: row.instant(6),
      channel: row.optionalText(7).flatMap { OutreachChannel(rawValue: $0) }, delivery: delivery,
      requestDigest: digest)
    return AttemptRecord(
      intent: intent, outcome: row.optionalText(10), detail: row.optionalText(11),
      providerID: row.optionalText(12), endedAt: row.optionalInstant(13),
      looks: Int(row.integer(14)), provenAt: row.optionalInstant(15),
      askedAt: row.optionalInstant(16), askedWhy: row.optionalText(17))
  }
}

import ActionProtocol
import Decisions
import Engine

extension SQLTransaction {
  func attempt(_ org: OrgID, _ operation: OperationID) throws -> AttemptRecord? {
    try sql.first(
      Self.selectAttempt
        + " WHERE org_id = $1 AND action_id = $2 AND revision = $3 AND call = $4",
      names(org, operation), attempt)
  }

  func isElsewhere(_ org: OrgID, _ id: ActionID) throws -> Bool {
    try sql.first(
      "SELECT 1 FROM actions WHERE action_id = $1 AND org_id <> $2 LIMIT 1",
      [.text(id.rawValue), .text(org.rawValue)]
    ) { $0.integer(0) } != nil
  }

  func attempt(
    _ org: OrgID, channel: OutreachChannel, providerID: String
  ) throws -> AttemptRecord? {
    try sql.first(
      Self.selectAttempt
        + """
         WHERE org_id = $1 AND channel = $2 AND provider_id = $3 AND provider_id IS NOT NULL
          AND channel IS NOT NULL
        """,
      [.text(org.rawValue), .text(channel.rawValue), .text(providerID)], attempt)
  }

  func addresses(_ org: OrgID, _ operation: OperationID) throws -> [Digest] {
    try sql.all(
      """
      SELECT address FROM outreach_addresses
      WHERE org_id = $1 AND action_id = $2 AND revision = $3 AND call = $4 ORDER BY address
      """, names(org, operation)
    ) { row in
      guard let digest = Digest(hex: row.text(0)) else {
        throw StoreError(code: "corrupt", detail: "the digest of an address")
      }
      return digest
    }
  }

  func hasWritten(
    _ org: OrgID, to address: Digest, _ channel: OutreachChannel, _ delivery: DeliveryMode
  ) throws -> Bool {
    try sql.first(
      """
      SELECT 1 FROM outreach_addresses
      WHERE org_id = $1 AND address = $2 AND channel = $3 AND delivery = $4 LIMIT 1
      """,
      [
        .text(org.rawValue), .text(address.hex), .text(channel.rawValue),
        .text(delivery.rawValue),
      ]
    ) { $0.integer(0) } != nil
  }

  func hasWrittenSMS(
    _ org: OrgID, _ delivery: DeliveryMode, since: Instant
  ) throws -> Bool {
    // The index's own condition has to stand here as it does there.
    try sql.first(
      """
      SELECT 1 FROM attempts
      WHERE org_id = $1 AND intent_at >= $2 AND channel IS NOT NULL AND channel = 'sms'
        AND delivery = $3 LIMIT 1
      """, [.text(org.rawValue), .instant(since), .text(delivery.rawValue)]
    ) { $0.integer(0) } != nil
  }

  func attempts(
    _ org: OrgID, to address: Digest, _ channel: OutreachChannel, _ delivery: DeliveryMode,
    since: Instant
  ) throws -> [AttemptRecord] {
    let calls = try sql.all(
      """
      SELECT action_id, revision, call FROM outreach_addresses
      WHERE org_id = $1 AND address = $2 AND channel = $3 AND delivery = $4 AND at >= $5
      ORDER BY at
      """,
      [
        .text(org.rawValue), .text(address.hex), .text(channel.rawValue),
        .text(delivery.rawValue), .instant(since),
      ], call)
    return try calls.compactMap { try attempt(org, $0) }
  }

  func openSMS(_ org: OrgID, to address: Digest) throws -> [AttemptRecord] {
    try sql.all(
      Self.selectAttempt
        + """
         WHERE org_id = $1 AND channel = 'sms' AND (outcome IS NULL OR outcome = 'unknown')
          AND EXISTS (SELECT 1 FROM outreach_addresses AS reached
            WHERE reached.org_id = attempts.org_id AND reached.action_id = attempts.action_id
              AND reached.revision = attempts.revision AND reached.call = attempts.call
              AND reached.address = $2)
        ORDER BY intent_at
        """, [.text(org.rawValue), .text(address.hex)], attempt)
  }

  func settleNaming(
    _ org: OrgID, _ operation: OperationID, outcome: String, detail: String?,
    providerID: String?, at: Instant
  ) throws -> SettleAnswer {
    let given = try sql.all(
      """
      UPDATE attempts SET outcome = $1, detail = $2, provider_id = \(Self.ifFree("$3")),
        ended_at = $4
      WHERE org_id = $5 AND action_id = $6 AND revision = $7 AND call = $8
        AND (outcome IS NULL OR outcome = 'unknown')
      RETURNING provider_id
      """,
      [.text(outcome), .optional(detail), .optional(providerID), .instant(at)]
        + names(org, operation)
    ) { $0.optionalText(0) }
    guard let given = given.first else { return .alreadySettled }
    return given == providerID ? .settled : .settledWithoutID
  }

  func prove(
    _ org: OrgID, _ operation: OperationID, providerID: String?, at: Instant
  ) throws -> Bool {
    try sql.execute(
      """
      UPDATE attempts SET proven_at = $1,
        provider_id = COALESCE(provider_id, \(Self.ifFree("$2")))
      WHERE org_id = $3 AND action_id = $4 AND revision = $5 AND call = $6
        AND proven_at IS NULL AND outcome IS NOT NULL
      """, [.instant(at), .optional(providerID)] + names(org, operation)) == 1
  }

  func name(_ org: OrgID, _ operation: OperationID, providerID: String) throws -> Bool {
    try sql.execute(
      """
      UPDATE attempts SET provider_id = $1
      WHERE provider_id IS NULL AND \(Self.ifFree("$1")) IS NOT NULL
        AND org_id = $2 AND action_id = $3 AND revision = $4 AND call = $5
      """, [.text(providerID)] + names(org, operation)) == 1
  }

  func ask(
    _ org: OrgID, _ operation: OperationID, why code: String, at: Instant
  ) throws -> Bool {
    try sql.execute(
      """
      UPDATE attempts SET asked_at = $1, asked_why = $2
      WHERE org_id = $3 AND action_id = $4 AND revision = $5 AND call = $6 AND asked_at IS NULL
      """, [.instant(at), .text(code)] + names(org, operation)) == 1
  }

  /// The provider's id, or NULL where another attempt of the org and channel has it: an id that the
  /// provider repeats must never make a record fail.
  private static func ifFree(_ parameter: String) -> String {
    """
    CASE WHEN EXISTS (SELECT 1 FROM attempts AS other
        WHERE other.org_id = attempts.org_id AND other.channel = attempts.channel
          AND other.provider_id = \(parameter) AND other.provider_id IS NOT NULL
          AND other.channel IS NOT NULL
          AND (other.action_id, other.revision, other.call)
            <> (attempts.action_id, attempts.revision, attempts.call))
      THEN NULL ELSE \(parameter) END
    """
  }

  private func call(_ row: any SQLRow) throws -> OperationID {
    guard let action = ActionID(rawValue: row.text(0)) else {
      throw StoreError(code: "corrupt", detail: "the action of a call")
    }
    return OperationID(
      action: action, revision: Int(row.integer(1)), call: Int(row.integer(2)))
  }
}

import ActionProtocol
import Engine
import Insights

extension SQLTransaction: FindingReading, FindingWriting {
  private static let selectFinding = """
    SELECT org_id, number, source, fingerprint, kind, severity, title, explanation, facts,
      partner_id, first_seen_at, last_seen_at, seen, state, changed_at, changed_by, snoozed_until,
      gone_at
    FROM findings
    """

  func finding(_ org: OrgID, _ number: Int64) throws -> FindingRecord? {
    try sql.first(
      Self.selectFinding + " WHERE org_id = $1 AND number = $2",
      [.text(org.rawValue), .integer(number)], Self.finding)
  }

  func findings(_ org: OrgID, _ source: FindingSource?) throws -> [FindingRecord] {
    let order = " ORDER BY severity DESC, first_seen_at DESC, number DESC"
    guard let source else {
      return try sql.all(
        Self.selectFinding + " WHERE org_id = $1 AND gone_at IS NULL" + order,
        [.text(org.rawValue)], Self.finding)
    }
    return try sql.all(
      Self.selectFinding + " WHERE org_id = $1 AND source = $2 AND gone_at IS NULL" + order,
      [.text(org.rawValue), .text(source.rawValue)], Self.finding)
  }

  func pastFindings(_ org: OrgID, limit: Int) throws -> [FindingRecord] {
    try sql.all(
      Self.selectFinding + " WHERE org_id = $1 ORDER BY number DESC LIMIT $2",
      [.text(org.rawValue), .integer(Int64(limit))], Self.finding)
  }

  func unalertedFindings(_ org: OrgID) throws -> [FindingRecord] {
    try sql.all(
      Self.selectFinding
        + """
         WHERE org_id = $1 AND gone_at IS NULL AND severity = $2 AND state = 'open'
          AND alerted_at IS NULL
        ORDER BY number DESC
        """,
      [.text(org.rawValue), .integer(Int64(FindingSeverity.critical.rawValue))], Self.finding)
  }

  func setAlerted(_ org: OrgID, _ numbers: [Int64]) throws {
    try sql.enqueue(
      "UPDATE findings SET alerted_at = $1 WHERE org_id = $2 AND number = $3",
      each: numbers.map { [.instant(now), .text(org.rawValue), .integer($0)] }, changes: 1)
  }

  func insert(_ finding: FindingRecord) throws -> Int64 {
    let number = try nextLedgerID(finding.org, "aiom.finding")
    let draft = finding.draft
    try sql.execute(
      """
      INSERT INTO findings (org_id, number, source, fingerprint, kind, severity, title,
        explanation, facts, partner_id, first_seen_at, last_seen_at, seen, state, changed_at,
        changed_by, snoozed_until, gone_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
      """,
      [
        .text(finding.org.rawValue), .integer(number), .text(finding.source.rawValue),
        .text(draft.fingerprint), .text(draft.kind), .integer(Int64(draft.severity.rawValue)),
        .text(draft.title), .text(draft.explanation), .text(Self.text(draft.facts)),
        .optional(draft.partner?.rawValue), .instant(finding.firstSeenAt),
        .instant(finding.lastSeenAt), .integer(finding.seen), .text(finding.state.rawValue),
        .instant(finding.changedAt), .optional(finding.changedBy), .optional(finding.snoozedUntil),
        .optional(finding.goneAt),
      ])
    return number
  }

  func save(_ findings: [FindingRecord]) throws {
    guard !findings.isEmpty else { return }
    try sql.enqueue(
      """
      UPDATE findings SET severity = $1, title = $2, explanation = $3, facts = $4,
        last_seen_at = $5, seen = $6, state = $7, changed_at = $8, changed_by = $9,
        snoozed_until = $10, gone_at = $11,
        alerted_at = CASE WHEN severity < $1 THEN NULL ELSE alerted_at END
      WHERE org_id = $12 AND number = $13
      """,
      each: findings.map { finding in
        [
          .integer(Int64(finding.draft.severity.rawValue)), .text(finding.draft.title),
          .text(finding.draft.explanation), .text(Self.text(finding.draft.facts)),
          .instant(finding.lastSeenAt), .integer(finding.seen), .text(finding.state.rawValue),
          .instant(finding.changedAt), .optional(finding.changedBy),
          .optional(finding.snoozedUntil), .optional(finding.goneAt),
          .text(finding.org.rawValue), .integer(finding.number),
        ]
      }, changes: 1)
  }

  private static func text(_ facts: JSONObject) -> String {
    String(decoding: CanonicalJSON.encode(.object(facts)), as: UTF8.self)
  }

  private static func finding(_ row: any SQLRow) throws -> FindingRecord {
    guard let org = OrgID(rawValue: row.text(0)), let source = FindingSource(rawValue: row.text(2)),
      let severity = FindingSeverity(rawValue: Int(row.integer(5))),
      let state = FindingState(rawValue: row.text(13)),
      case .success(.object(let facts)) = JSONReader.read(Array(row.text(8).utf8))
    else { throw StoreError(code: "corrupt", detail: "a finding") }
    return FindingRecord(
      org: org, number: row.integer(1), source: source,
      draft: FindingDraft(
        fingerprint: row.text(3), kind: row.text(4), severity: severity, title: row.text(6),
        explanation: row.text(7), facts: facts,
        partner: row.optionalInteger(9).flatMap { PartnerID(rawValue: $0) }),
      firstSeenAt: row.instant(10), lastSeenAt: row.instant(11), seen: row.integer(12),
      state: state, changedAt: row.instant(14), changedBy: row.optionalText(15),
      snoozedUntil: row.optionalInstant(16), goneAt: row.optionalInstant(17))
  }
}

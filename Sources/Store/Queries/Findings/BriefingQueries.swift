import ActionProtocol
import Engine
import Insights

extension SQLTransaction: BriefingReading, BriefingWriting {
  private static let selectBriefing = "SELECT org_id, made_at, document FROM briefings"

  func briefing(
    _ org: OrgID, _ kind: Briefing.Kind, on day: LocalDate?
  ) throws -> BriefingRecord? {
    guard let day else {
      return try sql.first(
        Self.selectBriefing + " WHERE org_id = $1 AND kind = $2 ORDER BY day DESC LIMIT 1",
        [.text(org.rawValue), .text(kind.rawValue)], Self.briefing)
    }
    return try sql.first(
      Self.selectBriefing + " WHERE org_id = $1 AND kind = $2 AND day = $3",
      [.text(org.rawValue), .text(kind.rawValue), .day(day)], Self.briefing)
  }

  func briefings(_ org: OrgID, limit: Int) throws -> [BriefingRecord] {
    try sql.all(
      Self.selectBriefing + " WHERE org_id = $1 ORDER BY day DESC, made_at DESC LIMIT $2",
      [.text(org.rawValue), .integer(Int64(limit))], Self.briefing)
  }

  func save(_ record: BriefingRecord) throws {
    try sql.execute(
      """
      INSERT INTO briefings (org_id, kind, day, made_at, document) VALUES ($1, $2, $3, $4, $5)
      ON CONFLICT (org_id, kind, day) DO UPDATE SET made_at = excluded.made_at,
        document = excluded.document
      """,
      [
        .text(record.org.rawValue), .text(record.briefing.kind.rawValue),
        .day(record.briefing.day), .instant(record.madeAt),
        .text(String(decoding: CanonicalJSON.encode(record.briefing.json), as: UTF8.self)),
      ])
  }

  /// Read by org, status and creation: an action ends within weeks of its proposal.
  func doneActions(_ org: OrgID, from start: Instant, to end: Instant) throws -> [DoneActions] {
    let horizon = start.advanced(by: .seconds(-90 * 86_400))
    return try sql.all(
      """
      SELECT action_type, status, by_rule, COUNT(*) FROM (
        SELECT action_type, status,
          CASE WHEN approved_by LIKE 'person:%' THEN 0 ELSE 1 END AS by_rule
        FROM actions
        WHERE org_id = $1 AND status IN ('completed', 'failed') AND created_at >= $2
          AND executed_at >= $3 AND executed_at < $4
      ) AS ended
      GROUP BY action_type, status, by_rule ORDER BY action_type, status, by_rule
      """, [.text(org.rawValue), .instant(horizon), .instant(start), .instant(end)]
    ) { row in
      guard let type = ActionType(rawValue: row.text(0)) else {
        throw StoreError(code: "corrupt", detail: "an action's type")
      }
      return DoneActions(
        type: type, isCompleted: row.text(1) == "completed", isByRule: row.flag(2),
        count: Int(row.integer(3)))
    }
  }

  /// Money that came longer ago is history that a first import brings, and no news.
  private static let daysLate: Int64 = 7

  func paymentsKnown(_ org: OrgID, since: Instant) throws -> [Money] {
    try sql.all(
      """
      SELECT currency, CAST(SUM(amount_minor) AS BIGINT) FROM settlements
      WHERE org_id = $1 AND kind = 'payment' AND known_since >= $2 AND settled_on >= $3
      GROUP BY currency HAVING SUM(amount_minor) > 0 ORDER BY currency
      """,
      [
        .text(org.rawValue), .instant(since),
        .integer(since.milliseconds / 86_400_000 - Self.daysLate),
      ]
    ) { row in
      Money(minorUnits: row.integer(1), currency: try OdooValue.currency(row.text(0)))
    }
  }

  func comingUp(_ org: OrgID, until end: Instant) throws -> (expiring: Int, followUps: Int) {
    func count(_ query: String) throws -> Int {
      Int(try sql.first(query, [.text(org.rawValue), .instant(end)]) { $0.integer(0) } ?? 0)
    }
    return (
      try count(
        """
        SELECT COUNT(*) FROM actions
        WHERE org_id = $1 AND status = 'pending_approval' AND expires_at <= $2
        """),
      try count(
        "SELECT COUNT(*) FROM follow_ups WHERE org_id = $1 AND became IS NULL AND due <= $2")
    )
  }

  private static func briefing(_ row: any SQLRow) throws -> BriefingRecord {
    guard let org = OrgID(rawValue: row.text(0)),
      case .success(let json) = JSONReader.read(Array(row.text(2).utf8)),
      let briefing = Briefing(json: json)
    else { throw StoreError(code: "corrupt", detail: "a briefing") }
    return BriefingRecord(org: org, madeAt: row.instant(1), briefing: briefing)
  }
}

import ActionProtocol
import Decisions
import Engine

extension SQLTransaction {
  func requests(
    _ org: OrgID, about states: [ActionState]
  ) throws -> [ActionID: ApprovalRequest] {
    let found = try sql.firsts(
      Self.requestAboutRevision,
      each: states.map {
        [.text(org.rawValue), .text($0.id.rawValue), .integer(Int64($0.revision))]
      }, Self.request)
    return Dictionary(
      found.compactMap { request in
        request.flatMap { request in request.action.map { ($0, request) } }
      }, uniquingKeysWith: { first, _ in first })
  }

  private static let ended = ActionStatus.allCases.filter { !$0.isLive }
    .map { "'\($0.rawValue)'" }.joined(separator: ", ")

  func ripeNotices(_ org: OrgID, limit: Int) throws -> [RipeNotice] {
    try sql.all(
      """
      SELECT n.action_id, n.moment, n.role, n.at, a.title, a.status, n.channel
      FROM rule_notices n
      JOIN actions a ON a.org_id = n.org_id AND a.action_id = n.action_id
      WHERE n.org_id = $1 AND (n.moment = 'before' OR a.status IN (\(Self.ended)))
      ORDER BY n.at, n.action_id, n.moment, n.role, n.channel LIMIT $2
      """, [.text(org.rawValue), .integer(Int64(limit))]
    ) { row in
      guard let action = ActionID(rawValue: row.text(0)),
        let moment = PolicyNotice.Moment(rawValue: row.text(1)),
        let status = ActionStatus(rawValue: row.text(5)),
        let channel = ApprovalChannel(rawValue: row.text(6))
      else { throw StoreError(code: "corrupt", detail: "a notice of a rule") }
      return RipeNotice(
        notice: RuleNotice(
          org: org, action: action, moment: moment, role: row.text(2), channel: channel,
          at: row.instant(3)),
        title: row.text(4), status: status)
    }
  }

  func told(_ org: OrgID) throws -> [PersonID: Instant] {
    let rows = try sql.all(
      "SELECT person_id, told_at FROM persons_told WHERE org_id = $1", [.text(org.rawValue)]
    ) { row in
      guard let person = PersonID(rawValue: row.text(0)) else {
        throw StoreError(code: "corrupt", detail: "who was told")
      }
      return (person, row.instant(1))
    }
    return Dictionary(uniqueKeysWithValues: rows)
  }

  func keep(_ notice: RuleNotice) throws {
    try sql.enqueue(
      """
      INSERT INTO rule_notices (org_id, action_id, moment, role, channel, at)
      VALUES ($1, $2, $3, $4, $5, $6)
      ON CONFLICT (org_id, action_id, moment, role, channel) DO NOTHING
      """, key(notice) + [.instant(notice.at)])
  }

  func remove(_ notices: [RuleNotice]) throws {
    for notice in notices {
      try sql.enqueue(
        """
        DELETE FROM rule_notices
        WHERE org_id = $1 AND action_id = $2 AND moment = $3 AND role = $4 AND channel = $5
        """, key(notice))
    }
  }

  private func key(_ notice: RuleNotice) -> [SQLValue] {
    [
      .text(notice.org.rawValue), .text(notice.action.rawValue), .text(notice.moment.rawValue),
      .text(notice.role), .text(notice.channel.rawValue),
    ]
  }

  func setTold(_ org: OrgID, _ persons: [PersonID]) throws {
    for person in persons {
      try sql.enqueue(
        """
        INSERT INTO persons_told (org_id, person_id, told_at) VALUES ($1, $2, $3)
        ON CONFLICT (org_id, person_id) DO UPDATE SET told_at = excluded.told_at
        """, [.text(org.rawValue), .text(person.rawValue), .instant(now)])
    }
  }
}

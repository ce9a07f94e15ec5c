import ActionProtocol
import Decisions
import Engine

extension SQLTransaction {
  func insert(_ decision: DecisionRecord) throws {
    try sql.enqueue(
      """
      INSERT INTO policy_decisions (org_id, action_id, revision, version, verdict, facts, winning,
        shadow, partner, recipient, proposer, amount, at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
      """,
      [
        .text(decision.org.rawValue), .text(decision.action.rawValue),
        .integer(Int64(decision.revision)), .integer(decision.version),
        .text(decision.verdict.rawValue), .text(String(decoding: decision.facts, as: UTF8.self)),
        .text(decision.winning.joined(separator: " ")), .optional(decision.shadow?.rawValue),
        .optional(decision.keys[.partner]), .optional(decision.keys[.recipient]),
        .text(decision.keys[.proposer] ?? ""), .optional(decision.amount), .instant(decision.at),
      ])
  }

  private static let columns = """
    d.org_id, d.action_id, d.revision, d.version, d.verdict, d.facts, d.winning, d.shadow,
    d.partner, d.recipient, d.proposer, d.amount, d.at
    """

  func decision(
    _ org: OrgID, _ action: ActionID, revision: Int?
  ) throws -> DecisionRecord? {
    try sql.first(
      """
      SELECT \(Self.columns) FROM policy_decisions d
      WHERE d.org_id = $1 AND d.action_id = $2 AND ($3 = 0 OR d.revision = $3)
      ORDER BY d.revision DESC, d.version DESC LIMIT 1
      """,
      [.text(org.rawValue), .text(action.rawValue), .integer(Int64(revision ?? 0))],
      Self.decision)
  }

  /// Of a revision that was decided on several times the last word counts: the others were superseded,
  /// as revisions are that another one followed.
  func pastDecisions(
    _ org: OrgID, after: PastPlace?, limit: Int
  ) throws -> [PastRecord] {
    try sql.all(
      """
      SELECT \(Self.columns), r.outcome FROM policy_decisions d
      LEFT JOIN approval_resolutions r ON r.org_id = d.org_id
        AND r.request_id = d.action_id || ':' || d.revision || ':' || d.version
      WHERE d.org_id = $1 AND (d.at, d.action_id, d.revision) > ($2, $3, $4)
        AND COALESCE(r.outcome, '') <> 'superseded'
      ORDER BY d.at, d.action_id, d.revision LIMIT $5
      """,
      [
        .text(org.rawValue), .integer(after?.at.milliseconds ?? Int64.min),
        .text(after?.action ?? ""), .integer(Int64(after?.revision ?? 0)), .integer(Int64(limit)),
      ]
    ) { row in
      let decision = try Self.decision(row)
      return PastRecord(decision: decision, outcome: Self.outcome(row.text(13), decision.verdict))
    }
  }

  func pastPlace(_ org: OrgID, beforeNewest count: Int) throws -> PastPlace? {
    try sql.first(
      """
      SELECT at, action_id, revision FROM policy_decisions WHERE org_id = $1
      ORDER BY at DESC, action_id DESC, revision DESC LIMIT 1 OFFSET $2
      """, [.text(org.rawValue), .integer(Int64(count))]
    ) { PastPlace(at: $0.instant(0), action: $0.text(1), revision: Int($0.integer(2))) }
  }

  func ruleHits(_ org: OrgID, version: Int64, amongNewest count: Int) throws -> RuleHits {
    var found = RuleHits()
    try sql.forEach(
      """
      SELECT winning, COUNT(*) FROM (
        SELECT winning, version FROM policy_decisions WHERE org_id = $1
        ORDER BY at DESC, action_id DESC, revision DESC LIMIT $2
      ) AS newest WHERE version = $3 GROUP BY winning
      """, [.text(org.rawValue), .integer(Int64(count)), .integer(version)]
    ) { row in
      let count = row.integer(1)
      found.decisions += count
      for rule in row.text(0).split(separator: " ") {
        found.hits[String(rule), default: 0] += count
      }
    }
    return found
  }

  /// Who has not answered yet has not answered.
  private static func outcome(
    _ text: String, _ verdict: PolicyVerdict.Kind
  ) -> PastDecision.Outcome {
    switch (ApprovalResolution.Outcome(rawValue: text), verdict) {
    case (.approved, _): .approved
    case (.rejected, _): .rejected
    case (.auto, _), (nil, .auto): .auto
    case (.denied, _), (nil, .deny): .denied
    default: .expired
    }
  }

  private static func decision(_ row: any SQLRow) throws -> DecisionRecord {
    guard let org = OrgID(rawValue: row.text(0)), let action = ActionID(rawValue: row.text(1)),
      let verdict = PolicyVerdict.Kind(rawValue: row.text(4))
    else { throw StoreError(code: "corrupt", detail: "a decision of a policy") }
    var keys: [PolicyCap.Key: String] = [.proposer: row.text(10)]
    keys[.partner] = row.optionalText(8)
    keys[.recipient] = row.optionalText(9)
    return DecisionRecord(
      org: org, action: action, revision: Int(row.integer(2)), version: row.integer(3),
      verdict: verdict, facts: Array(row.text(5).utf8),
      winning: row.text(6).split(separator: " ").map(String.init),
      shadow: row.optionalText(7).flatMap(PolicyVerdict.Kind.init(rawValue:)), keys: keys,
      amount: row.optionalInteger(11), at: row.instant(12))
  }
}

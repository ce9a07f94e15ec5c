import ActionProtocol
import Decisions
import Engine

extension SQLTransaction {
  private static let selectRequest = """
    SELECT q.org_id, q.request_id, q.kind, q.action_id, q.revision, q.digest, q.requirement,
      q.version, q.requested_by, q.at, q.expires_at, q.document, q.source, q.reason
    FROM approval_requests q
    """

  static let requestAboutRevision =
    selectRequest
      + """
       WHERE q.org_id = $1 AND q.action_id = $2 AND q.revision = $3 AND q.action_id IS NOT NULL
      ORDER BY q.version DESC LIMIT 1
      """

  func request(_ org: OrgID, _ id: String) throws -> ApprovalRequest? {
    try sql.first(
      Self.selectRequest + " WHERE q.org_id = $1 AND q.request_id = $2",
      [.text(org.rawValue), .text(id)], Self.request)
  }

  func request(_ org: OrgID, _ action: ActionID, revision: Int) throws -> ApprovalRequest? {
    try sql.first(
      Self.requestAboutRevision,
      [.text(org.rawValue), .text(action.rawValue), .integer(Int64(revision))], Self.request)
  }

  func openRequests(
    _ org: OrgID, _ kind: ApprovalRequest.Kind, limit: Int
  ) throws -> [ApprovalRequest] {
    try sql.all(
      Self.selectRequest
        + """
         LEFT JOIN approval_resolutions r ON r.org_id = q.org_id AND r.request_id = q.request_id
        WHERE q.org_id = $1 AND q.kind = $2 AND r.request_id IS NULL
        ORDER BY q.at, q.request_id LIMIT $3
        """,
      [.text(org.rawValue), .text(kind.rawValue), .integer(Int64(limit))], Self.request)
  }

  func entries(_ org: OrgID, of request: String) throws -> [ApprovalEntry] {
    try sql.all(
      """
      SELECT org_id, request_id, person, word, digest, roles, channel, via, step_up, step_up_at,
        evidence, at, together, considered_ms
      FROM approval_entries WHERE org_id = $1 AND request_id = $2 ORDER BY number
      """, [.text(org.rawValue), .text(request)], Self.entry)
  }

  func resolution(_ org: OrgID, of request: String) throws -> ApprovalResolution? {
    try sql.first(
      """
      SELECT org_id, request_id, outcome, digest, version, by_whom, at
      FROM approval_resolutions WHERE org_id = $1 AND request_id = $2
      """, [.text(org.rawValue), .text(request)]
    ) { row in
      guard let org = OrgID(rawValue: row.text(0)),
        let outcome = ApprovalResolution.Outcome(rawValue: row.text(2)),
        let digest = Digest(hex: row.text(3)), let by = Author(rawValue: row.text(5))
      else { throw StoreError(code: "corrupt", detail: "the end of a request") }
      return ApprovalResolution(
        org: org, request: row.text(1), outcome: outcome, digest: digest, version: row.integer(4),
        by: by, at: row.instant(6))
    }
  }

  static func request(_ row: any SQLRow) throws -> ApprovalRequest {
    guard let org = OrgID(rawValue: row.text(0)),
      let kind = ApprovalRequest.Kind(rawValue: row.text(2)), let digest = Digest(hex: row.text(5)),
      case .success(let json) = JSONReader.read(Array(row.text(6).utf8)),
      let requirement = PolicyRequirement(json: json), let by = Author(rawValue: row.text(8))
    else { throw StoreError(code: "corrupt", detail: "a request for approval") }
    return ApprovalRequest(
      org: org, id: row.text(1), kind: kind,
      action: row.optionalText(3).flatMap(ActionID.init(rawValue:)),
      revision: row.optionalInteger(4).map { Int($0) }, digest: digest, requirement: requirement,
      version: row.integer(7), requestedBy: by, at: row.instant(9), expiresAt: row.instant(10),
      document: row.optionalText(11).map { Array($0.utf8) }, source: row.optionalText(12),
      reason: row.optionalText(13))
  }

  private static func entry(_ row: any SQLRow) throws -> ApprovalEntry {
    guard let org = OrgID(rawValue: row.text(0)), let person = Author(rawValue: row.text(2)),
      let word = ApprovalEntry.Word(rawValue: row.text(3)), let digest = Digest(hex: row.text(4)),
      let channel = ApprovalChannel(rawValue: row.text(6))
    else { throw StoreError(code: "corrupt", detail: "an entry of a request") }
    var stepUp: StepUpEvidence?
    if let method = row.optionalText(8).flatMap(StepUp.init(rawValue:)),
      let at = row.optionalInstant(9)
    {
      stepUp = StepUpEvidence(method: method, at: at, evidence: row.blob(10))
    }
    return ApprovalEntry(
      org: org, request: row.text(1), person: person, word: word, digest: digest,
      roles: Set(row.text(5).split(separator: " ").map(String.init)), channel: channel,
      via: row.text(7), stepUp: stepUp, at: row.instant(11),
      manner: DecisionManner(
        together: Int(row.integer(12)),
        considered: row.optionalInteger(13).map { .milliseconds($0) }))
  }
}

extension SQLTransaction {
  func insert(_ request: ApprovalRequest) throws {
    try sql.enqueue(
      """
      INSERT INTO approval_requests (org_id, request_id, kind, action_id, revision, digest,
        requirement, version, requested_by, at, expires_at, document, source, reason)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
      """,
      [
        .text(request.org.rawValue), .text(request.id), .text(request.kind.rawValue),
        .optional(request.action?.rawValue), .optional(request.revision.map(Int64.init)),
        .text(request.digest.hex), .text(CanonicalJSON.text(request.requirement.json)),
        .integer(request.version), .text(request.requestedBy.rawValue), .instant(request.at),
        .instant(request.expiresAt),
        .optional(request.document.map { String(decoding: $0, as: UTF8.self) }),
        .optional(request.source), .optional(request.reason),
      ])
  }

  func insert(_ entry: ApprovalEntry) throws {
    let evidence: SQLValue = entry.stepUp.map { .blob($0.evidence) } ?? .null
    let number = try sql.first(
      "SELECT COUNT(*) + 1 FROM approval_entries WHERE org_id = $1 AND request_id = $2",
      [.text(entry.org.rawValue), .text(entry.request)]
    ) { $0.integer(0) }
    try sql.execute(
      """
      INSERT INTO approval_entries (org_id, request_id, number, person, word, digest, roles,
        channel, via, step_up, step_up_at, evidence, at, together, considered_ms)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
      """,
      [
        .text(entry.org.rawValue), .text(entry.request), .integer(number ?? 1),
        .text(entry.person.rawValue),
        .text(entry.word.rawValue), .text(entry.digest.hex),
        .text(entry.roles.sorted().joined(separator: " ")), .text(entry.channel.rawValue),
        .text(entry.via), .optional(entry.stepUp?.method.rawValue), .optional(entry.stepUp?.at),
        evidence, .instant(entry.at), .integer(Int64(entry.manner.together)),
        .optional(entry.manner.considered.map { Int64($0 / .milliseconds(1)) }),
      ])
  }

  func insert(_ resolution: ApprovalResolution) throws {
    try sql.execute(
      """
      INSERT INTO approval_resolutions (org_id, request_id, outcome, digest, version, by_whom, at)
      VALUES ($1, $2, $3, $4, $5, $6, $7)
      """,
      [
        .text(resolution.org.rawValue), .text(resolution.request),
        .text(resolution.outcome.rawValue), .text(resolution.digest.hex),
        .integer(resolution.version), .text(resolution.by.rawValue), .instant(resolution.at),
      ])
  }

  func endRequests(
    _ org: OrgID, _ action: ActionID, as outcome: ApprovalResolution.Outcome, by: Author
  ) throws {
    try sql.enqueue(
      """
      INSERT INTO approval_resolutions (outcome, by_whom, at, org_id, request_id, digest, version)
      SELECT CAST($1 AS TEXT), CAST($2 AS TEXT), CAST($3 AS BIGINT), q.org_id, q.request_id, q.digest, q.version
      FROM approval_requests q
      WHERE q.org_id = $4 AND q.action_id = $5 AND q.action_id IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM approval_resolutions r
          WHERE r.org_id = q.org_id AND r.request_id = q.request_id)
      """,
      [
        .text(outcome.rawValue), .text(by.rawValue), .instant(now), .text(org.rawValue),
        .text(action.rawValue),
      ])
  }
}

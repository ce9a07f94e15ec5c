import ActionProtocol
import Decisions
import Engine

extension SQLTransaction: AccessReading, AccessWriting {
  // MARK: - Sessions

  func session(_ digest: Digest) throws -> SessionRecord? {
    try sql.first(Self.selectSession + " WHERE digest = $1", [.text(digest.hex)], Self.session)
  }

  func sessions(of person: PersonID) throws -> [SessionRecord] {
    try sql.all(
      Self.selectSession + " WHERE person_id = $1 ORDER BY created_at, digest",
      [.text(person.rawValue)], Self.session)
  }

  func insert(_ session: SessionRecord) throws {
    try sql.execute(
      """
      INSERT INTO sessions (digest, person_id, place, created_at, seen_at)
      VALUES ($1, $2, $3, $4, $5)
      """,
      [
        .text(session.digest.hex), .text(session.person.rawValue), .text(session.place.rawValue),
        .instant(session.createdAt), .instant(session.seenAt),
      ])
  }

  func touchSession(_ digest: Digest, at instant: Instant) throws {
    try sql.execute(
      "UPDATE sessions SET seen_at = $1 WHERE digest = $2 AND seen_at < $1",
      [.instant(instant), .text(digest.hex)])
  }

  func removeSession(_ digest: Digest) throws -> Bool {
    try sql.execute("DELETE FROM sessions WHERE digest = $1", [.text(digest.hex)]) == 1
  }

  func removeSessions(of person: PersonID) throws -> Int {
    try sql.execute("DELETE FROM sessions WHERE person_id = $1", [.text(person.rawValue)])
  }

  func removeEndedAccess(sessionsBefore: Instant, failuresBefore: Instant) throws {
    try sql.execute("DELETE FROM sessions WHERE created_at < $1", [.instant(sessionsBefore)])
    try sql.execute("DELETE FROM access_links WHERE expires_at <= $1", [.instant(now)])
    try sql.execute("DELETE FROM passkey_challenges WHERE expires_at <= $1", [.instant(now)])
    try sql.execute("DELETE FROM login_failures WHERE last_at < $1", [.instant(failuresBefore)])
  }

  private static let selectSession =
    "SELECT digest, person_id, place, created_at, seen_at FROM sessions"

  private static func session(_ row: any SQLRow) throws -> SessionRecord {
    guard let digest = Digest(hex: row.text(0)), let place = SessionPlace(rawValue: row.text(2))
    else { throw corruptAccess }
    return SessionRecord(
      digest: digest, person: try personID(row.text(1)), place: place, createdAt: row.instant(3),
      seenAt: row.instant(4))
  }

  // MARK: - Tokens

  func token(_ digest: Digest) throws -> TokenRecord? {
    try sql.first(Self.selectToken + " WHERE digest = $1", [.text(digest.hex)], Self.token)
  }

  func token(_ org: OrgID, id: String) throws -> TokenRecord? {
    try sql.first(
      Self.selectToken + " WHERE org_id = $1 AND token_id = $2",
      [.text(org.rawValue), .text(id)], Self.token)
  }

  func tokens(of org: OrgID) throws -> [TokenRecord] {
    try sql.all(
      Self.selectToken + " WHERE org_id = $1 ORDER BY created_at DESC, token_id DESC",
      [.text(org.rawValue)], Self.token)
  }

  func insert(_ token: TokenRecord) throws {
    try sql.execute(
      """
      INSERT INTO api_tokens (org_id, token_id, digest, name, kind, person_id, scopes, created_at,
        expires_at, last_used_at, revoked_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
      """,
      [
        .text(token.org.rawValue), .text(token.id), .text(token.digest.hex), .text(token.name),
        .text(token.kind.rawValue), .text(token.person.rawValue), .text(Right.words(token.scopes)),
        .instant(token.createdAt), .instant(token.expiresAt), .optional(token.lastUsedAt),
        .optional(token.revokedAt),
      ])
  }

  func touchToken(_ org: OrgID, id: String, at instant: Instant) throws {
    try sql.execute(
      "UPDATE api_tokens SET last_used_at = $1 WHERE org_id = $2 AND token_id = $3",
      [.instant(instant), .text(org.rawValue), .text(id)])
  }

  func revokeToken(_ org: OrgID, id: String, at instant: Instant) throws -> Bool {
    try sql.execute(
      """
      UPDATE api_tokens SET revoked_at = $1
      WHERE org_id = $2 AND token_id = $3 AND revoked_at IS NULL
      """, [.instant(instant), .text(org.rawValue), .text(id)]) == 1
  }

  private static let selectToken = """
    SELECT org_id, token_id, digest, name, kind, person_id, scopes, created_at, expires_at,
      last_used_at, revoked_at
    FROM api_tokens
    """

  private static func token(_ row: any SQLRow) throws -> TokenRecord {
    guard let org = OrgID(rawValue: row.text(0)), let digest = Digest(hex: row.text(2)),
      let kind = TokenKind(rawValue: row.text(4))
    else { throw corruptAccess }
    return TokenRecord(
      org: org, id: row.text(1), digest: digest, name: row.text(3), kind: kind,
      person: try personID(row.text(5)), scopes: rights(row.text(6)), createdAt: row.instant(7),
      expiresAt: row.instant(8), lastUsedAt: row.optionalInstant(9),
      revokedAt: row.optionalInstant(10))
  }

  // MARK: - Links and wrong passwords

  func link(_ digest: Digest) throws -> LinkRecord? {
    try sql.first(
      "SELECT person_id, created_at, expires_at FROM access_links WHERE digest = $1",
      [.text(digest.hex)]
    ) { row in
      LinkRecord(
        digest: digest, person: try row.optionalText(0).map(Self.personID),
        createdAt: row.instant(1), expiresAt: row.instant(2))
    }
  }

  func replaceLink(_ link: LinkRecord) throws {
    if let person = link.person {
      try sql.execute(
        "DELETE FROM access_links WHERE person_id = $1", [.text(person.rawValue)])
    } else {
      try sql.execute("DELETE FROM access_links WHERE person_id IS NULL", [])
    }
    try sql.execute(
      """
      INSERT INTO access_links (digest, person_id, created_at, expires_at) VALUES ($1, $2, $3, $4)
      """,
      [
        .text(link.digest.hex), .optional(link.person?.rawValue), .instant(link.createdAt),
        .instant(link.expiresAt),
      ])
  }

  func takeLink(_ digest: Digest) throws -> Bool {
    try sql.execute("DELETE FROM access_links WHERE digest = $1", [.text(digest.hex)]) == 1
  }

  func loginFailures(_ key: Digest) throws -> LoginFailures? {
    try sql.first(
      "SELECT failures, last_at FROM login_failures WHERE key = $1", [.text(key.hex)]
    ) { LoginFailures(count: Int($0.integer(0)), lastAt: $0.instant(1)) }
  }

  func save(_ failures: LoginFailures?, _ key: Digest) throws {
    guard let failures else {
      try sql.execute("DELETE FROM login_failures WHERE key = $1", [.text(key.hex)])
      return
    }
    try sql.execute(
      """
      INSERT INTO login_failures (key, failures, last_at) VALUES ($1, $2, $3)
      ON CONFLICT (key) DO UPDATE SET failures = excluded.failures, last_at = excluded.last_at
      """, [.text(key.hex), .integer(Int64(failures.count)), .instant(failures.lastAt)])
  }
}

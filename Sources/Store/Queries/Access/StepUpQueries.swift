import ActionProtocol
import Decisions
import Engine

extension SQLTransaction {
  // MARK: - One-time codes

  func codeKey(of person: PersonID) throws -> CodeRecord? {
    try sql.first(
      "SELECT sealed, created_at, confirmed_at, last_step FROM code_keys WHERE person_id = $1",
      [.text(person.rawValue)]
    ) { row in
      CodeRecord(
        person: person, sealed: row.blob(0), createdAt: row.instant(1),
        confirmedAt: row.optionalInstant(2), lastStep: row.optionalInteger(3))
    }
  }

  func saveCodeKey(_ record: CodeRecord?, of person: PersonID) throws {
    guard let record else {
      try sql.execute("DELETE FROM code_keys WHERE person_id = $1", [.text(person.rawValue)])
      return
    }
    try sql.execute(
      """
      INSERT INTO code_keys (person_id, sealed, created_at, confirmed_at, last_step)
      VALUES ($1, $2, $3, $4, $5)
      ON CONFLICT (person_id) DO UPDATE SET sealed = excluded.sealed,
        created_at = excluded.created_at, confirmed_at = excluded.confirmed_at,
        last_step = excluded.last_step
      """,
      [
        .text(person.rawValue), .blob(record.sealed), .instant(record.createdAt),
        .optional(record.confirmedAt), .optional(record.lastStep),
      ])
  }

  func takeCode(of person: PersonID, step: Int64) throws -> Bool {
    try sql.execute(
      """
      UPDATE code_keys SET last_step = $1
      WHERE person_id = $2 AND (last_step IS NULL OR last_step < $1)
      """, [.integer(step), .text(person.rawValue)]) == 1
  }

  // MARK: - Passkeys

  func passkeys(of person: PersonID) throws -> [PasskeyRecord] {
    try sql.all(
      """
      SELECT credential_id, name, public_key, sign_count, created_at, last_used_at FROM passkeys
      WHERE person_id = $1 ORDER BY created_at, credential_id
      """, [.text(person.rawValue)]
    ) { row in
      PasskeyRecord(
        id: row.blob(0), person: person, name: row.text(1), publicKey: row.blob(2),
        signCount: row.integer(3), createdAt: row.instant(4), lastUsedAt: row.optionalInstant(5))
    }
  }

  func insert(_ passkey: PasskeyRecord) throws {
    try sql.execute(
      """
      INSERT INTO passkeys (credential_id, person_id, name, public_key, sign_count, created_at,
        last_used_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7)
      """,
      [
        .blob(passkey.id), .text(passkey.person.rawValue), .text(passkey.name),
        .blob(passkey.publicKey), .integer(passkey.signCount), .instant(passkey.createdAt),
        .optional(passkey.lastUsedAt),
      ])
  }

  func touchPasskey(_ id: [UInt8], signCount: Int64, at instant: Instant) throws {
    try sql.execute(
      "UPDATE passkeys SET sign_count = $1, last_used_at = $2 WHERE credential_id = $3",
      [.integer(signCount), .instant(instant), .blob(id)])
  }

  func removePasskey(_ id: [UInt8], of person: PersonID) throws -> Bool {
    try sql.execute(
      "DELETE FROM passkeys WHERE credential_id = $1 AND person_id = $2",
      [.blob(id), .text(person.rawValue)]) == 1
  }

  func insert(_ challenge: ChallengeRecord) throws {
    try sql.execute(
      """
      INSERT INTO passkey_challenges (challenge, person_id, purpose, action_digest, expires_at)
      VALUES ($1, $2, $3, $4, $5)
      """,
      [
        .blob(challenge.challenge), .text(challenge.person.rawValue),
        .text(challenge.purpose.rawValue), .optional(challenge.action?.hex),
        .instant(challenge.expiresAt),
      ])
  }

  func takeChallenge(_ challenge: [UInt8]) throws -> ChallengeRecord? {
    let found = try sql.first(
      """
      DELETE FROM passkey_challenges WHERE challenge = $1
      RETURNING person_id, purpose, action_digest, expires_at
      """, [.blob(challenge)]
    ) { row in
      guard let purpose = ChallengeRecord.Purpose(rawValue: row.text(1)) else {
        throw Self.corruptAccess
      }
      return ChallengeRecord(
        challenge: challenge, person: try Self.personID(row.text(0)), purpose: purpose,
        action: row.optionalText(2).flatMap(Digest.init(hex:)), expiresAt: row.instant(3))
    }
    return found.flatMap { now < $0.expiresAt ? $0 : nil }
  }
}

import ActionProtocol
import Decisions
import Engine

extension SQLTransaction: PolicyReading, PolicyWriting {
  /// The org's setting that names the active version: it is read with the org, at no cost of its own.
  static let policySetting = "policy.version"

  private static let selectVersion = """
    SELECT org_id, number, hash, document, author, reason, source, difference, at
    FROM policy_versions
    """

  func policyVersion(_ org: OrgID, _ number: Int64?) throws -> PolicyVersion? {
    guard let number else {
      return try sql.first(
        Self.selectVersion + " WHERE org_id = $1 ORDER BY number DESC LIMIT 1",
        [.text(org.rawValue)], Self.version)
    }
    return try sql.first(
      Self.selectVersion + " WHERE org_id = $1 AND number = $2",
      [.text(org.rawValue), .integer(number)], Self.version)
  }

  func policyVersions(_ org: OrgID, limit: Int) throws -> [PolicyVersion] {
    try sql.all(
      Self.selectVersion + " WHERE org_id = $1 ORDER BY number DESC LIMIT $2",
      [.text(org.rawValue), .integer(Int64(limit))], Self.version)
  }

  func policyHash(_ org: OrgID, _ number: Int64) throws -> Digest? {
    try sql.first(
      "SELECT hash FROM policy_versions WHERE org_id = $1 AND number = $2",
      [.text(org.rawValue), .integer(number)]
    ) { Digest(hex: $0.text(0)) } ?? nil
  }

  func activate(_ version: PolicyVersion) throws {
    let last = try sql.first(
      "SELECT MAX(number) FROM policy_versions WHERE org_id = $1", [.text(version.org.rawValue)]
    ) { $0.integer(0) }
    guard version.number == (last ?? 0) + 1 else {
      throw StoreError(code: "constraint", detail: "the number of a policy's version")
    }
    try sql.execute(
      """
      INSERT INTO policy_versions
        (org_id, number, hash, document, author, reason, source, difference, at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
      """,
      [
        .text(version.org.rawValue), .integer(version.number), .text(version.hash.hex),
        .text(String(decoding: version.document, as: UTF8.self)), .text(version.author.rawValue),
        .text(version.reason), .text(version.source),
        .text(String(decoding: version.difference, as: UTF8.self)), .instant(version.at),
      ])
    try sql.execute(
      """
      INSERT INTO settings (org_id, key, value) VALUES ($1, $2, $3)
      ON CONFLICT (org_id, key) DO UPDATE SET value = excluded.value
      """,
      [.text(version.org.rawValue), .text(Self.policySetting), .text(String(version.number))])
  }

  private static func version(_ row: any SQLRow) throws -> PolicyVersion {
    guard let org = OrgID(rawValue: row.text(0)), let hash = Digest(hex: row.text(2)),
      let author = Author(rawValue: row.text(4))
    else { throw StoreError(code: "corrupt", detail: "a version of a policy") }
    return PolicyVersion(
      org: org, number: row.integer(1), hash: hash, document: Array(row.text(3).utf8),
      author: author, reason: row.text(5), source: row.text(6),
      difference: Array(row.text(7).utf8), at: row.instant(8))
  }
}

import ActionProtocol
import Addressing
import Decisions
import Engine

extension SQLTransaction {
  // MARK: - Reading

  func hasPersons() throws -> Bool {
    try sql.first("SELECT 1 FROM persons LIMIT 1") { $0.integer(0) } != nil
  }

  func person(_ id: PersonID) throws -> Person? {
    try sql.first(Self.selectPerson + " WHERE person_id = $1", [.text(id.rawValue)], Self.person)
  }

  func persons() throws -> [Person] {
    try sql.all(Self.selectPerson + " ORDER BY person_id", [], Self.person)
  }

  func password(of person: PersonID) throws -> PasswordRecord? {
    try sql.first(
      """
      SELECT salt, hash, rounds, block_size, parallelism, changed_at FROM person_passwords
      WHERE person_id = $1
      """, [.text(person.rawValue)]
    ) { row in
      PasswordRecord(
        salt: row.blob(0), hash: row.blob(1),
        cost: PasswordCost(
          rounds: Int(row.integer(2)), blockSize: Int(row.integer(3)),
          parallelism: Int(row.integer(4))),
        changedAt: row.instant(5))
    }
  }

  func memberships(of person: PersonID) throws -> [Membership] {
    try sql.all(
      "SELECT org_id, person_id, role FROM memberships WHERE person_id = $1 ORDER BY org_id, role",
      [.text(person.rawValue)], Self.membership)
  }

  func memberships(in org: OrgID) throws -> [Membership] {
    try sql.all(
      "SELECT org_id, person_id, role FROM memberships WHERE org_id = $1 ORDER BY person_id, role",
      [.text(org.rawValue)], Self.membership)
  }

  func roles(of org: OrgID) throws -> [RoleRecord] {
    try sql.all(
      "SELECT name, rights, created_at FROM roles WHERE org_id = $1 ORDER BY name",
      [.text(org.rawValue)]
    ) { row in
      guard let name = RoleName(rawValue: row.text(0)) else { throw Self.corruptAccess }
      return RoleRecord(
        org: org, name: name, rights: Self.rights(row.text(1)), createdAt: row.instant(2))
    }
  }

  // MARK: - Writing

  func save(_ person: Person) throws {
    try sql.execute(
      """
      INSERT INTO persons (person_id, name, email, is_active, created_at, phone)
      VALUES ($1, $2, $3, $4, $5, $6)
      ON CONFLICT (person_id) DO UPDATE SET name = excluded.name, email = excluded.email,
        is_active = excluded.is_active, phone = excluded.phone
      """,
      [
        .text(person.id.rawValue), .text(person.name), .optional(person.email?.rawValue),
        .flag(person.isActive), .instant(person.createdAt), .optional(person.phone?.e164),
      ])
  }

  func save(_ password: PasswordRecord, of person: PersonID) throws {
    try sql.execute(
      """
      INSERT INTO person_passwords (person_id, salt, hash, rounds, block_size, parallelism,
        changed_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7)
      ON CONFLICT (person_id) DO UPDATE SET salt = excluded.salt, hash = excluded.hash,
        rounds = excluded.rounds, block_size = excluded.block_size,
        parallelism = excluded.parallelism, changed_at = excluded.changed_at
      """,
      [
        .text(person.rawValue), .blob(password.salt), .blob(password.hash),
        .integer(Int64(password.cost.rounds)), .integer(Int64(password.cost.blockSize)),
        .integer(Int64(password.cost.parallelism)), .instant(password.changedAt),
      ])
  }

  func add(_ membership: Membership) throws -> Bool {
    try sql.execute(
      """
      INSERT INTO memberships (org_id, person_id, role) VALUES ($1, $2, $3)
      ON CONFLICT (org_id, person_id, role) DO NOTHING
      """, Self.values(membership)) == 1
  }

  func remove(_ membership: Membership) throws -> Bool {
    try sql.execute(
      "DELETE FROM memberships WHERE org_id = $1 AND person_id = $2 AND role = $3",
      Self.values(membership)) == 1
  }

  func save(_ role: RoleRecord) throws {
    try sql.execute(
      """
      INSERT INTO roles (org_id, name, rights, created_at) VALUES ($1, $2, $3, $4)
      ON CONFLICT (org_id, name) DO UPDATE SET rights = excluded.rights
      """,
      [
        .text(role.org.rawValue), .text(role.name.rawValue), .text(Right.words(role.rights)),
        .instant(role.createdAt),
      ])
  }

  func removeRole(_ org: OrgID, _ name: RoleName) throws {
    try sql.execute(
      "DELETE FROM roles WHERE org_id = $1 AND name = $2",
      [.text(org.rawValue), .text(name.rawValue)])
  }

  // MARK: - Rows

  static let corruptAccess = StoreError(code: "corrupt", detail: "a column of a person's access")

  /// A right that only a later version knows opens nothing here.
  static func rights(_ text: String) -> Set<Right> {
    Set(text.split(separator: ",").compactMap { Right(rawValue: String($0)) })
  }

  static func personID(_ text: String) throws -> PersonID {
    guard let id = PersonID(rawValue: text) else { throw corruptAccess }
    return id
  }

  private static let selectPerson =
    "SELECT person_id, name, email, is_active, created_at, phone FROM persons"

  private static func person(_ row: any SQLRow) throws -> Person {
    Person(
      id: try personID(row.text(0)), name: row.text(1),
      email: try row.optionalText(2).map { try EmailAddress($0) },
      phone: try row.optionalText(5).map { try PhoneNumber(e164: $0) }, isActive: row.flag(3),
      createdAt: row.instant(4))
  }

  private static func membership(_ row: any SQLRow) throws -> Membership {
    guard let org = OrgID(rawValue: row.text(0)), let role = RoleName(rawValue: row.text(2)) else {
      throw corruptAccess
    }
    return Membership(org: org, person: try personID(row.text(1)), role: role)
  }

  private static func values(_ membership: Membership) -> [SQLValue] {
    [
      .text(membership.org.rawValue), .text(membership.person.rawValue),
      .text(membership.role.rawValue),
    ]
  }
}

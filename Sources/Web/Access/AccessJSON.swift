import ActionProtocol
import Decisions
import Engine

/// Persons, roles and tokens as the API shows them.
enum AccessJSON {
  static func person(_ card: PersonCard, in org: OrgID) -> JSONValue {
    [
      "person": .string(card.person.id.rawValue), "name": .string(card.person.name),
      "email": card.person.emailText.map { .string($0) } ?? .null,
      "phone": card.person.phoneText.map { .string($0) } ?? .null,
      "active": .bool(card.person.isActive),
      "roles": .array((card.roles[org] ?? []).map { .string($0.rawValue) }),
      "has_password": .bool(card.hasPassword), "has_codes": .bool(card.hasCodes),
      "passkeys": .integer(Int64(card.passkeys.count)),
      "created_at": .string(card.person.createdAt.rfc3339),
    ]
  }

  static func role(_ role: Roles.Listed) -> JSONValue {
    [
      "role": .string(role.name.rawValue), "built_in": .bool(role.isBuiltIn),
      "persons": .integer(Int64(role.holders)), "rights": rights(role.rights),
    ]
  }

  static func token(_ token: TokenRecord, secret: String? = nil) -> JSONValue {
    var object: JSONObject = [
      "id": .string(token.id), "name": .string(token.name),
      "kind": .string(token.kind.rawValue), "person": .string(token.person.rawValue),
      "scopes": rights(token.scopes), "created_at": .string(token.createdAt.rfc3339),
      "expires_at": .string(token.expiresAt.rfc3339),
      "last_used_at": token.lastUsedAt.map { .string($0.rfc3339) } ?? .null,
      "revoked_at": token.revokedAt.map { .string($0.rfc3339) } ?? .null,
    ]
    if let secret { object["token"] = .string(secret) }
    return .object(object)
  }

  static func rights(_ rights: Set<Right>) -> JSONValue {
    .array(rights.sorted().map { .string($0.rawValue) })
  }
}

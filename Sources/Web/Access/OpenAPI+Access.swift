import ActionProtocol

extension OpenAPI {
  /// By method and path.
  static let operations: [String: Operation] = [
    sessions, people, rolesAndTokens, passkeys, actions, stopping, pages, policies, outreach, setup,
    settings, composing, holding, views,
  ].reduce(into: [:]) { all, part in all.merge(part) { first, _ in first } }

  private static let sessions: [String: Operation] = [
    "GET /api/v1/openapi.json": Operation(
      summary: "This description.", answer: ["type": "object"]),
    "POST /api/v1/session": Operation(
      summary: "Sign in: sets the session's cookie.",
      members: [("person", text), ("password", text), ("code", ["type": ["string", "null"]])],
      needed: ["person", "password"],
      answer: object([("person", text), ("ends_at", instant), ("form_token", text)])),
    "POST /api/v1/session/end": Operation(
      summary: "Sign out, here or everywhere.", members: [("everywhere", optionalFlag)],
      answer: object([("signed_out", flag)])),
    "GET /api/v1/me": Operation(
      summary: "Who the caller is, and what they may do in which organisation.",
      answer: object([
        ("author", text), ("agent", flag), ("person", ["type": ["string", "null"]]),
        ("rights", ["type": "object", "additionalProperties": rights]), ("form_token", text),
      ])),
  ]

  /// Bytes stand in base64url without padding.
  private static let passkeys: [String: Operation] = [
    "POST /api/v1/me/passkeys/options": Operation(
      summary: "What navigator.credentials.create is asked with.", answer: ["type": "object"]),
    "POST /api/v1/me/passkeys": Operation(
      summary: "Keep the passkey that the browser made.",
      members: [("name", some), ("client_data", bytes), ("attestation", bytes)],
      needed: ["name", "client_data", "attestation"],
      answer: object([("passkey", text), ("name", text)]), status: 201),
    "POST /api/v1/me/passkeys/{passkey}/remove": Operation(
      summary: "Take a passkey away.", answer: object([("removed", text)])),
    "POST /api/v1/me/step-up/options": Operation(
      summary: "What navigator.credentials.get is asked with, to approve one digest.",
      members: [("action_digest", digest)], needed: ["action_digest"], answer: ["type": "object"]),
  ]

  private static let person: [(String, JSONValue)] = [
    ("person", text), ("name", text), ("email", ["type": ["string", "null"]]),
    ("phone", ["type": ["string", "null"]]), ("active", flag),
    ("roles", texts), ("has_password", flag), ("has_codes", flag), ("passkeys", number),
    ("created_at", instant), ("link", text),
  ]

  private static let people: [String: Operation] = [
    "GET /api/v1/persons": Operation(
      summary: "The persons of the organisation.", answer: list("persons", person)),
    "POST /api/v1/persons": Operation(
      summary: "Add a person; answers the link by which they set a password, once.",
      members: [
        ("person", text), ("name", text), ("email", ["type": ["string", "null"]]),
        ("phone", ["type": ["string", "null"]]), ("roles", texts),
      ], needed: ["person", "name", "roles"],
      answer: object([("person", text), ("link", ["type": ["string", "null"]])]), status: 201),
    "POST /api/v1/persons/{person}": Operation(
      summary:
        "Give and take roles, disable, sign out, make a link for a new password, change where "
        + "they are reached (none takes an address or a number away).",
      members: [
        ("add_roles", texts), ("remove_roles", texts), ("active", optionalFlag),
        ("sign_out", optionalFlag), ("password_link", optionalFlag),
        ("email", ["type": ["string", "null"]]), ("phone", ["type": ["string", "null"]]),
      ], answer: object(person)),
  ]

  private static let token: [(String, JSONValue)] = [
    ("id", text), ("name", text), ("kind", ["type": "string", "enum": ["person", "agent"]]),
    ("person", text), ("scopes", rights), ("created_at", instant), ("expires_at", instant),
    ("last_used_at", instant), ("revoked_at", instant),
  ]

  private static let rolesAndTokens: [String: Operation] = [
    "GET /api/v1/roles": Operation(
      summary: "The roles, what each may do, how many have it.",
      answer: list(
        "roles", [("role", text), ("built_in", flag), ("persons", number), ("rights", rights)])),
    "POST /api/v1/roles": Operation(
      summary: "Add a role of the organisation's own, or change one.",
      members: [("role", text), ("rights", rights)], needed: ["role", "rights"],
      answer: object([("role", text), ("rights", rights)])),
    "POST /api/v1/roles/{role}/remove": Operation(
      summary: "Remove a role that nobody has.", answer: object([("removed", text)])),
    "GET /api/v1/tokens": Operation(
      summary: "The tokens, without their secrets.", answer: list("tokens", token)),
    "POST /api/v1/tokens": Operation(
      summary: "Make a token, of the caller or of an agent; answers its secret, once.",
      members: [
        ("org", text), ("name", text), ("agent", optionalFlag), ("scopes", rights),
        ("days", whole(1...366)),
      ], needed: ["org", "name", "scopes"], answer: object(token + [("token", text)]),
      status: 201),
    "POST /api/v1/tokens/{token}/revoke": Operation(
      summary: "End a token at once.", members: [("org", text)], needed: ["org"],
      answer: object(token)),
  ]
}

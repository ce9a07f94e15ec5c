import ActionProtocol
import Engine

extension OpenAPI {
  private static let thing: JSONValue = ["type": "object"]
  private static let list: JSONValue = ["type": "array", "items": ["type": "object"]]
  private static let maybe: JSONValue = ["type": ["object", "null"]]

  private static let policy: [(String, JSONValue)] = [
    ("policy", thing), ("hash", text), ("sentences", thing), ("otherwise", text),
    ("version", maybe),
  ]

  private static let asked = object([
    ("request", text), ("digest", text), ("requirement", thing), ("requested_by", text),
    ("source", ["type": ["string", "null"]]), ("reason", ["type": ["string", "null"]]),
    ("at", instant), ("expires_at", instant),
  ])

  static let policies: [String: Operation] = [
    "GET /api/v1/policies": Operation(
      summary:
        "The policy in force with what each rule had a say in lately, its versions, and what "
        + "waits.",
      answer: object(
        policy + [
          ("decisions", number), ("hits", thing), ("versions", list), ("waiting", list),
        ])),
    "GET /api/v1/policies/fields": Operation(
      summary: "What rules can look at.", answer: object([("fields", list)])),
    "GET /api/v1/policies/{version}": Operation(
      summary: "A version by its number, with what it changed.",
      answer: object(policy + [("difference", thing), ("active", flag), ("yaml", text)])),
    "POST /api/v1/policies/check": Operation(
      summary: "What is wrong with a policy's text (YAML or JSON). Changes nothing.",
      members: [("text", text)], needed: ["text"],
      answer: object([
        ("usable", flag), ("issues", list), ("cases", list), ("rules", number),
        ("hash", ["type": ["string", "null"]]),
      ])),
    "POST /api/v1/policies/backtest": Operation(
      summary: "The active policy and a text on the latest decisions, at most "
        + "\(PolicyHistory.mostRecent). Changes nothing; cut says that older ones were left out.",
      members: [("text", text)], needed: ["text"],
      answer: object([("backtest", thing), ("cut", flag), ("difference", thing)])),
    "POST /api/v1/policies/activate": Operation(
      summary: "Ask for a text to become the policy; an owner approves it by its digest.",
      members: [("text", text), ("reason", text)], needed: ["text", "reason"], answer: asked,
      status: 201),
    "POST /api/v1/policies/rollback": Operation(
      summary: "Ask for a version of the past to become the policy again.",
      members: [("version", number), ("reason", text)], needed: ["version", "reason"],
      answer: asked, status: 201),
    "POST /api/v1/policies/approve": Operation(
      summary: "Approve a policy that somebody asked for; activated is null while others have to "
        + "approve too. Where a rule in force asks for a one-time code or a passkey, so does this.",
      members: [
        ("request", text), ("digest", text), ("code", text), ("passkey", thing),
      ], needed: ["request", "digest"],
      answer: object([("activated", maybe)])),
    "POST /api/v1/policies/reject": Operation(
      summary: "Refuse a policy that somebody asked for.",
      members: [("request", text), ("reason", text)], needed: ["request", "reason"],
      answer: object([("rejected", text)])),
  ]
}

import ActionProtocol
import Engine

extension OpenAPI {
  private static let wish: [(String, JSONValue)] = [
    ("customer", record), ("recipient", text),
    (
      "template",
      [
        "type": "string",
        "enum": .array(MessageWish.Template.allCases.map { .string($0.rawValue) }),
      ]
    ),
    ("subject", text), ("text", text), ("not_before", text), ("why", text),
    ("nonce", ["type": "string", "pattern": "^[A-Za-z0-9-]{8,64}$"]),
  ]

  private static let proposed = object([
    ("result", ["type": "string", "enum": ["created", "existing"]]), ("action", ["type": "object"]),
  ])

  static let composing: [String: Operation] = [
    "POST /api/v1/messages": Operation(
      summary: "Propose a message of a person to a recorded address: recipient is email-ID or "
        + "sms-ID, the record that holds it. With not_before (RFC 3339, or a day and time on the "
        + "organisation's clock) it is planned and becomes a proposal then. The same nonce again is "
        + "the same action.",
      members: wish, needed: ["customer", "recipient", "nonce"], answer: proposed, status: 201),
    "POST /api/v1/follow-ups": Operation(
      summary: "Plan a follow-up of a person: a message, call or task that becomes a proposal at "
        + "not_before.",
      members: wish + [
        (
          "deed",
          [
            "type": "string",
            "enum": .array(MessageWish.Deed.allCases.map { .string($0.rawValue) }),
          ]
        )
      ], needed: ["customer", "not_before", "nonce"], answer: proposed, status: 201),
  ]
}

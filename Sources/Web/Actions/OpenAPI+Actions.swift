import ActionProtocol
import Decisions
import Engine

extension OpenAPI {
  /// By method and path.
  static let actions: [String: Operation] = looking.merging(deciding) { first, _ in first }
    .merging(talking) { first, _ in first }

  private static func words(_ values: [String]) -> JSONValue {
    ["type": "string", "enum": .array(values.map { .string($0) })]
  }

  private static let optionalText: JSONValue = ["type": ["string", "null"]]
  private static let object: JSONValue = ["type": "object"]

  /// What is common to lists and cards; the whole is in docs/reference/harness.md.
  private static let state: [(String, JSONValue)] = [
    ("action_id", text), ("org_id", text), ("action_type", text), ("operation", text),
    ("title", text), ("risk_level", words(RiskLevel.allCases.map(\.rawValue))),
    ("status", words(ActionStatus.allCases.map(\.rawValue))), ("revision", number),
    ("digest", digest), ("created_by", text), ("created_at", instant), ("expires_at", instant),
  ]

  private static let mark: [(String, JSONValue)] = [
    ("snoozed_until", instant), ("assigned_to", optionalText), ("has_question", flag),
  ]

  private static let remark: [(String, JSONValue)] = [
    ("number", number), ("kind", words(ActionRemark.Kind.allCases.map(\.rawValue))), ("by", text),
    ("to", optionalText), ("text", text), ("revision", number), ("at", instant),
  ]

  /// The `next` of a page.
  private static let cursor: JSONValue = [
    "type": "string", "pattern": "^[0-9]{1,15}\\.[A-Za-z0-9_-]{10,100}$",
  ]

  private static let one = object([("action", object(state))])

  private static let looking: [String: Operation] = [
    "GET /api/v1/inbox": Operation(
      summary: "What waits for a decision, newest first or as order says, and approvals that can "
        + "still be undone.",
      query: [
        ("order", words(InboxOrder.allCases.map(\.rawValue))),
        ("type", words(ActionType.allCases.map(\.rawValue))), ("partner", record),
        ("mine", flag), ("snoozed", flag), ("limit", whole(1...200)), ("after", cursor),
      ],
      answer: object([
        (
          "actions",
          [
            "type": "array",
            "items": object(state + [("sentence", text), ("inbox", nullable(mark))]),
          ]
        ),
        ("undoable", ["type": "array", "items": object(state + [("sentence", text)])]),
        ("waiting", number), ("next", optionalText),
      ])),
    "GET /api/v1/actions": Operation(
      summary: "Actions of any status, newest first.",
      query: [
        ("status", words(ActionStatus.allCases.map(\.rawValue))), ("partner", record),
        ("limit", whole(1...200)), ("after", cursor),
      ],
      answer: object([
        ("actions", ["type": "array", "items": object(state)]), ("next", optionalText),
      ])),
    "GET /api/v1/actions/{action}": Operation(
      summary: "The card: everything that a person is shown before deciding.",
      answer: object([
        ("sentence", text), ("action", object(state)), ("proposal", object),
        ("policy", ["type": ["object", "null"]]), ("approval", ["type": ["object", "null"]]),
        ("remarks", ["type": "array", "items": object(remark)]),
      ])),
    "GET /api/v1/decisions": Operation(
      summary: "How each person decides: how many, how fast, how many in one stroke.",
      query: [("days", whole(1...3650))],
      answer: list(
        "persons",
        [
          ("person", text), ("approved", number), ("rejected", number), ("together", number),
          ("measured", number), ("median_ms", ["type": ["integer", "null"]]),
        ])),
  ]

  private static func nullable(_ members: [(String, JSONValue)]) -> JSONValue {
    ["type": ["object", "null"], "properties": .object(JSONObject(members))]
  }

  private static let deciding: [String: Operation] = [
    "POST /api/v1/actions/{action}/approve": Operation(
      summary: "Approve the revision of a digest; where several persons are needed, one of them.",
      members: [
        ("digest", digest), ("despite_objection", optionalFlag),
        ("considered_ms", optionalNumber),
        ("code", optionalText), ("passkey", ["type": ["object", "null"]]),
      ], needed: ["digest"],
      answer: object([("action", object(state)), ("missing", object)])),
    "POST /api/v1/actions/approve": Operation(
      summary: "Approve up to 25 actions of one type and risk, each by its digest.",
      members: [
        (
          "actions",
          [
            "type": "array", "minItems": 1, "maxItems": 25,
            "items": [
              "type": "object", "additionalProperties": false, "required": ["action", "digest"],
              "properties": ["action": some, "digest": digest],
            ],
          ]
        ), ("considered_ms", optionalNumber),
      ], needed: ["actions"],
      answer: list(
        "results",
        [
          ("action_id", text), ("approved", flag), ("status", text), ("code", text),
          ("message", text), ("remedy", text),
        ])),
    "POST /api/v1/actions/{action}/reject": Operation(
      summary: "Reject what is pending, or take an approval back that was not carried out.",
      members: [
        ("reason", optionalText), ("because", words(RejectionPreset.allCases.map(\.rawValue))),
        ("quiet", words(["until_facts_change", "next_level", "never"])), ("quiet_until", instant),
        ("considered_ms", optionalNumber),
      ], answer: one),
    "POST /api/v1/actions/{action}/edit": Operation(
      summary: "Change the message: a new revision, which is decided on anew.",
      members: [
        ("digest", digest),
        ("subject", optionalText), ("body_text", optionalText), ("body_html", optionalText),
        ("sms", optionalText), ("to", texts),
      ], answer: one),
    "POST /api/v1/actions/{action}/send-now": Operation(
      summary: "End the time in which the approval could be undone.",
      members: [("digest", digest)], needed: ["digest"], answer: one),
    "POST /api/v1/actions/{action}/settle": Operation(
      summary: "Say what became of a message whose outcome nobody knows.",
      members: [
        ("answer", words(UnknownAnswer.allCases.map(\.rawValue))), ("reason", text),
      ], needed: ["answer", "reason"], answer: one),
  ]

  private static let talking: [String: Operation] = [
    "POST /api/v1/actions": Operation(
      summary: "Propose an action: a document of Action Protocol v1.1. It decides nothing.",
      body: object,
      answer: object([("result", words(["created", "existing"])), ("action", object(state))]),
      status: 201),
    "POST /api/v1/actions/{action}/snooze": Operation(
      summary: "Put an action out of the inbox until a time; null: back into it.",
      members: [("until", instant)], answer: object([("inbox", object(mark))])),
    "POST /api/v1/actions/{action}/delegate": Operation(
      summary: "Hand an action over to a person who may decide it; null: to everybody.",
      members: [("person", optionalText)], answer: object([("inbox", object(mark))])),
    "POST /api/v1/actions/{action}/ask": Operation(
      summary: "Ask about an action; whoever proposed it, or a person.",
      members: [("text", text), ("to", optionalText)], needed: ["text"],
      answer: object([("remark", object(remark))]), status: 201),
    "POST /api/v1/actions/{action}/answer": Operation(
      summary: "Answer the open question.", members: [("text", text)], needed: ["text"],
      answer: object([("remark", object(remark))]), status: 201),
    "POST /api/v1/actions/{action}/comment": Operation(
      summary: "Say something about an action.", members: [("text", text)], needed: ["text"],
      answer: object([("remark", object(remark))]), status: 201),
  ]
}

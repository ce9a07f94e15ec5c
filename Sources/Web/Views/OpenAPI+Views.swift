import ActionProtocol
import Engine

extension OpenAPI {
  private static let sorts: JSONValue = [
    "type": "string", "enum": .array(InboxOrder.allCases.map { .string($0.rawValue) }),
  ]

  private static let view: [(String, JSONValue)] = [
    ("view_id", text), ("name", text), ("mine", flag), ("snoozed", flag),
    ("type", ["type": ["string", "null"]]), ("order", sorts),
  ]

  static let views: [String: Operation] = [
    "GET /api/v1/inbox/views": Operation(
      summary: "The caller's own views of the inbox, by name; an agent has none.",
      answer: list("views", view)),
    "POST /api/v1/inbox/views": Operation(
      summary: "Keep a view of the inbox; one of the same name takes the place of the earlier one.",
      members: [
        ("name", ["type": "string", "minLength": 1, "maxLength": 60]),
        ("mine", optionalFlag), ("snoozed", optionalFlag),
        ("type", ["type": ["string", "null"]]), ("order", sorts),
      ], needed: ["name"], answer: object([("view", object(view))])),
    "POST /api/v1/inbox/views/{view}/remove": Operation(
      summary: "Delete a view of the caller's own.", answer: object([("removed", text)])),
  ]
}

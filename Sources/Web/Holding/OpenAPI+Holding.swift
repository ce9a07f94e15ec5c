import ActionProtocol
import Engine

extension OpenAPI {
  static let holding: [String: Operation] = [
    "POST /api/v1/holds": Operation(
      summary: "Put everything that a customer owes, or one invoice by its number, on hold. A "
        + "promise needs amount and by; a pause needs until. What waits to ask for it is withdrawn "
        + "or drafted anew.",
      members: [
        (
          "kind",
          [
            "type": "string",
            "enum": .array(CollectionHolds.Wish.kinds.map { .string($0) }),
          ]
        ),
        ("customer", ["type": ["integer", "null"], "minimum": 1]),
        ("invoice", ["type": ["string", "null"]]),
        ("amount", ["type": ["string", "null"]]), ("currency", ["type": ["string", "null"]]),
        ("by", ["type": ["string", "null"], "format": "date"]),
        ("grace_days", ["type": ["integer", "null"], "minimum": 0, "maximum": 90]),
        ("until", ["type": ["string", "null"], "format": "date"]), ("reason", text),
      ], needed: ["kind", "reason"],
      answer: object([
        ("hold_id", text), ("explanation", text), ("changed_actions", texts),
      ]), status: 201)
  ]
}

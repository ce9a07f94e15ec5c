import ActionProtocol
import Decisions
import Engine

extension OpenAPI {
  private static let optional: JSONValue = ["type": ["string", "null"]]
  private static let things: JSONValue = ["type": "array", "items": ["type": "object"]]
  private static let sync: JSONValue = ["type": ["object", "null"]]

  private static let suppression: [(String, JSONValue)] = [
    ("id", text), ("channel", text), ("address", optional), ("address_digest", text),
    ("scope", text), ("reason", text), ("source", text), ("created_at", instant),
    ("expires_at", instant), ("evidence", optional),
  ]

  static let outreach: [String: Operation] = [
    "GET /api/v1/outreach": Operation(
      summary: "The organisation's limits with what is used of each, paused channels, what waits "
        + "and from when it may go, holds.",
      answer: object([
        ("now", instant), ("window", text), ("zone", text),
        ("days", ["type": "array", "items": ["type": "integer"]]), ("caps", things),
        ("budgets", things), ("pauses", things), ("waiting", things), ("more", flag),
        ("holds", things), ("provider", sync),
      ])),
    "GET /api/v1/suppressions": Operation(
      summary:
        "Suppressions that bind now, the newest first; those of a whole address, a domain or "
        + "a number where one is named. next goes into before.",
      query: [("address", text), ("before", text), ("limit", whole(1...1000))],
      answer: object([
        ("suppressions", ["type": "array", "items": object(suppression)]), ("next", optional),
        ("provider", sync),
      ])),
    "POST /api/v1/suppressions": Operation(
      summary:
        "Suppress an address, a domain or a number. scope: all (default) or marketing; kind: "
        + "\(SuppressionOrder.kinds.map(\.rawValue).joined(separator: ", ")); days: none is for good.",
      members: [
        ("address", text), ("scope", text), ("kind", text),
        ("days", ["type": ["integer", "null"], "minimum": 1, "maximum": 3650]), ("reason", text),
      ], needed: ["address", "reason"],
      answer: object([("suppression", object(suppression)), ("answer", text)]), status: 201),
    "POST /api/v1/suppressions/{suppression}/lift": Operation(
      summary: "Let an address be written to again, as far as this suppression forbade it.",
      members: [("reason", text)], needed: ["reason"],
      answer: object([("lifted", object(suppression))])),
    "POST /api/v1/holds/{hold}/end": Operation(
      summary: "End a hold of a customer or an invoice.", members: [("reason", text)],
      needed: ["reason"], answer: object([("ended", text)])),
  ]
}

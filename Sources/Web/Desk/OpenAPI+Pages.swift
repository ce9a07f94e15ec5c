import ActionProtocol
import Engine

extension OpenAPI {
  private static let optional: JSONValue = ["type": ["string", "null"]]
  private static let count: JSONValue = ["type": ["integer", "null"]]
  private static let things: JSONValue = ["type": "array", "items": ["type": "object"]]

  /// A day, or an instant.
  private static let time: JSONValue = [
    "type": "string", "anyOf": [["format": "date"], ["format": "date-time"]],
  ]

  private static let customer: [(String, JSONValue)] = [
    ("partner_id", number), ("name", text), ("email", optional), ("phone", optional),
    ("country", optional), ("language", optional), ("never_remind", flag), ("disputed", flag),
    ("gone_at", instant), ("as_of", instant), ("owed", things),
  ]

  /// What the pages of the desk show.
  static let pages: [String: Operation] = [
    "GET /api/v1/attention": Operation(
      summary: "What somebody has to look at: failures, unknown outcomes, what is stuck, paused "
        + "channels, failing jobs, missing settings.",
      answer: object([
        ("looked_at", instant), ("more", flag),
        (
          "matters",
          [
            "type": "array",
            "items": object([
              ("code", text), ("what", text), ("since", instant), ("action_id", optional),
              ("command", optional),
            ]),
          ]
        ),
      ])),
    "GET /api/v1/customers": Operation(
      summary: "Customers by name; q is a part of name or e-mail, or the number.",
      query: [
        ("q", text), ("limit", whole(1...200)),
        ("after", ["type": "string", "pattern": "^[1-9][0-9]{0,14}\\..*$"]),
      ],
      answer: object([
        ("customers", ["type": "array", "items": object(customer)]), ("next", optional),
      ])),
    "GET /api/v1/customers/{partner}": Operation(
      summary: "What a customer owes, was sent, and may be sent next.",
      answer: object(
        customer + [
          ("contacts", things), ("merged_with", ["type": "array", "items": ["type": "integer"]]),
          ("invoices", things), ("holds", things), ("channels", things),
          ("suppressions", things), ("last_answer", instant), ("live", things),
          ("ended", things), ("now", instant),
        ])),
    "GET /api/v1/activity": Operation(
      summary: "What is being carried out, what comes in the next two hours, what ended last.",
      answer: object([
        ("now", instant), ("until", instant), ("executing", things), ("coming", things),
        ("follow_ups", things), ("recent", things), ("more", flag),
      ])),
    "GET /api/v1/today": Operation(
      summary: "What a day of the organisation brought, each figure with its definition.",
      query: [("day", ["type": "string", "format": "date"])],
      answer: object([
        ("day", text), ("from", instant), ("to", instant), ("now", instant),
        (
          "figures",
          [
            "type": "array",
            "items": object([
              ("name", text), ("value", count), ("unit", text), ("definition", text),
            ]),
          ]
        ),
      ])),
    "GET /api/v1/audit": Operation(
      summary: "The audit log, the latest first. kind may be the part before a dot. next goes into "
        + "before; a page looks through at most 5000 entries.",
      query: [
        ("action", ["type": "string", "pattern": "^[A-Za-z0-9_-]{10,100}$"]), ("actor", text),
        ("kind", text), ("from", time), ("to", time),
        ("before", record), ("limit", whole(1...1000)),
      ],
      answer: object([("entries", things), ("next", count), ("examined", number)])),
    "GET /api/v1/events": Operation(
      summary: "What becomes of actions, as server-sent events: action (one changed), again (more "
        + "changed than is told), displaced (newer streams of the credential took its place). "
        + "Last-Event-ID, or after, is where it goes on.",
      query: [("after", whole(0...Int64.max))],
      // Each event, as OpenAPI 3.2 and its tools read it.
      answer: object([("id", text), ("event", text), ("data", text), ("retry", number)]),
      mediaType: "text/event-stream"),
  ]
}

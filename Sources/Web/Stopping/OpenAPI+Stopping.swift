import ActionProtocol
import Engine

extension OpenAPI {
  private static let boot: [(String, JSONValue)] = [
    ("boot", text), ("host", text), ("process_id", number), ("started_at", instant),
  ]

  private static let stop = object([
    ("scope", text), ("number", number), ("since", instant), ("by", text), ("via", text),
    ("reason", text), ("cause", ["type": "string", "enum": ["person", "restored"]]),
    ("known_until", instant),
  ])

  private static let report: [(String, JSONValue)] = [
    ("stopped", flag), ("stop", stop), ("new", flag), ("acknowledged", boots()), ("dead", boots()),
    ("unreachable", boots([("open", texts)])), ("in_flight", texts), ("ended", texts),
  ]

  private static func boots(_ further: [(String, JSONValue)] = []) -> JSONValue {
    ["type": "array", "items": object(boot + further)]
  }

  private static let reach: JSONValue = [
    "type": "string", "enum": .array(StopReach.allCases.map { .string($0.rawValue) }),
  ]

  static let stopping: [String: Operation] = [
    "GET /api/v1/stop": Operation(
      summary: "The emergency stops in force here: who, when, why, who has not acknowledged, what "
        + "was in flight.",
      answer: list("stops", report)),
    "POST /api/v1/stop": Operation(
      summary: "Stop everything (or reach: organisation). Waits up to 5 s for every process; "
        + "stopped is false while one is unreachable.",
      members: [("reason", text), ("reach", reach)], needed: ["reason"], answer: object(report)),
    "POST /api/v1/stop/resume": Operation(
      summary: "Lift a stop; what waited goes on where it stood.",
      members: [("reason", ["type": ["string", "null"]]), ("reach", reach)],
      answer: object([("resumed", stop)])),
  ]
}

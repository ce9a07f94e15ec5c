import ActionProtocol
import Engine

extension OpenAPI {
  private static let values: JSONValue = [
    "type": "object", "additionalProperties": ["type": "string"],
  ]

  static let settings: [String: Operation] = [
    "GET /api/v1/settings": Operation(
      summary: "Channels (configured or not), settings as people write them, webhooks.",
      answer: object([
        (
          "channels",
          [
            "type": "array",
            "items": object([("name", text), ("configured", flag), ("words", text)]),
          ]
        ),
        ("settings", values), ("webhooks", ["type": "array", "items": ["type": "object"]]),
      ])),
    "POST /api/v1/settings": Operation(
      summary: "Change settings by the names of GET /api/v1/settings, all or nothing.",
      body: values, answer: object([("changed", texts)])),
  ]
}

import ActionProtocol
import Engine

extension OpenAPI {
  private static let optional: JSONValue = ["type": ["string", "null"]]
  private static let box: JSONValue = [
    "type": "string", "enum": .array(SetupTick.Box.allCases.map { .string($0.rawValue) }),
  ]

  static let setup: [String: Operation] = [
    "GET /api/v1/setup": Operation(
      summary:
        "The go-live checklist, as `aiom doctor --offline` has it, with the ticks of persons.",
      answer: object([
        ("organisation_mode", optional), ("delivery", text), ("in_the_way", number),
        (
          "groups",
          [
            "type": "array",
            "items": object([
              ("title", text),
              (
                "boxes",
                [
                  "type": "array",
                  "items": object([
                    ("id", text), ("title", text), ("state", text), ("found", text),
                    ("fix", text), ("optional", flag), ("ticked_by_persons", flag),
                    ("ticked_by", optional), ("ticked_at", instant),
                  ]),
                ]
              ),
            ]),
          ]
        ),
      ])),
    "POST /api/v1/setup/tick": Operation(
      summary: "Tick a box that no machine can see, with what was seen.",
      members: [("box", box), ("note", text)], needed: ["box", "note"],
      answer: object([("ticked", text)])),
    "POST /api/v1/setup/untick": Operation(
      summary: "Take a tick back.", members: [("box", box), ("note", text)],
      needed: ["box", "note"], answer: object([("unticked", text)])),
  ]
}

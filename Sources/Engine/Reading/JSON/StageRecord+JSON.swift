import ActionProtocol
import Decisions

extension StageRecord {
  /// For programs: the stage, when it began, how long it took and how it ended.
  public var json: JSONValue {
    [
      "stage": .string(stage.rawValue), "started_at": .string(startedAt.rfc3339),
      "microseconds": .integer(microseconds), "result": .string(result),
      "detail": detail.map { .string($0) } ?? .null,
    ]
  }
}

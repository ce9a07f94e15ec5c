import ActionProtocol
import Decisions

extension StopReport {
  /// For programs: whether nothing more leaves, and who has not said so.
  public var json: JSONValue {
    [
      "stopped": .bool(isStopped), "stop": stop.json, "new": .bool(isNew),
      "acknowledged": .array(acknowledged.map { .object($0.json) }),
      "dead": .array(dead.map { .object($0.json) }),
      "unreachable": .array(
        unreachable.map { one in
          var object = one.boot.json
          object["open"] = Self.operations(one.open)
          return .object(object)
        }),
      "in_flight": Self.operations(inFlight), "ended": Self.operations(ended),
    ]
  }

  private static func operations(_ all: [OperationID]) -> JSONValue {
    .array(all.map { .string($0.rawValue) })
  }
}

extension BootRecord {
  fileprivate var json: JSONObject {
    [
      "boot": .string(id.rawValue), "host": .string(host),
      "process_id": .integer(Int64(processID)), "started_at": .string(startedAt.rfc3339),
    ]
  }
}

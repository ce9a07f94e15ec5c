import ActionProtocol
import Decisions

extension Stop {
  /// For programs: what is stopped, since when, by whom and why.
  public var json: JSONValue {
    [
      "scope": .string(scope.rawValue), "number": .integer(number),
      "since": .string(at.rfc3339), "by": .string(by.rawValue),
      "via": .string(via), "reason": .string(reason),
      "cause": .string(cause.rawValue),
      "known_until": knownUntil.map { .string($0.rfc3339) } ?? .null,
    ]
  }
}

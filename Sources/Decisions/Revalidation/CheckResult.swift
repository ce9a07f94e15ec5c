import ActionProtocol

/// The answer of one predicate.
public enum CheckResult: Hashable, Sendable {
  case pass
  /// It does not hold; what was found instead, as JSON.
  case fail(found: JSONValue)
  /// Nobody could say; never treated as pass, never as fail.
  case cannotTell(reason: String)
  /// It will hold from the instant on (windows and cool-downs): the action waits.
  case holdUntil(Instant, HoldReason)

  /// A stable word for columns and logs.
  public var name: String {
    switch self {
    case .pass: "pass"
    case .fail: "fail"
    case .cannotTell: "cannot_tell"
    case .holdUntil: "hold"
    }
  }
}

/// A record as a predicate sees it.
public struct RecordFacts: Hashable, Sendable {
  public var fields: JSONObject
  /// When the reading was true.
  public var asOf: Instant

  public init(fields: JSONObject, asOf: Instant) {
    self.fields = fields
    self.asOf = asOf
  }
}

/// What the books answered for a record.
public enum RecordAnswer: Hashable, Sendable {
  case found(RecordFacts)
  /// The books were read and do not hold the record.
  case missing
  /// The books could not be read; a stable code.
  case unavailable(code: String)
}

/// What one call came to, with what is needed to report on it.
public struct CallResult<Value: Sendable>: Sendable {
  /// The class of the outcome.
  public var outcome: Outcome<Value>
  /// The provider's name for the HTTP call, for its support; not a message id.
  public var requestID: String?
  /// The HTTP status, nil where no whole answer came back.
  public var httpStatus: Int?
  /// From the call to its outcome, waiting for a free connection included.
  public var duration: Duration

  /// Builds a result.
  public init(
    outcome: Outcome<Value>, requestID: String? = nil, httpStatus: Int? = nil,
    duration: Duration = .zero
  ) {
    self.outcome = outcome
    self.requestID = requestID
    self.httpStatus = httpStatus
    self.duration = duration
  }

  /// The same result with another value in it.
  public func map<Other: Sendable>(_ transform: (Value) -> Other) -> CallResult<Other> {
    CallResult<Other>(
      outcome: outcome.map(transform), requestID: requestID, httpStatus: httpStatus,
      duration: duration)
  }
}

extension CallResult: Equatable where Value: Equatable {}

extension CallResult: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// Class, code, status and request id (where it is a UUID); never a value.
  public var description: String {
    let status = httpStatus.map { String($0) } ?? "none"
    let request = requestID.map { SafeText.requestID($0) ?? "unreadable" } ?? "none"
    return "CallResult(\(outcome), status: \(status), request: \(request))"
  }
  /// The same as `description`.
  public var debugDescription: String { description }
  /// Without children: values may hold addresses.
  public var customMirror: Mirror { Mirror(self, children: []) }
}

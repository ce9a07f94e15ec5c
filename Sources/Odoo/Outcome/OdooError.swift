/// Why a call gave no answer, and whether it may be made again.
///
/// Its description holds codes and names only. What the server said for a person is in
/// ``serverMessage``: it may repeat names and values of records, so it must not be logged. The
/// server's tracebacks are dropped while reading.
public struct OdooError: Error, Sendable, Hashable {
  /// What happened. The raw value is a stable code.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// Login, password or key are wrong, expired or revoked. The client makes no further call until
    /// ``OdooClient/credentialsWereRepaired()``: servers lock addresses out that go on trying.
    case credentialsRefused = "credentials_refused"
    /// No call was made: the credentials had been refused before.
    case credentialsHeldBack = "credentials_held_back"
    /// The user lacks a right, or a record rule hides the record.
    case accessDenied = "access_denied"
    /// A record does not exist any more; of a write, nothing was written.
    case recordMissing = "record_missing"
    /// A constraint of the model or the database.
    case invalid = "invalid"
    /// A rule of the business (`UserError`).
    case refused = "refused"
    /// The model does not exist there: its module is not installed.
    case modelUnknown = "model_unknown"
    /// The model has no such method for callers from outside.
    case methodUnknown = "method_unknown"
    /// The model has no such field, or it is hidden from this user.
    case fieldUnknown = "field_unknown"
    /// A value or argument that the server cannot take.
    case valueInvalid = "value_invalid"
    /// There is no database of this name.
    case databaseUnknown = "database_unknown"
    /// The server cannot reach its database, as during a restart.
    case databaseUnavailable = "database_unavailable"
    /// Another transaction was faster; this one was rolled back.
    case conflict = "conflict"
    /// Too many calls.
    case throttled = "throttled"
    /// The server, or a proxy before it, is not ready (502, 503, 504).
    case unavailable = "unavailable"
    /// An error inside the server.
    case serverFailure = "server_failure"
    /// Something answers that is not Odoo's interface: a redirect, a page, another path.
    case notOdoo = "not_odoo"
    /// The answer is no JSON, is cut, is too deep or belongs to another call.
    case answerUnreadable = "answer_unreadable"
    /// The answer exceeds the limit.
    case answerTooLarge = "answer_too_large"
    /// The answer is JSON of another shape or type than the call promises.
    case answerUnexpected = "answer_unexpected"
    /// No byte of the request left, and none will.
    case notSent = "not_sent"
    /// No whole answer in time.
    case deadline = "deadline"
    /// The connection ended before a whole answer.
    case connectionLost = "connection_lost"
    /// Refused here, before a request: see ``OdooError/detail``.
    case requestInvalid = "request_invalid"
    /// The surrounding task was cancelled.
    case cancelled = "cancelled"
  }

  /// Whether the same call may be made again.
  public enum Retry: Sendable, Hashable {
    /// It would fail again.
    case never
    /// Nothing was done, and it may succeed later, not before the delay where the server named one.
    case later(after: Duration?)
    /// Nothing was done, and nothing will be until a person repairs credentials, rights, address or
    /// modules.
    case afterRepair
    /// It may have been done: find out by reading before anything else.
    case outcomeUnknown
  }

  /// What happened.
  public let kind: Kind
  /// Whether the same call may be made again.
  public let retry: Retry
  /// The model that was called; nil where it was not about one.
  public let model: String?
  /// The method that was called.
  public let method: String
  /// The HTTP status of the answer.
  public let status: Int?
  /// A safe word on what is meant: the name of a field, of a transport failure, of an exception.
  public let detail: String?
  /// The server's text for a person, in the user's language. It may repeat names and values.
  public let serverMessage: String?

  /// Kind and detail, safe for logs and metrics.
  public var code: String { detail.map { "\(kind.rawValue): \($0)" } ?? kind.rawValue }

  init(_ fault: Fault, model: String?, method: String, effect: CallEffect) {
    kind = fault.kind
    retry = fault.retry(effect)
    self.model = model
    self.method = method
    status = fault.status
    detail = fault.detail
    serverMessage = fault.message
  }
}

extension OdooError: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// Code, model, method and status.
  public var description: String {
    let target = model.map { "\($0).\(method)" } ?? method
    return "OdooError(\(code), \(target)\(status.map { ", status \($0)" } ?? ""))"
  }
  /// The same as `description`.
  public var debugDescription: String { description }
  /// Without children.
  public var customMirror: Mirror { Mirror(self, children: []) }
}

/// Whether a call may change something.
public enum CallEffect: Sendable, Hashable {
  /// Changes nothing: it may be repeated as often as one likes.
  case read
  /// May change something.
  case write
}

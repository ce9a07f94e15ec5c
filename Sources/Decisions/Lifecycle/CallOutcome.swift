import ActionProtocol

/// What one call to the outside came to, as a connector reports it.
///
/// A connector never decides and never retries; it says what it can prove. Source: the engine's
/// outcome table (docs/reference/execution.md).
public enum CallOutcome: Hashable, Sendable {
  /// The receiver took the effect over.
  /// - `warnings`: who or what was refused beside it, as codes or masked words.
  case accepted(providerID: String, warnings: [String])
  /// The receiver said no to all of it.
  case refused(code: String, message: String)
  /// The key, a permission, the region or the account is at fault; waiting alone does not help.
  case configuration(code: String, message: String)
  /// The receiver asked for a pause; nil where it did not say how long.
  case throttled(retryAfter: Duration?)
  /// Proof that no byte of the request was handed over.
  case notSent(code: String)
  /// Anything else: the effect may or may not have happened.
  case unknown(code: String)

  /// A stable word for logs, columns and metrics.
  public var name: String {
    switch self {
    case .accepted(_, let warnings): warnings.isEmpty ? "accepted" : "accepted_in_part"
    case .refused: "refused"
    case .configuration: "configuration"
    case .throttled: "throttled"
    case .notSent: "not_sent"
    case .unknown: "unknown"
    }
  }
}

/// Where an action stands.
public enum ActionStatus: String, CaseIterable, Hashable, Sendable {
  case pendingApproval = "pending_approval"
  case approved
  case rejected
  case executing
  case completed
  case failed
  case expired

  /// Whether the action can still act: at most one such exists per type and affected record.
  public var isLive: Bool {
    switch self {
    case .pendingApproval, .approved, .executing: true
    case .rejected, .completed, .failed, .expired: false
    }
  }

  /// Whether this revision can never leave the status.
  public var isFinal: Bool {
    switch self {
    case .completed, .rejected, .expired: true
    case .pendingApproval, .approved, .executing, .failed: false
    }
  }
}

/// Why an action is not moving.
public enum HoldReason: String, CaseIterable, Hashable, Sendable {
  case scheduled
  case undoWindow = "undo_window"
  case sendWindow = "send_window"
  case quietHours = "quiet_hours"
  case coolDown = "cool_down"
  case cap
  case budget
  case needsPerson = "needs_person"
  case staleFacts = "stale_facts"
  case odooUnavailable = "odoo_unavailable"
  case retryBackoff = "retry_backoff"
  case throttled
  case configuration
  case cannotTell = "cannot_tell"
  case paused
  case outcomeUnknown = "outcome_unknown"
}

/// Why an action is not moving and, where that is known, until when.
public struct Hold: Hashable, Sendable {
  /// The reason.
  public let reason: HoldReason
  /// The moment at which it ends, nil where only an event ends it.
  public let until: Instant?

  /// A hold of the given reason and end.
  public init(reason: HoldReason, until: Instant?) {
    self.reason = reason
    self.until = until
  }

  /// The hold as `{reason, until}`; `until` null where unknown.
  public var json: JSONValue {
    ["reason": .string(reason.rawValue), "until": until.map { .string($0.rfc3339) } ?? .null]
  }
}

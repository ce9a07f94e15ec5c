import ActionProtocol

/// What became of a proposal at the door.
public enum IntakeOutcome: Sendable {
  /// A new action, waiting as policy says.
  case created(ActionState)
  /// Nothing new: the action that already stands for it, and why.
  case existing(ActionState, Reason)
  /// The same key with another content: nothing is changed.
  case conflict(ActionState)
  /// All that is wrong with it; nothing is stored.
  case invalid([ProtocolIssue])

  public enum Reason: String, Sendable {
    /// The same key and the same content.
    case sameProposal = "same_proposal"
    /// The same finding, worded on another day.
    case sameFinding = "same_finding"
    /// The same finding with other facts: the pending card was brought up to date.
    case refreshed
    /// Somebody rejected it, and nothing has changed since.
    case rejectedBefore = "rejected_before"
    /// A live action of the same type stands on one of the records.
    case liveOnRecord = "live_action_on_record"
  }

  /// Whether it made an action.
  var isNew: Bool { if case .created = self { true } else { false } }

  /// The action, where there is one.
  public var state: ActionState? {
    switch self {
    case .created(let state), .existing(let state, _), .conflict(let state): state
    case .invalid: nil
    }
  }
}

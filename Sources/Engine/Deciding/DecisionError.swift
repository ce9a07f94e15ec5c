import ActionProtocol

/// Why a person's decision was not taken. Nothing was changed.
public struct DecisionError: Error, Hashable, Sendable, CustomStringConvertible {
  public enum Kind: Sendable {
    /// Something else was decided meanwhile, or the action moved on: 409.
    case conflict
    /// The request itself does not fit: 422.
    case invalid
    /// There is no such action: 404.
    case unknown
    /// This actor may not decide: 403.
    case forbidden
  }

  public let kind: Kind
  /// A stable code.
  public let code: String
  /// What happened, to what.
  public let message: String
  /// What to do next.
  public let remedy: String
  /// All issues of an edited proposal.
  public let issues: [ProtocolIssue]

  public init(
    _ kind: Kind, _ code: String, _ message: String, remedy: String,
    issues: [ProtocolIssue] = []
  ) {
    self.kind = kind
    self.code = code
    self.message = message
    self.remedy = remedy
    self.issues = issues
  }

  public var description: String { code }
}

extension DecisionError {
  static func unknown(_ id: String) -> DecisionError {
    DecisionError(
      .unknown, "action.unknown", "There is no action \(id) in this org.",
      remedy: "List them with: aiom action list.")
  }

  static let sameEdit = DecisionError(
    .invalid, "edit.same", "Nothing differs from what it says already.",
    remedy: "Change something, or approve it as it is.")

  static let staleEdit = DecisionError(
    .conflict, "edit.stale", "It was changed meanwhile; your words would replace another's.",
    remedy: "Look at what it says now, and change that.")

  static func wrongStatus(_ state: ActionState, wanted: String) -> DecisionError {
    DecisionError(
      .conflict, "action.\(state.status.rawValue)",
      "The action \(state.id.rawValue) is \(state.status.rawValue), so it cannot be \(wanted).",
      remedy: "Look at it with: aiom action show \(state.id.rawValue).")
  }
}

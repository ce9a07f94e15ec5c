/// A value that may hold addresses, texts or names, and therefore shows only what it is when it is
/// printed, interpolated or dumped: safe for logs.
public protocol RedactedDescription: CustomStringConvertible, CustomDebugStringConvertible,
  CustomReflectable
{}

extension RedactedDescription {
  /// The name of the type.
  public var description: String { "\(Self.self)(redacted)" }
  /// The same as `description`.
  public var debugDescription: String { description }
  /// Without children.
  public var customMirror: Mirror { Mirror(self, children: []) }
}

extension Proposal: RedactedDescription {
  /// The action type and, where known, the id.
  public var description: String {
    "Proposal(\(actionType.rawValue), \(actionID?.rawValue ?? "new"))"
  }
}

extension Revision: RedactedDescription {
  /// The action's id and the number.
  public var description: String { "Revision(\(actionID.rawValue), \(number))" }
}

extension ActionDocument: RedactedDescription {
  /// The action's id and status.
  public var description: String {
    "ActionDocument(\(revision.actionID.rawValue), \(status.rawValue))"
  }
}

extension TypedOperation: RedactedDescription {
  /// The action type.
  public var description: String { "TypedOperation(\(actionType.rawValue))" }
}

extension RevalidationCheck: CustomDebugStringConvertible, CustomReflectable {
  /// The check's name.
  public var debugDescription: String { "RevalidationCheck(\(checkID))" }
  /// Without children.
  public var customMirror: Mirror { Mirror(self, children: []) }
}

extension Predicate: RedactedDescription {
  /// The kind, the record and the field.
  public var description: String {
    ["Predicate(" + type.rawValue, record?.rawValue, field].compactMap { $0 }
      .joined(separator: ", ") + ")"
  }
}

extension SendEmail: RedactedDescription {}
extension SendSMS: RedactedDescription {}

extension CreateTask: CustomDebugStringConvertible, CustomReflectable {
  /// The name of the type.
  public var debugDescription: String { "CreateTask(redacted)" }
  /// Without children.
  public var customMirror: Mirror { Mirror(self, children: []) }
}

extension UpdateStage: RedactedDescription {}
extension LogActivity: RedactedDescription {}
extension CreateNote: RedactedDescription {}
extension ScheduleFollowUp: RedactedDescription {}
extension ExternalEffect: RedactedDescription {}
extension ProposedChange: RedactedDescription {}
extension AffectedRecords: RedactedDescription {}
extension ApprovalState: RedactedDescription {}
extension ExecutionResult: RedactedDescription {}

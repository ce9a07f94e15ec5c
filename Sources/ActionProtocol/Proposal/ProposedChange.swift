/// One line of the difference a person approves.
public struct ProposedChange: Hashable, Sendable {
  /// What changes, such as `crm.lead.stage_id`.
  public var path: String
  /// The value before; null when something is created.
  public var before: JSONValue
  /// The value after; null when something is deleted. Never equal to `before`.
  public var after: JSONValue
  /// How it changes.
  public var changeType: ChangeType
  /// The change in words, 1-200 characters.
  public var humanLabel: String?

  /// A change of the given parts.
  public init(
    path: String, before: JSONValue, after: JSONValue, changeType: ChangeType,
    humanLabel: String? = nil
  ) {
    self.path = path
    self.before = before
    self.after = after
    self.changeType = changeType
    self.humanLabel = humanLabel
  }

  /// The change on the wire.
  public var json: JSONValue {
    var object: JSONObject = [
      "path": .string(path), "before": before, "after": after,
      "change_type": .string(changeType.rawValue),
    ]
    object.append("human_label", .text(humanLabel))
    return .object(object)
  }
}

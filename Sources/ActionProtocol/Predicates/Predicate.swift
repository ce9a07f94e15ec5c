/// A question about the world that is asked again just before an action is carried out.
public enum Predicate: Hashable, Sendable {
  /// Passes when the record can be read.
  case recordExists(RecordReference)
  /// Passes when the field has the value: many2one by id or by name, empty as null or false,
  /// numbers by value, where a decimal string counts as a number.
  case fieldEquals(RecordReference, field: String, expected: JSONValue)
  /// Passes when the field has one of the values, compared likewise.
  case fieldIn(RecordReference, field: String, [JSONValue])
  /// Passes when nothing was sent or reserved in the scope inside the window.
  case noDuplicateInWindow(scopeKey: String, windowMinutes: Int)
  /// Passes when now is inside the window.
  case quietHours(QuietHours)

  /// The name on the wire.
  public var type: PredicateType {
    switch self {
    case .recordExists: .recordExists
    case .fieldEquals: .fieldEquals
    case .fieldIn: .fieldIn
    case .noDuplicateInWindow: .noDuplicateInWindow
    case .quietHours: .quietHours
    }
  }

  /// The record it reads, nil for the two that are answered from AIOM's own tables.
  public var record: RecordReference? {
    switch self {
    case .recordExists(let record), .fieldEquals(let record, _, _), .fieldIn(let record, _, _):
      record
    case .noDuplicateInWindow, .quietHours: nil
    }
  }

  /// The field it reads, where it reads one.
  public var field: String? {
    switch self {
    case .fieldEquals(_, let field, _), .fieldIn(_, let field, _): field
    case .recordExists, .noDuplicateInWindow, .quietHours: nil
    }
  }

  /// The predicate on the wire.
  public var json: JSONValue {
    var object: JSONObject = ["type": .string(type.rawValue)]
    if let record {
      object.append("model", .string(record.model))
      object.append("id", .integer(record.id))
    }
    object.append("field", .text(field))
    switch self {
    case .recordExists: break
    case .fieldEquals(_, _, let expected): object.append("expected", expected)
    case .fieldIn(_, _, let values): object.append("in", .array(values))
    case .noDuplicateInWindow(let scopeKey, let minutes):
      object.append("scope_key", .string(scopeKey))
      object.append("window_minutes", .integer(Int64(minutes)))
    case .quietHours(let hours): hours.append(to: &object)
    }
    return .object(object)
  }
}

/// The five kinds of predicate.
public enum PredicateType: String, CaseIterable, Hashable, Sendable {
  case recordExists = "odoo_record_exists"
  case fieldEquals = "odoo_field_equals"
  case fieldIn = "odoo_field_in"
  case noDuplicateInWindow = "no_duplicate_action_in_window"
  case quietHours = "quiet_hours_ok"
}

import ActionProtocol
import Decisions

extension ActionRemark {
  /// `{number, kind, by, to, text, revision, at}`.
  public var json: JSONValue {
    [
      "number": .integer(Int64(number)), "kind": .string(kind.rawValue),
      "by": .string(by.rawValue), "to": to.map { .string($0.rawValue) } ?? .null,
      "text": .string(text), "revision": .integer(Int64(revision)), "at": .string(at.rfc3339),
    ]
  }
}

extension InboxMark {
  /// `{snoozed_until, assigned_to, has_question}`.
  public var json: JSONValue {
    [
      "snoozed_until": snoozedUntil.map { .string($0.rfc3339) } ?? .null,
      "assigned_to": assignedTo.map { .string($0.rawValue) } ?? .null,
      "has_question": .bool(hasQuestion),
    ]
  }
}

extension InboxPage {
  /// `{actions, undoable, waiting, next}`; each action is its state with what will happen as `sentence` and the mark as `inbox`.
  public var json: JSONValue {
    [
      "actions": .array(items.map(\.json)), "undoable": .array(undoable.map(\.json)),
      "waiting": .integer(Int64(waiting)), "next": next.map { .string($0.text) } ?? .null,
    ]
  }
}

extension InboxItem {
  fileprivate var json: JSONValue {
    var object = state.json.objectValue ?? [:]
    object["sentence"] = .string(sentence)
    object["inbox"] = mark?.json ?? .null
    return .object(object)
  }
}

extension DecisionHabit {
  /// `{person, approved, rejected, together, measured, median_ms}`.
  public var json: JSONValue {
    [
      "person": .string(person.rawValue), "approved": .integer(Int64(approved)),
      "rejected": .integer(Int64(rejected)), "together": .integer(Int64(together)),
      "measured": .integer(Int64(measured)),
      "median_ms": medianConsidered.map { .integer(Int64($0 / .milliseconds(1))) } ?? .null,
    ]
  }
}

extension BulkApproval.Result {
  /// `{action_id, approved, status, code, message, remedy}`: the last three where it was refused.
  public var json: JSONValue {
    switch outcome {
    case .success(let state):
      [
        "action_id": .string(id.rawValue), "approved": .bool(state.status == .approved),
        "status": .string(state.status.rawValue),
      ]
    case .failure(let error):
      [
        "action_id": .string(id.rawValue), "approved": false, "code": .string(error.code),
        "message": .string(error.message), "remedy": .string(error.remedy),
      ]
    }
  }
}

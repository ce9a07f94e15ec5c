import ActionProtocol
import Decisions

extension Approvals {
  /// Ends the time in which an approval could be undone. Everything else that an action waits for, such
  /// as business hours, stays.
  /// - Throws: ``DecisionError``: unknown, another digest, not within that time, not a person.
  @discardableResult
  public func sendNow(
    _ org: OrgID, _ id: ActionID, digest: Digest, by: Author, via: String
  ) async throws -> ActionState {
    try Self.mustBePerson(by)
    return try await change(org, id) { state, store in
      let end = try Self.mustBeUndoable(state, digest)
      state.hold = nil
      return AuditNote(
        kind: "action.sent_now", by: by, via: via,
        details: ["window_end": end.map { .string($0.rfc3339) } ?? .null])
    }
  }

  /// - Returns: when the time to undo ends.
  /// - Throws: ``DecisionError``: not within that time, another digest.
  @discardableResult
  static func mustBeUndoable(_ state: ActionState, _ digest: Digest) throws -> Instant? {
    guard state.status == .approved, let hold = state.hold, hold.reason == .undoWindow else {
      let id = state.id.rawValue
      throw DecisionError(
        .conflict, "send_now.no_window",
        "\(id) is not within the time to undo an approval: it is "
          + (state.hold.map { "held (\($0.reason.rawValue))" } ?? state.status.rawValue) + ".",
        remedy: "Look at what it waits for: aiom action show \(id).")
    }
    try mustMatch(state, digest)
    return hold.until
  }
}

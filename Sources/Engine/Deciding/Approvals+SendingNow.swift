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
      guard state.status == .approved, let hold = state.hold, hold.reason == .undoWindow else {
        throw DecisionError(
          .conflict, "send_now.no_window",
          "\(id.rawValue) is not within the time to undo an approval: it is "
            + (state.hold.map { "held (\($0.reason.rawValue))" } ?? state.status.rawValue) + ".",
          remedy: "Look at what it waits for: aiom action show \(id.rawValue).")
      }
      try Self.mustMatch(state, digest)
      state.hold = nil
      return AuditNote(
        kind: "action.sent_now", by: by, via: via,
        details: ["window_end": hold.until.map { .string($0.rfc3339) } ?? .null])
    }
  }
}

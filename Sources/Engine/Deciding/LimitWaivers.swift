import ActionProtocol
import Decisions

/// A person's word that a critical action may pass caps and the month's budget.
///
/// It never passes a suppression, an emergency stop, cool-downs or the hours that the law leaves, and
/// it is good for the revision that was shown: another one needs another word.
public struct LimitWaivers: Sendable {
  private let context: EngineContext

  public init(_ context: EngineContext) { self.context = context }

  /// - Parameters:
  ///   - digest: of the revision that the person saw.
  ///   - reason: why, for the record; not empty.
  /// - Throws: ``DecisionError``: unknown, over, another digest, not a person, no reason, not critical;
  ///   store errors.
  @discardableResult
  public func waive(
    _ org: OrgID, _ id: ActionID, digest: Digest, reason: String, by author: Author, via: String
  ) async throws -> ActionState {
    try Approvals.mustBePerson(author)
    guard reason.contains(where: { !$0.isWhitespace }) else { throw Self.noReason }
    let state = try await context.store.write { store in
      guard var state = try store.action(org, id) else {
        throw DecisionError.unknown(id.rawValue)
      }
      guard state.status == .pendingApproval || state.status == .approved else {
        throw DecisionError.wrongStatus(state, wanted: "let pass the limits")
      }
      try Approvals.mustMatch(state, digest)
      guard state.channel != nil else { throw Self.noLimits(state) }
      guard state.priority == .critical else { throw Self.notCritical(state) }
      let waiver = LimitWaiver(
        org: org, action: id, revision: state.revision, by: author, at: store.now, reason: reason)
      guard try store.insert(waiver) else { return state }
      let desk = Desk(store: store)
      if let reason = state.hold?.reason, reason == .cap || reason == .budget {
        let old = state.version
        state.hold = Hold(reason: reason, until: store.now)
        try store.change(state, from: old)
      }
      try desk.append(
        state, "action.limits_waived", by: author, via: via, details: [:],
        personal: ["reason": Array(reason.utf8)])
      return state
    }
    await context.wake.ring()
    return state
  }

  private static let noReason = DecisionError(
    .invalid, "waiver.reason", "Passing the limits needs a reason.",
    remedy: "Say why the message cannot wait: --reason.")

  private static func noLimits(_ state: ActionState) -> DecisionError {
    DecisionError(
      .conflict, "waiver.no_limits",
      "No customer sees what \(state.id.rawValue) does: no limit binds it.",
      remedy: "Nothing has to be passed.")
  }

  private static func notCritical(_ state: ActionState) -> DecisionError {
    DecisionError(
      .conflict, "waiver.not_critical",
      "\(state.id.rawValue) is \(state.priority.word); only a critical action may pass the limits.",
      remedy: "If it is one: aiom action prioritize \(state.id.rawValue) critical.")
  }
}

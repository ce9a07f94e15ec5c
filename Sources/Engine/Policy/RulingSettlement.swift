import ActionProtocol
import Decisions

/// What follows from a policy's decision on a new revision: it is refused, persons are asked, or it goes
/// by itself after the time to undo it.
struct RulingSettlement {
  let store: any StoreTransaction
  let organisation: Organisation
  let ruling: PolicyRuling
  let proposal: Proposal
  /// Whether the policy may let it go: not where a person's approval of it became void.
  var mayGo = true

  /// Gives a pending state the status that the decision leads to.
  func apply(to state: inout ActionState) throws {
    switch ruling.decision.verdict {
    case .deny: state.reject(by: ruling, at: store.now)
    case .auto(let undo) where mayGo:
      try PolicyRelease(store: store, organisation: organisation).release(
        &state, ruling, by: ruling.author, undo: undo?.duration,
        window: Approvals.window(proposal, organisation))
    case .auto, .require: state.status = .pendingApproval
    }
  }

  /// Stores the records of the decision, beside the stored state.
  func record(_ state: ActionState) throws {
    let gate = PolicyGate(store: store, organisation: organisation)
    try gate.record(ruling, state)
    try RuleNotices(store: store, organisation: organisation).keep(ruling.decision, state)
    let desk = Desk(store: store)
    switch state.status {
    case .rejected:
      try gate.end(ruling, state, as: .denied)
      try desk.append(
        state, "action.rejected", by: ruling.author, details: ["quiet": "until_policy_changes"])
    case .approved:
      try gate.end(ruling, state, as: .auto)
      try desk.append(
        state, "action.approved", by: ruling.author,
        details: [
          "delivery": .string(state.delivery.rawValue),
          "policy_version": .integer(ruling.policy.number),
          "execute_by": state.executeBy.map { .string($0.rfc3339) } ?? .null,
        ])
    default:
      try gate.ask(ruling.requirement ?? .standard, ruling, state)
    }
  }
}

extension PolicyRuling {
  /// Until when it can be decided about: not longer than the policy gives.
  func expiry(_ asked: Instant, at now: Instant) -> Instant {
    guard let span = requirement?.expires else { return asked }
    return min(asked, now.advanced(by: span.duration))
  }
}

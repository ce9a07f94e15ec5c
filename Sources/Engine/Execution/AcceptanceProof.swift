import ActionProtocol
import Decisions

/// Proof, however late and from whomever, that an attempt's effect was accepted.
struct AcceptanceProof {
  let store: any StoreTransaction

  /// Completes the action, counts the outreach, and voids a pending re-send that has no intent yet.
  /// - Returns: whether the action's state changed.
  @discardableResult
  func apply(
    _ intent: AttemptIntent, providerID: String?, source: String, by: Author = .engine,
    via: String = "engine", insertingEvidence: Bool = true
  ) throws -> Bool {
    if insertingEvidence {
      try store.insert(
        Evidence(
          source: source, outcome: "accepted", providerID: providerID, at: store.now, detail: nil),
        org: intent.org, operation: intent.operation)
    }
    let settled = try store.settle(
      intent.org, intent.operation, outcome: "accepted", detail: source, providerID: providerID,
      at: store.now)
    if intent.channel != nil {
      try store.settleOutreach(intent.org, intent.operation, .sent)
    }
    guard var state = try store.action(intent.org, intent.operation.action) else { return false }
    let old = state.version
    switch state.status {
    case .executing
    where state.claim?.token != intent.token && state.revision != intent.operation.revision:
      return false
    case .executing, .failed:
      state.complete(providerID: providerID, warnings: [], intent, now: store.now)
    case .pendingApproval, .approved:
      state.void(intent, providerID: providerID, now: store.now)
    case .completed, .rejected, .expired:
      return settled
    }
    try store.change(state, from: old)
    try Desk(store: store).append(
      state, "execution.accepted", by: by, via: via,
      details: [
        "operation": .string(intent.operation.rawValue), "source": .string(source),
        "provider_id": providerID.map { .string($0) } ?? .null,
      ])
    return true
  }
}

extension ActionState {
  /// Ends a re-send that must not happen, because the first message did arrive.
  fileprivate mutating func void(_ intent: AttemptIntent, providerID: String?, now: Instant) {
    status = .rejected
    hold = nil
    approval = nil
    executeBy = nil
    self.providerID = providerID
    executedAt = intent.at
    rejection = RejectionRecord(
      by: .engine, at: now, reason: "the earlier message was accepted after all", quietUntil: nil)
  }
}

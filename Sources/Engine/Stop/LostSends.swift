import ActionProtocol
import Decisions

/// A message that the provider shows.
struct SentMessage: Sendable {
  let operation: OperationID
  let providerID: String
}

/// Enters into a restored database what it does not know: that a message of one of its actions went
/// out after it was saved.
struct LostSends {
  enum Outcome: Sendable, Equatable {
    /// The database knows of it.
    case known
    /// The action is done now.
    case completed
    /// No action of this database could have been meant, or it has ended otherwise.
    case foreign
  }

  /// The boot of calls that no process of this database made.
  private static let boot = BootID("restored")

  let store: any StoreTransaction
  let organisation: Organisation
  let prices: PriceTable

  /// Enters a message that says which call it came from.
  func apply(_ sent: SentMessage) throws -> Outcome {
    let org = organisation.id
    if let attempt = try store.attempt(org, sent.operation) {
      let applied = try AcceptanceProof(store: store).apply(
        attempt.intent, providerID: sent.providerID, source: "activity_search")
      return applied.isNews ? .completed : .known
    }
    guard try !store.isElsewhere(org, sent.operation.action) else { return .known }
    guard let state = try store.action(org, sent.operation.action) else { return .foreign }
    return try complete(state, sent)
  }

  /// Enters SMS, which do not say where they come from.
  func apply(
    _ texts: [ReportedSMS], _ configuration: EngineConfiguration
  ) throws -> [Outcome] {
    var free = try texts.filter {
      try store.attempt(organisation.id, channel: .sms, providerID: $0.providerID) == nil
    }.sorted { ($0.at, $0.providerID) < ($1.at, $1.providerID) }
    let filter = ActionFilter(statuses: [.approved, .pendingApproval], limit: 1_000_000)
    var outcomes: [Outcome] = []
    for state in try store.actions(organisation.id, filter) where state.channel == .sms {
      let operation = OperationID(
        action: state.id, revision: state.revision, call: state.calls + 1)
      let intent = intent(state, operation)
      guard let content = try SentContent.of(intent, store, configuration),
        let index = free.firstIndex(where: {
          $0.destination == content.destination && $0.text == content.text
        })
      else { continue }
      let line = free.remove(at: index)
      outcomes.append(
        try complete(state, SentMessage(operation: operation, providerID: line.providerID)))
    }
    return outcomes
  }

  /// Completes a live action whose call this database does not know, and counts the message.
  private func complete(_ found: ActionState, _ sent: SentMessage) throws -> Outcome {
    var state = found
    let through: [ActionStatus]
    switch state.status {
    case .pendingApproval: through = [.approved, .executing]
    case .approved: through = [.executing]
    case .executing, .failed: through = []
    case .completed, .rejected, .expired:
      try alert(state, sent)
      return .foreign
    }
    let intent = intent(state, sent.operation)
    try enter(intent, state, sent)
    let old = state.version
    state.complete(providerID: sent.providerID, warnings: [], intent, now: store.now)
    state.calls = max(state.calls, sent.operation.call)
    state.lastToken = intent.token
    try store.change(state, from: old, through: through)
    try Desk(store: store).append(
      state, "execution.accepted",
      details: [
        "operation": .string(sent.operation.rawValue), "source": "restore",
        "provider_id": .string(sent.providerID),
      ])
    return .completed
  }

  /// The attempt with its evidence and its place in the cool-downs. Its revision may be one that this
  /// database has not seen; then it stands under the one that it knows.
  private func enter(
    _ intent: AttemptIntent, _ state: ActionState, _ sent: SentMessage
  ) throws {
    let proposal = try Approvals.proposal(of: state, store)
    var intent = intent
    if try store.revision(state.org, state.id, intent.operation.revision) == nil {
      intent.operation = OperationID(
        action: state.id, revision: state.revision, call: intent.operation.call)
    }
    try store.insert(intent)
    try store.insert(
      Evidence(
        source: "activity_search", outcome: "accepted", providerID: sent.providerID,
        at: store.now, detail: "restore"), org: state.org, operation: intent.operation)
    _ = try store.settleNaming(
      state.org, intent.operation, outcome: "accepted", detail: "restore",
      providerID: sent.providerID, at: store.now)
    let reading = OutreachReadingPlan(proposal, state.partner)
    if let reservation = try reading.reservation(
      intent, organisation, prices, now: store.now, delivery: state.delivery,
      record: { try store.record(state.org, $0) })
    {
      try store.reserve(reservation)
      try store.settleOutreach(state.org, intent.operation, .sent)
    }
  }

  private func intent(_ state: ActionState, _ operation: OperationID) -> AttemptIntent {
    AttemptIntent(
      org: state.org, operation: operation, boot: Self.boot, token: state.lastToken + 1,
      at: store.now, channel: state.channel, delivery: state.delivery,
      // The request itself is not known here; what was approved is.
      requestDigest: state.digest)
  }

  private func alert(_ state: ActionState, _ sent: SentMessage) throws {
    try Desk(store: store).append(
      state, "alert.sent_after_backup",
      details: [
        "operation": .string(sent.operation.rawValue),
        "provider_id": .string(sent.providerID),
      ])
  }
}

import ActionProtocol
import Decisions

/// Proof, however late and from whomever, that an attempt's effect was accepted.
///
/// Idempotent: further proof of what is known changes nothing.
struct AcceptanceProof {
  /// What a proof did.
  struct Applied: Equatable {
    /// Whether the attempt or the action changed.
    var isNews = false
    /// The code of an alert: somebody had recorded or believed something else.
    var alert: String?
  }

  let store: any StoreTransaction

  /// Completes the action, counts the outreach, and voids a pending re-send that has no intent yet.
  @discardableResult
  func apply(
    _ intent: AttemptIntent, providerID: String?, source: String, by: Author = .engine,
    via: String = "engine", insertingEvidence: Bool = true
  ) throws -> Applied {
    guard let attempt = try store.attempt(intent.org, intent.operation) else { return Applied() }
    if insertingEvidence, attempt.isOpenToProof(source: source, providerID: providerID) {
      try store.insert(
        Evidence(
          source: source, outcome: "accepted", providerID: providerID, at: store.now, detail: nil),
        org: intent.org, operation: intent.operation)
    }
    var applied = try settle(attempt, providerID, source)
    guard applied.isNews else { return applied }
    if intent.channel != nil {
      try store.settleOutreach(intent.org, intent.operation, .sent)
    }
    try move(attempt, providerID, source, by: by, via: via, &applied)
    if let channel = intent.channel, let providerID {
      try store.wakeEvents(intent.org, channel, providerID: providerID)
    }
    return applied
  }

  // MARK: - The attempt

  private func settle(
    _ attempt: AttemptRecord, _ providerID: String?, _ source: String
  ) throws -> Applied {
    let (org, operation) = (attempt.intent.org, attempt.intent.operation)
    let answer = try store.settleNaming(
      org, operation, outcome: "accepted", detail: source, providerID: providerID, at: store.now)
    switch answer {
    case .settled:
      return Applied(isNews: true)
    case .settledWithoutID:
      return Applied(isNews: true, alert: ProviderIdentity.repeated)
    case .alreadySettled:
      return try known(attempt, providerID)
    }
  }

  /// The attempt was settled before: as accepted, or as something that this disproves.
  private func known(_ attempt: AttemptRecord, _ providerID: String?) throws -> Applied {
    let (org, operation) = (attempt.intent.org, attempt.intent.operation)
    guard attempt.isAccepted else {
      let isNews = try store.prove(org, operation, providerID: providerID, at: store.now)
      return Applied(isNews: isNews, alert: isNews ? "accepted_after_all" : nil)
    }
    guard let providerID, providerID != attempt.providerID else { return Applied() }
    guard attempt.providerID == nil else {
      // One call, two ids: the provider made two messages of it.
      let isNews = try store.prove(org, operation, providerID: nil, at: store.now)
      return Applied(isNews: isNews, alert: isNews ? "accepted_twice" : nil)
    }
    return Applied(isNews: try store.name(org, operation, providerID: providerID))
  }

  // MARK: - The action

  private func move(
    _ attempt: AttemptRecord, _ providerID: String?, _ source: String, by: Author, via: String,
    _ applied: inout Applied
  ) throws {
    let intent = attempt.intent
    guard var state = try store.action(intent.org, intent.operation.action) else { return }
    let old = state.version
    let details: JSONObject = [
      "operation": .string(intent.operation.rawValue), "source": .string(source),
      "provider_id": providerID.map { .string($0) } ?? .null,
    ]
    switch state.effect(of: intent, providerID) {
    case .none:
      break
    case .completed(let through):
      state.complete(providerID: providerID, warnings: [], intent, now: store.now)
      try store.change(state, from: old, through: through)
      try append(state, "execution.accepted", by, via, details)
      try ReminderNotes.plan(state, store.organisation(state.org), store)
    case .voided:
      state.void(intent, providerID: providerID, now: store.now)
      try store.change(state, from: old)
      try append(state, "execution.accepted", by, via, details)
    case .named:
      state.providerID = providerID
      try store.change(state, from: old)
    case .second:
      applied.alert = applied.alert ?? "accepted_twice"
    }
    guard let alert = applied.alert else { return }
    try append(
      state, "alert.\(alert)", by, via,
      details.setting("recorded_as", to: attempt.outcome.map { .string($0) } ?? .null))
  }

  private func append(
    _ state: ActionState, _ kind: String, _ by: Author, _ via: String, _ details: JSONObject
  ) throws {
    try Desk(store: store).append(state, kind, by: by, via: via, details: details)
  }
}

/// An id that the provider gave for two calls.
enum ProviderIdentity {
  /// The alert's code. The evidence keeps the id; the attempt goes without it, so that nothing that
  /// needs the id to be unique is led astray, and nothing that was accepted stays unrecorded.
  static let repeated = "provider_id_repeated"
}

extension AttemptRecord {
  /// Whether evidence of acceptance says something that is not known yet.
  fileprivate func isOpenToProof(source: String, providerID: String?) -> Bool {
    if source == "person" { return true }
    guard isAccepted else { return provenAt == nil }
    return providerID != nil && providerID != self.providerID && provenAt == nil
  }
}

extension ActionState {
  /// What proof of an attempt's acceptance means for its action.
  fileprivate enum Effect {
    case none
    /// The effect is done; through these statuses inside the same transaction.
    case completed(through: [ActionStatus])
    /// A re-send that must not happen.
    case voided
    /// Done already; only the provider's id was missing.
    case named
    /// Done already by another message.
    case second
  }

  fileprivate func effect(of intent: AttemptIntent, _ providerID: String?) -> Effect {
    switch status {
    case .executing:
      let isOther = claim?.token != intent.token && revision != intent.operation.revision
      return isOther ? .second : .completed(through: [])
    case .failed:
      return .completed(through: [])
    case .approved where revision == intent.operation.revision:
      // A retry of the very same content waits: what it would do is done.
      return .completed(through: [.executing])
    case .approved, .pendingApproval:
      return .voided
    case .completed:
      if self.providerID == nil { return providerID == nil ? .none : .named }
      return providerID == nil || providerID == self.providerID ? .none : .second
    case .rejected, .expired:
      return .none
    }
  }

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

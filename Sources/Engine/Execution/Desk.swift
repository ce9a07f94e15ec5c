import ActionProtocol
import Addressing
import Decisions
import Insights

/// The small state changes of an action, each with its audit entry in the same transaction.
struct Desk {
  let store: any StoreTransaction

  /// Waits with a reason. Recorded once per reason and end, not at every look.
  func hold(_ state: inout ActionState, _ hold: Hold) throws {
    let old = state.version
    let isNews = state.hold?.reason != hold.reason || state.hold?.until != hold.until
    state.hold = hold
    try store.change(state, from: old)
    guard isNews else { return }
    try append(state, "action.held", details: hold.details)
  }

  /// Ends an action whose time is over.
  func expire(_ state: inout ActionState) throws {
    let old = state.version
    let reason = state.hold?.reason
    state.status = .expired
    state.hold = nil
    state.errorCode = "expired"
    try store.change(state, from: old)
    try store.endRequests(state.org, state.id, as: .expired, by: .engine)
    try append(
      state, "action.expired",
      details: ["held_by": reason.map { .string($0.rawValue) } ?? .null])
  }

  /// Ends an action before any effect.
  func fail(_ state: inout ActionState, code: String, clock: inout StageClock) throws {
    let old = state.version
    state.status = .failed
    state.hold = nil
    state.errorCode = code
    try store.change(state, from: old, through: [.executing])
    clock.finish(.revalidation, at: store.now, result: code)
    let operation = OperationID(
      action: state.id, revision: state.revision, call: state.calls + 1)
    try store.insert(clock.records, org: state.org, operation: operation)
    try append(state, "action.failed", details: ["code": .string(code)])
  }

  /// Takes an action back before any effect, because somebody said not to ask for it. Once the hold is
  /// over the same may be proposed again.
  func withdraw(
    _ state: inout ActionState, because hold: CollectionHold, clock: inout StageClock
  ) throws {
    let old = state.version
    state.status = .rejected
    state.hold = nil
    state.errorCode = hold.code
    state.rejection = RejectionRecord(
      by: .engine, at: store.now, reason: hold.explanation, quietUntil: store.now)
    try store.change(state, from: old)
    try store.endRequests(state.org, state.id, as: .superseded, by: .engine)
    try store.removeCapCounts(state.org, state.id)
    clock.finish(.revalidation, at: store.now, result: hold.code)
    let operation = OperationID(
      action: state.id, revision: state.revision, call: state.calls + 1)
    try store.insert(clock.records, org: state.org, operation: operation)
    try append(
      state, "action.withdrawn",
      details: ["code": .string(hold.code), "hold": .string(hold.id)])
  }

  /// Makes a new revision whose plan expects what the books say now, and asks again.
  func reapprove(
    _ state: inout ActionState, _ prepared: PreparedAction, plan: [RevalidationCheck],
    code: String
  ) throws {
    var proposal = prepared.proposal
    proposal.revalidationPlan = plan
    try revise(
      &state, proposal, prepared.organisation, by: .engine, via: "engine", cause: "facts_changed",
      details: ["code": .string(code)])
  }

  /// Stores a further revision of an action and sends it back for approval.
  func revise(
    _ state: inout ActionState, _ proposal: Proposal, _ organisation: Organisation, by: Author,
    via: String, cause: String, details: JSONObject = [:], isOwnText: Bool = false
  ) throws {
    let old = state.version
    // The org may be older than this transaction; a sender that is gone must not be chosen again.
    let organisation = try store.organisation(state.org) ?? organisation
    let gate = PolicyGate(store: store, organisation: organisation)
    let ruling = try gate.rule(again: proposal, state, isSameText: isOwnText)
    let zone = try PlanFactsReader(store: store, organisation: organisation).zone(of: proposal)
    let proposal = proposal.keeping(
      ruling.decision, organisation, zone: zone, now: store.now)
    // As long as the revision before it had; counted from the action's beginning, times would add up.
    let began = try store.revision(state.org, state.id, state.revision)?.createdAt
    let lifetime = max(
      state.expiresAt.milliseconds - (began ?? state.createdAt).milliseconds, 24 * 3_600_000)
    let expiresAt = ruling.expiry(
      Instant(milliseconds: store.now.milliseconds + lifetime), at: store.now)
    let sender = try Senders.choose(proposal, by: state.createdBy, organisation, store)
    let revision = Revision(
      proposal: proposal, actionID: state.id, number: state.revision + 1, under: sender,
      expiresAt: expiresAt)
    let record = RevisionRecord(
      revision, sender.choice, by: by, at: store.now, cause: cause)
    state.revision = record.number
    state.digest = record.digest
    state.proposalDigest = proposal.proposalDigest
    state.expiresAt = expiresAt
    state.status = .pendingApproval
    state.approval = nil
    state.executeBy = nil
    state.hold = nil
    state.claim = nil
    state.errorCode = nil
    state.errorMessage = nil
    state.factsConfirmed = false
    state.attempts = 0
    try store.insert(record, org: state.org, of: state.id)
    // What was approved, or called, before is looked at by a person again.
    let settlement = RulingSettlement(
      store: store, organisation: organisation, ruling: ruling, proposal: proposal,
      mayGo: old.status == .pendingApproval)
    try store.endRequests(state.org, state.id, as: .superseded, by: by)
    try store.removeCapCounts(state.org, state.id)
    try settlement.apply(to: &state)
    try store.change(
      state, from: old, through: state.status == .pendingApproval ? [] : [.pendingApproval])
    try append(
      state, "action.revised", by: by, via: via,
      details: details.setting("cause", to: .string(cause)).merging(ruling.details))
    try settlement.record(state)
  }

  /// The audit entry that stands before an effect.
  func intended(_ state: ActionState, _ operation: OperationID) -> AuditEvent {
    event(
      state, "execution.intended", by: .engine, via: "engine",
      details: ["operation": .string(operation.rawValue)])
  }

  /// The audit entry of a call's outcome.
  func called(
    _ state: ActionState, _ outcome: CallOutcome, _ operation: OperationID
  ) -> AuditEvent {
    event(
      state, "execution.\(outcome.name)", by: .engine, via: "engine",
      details: outcome.details(operation))
  }

  func append(
    _ state: ActionState, _ kind: String, by: Author = .engine, via: String = "engine",
    details: JSONObject = [:], personal: [String: [UInt8]] = [:]
  ) throws {
    try store.append(
      [event(state, kind, by: by, via: via, details: details, personal: personal)],
      org: state.org)
  }

  private func event(
    _ state: ActionState, _ kind: String, by: Author, via: String, details: JSONObject,
    personal: [String: [UInt8]] = [:]
  ) -> AuditEvent {
    AuditEvent(
      kind: kind, actor: by.rawValue, via: via, subject: "action:\(state.id.rawValue)",
      actionID: state.id, revision: state.revision, digest: state.digest, details: details,
      personal: personal)
  }
}

extension Hold {
  /// For audit entries: the reason and the exact end.
  var details: JSONObject {
    [
      "reason": .string(reason.rawValue),
      "until": until.map { .string($0.rfc3339) } ?? .null,
    ]
  }
}

extension JSONObject {
  /// A copy with the members of another one added.
  func merging(_ other: JSONObject) -> JSONObject {
    other.members.reduce(self) { $0.setting($1.key, to: $1.value) }
  }

  /// A copy with a key set.
  func setting(_ key: String, to value: JSONValue) -> JSONObject {
    var copy = self
    copy[key] = value
    return copy
  }
}

extension Author {
  /// The engine itself.
  static let engine = known("engine")
  /// The analyzers.
  static let analyzer = known("analyzer")

  static func known(_ name: String) -> Author {
    guard let author = Author(.system, name) else { preconditionFailure("a system author's name") }
    return author
  }
}

extension RevisionRecord {
  /// The record of a revision.
  init(
    _ revision: Revision, _ choice: SenderChoice?, by: Author, at: Instant, cause: String
  ) {
    let stored = StoredProposal(revision.proposal)
    self.init(
      number: revision.number, digest: revision.digests(of: stored).revision,
      document: stored.bytes, sender: revision.sender?.rawValue ?? revision.smsSender?.e164,
      replyTo: revision.replyTo?.rawValue, choice: choice,
      expiresAt: revision.expiresAt, createdBy: by, createdAt: at, cause: cause)
  }
}

import ActionProtocol
import Addressing
import Decisions

extension Approvals {
  /// Approves a revision by its digest. Where the policy wants several persons, the action stays pending
  /// until the last of them has approved.
  /// - Parameters:
  ///   - despiteObjection: the person knows that a recipient complained or unsubscribed, and that this
  ///     message has to be sent all the same.
  ///   - stepUp: how the person proved who it is, verified; nil: by being signed in.
  ///   - channel: how the approval came.
  ///   - manner: how long the card was looked at, and how many were approved in the same stroke.
  /// - Returns: the action; still `pending_approval` while others have to approve too.
  /// - Throws: ``DecisionError``: unknown, not pending, expired, another digest, another delivery mode
  ///   than the action's, not a person, a recipient that is suppressed or objected; no role, the
  ///   proposer, not proven as the policy wants, given before, refused by the policy of now.
  public func approve(
    _ org: OrgID, _ id: ActionID, digest: Digest, despiteObjection: Bool = false,
    stepUp: StepUpEvidence? = nil, channel: ApprovalChannel = .inApp,
    manner: DecisionManner = .alone, by: Author, via: String
  ) async throws -> ActionState {
    try Self.mustBePerson(by)
    let (delivery, roles) = (context.configuration.delivery, context.roles)
    let voice = ApprovalDesk.Voice(
      person: by, digest: digest, channel: channel, via: via, stepUp: stepUp, manner: manner)
    let answer = try await context.store.write { store in
      guard var state = try store.action(org, id) else {
        throw DecisionError.unknown(id.rawValue)
      }
      guard state.status == .pendingApproval else {
        throw DecisionError.wrongStatus(state, wanted: "approved")
      }
      try Self.mustMatch(state, digest)
      guard state.delivery == delivery else { throw Self.otherDelivery(state, delivery) }
      guard store.now < state.expiresAt else { throw Self.tooLate(state) }
      guard let organisation = try store.organisation(org) else { throw Self.noOrg(org) }
      let proposal = try Self.proposal(of: state, store)
      let isOverridden = try ApprovalScreen.check(
        proposal, state, store, knowingly: despiteObjection)
      let approval = RevisionApproval(
        store: store, organisation: organisation,
        desk: ApprovalDesk(store: store, roles: roles), proposal: proposal,
        isOverridden: isOverridden)
      return try approval.take(&state, voice)
    }
    if answer.status == .approved, answer.hold == nil { await context.wake.ring() }
    if answer.status == .rejected { throw Self.refused(answer) }
    return answer
  }

  private static func refused(_ state: ActionState) -> DecisionError {
    DecisionError(
      .conflict, "policy.denied",
      "The policy changed since this was proposed, and refuses it now: "
        + (state.rejection?.reason ?? ""),
      remedy: "aiom action show \(state.id.rawValue) says why.")
  }
}

/// One person's approval of a revision, inside its transaction.
struct RevisionApproval {
  let store: any StoreTransaction
  let organisation: Organisation
  let desk: ApprovalDesk
  let proposal: Proposal
  /// Whether a suppression stands in the way that the approval overrides.
  let isOverridden: Bool

  private var gate: PolicyGate { PolicyGate(store: store, organisation: organisation) }

  func take(_ state: inout ActionState, _ voice: ApprovalDesk.Voice) throws -> ActionState {
    let old = state.version
    let (ruling, request) = try asked(&state)
    guard let request else {
      try refuse(&state, ruling, old)
      return state
    }
    let progress = try desk.approve(request, voice)
    var details = progress.details
    guard progress.missing.isEmpty else {
      try Desk(store: store).append(
        state, "action.approval_given", by: voice.person, via: voice.via, details: details)
      return state
    }
    try PolicyRelease(store: store, organisation: organisation).release(
      &state, ruling, by: voice.person, window: Approvals.window(proposal, organisation))
    try store.change(state, from: old)
    details["delivery"] = .string(state.delivery.rawValue)
    details["execute_by"] = state.executeBy.map { .string($0.rfc3339) } ?? .null
    if isOverridden { details["despite_objection"] = true }
    try Desk(store: store).append(
      state, "action.approved", by: voice.person, via: voice.via, details: details)
    return state
  }

  /// The decision and the request of the policy that is active now. A request of another policy is
  /// void, and so is what persons said to it.
  private func asked(
    _ state: inout ActionState
  ) throws -> (PolicyRuling, ApprovalRequest?) {
    let request = try store.request(state.org, state.id, revision: state.revision)
    if let request, request.version == organisation.policyVersion,
      let ruling = try stored(state, request.version)
    {
      return (ruling, request)
    }
    let ruling = try gate.rule(again: proposal, state, isSameText: true)
    if request != nil {
      try store.endRequests(state.org, state.id, as: .superseded, by: ruling.author)
    }
    try gate.record(ruling, state)
    guard ruling.decision.verdict.kind != .deny else { return (ruling, nil) }
    let asked = try gate.ask(ruling.requirement ?? .standard, ruling, state)
    return (ruling, asked)
  }

  /// The same decision again, from the facts that were stored with it.
  private func stored(_ state: ActionState, _ version: Int64) throws -> PolicyRuling? {
    guard let record = try store.decision(state.org, state.id, revision: state.revision),
      record.version == version, let facts = record.readFacts()
    else { return nil }
    let policy = try PolicyShelf(store: store, org: state.org).active(version)
    return PolicyRuling(
      policy: policy, facts: facts, keys: record.keys.merging([.org: ""]) { $1 },
      decision: policy.engine.decide(facts))
  }

  private func refuse(
    _ state: inout ActionState, _ ruling: PolicyRuling, _ old: ActionVersion
  ) throws {
    state.reject(by: ruling, at: store.now)
    try store.change(state, from: old)
    try gate.end(ruling, state, as: .denied)
    try Desk(store: store).append(
      state, "action.rejected", by: ruling.author, via: "engine", details: ruling.details)
  }
}

extension ActionState {
  /// Ends it by what the policy said.
  mutating func reject(by ruling: PolicyRuling, at now: Instant) {
    status = .rejected
    hold = nil
    approval = nil
    let words = ruling.policy.engine.explain(ruling.facts, version: ruling.policy.number).text
    rejection = RejectionRecord(
      by: ruling.author, at: now, reason: String(words.prefix(1000)), quietUntil: nil)
  }
}

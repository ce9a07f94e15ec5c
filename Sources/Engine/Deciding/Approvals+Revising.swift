import ActionProtocol
import Addressing
import Decisions

extension Approvals {
  /// Changes an action before it happens: a new revision, the old approval void.
  /// - Throws: ``DecisionError`` with all issues when the edited proposal is not valid.
  ///
  /// - Parameter digest: of what the person changes, where a page shows it; nil: of whatever is there.
  public func edit(
    _ org: OrgID, _ id: ActionID, _ edit: ActionEdit, of digest: Digest? = nil, by: Author,
    via: String
  ) async throws -> ActionState {
    try Self.mustBePerson(by)
    return try await revise(org, id, by: by, via: via, cause: "edited") {
      state, proposal, store in
      guard digest == nil || digest == state.digest else { throw DecisionError.staleEdit }
      guard state.status == .pendingApproval || state.status == .approved else {
        throw DecisionError.wrongStatus(state, wanted: "edited")
      }
      let edited = try edit.applied(to: proposal)
      guard edited != proposal else { throw DecisionError.sameEdit }
      guard let recipients = edit.to else { return edited }
      return try NewRecipients(store: store, org: org).checked(recipients, in: edited)
    }
  }

  /// Brings a failed action back: a new revision that asks for approval.
  public func requeue(
    _ org: OrgID, _ id: ActionID, by: Author, via: String
  ) async throws -> ActionState {
    try Self.mustBePerson(by)
    return try await revise(org, id, by: by, via: via, cause: "requeued") { state, proposal, _ in
      guard state.status == .failed else {
        throw DecisionError.wrongStatus(state, wanted: "requeued")
      }
      return proposal
    }
  }

  private func revise(
    _ org: OrgID, _ id: ActionID, by: Author, via: String, cause: String,
    _ make:
      @escaping @Sendable (ActionState, Proposal, any StoreTransaction) throws -> Proposal
  ) async throws -> ActionState {
    try await context.store.write { store in
      guard var state = try store.action(org, id) else {
        throw DecisionError.unknown(id.rawValue)
      }
      guard let organisation = try store.organisation(org) else { throw Self.noOrg(org) }
      let proposal = try make(state, Self.proposal(of: state, store), store)
      try Self.mustBeValid(proposal, now: store.now)
      let wasLive = state.status.isLive
      try Desk(store: store).revise(
        &state, proposal, organisation, by: by, via: via, cause: cause)
      if !wasLive {
        try Self.occupy(state, proposal, store)
      }
      return state
    }
  }

  static func proposal(of state: ActionState, _ store: any StoreReading) throws -> Proposal {
    try proposal(of: state, store.revision(state.org, state.id, state.revision))
  }

  /// The same from its revision, where that was read before.
  static func proposal(of state: ActionState, _ record: RevisionRecord?) throws -> Proposal {
    guard let record,
      case .success(let proposal) = ProposalReader.read(record.document)
    else {
      throw DecisionError(
        .invalid, "revision.unreadable",
        "Revision \(state.revision) of \(state.id.rawValue) cannot be read.",
        remedy: "Check the database with: aiom doctor.")
    }
    return proposal
  }

  private static func mustBeValid(_ proposal: Proposal, now: Instant) throws {
    let issues = proposal.issues()
    guard issues.isEmpty else {
      throw DecisionError(
        .invalid, "edit.invalid", "The changed action is not valid.",
        remedy: issues.map { "\($0.pointer.rawValue): \($0.remedy)" }.joined(separator: " "),
        issues: issues)
    }
  }

  /// A revived action takes its records again, unless another one has them.
  private static func occupy(
    _ state: ActionState, _ proposal: Proposal, _ store: any StoreTransaction
  ) throws {
    let records = proposal.affectedRecords.references
    if let other = try store.liveAction(
      state.org, state.type, on: records, in: state.delivery), other.id != state.id
    {
      throw DecisionError(
        .conflict, "action.record_taken",
        "Another action of this type is live on the same record: \(other.id.rawValue).",
        remedy: "Decide about that one first: aiom action show \(other.id.rawValue).")
    }
    try store.replaceLiveRecords(of: state, records: records)
  }
}

import ActionProtocol
import Decisions
import Foundation

/// Takes one proposal in, inside a transaction.
struct Admission {
  let store: any StoreTransaction
  let organisation: Organisation
  let entropy: Entropy
  let author: Author
  let via: String
  /// The installation's mode: only actions of the same one are compared with.
  let delivery: DeliveryMode
  /// Whether the words and figures are an analysis's own, whoever started it: what it finds now takes the
  /// place of what waits.
  let isFinding: Bool

  func admit(_ proposed: Proposal) throws -> IntakeOutcome {
    let owner = RecordOwner(store: store, org: organisation.id)
    let mismatches = try owner.mismatches(of: proposed.affectedRecords)
    let facts = try PlanFactsReader(store: store, organisation: organisation).facts(for: proposed)
    let proposal = try completed(proposed, owner, facts)
    let sender = try Senders.choose(proposal, by: author, organisation, store)
    let issues =
      mismatches + SenderIssues.of(proposal, by: author, organisation, sender)
      + (try strangers(proposal)) + proposal.issues(now: store.now)
      + MinimumPlan.issues(for: proposal, facts: facts)
    guard issues.isEmpty, let key = proposal.idempotencyKey else { return .invalid(issues) }
    if let known = try store.action(proposal.orgID, key: key, in: delivery),
      let outcome = try compare(proposal, with: known)
    {
      return outcome
    }
    if let refusal = try refusal(of: proposal.actionID) { return refusal }
    if let earlier = try store.confirmation(of: proposal, in: delivery) {
      return .existing(earlier, .sameFinding)
    }
    let records = proposal.affectedRecords.references
    if let live = try store.liveAction(
      proposal.orgID, proposal.actionType, on: records, in: delivery)
    {
      return try supersede(live, by: proposal) ?? .existing(live, .liveOnRecord)
    }
    let ruling = try rule(proposal, asking: proposed.requiresApproval == true)
    if let known = try store.action(proposal.orgID, key: key, in: delivery),
      known.status == .rejected, known.rejection?.by.isPolicy == true,
      ruling.decision.verdict.kind == .deny
    {
      return .existing(known, .rejectedBefore)
    }
    return .created(try store(proposal, ruling, under: sender, key: key, records: records))
  }

  private func rule(_ proposal: Proposal, asking: Bool) throws -> PolicyRuling {
    try PolicyGate(store: store, organisation: organisation).rule(
      proposal,
      PolicyGate.Circumstances(
        author: author, delivery: delivery, asksForPerson: asking,
        isOwnText: author.kind == .system))
  }

  /// An id is given once in an installation: it travels with the message, where no org stands beside
  /// it. Of another org's action nothing is said but that the id is taken.
  private func refusal(of id: ActionID?) throws -> IntakeOutcome? {
    guard let id, try store.isTaken(id) else { return nil }
    if let own = try store.action(organisation.id, id), own.delivery == delivery {
      return .conflict(own)
    }
    return .invalid([IntakeIssues.idTaken])
  }

  /// The proposal with everything that Intake adds: checks, key, time to decide.
  private func completed(
    _ proposed: Proposal, _ owner: RecordOwner, _ facts: PlanFacts
  ) throws -> Proposal {
    var proposal = proposed
    if !isForColleagues(proposed) {
      proposal.affectedRecords = try owner.completed(proposed.affectedRecords)
    }
    proposal.requiresApproval = true
    proposal.revalidationPlan = MinimumPlan.complete(proposal, facts: facts)
    proposal.expiresAt = proposal.expiresAt ?? store.now.advanced(by: .seconds(24 * 3600))
    proposal.idempotencyKey =
      proposal.idempotencyKey
      ?? IdempotencyKey.dated(
        org: proposal.orgID, actionType: proposal.actionType, records: scope(proposal),
        day: organisation.day(store.now))
    return proposal
  }

  /// A message about a person of the org has the limits of messages among colleagues: it goes to nobody
  /// else.
  private func strangers(_ proposal: Proposal) throws -> [ProtocolIssue] {
    try Colleagues.areMissed(by: proposal, organisation.id, store)
      ? [IntakeIssues.notOfAPerson] : []
  }

  /// A message to the org's own people is about a customer's records without going to the customer.
  private func isForColleagues(_ proposal: Proposal) -> Bool {
    proposal.safeOperation.effectType != nil && MessageClass(proposal) == .internal
  }

  /// The records of the key; the partner's where the proposal names none.
  private func scope(_ proposal: Proposal) -> [RecordReference] {
    let records = proposal.affectedRecords.references
    guard records.isEmpty, let partner = proposal.affectedRecords.partnerID else { return records }
    return [RecordReference(model: AffectedRecords.partnerModel, id: partner.rawValue)]
  }

  /// What the action that already has the key means for the proposal; nil: it is no obstacle.
  private func compare(
    _ proposal: Proposal, with known: ActionState
  ) throws -> IntakeOutcome? {
    let facts = Finding(proposal)?.facts
    switch known.status {
    // What the policy refused is asked about again: its facts or the policy may have changed.
    case .rejected where known.rejection?.by.isPolicy == true && known.calls == 0:
      return nil
    case .rejected:
      if known.calls > 0 { return .existing(known, .rejectedBefore) }
      if let until = known.rejection?.quietUntil {
        return until > store.now ? .existing(known, .rejectedBefore) : nil
      }
      return facts == known.facts && isSameContent(proposal, known)
        ? .existing(known, .rejectedBefore) : nil
    case .expired where known.calls == 0:
      return nil
    // The books have it again: a payment was taken back, a dispute ended, a due date came.
    case .failed where known.calls == 0 && known.errorCode == Redraft.nothingLeft:
      return nil
    case .failed where known.calls == 0:
      return facts == known.facts && facts != nil ? .existing(known, .sameFinding) : nil
    case .pendingApproval where facts != nil && facts != known.facts && isFinding:
      if let other = try otherLive(than: known, on: proposal) {
        return .existing(other, .liveOnRecord)
      }
      return .existing(try refresh(known, proposal, facts), .refreshed)
    default:
      if known.proposalDigest == proposal.proposalDigest { return .existing(known, .sameProposal) }
      return facts != nil ? .existing(known, .sameFinding) : .conflict(known)
    }
  }

  /// Findings are compared by their facts; proposals without one by their content.
  private func isSameContent(_ proposal: Proposal, _ known: ActionState) -> Bool {
    known.facts != nil || known.proposalDigest == proposal.proposalDigest
  }

  /// An analysis finds something else about records that a card of its own waits for, such as the rest
  /// of the invoices after the oldest was paid: the card is brought up to date, under its own key.
  private func supersede(_ live: ActionState, by proposal: Proposal) throws -> IntakeOutcome? {
    guard isFinding, live.status == .pendingApproval,
      let facts = Finding(proposal)?.facts, live.facts != nil,
      live.partner == proposal.affectedRecords.partnerID,
      try otherLive(than: live, on: proposal) == nil
    else { return nil }
    guard facts != live.facts else { return .existing(live, .sameFinding) }
    var fresh = proposal
    fresh.idempotencyKey = live.key
    return .existing(try refresh(live, fresh, facts), .refreshed)
  }

  /// Another live action of the type on one of the records.
  private func otherLive(
    than known: ActionState, on proposal: Proposal
  ) throws -> ActionState? {
    for record in proposal.affectedRecords.references {
      if let live = try store.liveAction(
        proposal.orgID, proposal.actionType, on: [record], in: delivery), live.id != known.id
      {
        return live
      }
    }
    return nil
  }

  /// The books moved on while the card waited: it shows the facts of now.
  private func refresh(
    _ known: ActionState, _ proposal: Proposal, _ facts: String?
  ) throws -> ActionState {
    var state = known
    (state.facts, state.title) = (facts, title(proposal))
    try store.replaceLiveRecords(of: state, records: proposal.affectedRecords.references)
    try Desk(store: store).revise(
      &state, proposal, organisation, by: author, via: via, cause: "facts_changed",
      isOwnText: author.kind == .system)
    return state
  }

  private func store(
    _ proposal: Proposal, _ ruling: PolicyRuling, under sender: ChosenSender, key: IdempotencyKey,
    records: [RecordReference]
  ) throws -> ActionState {
    let id = try actionID(proposal)
    let revision = Revision(
      proposal: try asDecided(proposal, ruling), actionID: id, number: 1, under: sender,
      expiresAt: ruling.expiry(proposal.expiresAt ?? store.now, at: store.now))
    let record = RevisionRecord(
      revision, sender.choice, by: author, at: store.now, cause: "proposed")
    var state = ActionState(
      org: proposal.orgID, id: id, type: proposal.actionType, operation: proposal.safeOperation,
      risk: proposal.riskLevel, status: .pendingApproval,
      revision: 1, digest: record.digest, proposalDigest: proposal.proposalDigest, key: key,
      partner: proposal.affectedRecords.partnerID, title: title(proposal), createdBy: author,
      createdAt: store.now, expiresAt: revision.expiresAt, facts: Finding(proposal)?.facts,
      delivery: delivery)
    let settlement = RulingSettlement(
      store: store, organisation: organisation, ruling: ruling, proposal: revision.proposal)
    try settlement.apply(to: &state)
    try store.insert(state, record, records: state.status.isLive ? records : [])
    try store.confirm(proposal, by: state)
    try Desk(store: store).append(
      state, "action.proposed", by: author, via: via,
      details: ruling.details.setting("type", to: .string(state.type.rawValue))
        .setting("risk", to: .string(state.risk.rawValue))
        .setting("delivery", to: .string(delivery.rawValue)))
    try settlement.record(state)
    return state
  }

  private func asDecided(_ proposal: Proposal, _ ruling: PolicyRuling) throws -> Proposal {
    proposal.keeping(
      ruling.decision, organisation,
      zone: try PlanFactsReader(store: store, organisation: organisation).zone(of: proposal),
      now: store.now)
  }

  private func actionID(_ proposal: Proposal) throws -> ActionID {
    if let id = proposal.actionID { return id }
    guard let id = ActionID(rawValue: entropy.uuid7(store.now)) else {
      throw EngineFault.noIdentifier
    }
    return id
  }

  private func title(_ proposal: Proposal) -> String {
    let records = proposal.affectedRecords
    let names = [records.partnerName, records.recordName].compactMap { $0 }
    guard names.isEmpty else { return names.joined(separator: " · ") }
    let references = records.references.map(\.rawValue)
    return references.isEmpty
      ? proposal.actionType.rawValue : references.joined(separator: ", ")
  }
}

/// Reads what a minimum plan pins: open amounts, stages and business hours as they are now.
struct PlanFactsReader {
  let store: any StoreReading
  let organisation: Organisation

  func facts(for proposal: Proposal) throws -> PlanFacts {
    var facts = PlanFacts(quietHours: try hours(proposal))
    var records = Set(proposal.affectedRecords.references)
    if case .updateStage(_, let move) = proposal.operation {
      records.insert(RecordReference(model: move.model.rawValue, id: move.recordID))
    }
    for record in records {
      guard let found = try store.record(organisation.id, record) else { continue }
      facts.stages[record] = Self.stage(record, found.fields)
      facts.residuals[record.id] = Self.residual(record, found.fields)
    }
    return facts
  }

  /// The org's hours on the recipient's clock; on its own where several clocks are possible, and then
  /// the guard asks for all of them.
  private func hours(_ proposal: Proposal) throws -> QuietHours? {
    var hours = organisation.quietHours
    if let zone = try zone(of: proposal) { hours?.timezone = zone }
    return hours
  }

  /// The recipient's zone; nil where several are possible, or nobody outside receives.
  func zone(of proposal: Proposal) throws -> String? {
    let reading = RecipientReading(proposal, proposal.affectedRecords.partnerID)
    return try reading.clock(organisation) { try store.record(organisation.id, $0) }?.identifier
  }

  private static func stage(_ record: RecordReference, _ fields: JSONObject) -> JSONValue? {
    if record.model == StageModel.saleOrder.rawValue { return fields["state"] }
    guard case .array(let pair)? = fields["stage_id"] else { return fields["stage_id"] }
    return pair.first
  }

  private static func residual(_ record: RecordReference, _ fields: JSONObject) -> Money? {
    guard record.model == "account.move", case .string(let amount)? = fields["amount_residual"],
      case .array(let pair)? = fields["currency_id"], pair.count == 2,
      case .string(let code) = pair[1], let currency = Currency(code: code)
    else { return nil }
    return Money(decimalText: amount, currency: currency)
  }
}

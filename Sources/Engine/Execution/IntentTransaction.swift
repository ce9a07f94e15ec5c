import ActionProtocol
import Addressing
import Decisions

/// Stages 2 to 4 up to the intent, for one action inside a write transaction: approval check,
/// revalidation, guard, and the record that stands before any effect.
struct IntentTransaction {
  /// What came of it.
  enum Result: Sendable {
    /// The intent is part of this transaction; after its commit the call may be made.
    case call(PendingCall)
    /// It is claimed, and its books outside have to be read before its intent.
    case check(PendingCheck)
    /// Nothing will be called now.
    case ended(ExecutionReport)
    /// What was approved changed; a new revision has to be drafted.
    case redraft(PreparedAction, code: String)
    /// The action or its org changed since it was read; it has to be read again.
    case outdated

    /// The call that may be made after the commit.
    var call: PendingCall? {
      if case .call(let pending) = self { pending } else { nil }
    }

    /// The action that is claimed for reading.
    var check: PendingCheck? {
      if case .check(let check) = self { check } else { nil }
    }

    /// The intent that the transaction wrote.
    var intent: AttemptIntent? { call?.intent }
  }

  let store: any StoreTransaction
  let configuration: EngineConfiguration
  let boot: BootID
  let entropy: Entropy
  /// The orgs of the batch as this transaction sees them.
  let organisations: [OrgID: Organisation]
  /// Stops as this transaction holds them.
  let stops: StopBoard

  /// - Parameter facts: of a claimed action, what its books outside said.
  func run(_ prepared: PreparedAction, _ facts: OutsideFacts? = nil) throws -> Result {
    var prepared = prepared
    prepared.clock.resume()
    if let facts, try !ClaimWithoutIntent.release(prepared.state, facts.claim, store) {
      return .ended(report(prepared, .skipped))
    }
    guard var state = try store.action(prepared.state.org, prepared.state.id),
      state.status == .approved, state.delivery == configuration.delivery
    else { return .ended(report(prepared, .skipped)) }
    // What was checked ahead is checked against what is: sender and settings are part of it.
    guard state.version == prepared.state.version, state.isDue(at: store.now),
      organisations[state.org] == prepared.organisation
    else { return .outdated }
    let desk = Desk(store: store)
    if let outcome = try approvalCheck(&state, &prepared, desk) { return outcome }
    prepared.clock.finish(.approvalCheck, at: store.now)
    if facts == nil, prepared.looksOutside {
      // What has to wait anyway needs no reading.
      if let outcome = try guardOutreach(&state, &prepared, desk) { return outcome }
      return .check(try claimForReading(&state, prepared, desk))
    }
    if let outcome = try revalidate(&state, &prepared, facts, desk) { return outcome }
    prepared.clock.finish(.revalidation, at: store.now)
    if let outcome = try takeRate(state, prepared) { return outcome }
    return .call(try writeIntent(&state, prepared, facts, desk))
  }

  // MARK: - Stage 2

  /// The code of an approval that another policy, or for something else, was given.
  static let policyChanged = "policy_changed"

  private func approvalCheck(
    _ state: inout ActionState, _ prepared: inout PreparedAction, _ desk: Desk
  ) throws -> Result? {
    // Nothing is written: it goes on where it stands once the stop is lifted.
    if stops.covers(state.org) {
      return .ended(report(prepared, .held(Hold(reason: .paused, until: nil))))
    }
    guard let approval = state.approval, let executeBy = state.executeBy else {
      return .redraft(prepared, code: "approval_missing")
    }
    if let outcome = try bindSender(&state, &prepared, desk) { return outcome }
    guard prepared.digest == state.digest else {
      return .redraft(prepared, code: "digest_changed")
    }
    guard approval.delivery == configuration.delivery else {
      return .redraft(prepared, code: "delivery_mode_changed")
    }
    guard approval.binds(prepared.digest, under: prepared.organisation.policyVersion) else {
      return .redraft(prepared, code: Self.policyChanged)
    }
    guard store.now.advanced(by: configuration.callDeadline) < executeBy else {
      try desk.expire(&state)
      return .ended(report(prepared, .expired))
    }
    if let channel = state.channel, let pause = try store.channelPause(state.org, channel),
      let until = pause.until, until > store.now
    {
      return .ended(try held(&state, pause, in: .approvalCheck, &prepared, desk))
    }
    return nil
  }

  /// Counts the message against the rate that the org set for its channel. Nothing else is written
  /// where there is none left: the lane is looked into again when there is.
  private func takeRate(_ state: ActionState, _ prepared: PreparedAction) throws -> Result? {
    guard let channel = state.channel, let rate = prepared.organisation.limits[channel].rate,
      let until = try store.take(rate, state.org, channel)
    else { return nil }
    return .ended(report(prepared, .held(Hold(reason: .cap, until: until))))
  }

  /// Mail goes out only under a name that the org has now: the org in this transaction is the one that
  /// the sender was compared with.
  private func bindSender(
    _ state: inout ActionState, _ prepared: inout PreparedAction, _ desk: Desk
  ) throws -> Result? {
    switch prepared.senderProblem {
    case nil:
      state.clear(.unverified)
      return nil
    case .withdrawn?:
      return .redraft(prepared, code: SenderProblem.withdrawn.rawValue)
    case .unverified?:
      state.explain(.unverified)
      let hold = Hold(reason: .configuration, until: nil)
      return .ended(try held(&state, hold, in: .approvalCheck, &prepared, desk))
    case .notOwn?:
      state.explain(.notOwn)
      let code = SenderProblem.notOwn.rawValue
      try desk.fail(&state, code: code, clock: &prepared.clock)
      return .ended(report(prepared, .failed(code: code)))
    }
  }

  // MARK: - Stage 3

  /// A thousand years.
  private static let anyAge: Duration = .seconds(1000 * 366 * 86_400)

  /// A person may vouch that old facts still hold; whatever the books do say binds all the same.
  func maximumAge(of state: ActionState) -> Duration {
    state.factsConfirmed ? Self.anyAge : configuration.ledgerMaximumAge
  }

  private func revalidate(
    _ state: inout ActionState, _ prepared: inout PreparedAction, _ facts: OutsideFacts?,
    _ desk: Desk
  ) throws -> Result? {
    if let facts, facts.isOlder(than: configuration.liveMaximumAge) {
      return .ended(try heldAsOld(&state, &prepared, desk))
    }
    var revalidation = Revalidation(
      store: store, maximumAge: maximumAge(of: state), of: state.type)
    revalidation.outside = facts?.reading
    state.clearProblem()
    switch try revalidation.evaluate(prepared.proposal.revalidationPlan, org: state.org) {
    case .pass:
      break
    case .onHold:
      return .redraft(prepared, code: CollectionGate.code)
    case .blocked(let check):
      if state.type == .sendInvoiceReminder { return .redraft(prepared, code: check) }
      try desk.fail(&state, code: "revalidation.\(check)", clock: &prepared.clock)
      return .ended(report(prepared, .failed(code: "revalidation.\(check)")))
    case .reapproval(let check, let plan):
      if state.type == .sendInvoiceReminder { return .redraft(prepared, code: check) }
      prepared.clock.finish(.revalidation, at: store.now, result: "failed", detail: check)
      let code = "revalidation.\(check)"
      try desk.reapprove(&state, prepared, plan: plan, code: code)
      return .ended(report(prepared, .reapproval(code: code)))
    case .cannotTell(_, let reason):
      if let facts, let problem = facts.problem(reason) {
        return .ended(try heldForBooks(&state, problem, facts, &prepared, desk))
      }
      let hold = Hold(
        reason: reason == "stale_facts" ? .staleFacts : .cannotTell,
        until: reason == "stale_facts" ? nil : store.now.advanced(by: .seconds(60)))
      return .ended(try held(&state, hold, in: .revalidation, &prepared, desk))
    }
    return try guardOutreach(&state, &prepared, desk)
  }

  private func guardOutreach(
    _ state: inout ActionState, _ prepared: inout PreparedAction, _ desk: Desk
  ) throws -> Result? {
    if let hold = try IdenticalSMS.hold(prepared.proposal, state.org, store) {
      return .ended(try held(&state, hold, in: .revalidation, &prepared, desk))
    }
    let reading = OutreachReadingPlan(prepared.proposal, state.partner)
    if try Colleagues.areMissed(by: prepared.proposal, state.org, store) {
      let code = IntakeIssues.notOfAPerson.code
      try desk.fail(&state, code: code, clock: &prepared.clock)
      return .ended(report(prepared, .failed(code: code)))
    }
    guard
      let verdict = try reading.verdict(
        store, prepared.organisation, state, configuration.prices)
    else {
      return nil
    }
    let turns = OutreachTurns(store: store, organisation: prepared.organisation)
    switch verdict {
    case .send:
      guard let turn = try turns.afterOpening(of: state) else { return nil }
      return .ended(try held(&state, turn, in: .revalidation, &prepared, desk))
    case .wait(let until, let reasons):
      let hold = try turns.hold(of: state, reading.audience, until: until, reasons)
      return .ended(try held(&state, hold, in: .revalidation, &prepared, desk))
    case .needsPerson(let reasons):
      let hold = Self.hold(askingFor: reasons)
      return .ended(try held(&state, hold, in: .revalidation, &prepared, desk))
    case .drop(let reasons):
      let code = reasons.first?.rule ?? "suppressed"
      try desk.fail(&state, code: code, clock: &prepared.clock)
      return .ended(report(prepared, .failed(code: code)))
    }
  }

  /// A budget has a new month some time; whatever else a person is asked has no end.
  private static func hold(askingFor reasons: [GuardReason]) -> Hold {
    guard let first = reasons.first, first.hold == .budget else {
      return Hold(reason: .needsPerson, until: nil)
    }
    return Hold(reason: .budget, until: first.until)
  }

  // MARK: - Stage 4

  private func writeIntent(
    _ state: inout ActionState, _ prepared: PreparedAction, _ facts: OutsideFacts?,
    _ desk: Desk
  ) throws -> PendingCall {
    let old = state.version
    let (claimed, intent) = claimed(state, prepared)
    try store.change(claimed, from: old)
    state = claimed
    let call = try begin(prepared, claimed, intent, facts)
    try store.append([desk.intended(claimed, intent.operation)], org: claimed.org)
    return call
  }

  /// The action as its claim leaves it, and the intent of its next call.
  func claimed(
    _ approved: ActionState, _ prepared: PreparedAction
  ) -> (ActionState, AttemptIntent) {
    var state = approved
    state.calls += 1
    state.lastToken += 1
    state.status = .executing
    state.hold = nil
    state.claim = Claim(boot: boot, token: state.lastToken)
    let operation = OperationID(action: state.id, revision: state.revision, call: state.calls)
    let intent = AttemptIntent(
      org: state.org, operation: operation, boot: boot, token: state.lastToken, at: store.now,
      channel: state.channel, delivery: configuration.delivery,
      requestDigest: prepared.requestDigest)
    return (state, intent)
  }

  /// Writes the intent of a claimed action and what is reserved with it. Its audit entry is the
  /// caller's, in the same transaction.
  private func begin(
    _ prepared: PreparedAction, _ state: ActionState, _ intent: AttemptIntent,
    _ facts: OutsideFacts?
  ) throws -> PendingCall {
    try store.insert(intent)
    let before = facts?.values(before: prepared.proposal.operation) ?? [:]
    if prepared.writesOutside {
      try store.save(BooksWrite(org: state.org, operation: intent.operation, before: before))
    }
    let record = { (reference: RecordReference) in try store.record(state.org, reference) }
    if let reservation = try reservation(prepared, intent, record: record) {
      try store.reserve(reservation)
    }
    return try pending(prepared, state, intent, before: before)
  }

  /// What the call counts as; nil for operations that no customer sees.
  func reservation(
    _ prepared: PreparedAction, _ intent: AttemptIntent,
    record: (RecordReference) throws -> LedgerRecord?
  ) throws -> OutreachReservation? {
    try prepared.reading.reservation(
      intent, prepared.organisation, configuration.prices, now: store.now,
      delivery: configuration.delivery, record: record)
  }

  /// What else belongs to an intent that is written and reserved.
  func pending(
    _ prepared: PreparedAction, _ state: ActionState, _ intent: AttemptIntent,
    before: JSONObject = [:]
  ) throws -> PendingCall {
    // Whoever gets an SMS may answer STOP.
    if state.channel == .sms, configuration.delivery != .redirect {
      try ReplyReader.arm(state.org, store)
    }
    let unsubscribe = try UnsubscribeOffer(
      store: store, configuration: configuration, entropy: entropy
    ).make(for: prepared.revision, intent)
    return PendingCall(
      prepared: prepared, state: state, intent: intent, unsubscribe: unsubscribe, before: before)
  }

  func held(
    _ state: inout ActionState, _ hold: Hold, in stage: Stage, _ prepared: inout PreparedAction,
    _ desk: Desk
  ) throws -> ExecutionReport {
    try desk.hold(&state, hold)
    prepared.clock.finish(stage, at: store.now, result: "held", detail: hold.reason.rawValue)
    return report(prepared, .held(hold))
  }

  func report(
    _ prepared: PreparedAction, _ outcome: ExecutionReport.Outcome
  ) -> ExecutionReport {
    ExecutionReport(
      org: prepared.state.org, id: prepared.state.id, revision: prepared.state.revision,
      outcome: outcome, stages: prepared.clock.records)
  }
}

/// An action whose intent is written and whose call may be made after the commit. One reference, for
/// it goes from task to task.
final class PendingCall: Sendable {
  let prepared: PreparedAction
  /// As saved with the intent.
  let state: ActionState
  let intent: AttemptIntent
  /// How its recipients can object; nil where the message offers no such choice.
  let unsubscribe: ListUnsubscribe?
  /// Of a change outside: the fields that it changes, as the checks found them.
  let before: JSONObject

  init(
    prepared: PreparedAction, state: ActionState, intent: AttemptIntent,
    unsubscribe: ListUnsubscribe?, before: JSONObject = [:]
  ) {
    self.before = before
    self.prepared = prepared
    self.state = state
    self.intent = intent
    self.unsubscribe = unsubscribe
  }
}

/// Faults of the engine itself; each leaves the transaction without a trace.
enum EngineFault: Error, Sendable {
  /// The row changed inside our own transaction: impossible while the writer's lock is held.
  case lostRace
  /// The generator of ids gave something that is none.
  case noIdentifier
  /// A stored policy cannot be read, or is not the one that was stored.
  case unreadablePolicy
}

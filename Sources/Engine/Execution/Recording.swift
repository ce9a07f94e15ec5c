import ActionProtocol
import Decisions

/// Stages 5 and 6: evidence, outcome, reservation, audit and status in one transaction.
struct Recording {
  let store: any StoreTransaction
  let configuration: EngineConfiguration
  let jitter: Double

  /// Records what a call came to.
  ///
  /// Evidence is kept whoever holds the action now; the status changes only while the attempt is
  /// unsettled and the action still is this worker's.
  /// - Parameter effect: nil where the outcome is known and nothing is left to be done.
  /// - Throws: ``LedgerChangeFailed`` where the ledger does not take the effect; store errors.
  func record(
    _ pending: PendingCall, _ effect: SafeOperations.Effect?, _ outcome: CallOutcome,
    clock: StageClock
  ) throws -> ExecutionReport {
    var clock = clock
    clock.resume()
    let intent = pending.intent
    if effect?.happensInRecording == true, try !isStillOurs(intent) {
      return try late(.notSent(code: "claim_lost"), pending, &clock)
    }
    let carried = try carryOut(effect, outcome, pending)
    try store.insert(
      evidence(carried, source: "worker"), org: intent.org, operation: intent.operation)
    let answer = try store.settleNaming(
      intent.org, intent.operation, outcome: carried.name, detail: carried.code,
      providerID: carried.providerID, at: store.now)
    guard answer != .alreadySettled,
      let state = try store.action(intent.org, intent.operation.action),
      state.status == .executing, state.claim?.token == intent.token
    else {
      return try late(carried, pending, &clock)
    }
    if answer == .settledWithoutID { try alertRepeated(state, carried, intent) }
    return try settle(state, carried, pending, &clock)
  }

  /// The provider gave an id that another call of the org has: kept as evidence, told, and the
  /// action goes on.
  private func alertRepeated(
    _ state: ActionState, _ outcome: CallOutcome, _ intent: AttemptIntent
  ) throws {
    try Desk(store: store).append(
      state, "alert.\(ProviderIdentity.repeated)", details: outcome.details(intent.operation))
  }

  /// Whether the action still is this worker's: asked before an effect that this transaction makes.
  private func isStillOurs(_ intent: AttemptIntent) throws -> Bool {
    guard let state = try store.action(intent.org, intent.operation.action) else { return false }
    return state.status == .executing && state.claim?.token == intent.token
  }

  /// A ledger operation happens here, so that effect and record are one commit.
  private func carryOut(
    _ effect: SafeOperations.Effect?, _ outcome: CallOutcome, _ pending: PendingCall
  ) throws -> CallOutcome {
    switch effect {
    case nil, .message, .misconfigured:
      return outcome
    case .books:
      try markWritten(outcome, pending.intent)
      return outcome
    case .ledger(let change):
      let done: (id: String, before: JSONObject)
      do {
        done = try change.apply(store, pending.state.org)
      } catch {
        throw LedgerChangeFailed()
      }
      var write = BooksWrite(
        org: pending.state.org, operation: pending.intent.operation, before: done.before)
      write.state = .written
      write.record = done.id
      try store.save(write)
      guard !done.before.isEmpty else { return .accepted(providerID: done.id, warnings: []) }
      let before = String(decoding: CanonicalJSON.encode(.object(done.before)), as: UTF8.self)
      return .accepted(providerID: done.id, warnings: ["before \(before)"])
    case .followUp(let plan):
      let state = pending.state
      try store.insert(
        FollowUpRecord(
          org: state.org, scheduledBy: state.id, revision: state.revision,
          due: plan.scheduledFor, became: nil))
      try store.put(
        DurableTimer(
          org: state.org, kind: .followUp, subject: state.id.rawValue, due: plan.scheduledFor))
      return .accepted(providerID: "follow_up:\(state.id.rawValue)", warnings: [])
    }
  }

  /// What it made or changed, so that it can be taken back.
  private func markWritten(_ outcome: CallOutcome, _ intent: AttemptIntent) throws {
    guard let id = outcome.providerID,
      var write = try store.booksWrite(intent.org, intent.operation)
    else { return }
    write.state = .written
    write.record = id
    try store.save(write)
  }

  private func settle(
    _ found: ActionState, _ outcome: CallOutcome, _ pending: PendingCall, _ clock: inout StageClock
  ) throws -> ExecutionReport {
    var state = found
    let settlement = Settlement.after(
      outcome, attempts: state.attempts, calls: max(0, state.calls - 1),
      limits: configuration.retry, now: store.now, executeBy: state.executeBy ?? store.now,
      jitter: jitter)
    try apply(settlement, outcome, to: &state, pending)
    clock.finish(.recording, at: store.now)
    if settlement.next == .completed { clock.finish(.completed, at: store.now) }
    try store.insert(clock.records, org: state.org, operation: pending.intent.operation)
    return ExecutionReport(
      org: state.org, id: state.id, revision: state.revision,
      call: pending.intent.operation.call, outcome: settlement.next.reported(outcome),
      stages: clock.records)
  }

  private func apply(
    _ settlement: Settlement, _ outcome: CallOutcome, to state: inout ActionState,
    _ pending: PendingCall
  ) throws {
    let intent = pending.intent
    if intent.channel != nil {
      try store.settleOutreach(intent.org, intent.operation, settlement.reservation)
    }
    if case .unknown(let code) = outcome {
      try UnknownOutcome.hold(intent, store, code: code, configuration.reconciliation)
      return
    }
    let old = state.version
    state.settle(settlement, outcome, intent: intent, now: store.now)
    try store.change(state, from: old)
    try ReminderNotes.plan(state, pending.prepared.organisation, store)
    if let channel = intent.channel, let until = settlement.channelPausedUntil,
      let reason = state.hold?.reason
    {
      try ChannelPauses(store: store, jitter: jitter)
        .begin(
          state.org, channel, reason, until: until,
          isTold: outcome != .throttled(retryAfter: nil))
    }
    try store.append(
      [Desk(store: store).called(state, outcome, intent.operation)], org: state.org)
  }

  /// Somebody else settled the attempt: the answer is kept, and an acceptance still counts.
  private func late(
    _ outcome: CallOutcome, _ pending: PendingCall, _ clock: inout StageClock
  ) throws -> ExecutionReport {
    let intent = pending.intent
    if case .accepted(let providerID, _) = outcome {
      try AcceptanceProof(store: store).apply(
        intent, providerID: providerID.isEmpty ? nil : providerID, source: "late_answer",
        insertingEvidence: false)
    }
    clock.finish(.recording, at: store.now, result: "late")
    try store.insert(clock.records, org: intent.org, operation: intent.operation)
    // A webhook may be faster than the answer to the call itself.
    let attempt = try store.attempt(intent.org, intent.operation)
    let isDone = attempt?.isAccepted ?? false
    return ExecutionReport(
      org: intent.org, id: intent.operation.action, revision: intent.operation.revision,
      call: intent.operation.call, outcome: isDone ? .completed : .skipped, stages: clock.records)
  }

  private func evidence(_ outcome: CallOutcome, source: String) -> Evidence {
    Evidence(
      source: source, outcome: outcome.name, providerID: outcome.providerID, at: store.now,
      detail: outcome.code)
  }
}

extension ActionState {
  /// Applies a settlement to the state columns.
  mutating func settle(
    _ settlement: Settlement, _ outcome: CallOutcome, intent: AttemptIntent, now: Instant
  ) {
    if settlement.countsAsAttempt { attempts += 1 }
    claim = nil
    errorCode = outcome.code
    errorMessage = outcome.message
    switch settlement.next {
    case .completed:
      complete(providerID: outcome.providerID, warnings: outcome.warnings, intent, now: now)
    case .failed(let code):
      status = .failed
      hold = nil
      errorCode = code
    case .waiting(let reason, let until):
      status = .approved
      hold = Hold(reason: reason, until: until)
    case .unknown:
      break
    }
  }

  /// The effect is proven.
  mutating func complete(
    providerID: String?, warnings: [String], _ intent: AttemptIntent, now: Instant
  ) {
    status = .completed
    hold = nil
    claim = nil
    self.providerID = providerID
    self.warnings = warnings
    errorCode = nil
    errorMessage = nil
    executedAt = intent.at
    durationMilliseconds = now.milliseconds - intent.at.milliseconds
  }
}

extension Settlement.Next {
  /// The same for a report.
  func reported(_ outcome: CallOutcome) -> ExecutionReport.Outcome {
    switch self {
    case .completed: .completed
    case .failed(let code): .failed(code: code)
    case .waiting(let reason, let until): .held(Hold(reason: reason, until: until))
    case .unknown: .unknown(code: outcome.code ?? "unknown")
    }
  }
}

extension CallOutcome {
  /// The provider's id of an accepted effect.
  var providerID: String? {
    if case .accepted(let id, _) = self, !id.isEmpty { id } else { nil }
  }

  var warnings: [String] {
    if case .accepted(_, let warnings) = self { warnings } else { [] }
  }

  /// The code of everything but acceptance.
  var code: String? {
    switch self {
    case .accepted, .throttled: nil
    case .refused(let code, _), .configuration(let code, _), .notSent(let code),
      .unknown(let code):
      code
    }
  }

  /// The provider's own words, where it said some.
  var message: String? {
    switch self {
    case .refused(_, let message), .configuration(_, let message): message
    default: nil
    }
  }

  /// For audit entries: codes and ids.
  func details(_ operation: OperationID) -> JSONObject {
    var details: JSONObject = ["operation": .string(operation.rawValue)]
    if let providerID { details["provider_id"] = .string(providerID) }
    if let code { details["code"] = .string(code) }
    return details
  }
}

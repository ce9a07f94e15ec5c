import ActionProtocol
import Decisions

extension Approvals {
  /// A person settles an outcome that neither we nor the provider could.
  ///
  /// *Send again* is refused until the process that made the attempt is proven dead or has itself
  /// reported the end of the call: before that, the first message might still leave.
  public func settle(
    _ org: OrgID, _ id: ActionID, answer: UnknownAnswer, reason: String, by: Author, via: String
  ) async throws -> ActionState {
    try Self.mustBePerson(by)
    let reason = try Self.checked(reason)
    return try await context.store.write { store in
      guard let state = try store.action(org, id) else {
        throw DecisionError.unknown(id.rawValue)
      }
      guard state.status == .executing, state.hold?.reason == .outcomeUnknown,
        let attempt = try store.attempts(org, id).last(where: { $0.outcome == "unknown" })
      else { throw DecisionError.wrongStatus(state, wanted: "settled") }
      try Self.keep(answer, reason, attempt, by, via, state, store)
      switch answer {
      case .arrived:
        try AcceptanceProof(store: store).apply(
          attempt.intent, providerID: nil, source: "person", by: by, via: via)
      case .sendAgain:
        try Self.sendAgain(state, attempt, by: by, via: via, store)
      case .leave:
        try Self.leave(state, attempt, store)
      }
      return try store.action(org, id) ?? state
    }
  }

  private static func keep(
    _ answer: UnknownAnswer, _ reason: String, _ attempt: AttemptRecord, _ by: Author,
    _ via: String, _ state: ActionState, _ store: any StoreTransaction
  ) throws {
    try Desk(store: store).append(
      state, "execution.settled", by: by, via: via,
      details: [
        "answer": .string(answer.rawValue),
        "operation": .string(attempt.intent.operation.rawValue),
      ], personal: ["reason": Array(reason.utf8)])
    guard answer != .arrived else { return }
    try store.insert(
      Evidence(
        source: "person", outcome: answer.rawValue, providerID: nil, at: store.now, detail: nil),
      org: state.org, operation: attempt.intent.operation)
  }

  private static func sendAgain(
    _ found: ActionState, _ attempt: AttemptRecord, by: Author, via: String,
    _ store: any StoreTransaction
  ) throws {
    var state = found
    let bootLives = try store.liveBoots().contains { $0.id == attempt.intent.boot }
    let callEnded = try store.evidence(state.org, of: attempt.intent.operation)
      .contains { $0.source == "worker" }
    guard !bootLives || callEnded else {
      throw DecisionError(
        .conflict, "attempt.process_not_dead",
        "The process that made the attempt is not proven dead; the first message may still leave.",
        remedy: "Stop that process, wait for its lease to end, then answer again.")
    }
    // Where the provider cannot tell any more, a person was asked without a look.
    guard attempt.intent.channel == nil || attempt.looks > 0 || attempt.askedAt != nil else {
      throw DecisionError(
        .conflict, "attempt.not_looked_for",
        "The provider has not been asked yet whether the first message arrived.",
        remedy: "Wait for the first look (15 seconds, while `aiom serve` runs), then answer again.")
    }
    let calls = try store.attempts(state.org, state.id)
    guard !calls.contains(where: { $0.isAccepted || $0.provenAt != nil }) else {
      throw DecisionError(
        .conflict, "attempt.accepted_before",
        "An earlier message of this action is known to have arrived.",
        remedy: "Look at its card; then answer --arrived or --leave.")
    }
    guard let organisation = try store.organisation(state.org) else { throw noOrg(state.org) }
    _ = try store.settle(
      state.org, attempt.intent.operation, outcome: "abandoned", detail: "send_again",
      providerID: nil, at: store.now)
    if attempt.intent.channel != nil {
      try store.settleOutreach(state.org, attempt.intent.operation, .released)
    }
    try Desk(store: store).revise(
      &state, proposal(of: state, store), organisation, by: by, via: via, cause: "send_again")
  }

  private static func leave(
    _ found: ActionState, _ attempt: AttemptRecord, _ store: any StoreTransaction
  ) throws {
    var state = found
    let old = state.version
    state.status = .failed
    state.hold = nil
    state.claim = nil
    state.errorCode = "outcome_unknown.left"
    _ = try store.settle(
      state.org, attempt.intent.operation, outcome: "left", detail: "person", providerID: nil,
      at: store.now)
    try store.change(state, from: old)
  }
}

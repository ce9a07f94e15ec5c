import ActionProtocol
import Decisions
import Insights

/// An action that is claimed so that its books outside can be read, between two transactions.
struct PendingCheck: Sendable {
  /// As it stands once the claim is released, which the next transaction begins with.
  let prepared: PreparedAction
  let claim: Claim
}

/// What the books outside said of a claimed action.
struct OutsideFacts: Sendable {
  let claim: Claim
  let reading: LiveReading
  /// How long to wait where they did not answer.
  let pause: Duration

  /// Whether what they say may have changed meanwhile. Asked inside the intent's transaction.
  func isOlder(than limit: Duration) -> Bool { reading.began.duration(to: .now) > limit }

  /// Why a record could not be read, by the code of the check that cannot tell.
  func problem(_ code: String) -> BooksProblem? {
    for case .unavailable(let problem) in reading.answers.values where problem.code == code {
      return problem
    }
    return nil
  }

  /// The fields that an operation changes, as they were read.
  func values(before operation: TypedOperation) -> JSONObject {
    guard case .updateStage(_, let move) = operation,
      case .found(let fields)? = reading.answers[
        RecordReference(model: move.model.rawValue, id: move.recordID)],
      let value = fields[move.changedField]
    else { return [:] }
    return [move.changedField: value]
  }
}

extension UpdateStage {
  /// An order has a state and no stage.
  var changedField: String { model == .saleOrder ? "state" : "stage_id" }
}

extension IntentTransaction {
  /// Claims an action whose books are outside: status, boot and fencing token, and no intent yet.
  func claimForReading(
    _ state: inout ActionState, _ prepared: PreparedAction, _ desk: Desk
  ) throws -> PendingCheck {
    let old = state.version
    let claim = Claim(boot: boot, token: state.lastToken + 1)
    state.lastToken = claim.token
    state.status = .executing
    state.hold = nil
    state.claim = claim
    try store.change(state, from: old)
    try desk.append(state, "execution.claimed", details: ["token": .integer(claim.token)])
    var released = state
    released.status = .approved
    released.claim = nil
    return PendingCheck(prepared: prepared.saved(as: released), claim: claim)
  }

  /// The commit came so late that the facts may be over.
  func heldAsOld(
    _ state: inout ActionState, _ prepared: inout PreparedAction, _ desk: Desk
  ) throws -> ExecutionReport {
    let hold = Hold(reason: .retryBackoff, until: store.now.advanced(by: .seconds(15)))
    return try held(&state, hold, in: .revalidation, &prepared, desk)
  }

  /// Books that do not answer are asked again by themselves; what a person has to repair is looked at
  /// again every five minutes. Neither is an attempt.
  func heldForBooks(
    _ state: inout ActionState, _ problem: BooksProblem, _ facts: OutsideFacts,
    _ prepared: inout PreparedAction, _ desk: Desk
  ) throws -> ExecutionReport {
    state.errorCode = problem.code
    state.errorMessage = problem.remedy
    let hold = Hold(
      reason: problem.isTemporary ? .odooUnavailable : .cannotTell,
      until: store.now.advanced(by: problem.isTemporary ? facts.pause : .seconds(300)))
    return try held(&state, hold, in: .revalidation, &prepared, desk)
  }
}

extension ActionState {
  /// Takes back the explanation of books that could not be read.
  mutating func clearProblem() {
    guard errorCode?.hasPrefix("odoo_") == true else { return }
    errorCode = nil
    errorMessage = nil
  }
}

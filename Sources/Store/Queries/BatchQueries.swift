import ActionProtocol
import Decisions
import Engine

/// What the hot path asks for a whole batch: each statement once for all of its actions.
extension SQLTransaction: BatchReading, BatchWriting {
  func records(_ wanted: Set<OrgRecord>) throws -> [OrgRecord: LedgerRecord] {
    var found: [OrgRecord: LedgerRecord] = [:]
    for (model, wanted) in Dictionary(grouping: wanted, by: \.reference.model) {
      // In one order, so that the same batch asks the same.
      let keys = wanted.sorted {
        ($0.org.rawValue, $0.reference.id) < ($1.org.rawValue, $1.reference.id)
      }
      for (key, record) in zip(keys, try records(model, keys)) {
        if let record { found[key] = record }
      }
    }
    return found
  }

  func outreachFacts(_ questions: [OutreachQuestion]) throws -> [OutreachFacts] {
    var facts = try outreachLast(questions)
    for (index, found) in try suppressions(questions).enumerated() {
      facts[index].suppressions = found.map(SuppressionFact.init)
    }
    return facts
  }

  func claim(_ claims: [ActionClaim]) throws -> [Bool] {
    try sql.execute(Self.claim, each: claims.map(Self.claimArguments)).map { $0 == 1 }
  }

  func complete(_ calls: [AcceptedCall]) throws {
    try insert(calls.map { ($0.evidence, $0.intent) })
    try sql.enqueue(Self.acceptAttempt, each: calls.map(Self.settlementArguments), changes: 1)
    try sql.enqueue(
      Self.sendReservation,
      each: calls.filter { $0.intent.channel != nil }.map { key($0.intent) }, changes: 1)
    try sql.enqueue(Self.completeAction, each: calls.map(Self.completionArguments), changes: 1)
    try removeLiveRecords(of: calls.map { ($0.intent.org, $0.intent.operation.action) })
  }

  private func key(_ intent: AttemptIntent) -> [SQLValue] { names(intent.org, intent.operation) }

  // MARK: - Statements

  /// Each goes to its rows by their primary key. Without `COALESCE` an index of all that is open would
  /// fit too, and a planner that knows nothing of the table takes that one and compares all with all.
  /// The statuses are part of the texts: as parameters they would decide whether a partial index fits,
  /// and SQLite would prepare the statements anew at every call.
  private static let claim = """
    UPDATE actions SET status = 'executing', hold_reason = NULL, hold_until = 0, claim_boot = $1,
      claim_token = $2, last_token = $3, calls = $4
    WHERE org_id = $5 AND action_id = $6 AND COALESCE(status, '') = 'approved' AND revision = $7
      AND digest = $8 AND last_token = $9 AND calls = $10 AND attempts = $11
      AND COALESCE(hold_reason, '') = $12 AND hold_until = $13
      AND COALESCE(approved_by, '') = $14 AND COALESCE(approved_at, 0) = $15
      AND COALESCE(approved_delivery, '') = $16 AND COALESCE(execute_by, 0) = $17
      AND facts_confirmed = $18 AND delivery = $19 AND COALESCE(approved_digest, '') = $20
      AND COALESCE(approved_policy, 0) = $21
    """

  private static func claimArguments(_ claim: ActionClaim) -> [SQLValue] {
    let (read, claimed) = (claim.read, claim.claimed)
    return [
      .optional(claimed.claim?.boot.rawValue), .optional(claimed.claim?.token),
      .integer(claimed.lastToken), .integer(Int64(claimed.calls)), .text(read.org.rawValue),
      .text(read.id.rawValue), .integer(Int64(read.revision)), .text(read.digest.hex),
      .integer(read.lastToken), .integer(Int64(read.calls)), .integer(Int64(read.attempts)),
      .text(read.hold?.reason.rawValue ?? ""), .integer(ActionColumns.holdUntil(read.hold)),
      .text(read.approval?.by.rawValue ?? ""),
      .integer(read.approval?.at.milliseconds ?? 0),
      .text(read.approval?.delivery.rawValue ?? ""),
      .integer(read.executeBy?.milliseconds ?? 0), .flag(read.factsConfirmed),
      .text(read.delivery.rawValue), .text(read.approval?.digest?.hex ?? ""),
      .integer(read.approval?.policy ?? 0),
    ]
  }

  private static let acceptAttempt = """
    UPDATE attempts SET outcome = $1, detail = NULL, provider_id = $2, ended_at = $3, stages = $4
    WHERE org_id = $5 AND action_id = $6 AND revision = $7 AND call = $8 AND boot_id = $9
      AND token = $10 AND COALESCE(outcome, '') = ''
    """

  private static func settlementArguments(_ call: AcceptedCall) -> [SQLValue] {
    let (intent, evidence) = (call.intent, call.evidence)
    return [
      .text(evidence.outcome), .optional(evidence.providerID), .instant(evidence.at),
      .text(StageLines(call.stages).text), .text(intent.org.rawValue),
      .text(intent.operation.action.rawValue),
      .integer(Int64(intent.operation.revision)), .integer(Int64(intent.operation.call)),
      .text(intent.boot.rawValue), .integer(intent.token),
    ]
  }

  private static let sendReservation = """
    UPDATE outreach SET state = 'sent'
    WHERE org_id = $1 AND action_id = $2 AND revision = $3 AND call = $4
      AND COALESCE(state, '') = 'reserved'
    """

  private static let completeAction = """
    UPDATE actions SET status = 'completed', hold_reason = NULL, hold_until = 0,
      claim_boot = NULL, claim_token = NULL, error_code = NULL, error_message = NULL,
      attempts = $1, provider_id = $2, warnings = $3, executed_at = $4, duration_ms = $5
    WHERE org_id = $6 AND action_id = $7 AND COALESCE(status, '') = 'executing' AND revision = $8
      AND digest = $9 AND last_token = $10 AND claim_boot = $11 AND claim_token = $12
    """

  private static func completionArguments(_ call: AcceptedCall) -> [SQLValue] {
    let (old, new) = (call.executing, call.completed)
    return [
      .integer(Int64(new.attempts)), .optional(new.providerID),
      .optional(ActionColumns.warnings(new.warnings)), .optional(new.executedAt),
      .optional(new.durationMilliseconds), .text(old.org.rawValue), .text(old.id.rawValue),
      .integer(Int64(old.revision)), .text(old.digest.hex), .integer(old.lastToken),
      .text(call.intent.boot.rawValue), .integer(call.intent.token),
    ]
  }
}
